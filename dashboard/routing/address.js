/** Where rules say to whom voices go, as a fragment of the address. */
export const ROUTING = "#routing";
