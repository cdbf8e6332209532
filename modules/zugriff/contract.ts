import { z } from 'zod';
import { del, get, operations, patch, post } from '#platform/contract.ts';
import { listAnswer, listQuery, many } from '#platform/list-contract.ts';
import { BenutzerKurz, OrganisationseinheitKurz } from '#modules/organisation/contract.ts';
import { FreigabeId, Klasse, rechte, SchutzbereichId, SchutzbereichKurz, Stufe, SubjektArt, zeitpunkt } from './contract/grundlagen.ts';
import { Sperre, warumApi } from './contract/warum.ts';

export * from './contract/grundlagen.ts';
export * from './contract/warum.ts';

export const Schutzbereich = SchutzbereichKurz.extend({
  parentId: SchutzbereichId.nullable(),
  /** False: nothing is inherited from above. */
  erbt: z.boolean(),
  /** Its own class; what lies below has it too, unless it names another. */
  klasse: Klasse.nullable(),
  /** Set: the Schutzbereich of this OE's Federführung within the upper one. */
  organisationseinheit: OrganisationseinheitKurz.nullable(),
  anzahlUnter: z.number().int(), anzahlFreigaben: z.number().int(), version: z.number().int(), rechte,
});
export const Freigabe = z.object({
  id: FreigabeId, subjektArt: SubjektArt,
  /** »63.1 Bauordnung«, »Registratur«, »Katrin Seidel«; `name` null: gone, and of no effect. */
  subjekt: z.object({ id: z.uuid(), name: z.string().nullable() }),
  stufe: Stufe, erteilt: zeitpunkt, erteiltVon: BenutzerKurz.nullable(),
  /** In force from … until before …; null: at once, until it is taken back. */
  gueltigVon: zeitpunkt.nullable(), gueltigBis: zeitpunkt.nullable(), grund: z.string().nullable(), schutzbereich: SchutzbereichKurz,
  /** From an upper Schutzbereich; to be taken back there. */
  geerbt: z.boolean(), rechte,
});
export const SchutzbereichMitFreigaben = Schutzbereich.extend({
  /** Its own class or the one it has from above. */
  wirksameKlasse: Klasse.nullable(), sperre: Sperre.nullable(), pfad: z.array(SchutzbereichKurz), freigaben: z.array(Freigabe),
});

/** Whether this Mandant may keep VS-NfD, and by which approval. Higher grades are refused in any case. */
export const Geheimschutz = z.object({ aktiv: z.boolean(), aktenzeichen: z.string().nullable(), freigabeVom: z.iso.date().nullable(), geaendertAm: zeitpunkt.nullable(), geaendertVon: BenutzerKurz.nullable(), version: z.int() });
export const GeheimschutzAendern = z.discriminatedUnion('aktiv', [
  z.object({ aktiv: z.literal(true), aktenzeichen: z.string().trim().min(1).max(200), freigabeVom: z.iso.date() }), z.object({ aktiv: z.literal(false) }),
]);

const byId = <S extends z.ZodType>(id: S) => z.object({ id });

export const api = operations({
  ...warumApi,
  listSchutzbereiche: get('/schutzbereiche', {
    summary: 'Schutzbereiche; ohne Filter die oberste Ebene', access: 'zugriff.sehen', returns: listAnswer(Schutzbereich),
    query: listQuery(['bezeichnung', '-bezeichnung'], { parentId: many(SchutzbereichId).optional(), q: z.string().max(200).optional() }),
  }),
  getSchutzbereich: get('/schutzbereiche/:id', { summary: 'Schutzbereich mit eigenen und geerbten Freigaben', access: 'zugriff.sehen', params: byId(SchutzbereichId), returns: SchutzbereichMitFreigaben }),
  updateSchutzbereich: patch('/schutzbereiche/:id', {
    summary: 'Vererbung von oben zulassen oder abschneiden, Schutzklasse setzen', access: 'zugriff.verwalten', params: byId(SchutzbereichId), ifMatch: true, body: z.object({ erbt: z.boolean().optional(), klasse: Klasse.nullable().optional() }), returns: SchutzbereichMitFreigaben,
  }),
  grantFreigabe: post('/schutzbereiche/:id/freigaben', {
    summary: 'Freigabe erteilen, auch auf Zeit, oder ihre Stufe ändern', access: 'zugriff.verwalten', params: byId(SchutzbereichId), status: 201,
    body: z.object({ subjektArt: SubjektArt, subjekt: z.uuid(), stufe: Stufe, gueltigVon: zeitpunkt.nullable().optional(), gueltigBis: zeitpunkt.nullable().optional(), grund: z.string().trim().min(1).max(500).nullable().optional() }), returns: Freigabe,
  }),
  revokeFreigabe: del('/freigaben/:id', { summary: 'Freigabe entziehen', access: 'zugriff.verwalten', params: byId(FreigabeId), returns: z.object({}) }),
  getGeheimschutz: get('/geheimschutz', { summary: 'Ob der Mandant VS-NfD führen darf, und aufgrund welcher Freigabe', access: 'zugriff.geheimschutz', returns: Geheimschutz }),
  updateGeheimschutz: patch('/geheimschutz', { summary: 'VS-NfD ein- oder ausschalten', access: 'zugriff.geheimschutz', ifMatch: true, body: GeheimschutzAendern, returns: Geheimschutz }),
  listFreigaben: get('/freigaben', {
    summary: 'Freigaben: wem ist was freigegeben', access: 'zugriff.sehen', returns: listAnswer(Freigabe),
    query: listQuery(['-erteilt', 'erteilt'], { schutzId: many(SchutzbereichId).optional(), subjektArt: many(SubjektArt).optional(), subjekt: many(z.uuid()).optional(), stufe: many(Stufe).optional() }),
  }),
});
