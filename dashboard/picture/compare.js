/**
 * What may be said of a share, of a mean, and of the difference between two. Knows no DOM.
 *
 * Margins are of 95 %. They know of chance alone: whoever spoke chose to speak, so none of them says anything of those who did
 * not.
 */

const Z = 1.959964; // 95 % of a normal distribution lie within so many standard deviations
/** Under so many we say that they are few, and nothing more. */
export const FEW = 30;

/**
 * The margin of a share: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212.
 * @param {number} k how many of
 * @param {number} n these; above 0
 * @returns {[number, number]} from 0 to 1
 */
export function margin(k, n) {
  const share = k / n;
  const middle = share + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}

/**
 * @typedef {object} Difference
 * @property {"more" | "less" | "unsure" | "few"} verdict of the first against the second
 * @property {number} low the least that it may be; from -1 to 1 for shares
 * @property {number} high
 */

/**
 * Between two shares: R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10.
 * @param {number} k1 @param {number} n1
 * @param {number} k2 @param {number} n2
 * @returns {Difference}
 */
export function shares(k1, n1, k2, n2) {
  if (n1 < FEW || n2 < FEW) return { verdict: "few", low: 0, high: 0 };
  const [p1, p2] = [k1 / n1, k2 / n2];
  const [low1, high1] = margin(k1, n1);
  const [low2, high2] = margin(k2, n2);
  return verdict(p1 - p2 - Math.hypot(p1 - low1, high2 - p2), p1 - p2 + Math.hypot(high1 - p1, p2 - low2));
}

/**
 * @typedef {{n: number, mean: number, spread: number}} Mean  `spread`: standard deviation, 0 for one alone
 */

/**
 * Of ratings.
 * @param {readonly [number, number][]} counted a value, and how many gave it
 * @returns {Mean | null} null when nobody did
 */
export function mean(counted) {
  const n = counted.reduce((sum, [, number]) => sum + number, 0);
  if (!n) return null;
  const middle = counted.reduce((sum, [value, number]) => sum + value * number, 0) / n;
  const squares = counted.reduce((sum, [value, number]) => sum + number * (value - middle) ** 2, 0);
  return { n, mean: middle, spread: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

/**
 * Between two means: B. L. Welch, Biometrika 34 (1947), 28–35; from thirty on a side the normal distribution does.
 * @param {Mean} one @param {Mean} other
 * @returns {Difference}
 */
export function means(one, other) {
  if (one.n < FEW || other.n < FEW) return { verdict: "few", low: 0, high: 0 };
  const half = Z * Math.sqrt(one.spread ** 2 / one.n + other.spread ** 2 / other.n);
  return verdict(one.mean - other.mean - half, one.mean - other.mean + half);
}

/** @param {number} low @param {number} high @returns {Difference} */
function verdict(low, high) {
  return { verdict: low > 0 ? "more" : high < 0 ? "less" : "unsure", low, high };
}
