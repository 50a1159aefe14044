/**
 * Says now and then that somebody is there, so that a session does not end under the hands of who reads or writes. What the
 * page asks for by itself does not count: a screen that nobody looks at is signed out.
 */

const EVERY_MS = 5 * 60_000;

/**
 * @param {EventTarget} target on which keys and pointers are heard
 * @param {() => Promise<unknown>} say
 * @param {() => number} [now] Unix milliseconds
 */
export function stayAwake(target, say, now = Date.now) {
  let said = now();
  const heard = () => {
    if (now() - said < EVERY_MS) return;
    said = now();
    say().catch(() => (said = 0)); // the network is away, or the session is over: then the next request says so
  };
  for (const kind of ["pointerdown", "keydown", "wheel"]) target.addEventListener(kind, heard, { passive: true });
}
