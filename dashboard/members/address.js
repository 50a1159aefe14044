/** Where our colleagues are, as a fragment of the address. */
export const MEMBERS = "#members";
