import { z } from 'zod';
import { Objekttyp, Status, langtext, text } from './grundlagen.ts';

export const Feldtyp = z.enum(['text', 'zahl', 'datum', 'codeliste', 'person', 'verweis']);
const Codewert = z.object({ code: text(100), bezeichnung: text(300) });
const feld = {
  bezeichnung: text(200), beschreibung: langtext(1000).nullish(), reihenfolge: z.int().min(0).max(1000).default(0), stillgelegt: z.boolean().default(false),
  /** Of a codeliste. */
  codes: z.array(Codewert).max(500).default([]),
};
/** A field of the Mandant's own (MD-05). Its key and type never change; a field that is no longer wanted is stillgelegt. */
export const ErweiterungsfeldAnlegen = z.object({ objekttyp: Objekttyp, schluessel: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/).meta({ examples: ['flurstueck'] }), datentyp: Feldtyp, ...feld });
export const ErweiterungsfeldAendern = z.object(feld).partial();
export const Erweiterungsfeld = z.object({
  id: z.uuid(), objekttyp: Objekttyp, schluessel: z.string(), datentyp: Feldtyp, bezeichnung: z.string(), beschreibung: z.string().nullable(),
  reihenfolge: z.number(), stillgelegt: z.boolean(), codes: z.array(z.object({ code: z.string(), bezeichnung: z.string() })), version: z.number(),
});
export type Erweiterungsfeld = z.input<typeof Erweiterungsfeld>;

/** A field that must be filled before an object takes this status (MD-06); `feld` is a name of the object's answer, or `felder.<schluessel>`. */
export const Pflichtfeld = z.object({ objekttyp: z.enum(['akte', 'vorgang']), status: Status, feld: z.string().min(1).max(100) });
export type Pflichtfeld = z.infer<typeof Pflichtfeld>;
export const Einstellungen = z.object({ maxTiefe: z.int().min(1).max(20), pflichtfelder: z.array(Pflichtfeld).max(200), version: z.int() });
export const EinstellungenAendern = Einstellungen.omit({ version: true }).partial();
