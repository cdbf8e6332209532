import { z } from 'zod';
import { del, get, operations, post } from '#platform/contract.ts';
import { listAnswer, listQuery, many } from '#platform/list-contract.ts';

/** Number of the job in the queue. */
export const AuftragId = z.string().regex(/^\d{1,18}$/, 'keine Auftragsnummer').meta({ examples: ['900000000000000000'] }).brand<'AuftragId'>();
export const AuftragZustand = z.enum(['wartend', 'laeuft', 'fehlgeschlagen']);

export const Auftrag = z.object({
  id: AuftragId, name: z.string(),
  /** Whose data it works on; the Verbund sees those of all. */
  mandant: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** `fehlgeschlagen`: for good, it runs again only when asked to. A failed job that will be tried again is `wartend` with a `fehler`. */
  zustand: AuftragZustand,
  versuche: z.number().int(), versucheHoechstens: z.number().int(), naechsterVersuch: z.iso.datetime().nullable(),
  fehler: z.string().nullable(), angelegt: z.iso.datetime(), geaendert: z.iso.datetime(),
  rechte: z.array(z.string()),
});
export const Betriebslage = z.object({
  version: z.string(), node: z.string(),
  datenbank: z.object({ fassung: z.string(), bytes: z.number(), migrationen: z.number().int(), letzteMigration: z.string(), seit: z.iso.datetime() }),
  /** The whole queue of the installation; `aeltester`: since when the first of them could run. */
  /** How far the backup reaches; null: there has never been one, or it was ended. `veraltet`: longer ago than it should be. */
  sicherung: z.object({
    dauernd: z.boolean().describe('ein Dienst, der laufend sichert'), grundsicherung: z.iso.datetime().nullable(), bis: z.iso.datetime().nullable().describe('bis dahin ist alles gesichert'), veraltet: z.boolean(),
  }).nullable(),
  warteschlange: z.array(z.object({ zustand: z.enum(['wartend', 'geplant', 'laeuft', 'fehlgeschlagen']), anzahl: z.number().int(), aeltester: z.iso.datetime().nullable() })),
});

/** A kind of statement that took long in the last week, with placeholders for its values. Durations in milliseconds. */
export const Langsam = z.object({
  id: z.string(), text: z.string(), anzahl: z.number().int(), dauer: z.number().int().describe('alle zusammen'), mittel: z.number().int(), laengste: z.number().int(),
  zuletzt: z.iso.datetime().describe('Stunde, in der sie zuletzt langsam war'), prozesse: z.array(z.enum(['api', 'worker'])), rechte: z.array(z.string()),
});

const id = z.object({ id: AuftragId });
export const api = operations({
  listJobs: get('/auftraege', {
    summary: 'Aufträge im Hintergrund', access: 'betrieb.sehen',
    query: listQuery(['-geaendert', 'geaendert', 'name', '-name', 'angelegt', '-angelegt'], { zustand: many(AuftragZustand).optional(), name: z.string().max(200).optional() }),
    returns: listAnswer(Auftrag),
  }),
  retryJob: post('/auftraege/:id/wiederholung', { summary: 'Auftrag erneut ausführen', access: 'betrieb.verwalten', params: id, returns: z.object({ id: AuftragId }), status: 202 }),
  deleteJob: del('/auftraege/:id', { summary: 'Endgültig fehlgeschlagenen Auftrag verwerfen', access: 'betrieb.verwalten', params: id, returns: z.object({ id: AuftragId }) }),
  listLangsameAbfragen: get('/betrieb/abfragen', {
    summary: 'Langsame Abfragen der letzten sieben Tage', access: 'betrieb.abfragen.sehen',
    query: listQuery(['-dauer', 'dauer', '-laengste', 'laengste', '-anzahl', 'anzahl']), returns: listAnswer(Langsam),
  }),
  getBetriebslage: get('/betrieb', { summary: 'Version, Datenbank und Warteschlange', access: 'betrieb.sehen', returns: Betriebslage }),
});
