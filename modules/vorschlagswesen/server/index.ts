/** What other modules may use of »vorschlagswesen«. Everything else in this folder is private. */
export { proposeAkten, type Aktenart, type Aktenfund } from './akte.ts';
export { addErfahrungen, addErgebnisse, GELERNT, readEichung, type Ausgang, type Eichung, type Ergebnis } from './lernen/erfahrung.ts';
export { stufeVon } from './lernen/kalibrierung.ts';
export { absenderschluessel, merkmaleVon, salzVon } from './lernen/merkmale.ts';
export { addBeispiel, forgetBeispiele, proposeGelernt, readAbsenderhistorie, type Absenderort } from './lernen/speicher.ts';
export { gleichform } from './lesen/fund.ts';
export { readText } from './lesen/lesen.ts';
export { findFremdeZeichen, passageUm } from './lesen/zeichen.ts';
export { proposeStimmen, type Eingelesen } from './stimmen.ts';
export { schwellen, sicherheitVon, vereine, type Stimme } from './vorschlag.ts';
