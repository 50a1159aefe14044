/** Where one takes down what somebody says, as a fragment of the address. */
export const COUNTER = "#counter";
