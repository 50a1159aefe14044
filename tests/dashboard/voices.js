/**
 * Submissions and changes for tests, as the collector sends them.
 */

export function submission(id, said = {}) {
  return {
    id, placement: "page", received_at: 1_795_000_000_000 + id, sent_at: null, outcome: "no", effect: null, reason: null,
    rating: null, text: `Woorden van ${id}.`, another_way: null, impact: null, severity: 4, weight: said.severity ?? 4, page: null, language: "nl", channel: "web",
    decision: null, version: null, section: null, phase: null, themes: [], status: "new", kind: null, masked: [], permissions: { quote: false, invite: false },
    alike: 1, burst: false, read_at: null, read_by: null, erased_at: null, revision: 1, desk: null, callback: false, contradiction: null, ...said,
  };
}

export function received(id, said) {
  return { cursor: id, change: "submission.received", at: 0, by: null, id, submission: submission(id, said) };
}

export function changed(kind, id, said, revision = 2) {
  return { cursor: id, change: `submission.${kind}`, at: 0, by: null, id, submission: submission(id, { revision, ...said }) };
}

export function erased(id) {
  return { cursor: id, change: "submission.erased", at: 0, by: null, id, submission: null };
}

export const ids = (submissions) => submissions.map(({ id }) => id);
