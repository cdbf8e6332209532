/** To whom a Freigabe is given. */
export type SubjektArt = 'oe' | 'rolle' | 'person';
