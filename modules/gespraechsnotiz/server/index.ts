/** »gespraechsnotiz« has nothing that others use. */
export {};
