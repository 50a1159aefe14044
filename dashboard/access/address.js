/** Where one sees what lets people and programs in, as a fragment of the address. */
export const ACCESS = "#access";
