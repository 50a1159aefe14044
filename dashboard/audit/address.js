/** Where one sees who did and read what, as a fragment of the address. */
export const AUDIT = "#audit";
