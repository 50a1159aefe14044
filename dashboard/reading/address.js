/** Where one reads first what weighs most, as a fragment of the address. */
export const READING = "#reading";
