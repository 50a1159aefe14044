/** Decisions as the collector sends them, for tests. */

/** @param {object} [more] */
export function file(more = {}) {
  return {
    title: { nl: "Een fietsstraat", fr: "Une rue" }, open: { nl: "Tot hoe laat", fr: "Jusqu'à quand" }, until: "2026-12-14", contact_point: "desk",
    gain: { nl: "Antwoord", fr: "Une réponse" }, promise: "answer", summary: {}, owner: "", stance: null, stance_note: {}, fixed: [],
    phases: [], expected: [], placements: [], patterns: [], subject: {}, ...more,
  };
}

/** @param {object} [more] @param {object} [written] of its file */
export function work(more = {}, written = {}) {
  return {
    key: "bike-street", state: "published", phase: "drafting", is_open: true, file: file(written),
    course: { answered: {}, decided: null, withdrawn: null, reopened: null, override: null, moved: [] },
    version: 0, versions: [], sections: [], passages: [], missing: [], warned: [], unanswered: { unsorted: 0, themes: 0, grave_unread: 0, waiting: 0 },
    voices: 0, with_words: 0, started_by: null, merged_into: null, time_zone: "Europe/Brussels", closes_at: null, expected_heard: [], unexpected: [],
    felt: { answered: 0, came_back: 0, heard: 0, not_really: 0, again: 0 }, history: [], url: "", changed_at: 0, published_at: 1, revision: 1, ...more,
  };
}

/** @param {string} key @param {object} [more] */
export function line(key, more = {}) {
  return {
    key, title: { nl: key }, state: "published", phase: "drafting", promise: "answer", is_open: true, until: null, closes_at: null, voices: 0,
    unsorted: 0, waiting: 0, grave_unread: 0, themes: 0, themes_answered: 0, changed_at: 0, revision: 1, ...more,
  };
}

/** @param {object} [more] */
export function lines(more = {}) {
  return { decisions: [], pages: [], overdue: [], contact_points: [], placements: [], required_languages: ["nl", "fr"], warned_languages: ["de"], ...more };
}
