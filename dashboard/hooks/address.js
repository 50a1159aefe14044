/** Where programs elsewhere are that are told what happens, as a fragment of the address. */
export const HOOKS = "#hooks";
