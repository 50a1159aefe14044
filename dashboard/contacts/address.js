/** Where the contact points are, as a fragment of the address. */
export const CONTACTS = "#contacts";
