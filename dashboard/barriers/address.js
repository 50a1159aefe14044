/** Where accessibility is, as a fragment of the address. */
export const BARRIERS = "#barriers";
