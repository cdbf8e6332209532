/** What other modules may use of »posteingang«. Everything else in this folder is private. */
export { fileEingang } from './ablegen.ts';
export { createEingang, findEingangMitKennung, insertEingang, requireOe, type NeuerEingang } from './commands.ts';
export { getKorb } from './korb.ts';
export type { Ordnerziel } from './ordner/ordner.ts';
export { eingangPolicy } from './policy.ts';
export { getEingang, getVorschlagsorte } from './queries.ts';
export { saveVorschlag } from './fremdvorschlag.ts';
export { getEingangsstaende, type Eingangsstand } from './stand.ts';
export { assignEingang } from './wege.ts';
export { readZentralerKorb } from './zentral.ts';
