const BUDGET_MS = 20_000;
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export async function solve(challenge) {
if (!globalThis.crypto?.subtle) return null;
const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
const password = new Uint8Array(nonce.length / 2 + 4);
password.set(bytes(nonce));
const view = new DataView(password.buffer);
const start = performance.now();
for (let counter = 0; performance.now() - start < BUDGET_MS; counter++) {
view.setUint32(nonce.length / 2, counter);
const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost }, key, keyLength * 8);
const derivedKey = Array.from(new Uint8Array(bits), (byte) => byte.toString(16).padStart(2, "0")).join("");
if (derivedKey.startsWith(keyPrefix.toLowerCase())) {
return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey, time: Math.round(performance.now() - start) } }));
}
}
return null;
}
