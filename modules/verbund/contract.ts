import { z } from 'zod';
import { del, get, operations, post } from '#platform/contract.ts';
import { flag, listAnswer, listQuery } from '#platform/list-contract.ts';
import { MandantId, MandantKurz, zeile } from '#modules/organisation/contract.ts';

export const VerbundfreigabeId = z.uuid().brand<'VerbundfreigabeId'>();
export const NotzugriffId = z.uuid().brand<'NotzugriffId'>();
export type VerbundfreigabeId = z.infer<typeof VerbundfreigabeId>;
export type NotzugriffId = z.infer<typeof NotzugriffId>;

const zeit = z.iso.datetime({ offset: true });
const rechte = z.array(z.string());
const leer = z.object({});
const byId = <S extends z.ZodType>(id: S) => z.object({ id });

export const Objekttyp = z.enum(['akte', 'vorgang', 'dokument']);
export type Objekttyp = z.infer<typeof Objekttyp>;
/** What a guest can be given; `verwalten` stays in the house. */
export const Gaststufe = z.enum(['sehen', 'lesen', 'bearbeiten']);
export const EmpfaengerArt = z.enum(['oe', 'person']);
const Empfaenger = z.object({ art: EmpfaengerArt, id: z.uuid(), name: z.string() });

/** The OEs of one other Mandant that may be addressed, and their people. */
export const Verzeichnis = z.object({
  mandant: MandantKurz,
  einheiten: z.array(z.object({ id: z.uuid(), kennzeichen: z.string(), bezeichnung: z.string(), personen: z.array(z.object({ id: z.uuid(), name: z.string(), funktion: z.string() })) })),
});

export const zustaende = ['kuenftig', 'laeuft', 'abgelaufen', 'beendet'] as const;
const Gemeinsam = z.object({
  id: VerbundfreigabeId, mandant: MandantKurz, objekt: z.object({ typ: Objekttyp, id: z.uuid(), kennzeichen: z.string().nullable() }), empfaenger: Empfaenger,
  stufe: Gaststufe, zweck: z.string(), von: zeit, bis: zeit, zustand: z.enum(zustaende),
  /** Who ended it early: the owner, or the other side. */
  beendet: z.object({ am: zeit, seite: z.enum(['eigner', 'empfaenger']) }).nullable(), rechte,
});
/** What this Mandant gives; `mandant` is the one that receives it. `titel` null: the object itself may not be seen by the reader. */
export const Verbundfreigabe = Gemeinsam.extend({ objekt: Gemeinsam.shape.objekt.extend({ titel: z.string().nullable(), pfad: z.string().nullable() }), erteilt: zeit, erteiltVon: z.string().nullable() });
/** What this Mandant receives; `mandant` is the owner. The object is seen at the owner's alone, at `pfad`. */
export const ErhalteneVerbundfreigabe = Gemeinsam.extend({ pfad: z.string(), erhalten: zeit });

export const VerbundfreigabeNeu = z.object({
  objektTyp: Objekttyp, objektId: z.uuid(), mandantId: MandantId, empfaengerArt: EmpfaengerArt, empfaengerId: z.uuid(), stufe: Gaststufe,
  zweck: zeile(500).min(3, 'Bitte den Zweck nennen'), von: zeit.optional(), bis: zeit,
});

export const notzugriffszustaende = ['beantragt', 'abgelehnt', 'laeuft', 'beendet'] as const;
export const Notzugriff = z.object({
  id: NotzugriffId, mandant: MandantKurz, antragsteller: z.object({ id: z.uuid(), name: z.string() }), grund: z.string(), stunden: z.number().int(), beantragt: zeit,
  zustand: z.enum(notzugriffszustaende), entschiedenVon: z.string().nullable(), von: zeit.nullable(), bis: zeit.nullable(), beendet: zeit.nullable(), rechte,
});

export const api = operations({
  listVerzeichnisse: get('/verbund/verzeichnis', { summary: 'Andere Verwaltungen, mit denen etwas geteilt werden kann', access: 'verbundfreigabe.erteilen', returns: z.object({ eintraege: z.array(MandantKurz) }) }),
  getVerzeichnis: get('/verbund/verzeichnis/:id', { summary: 'Wer in einer anderen Verwaltung angesprochen werden kann', access: 'verbundfreigabe.erteilen', params: byId(MandantId), returns: Verzeichnis }),

  listVerbundfreigaben: get('/verbundfreigaben', {
    summary: 'Was diese Verwaltung mit anderen teilt', access: 'verbundfreigabe.sehen', returns: listAnswer(Verbundfreigabe), query: listQuery(['-erteilt', 'erteilt', 'bis', '-bis'], { objektId: z.uuid().optional(), laeuft: flag.optional() }),
  }),
  createVerbundfreigabe: post('/verbundfreigaben', { summary: 'Eine Akte, einen Vorgang oder ein Dokument mit einer anderen Verwaltung teilen', access: 'verbundfreigabe.erteilen', body: VerbundfreigabeNeu, returns: Verbundfreigabe, status: 201 }),
  revokeVerbundfreigabe: del('/verbundfreigaben/:id', { summary: 'Das Teilen beenden', access: 'verbundfreigabe.sehen', params: byId(VerbundfreigabeId), returns: Verbundfreigabe }),
  listErhalteneVerbundfreigaben: get('/verbundfreigaben/erhalten', {
    summary: 'Was andere Verwaltungen mit mir oder meiner Stelle teilen', access: 'angemeldet', returns: listAnswer(ErhalteneVerbundfreigabe), query: listQuery(['-erhalten', 'erhalten', 'bis', '-bis'], { laeuft: flag.optional(), alle: flag.optional() }),
  }),
  revokeErhalteneVerbundfreigabe: del('/verbundfreigaben/erhalten/:id', { summary: 'Auf Geteiltes verzichten', access: 'angemeldet', params: byId(VerbundfreigabeId), returns: ErhalteneVerbundfreigabe }),

  listNotzugriffe: get('/notzugriffe', { summary: 'Notzugriffe des Betriebs', access: 'notzugriff.sehen', returns: listAnswer(Notzugriff), query: listQuery(['-beantragt', 'beantragt']) }),
  requestNotzugriff: post('/notzugriffe', {
    summary: 'Notzugriff auf eine Verwaltung beantragen', access: 'notzugriff.beantragen', returns: Notzugriff, status: 201,
    body: z.object({ mandantId: MandantId, grund: zeile(1000).min(10, 'Bitte den Grund so nennen, dass ihn die Verwaltung versteht'), stunden: z.number().int().min(1).max(8) }),
  }),
  grantNotzugriff: post('/notzugriffe/:id/genehmigung', { summary: 'Einen Notzugriff als zweite Person genehmigen', access: 'notzugriff.entscheiden', params: byId(NotzugriffId), body: leer, returns: Notzugriff }),
  cancelNotzugriff: del('/notzugriffe/:id', { summary: 'Einen Notzugriff ablehnen oder beenden', access: 'notzugriff.entscheiden', params: byId(NotzugriffId), returns: Notzugriff }),
});
