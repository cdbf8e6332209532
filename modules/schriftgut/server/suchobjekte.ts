import type { Suchobjekt, Suchobjektart } from '#platform/server/extension.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp } from '../contract.ts';
import { readKontaktnamen } from './kontakt.ts';
import type { GemeinsamRow } from './metadaten.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

const tag = (zeit: string) => zeit.slice(0, 10);
const words = (r: Pick<GemeinsamRow, 'typ' | 'bemerkung' | 'felder'>) => [r.typ, r.bemerkung, ...Object.values(r.felder as Record<string, unknown>)].filter((w) => w !== null && w !== '').map(String);

/** Former Kennzeichen and names of Kontakte of many objects: the words beside the columns. */
async function readBeiwerk(tx: ReadTx, typ: Objekttyp, ids: readonly string[]) {
  const frueher = await db.read(tx).selectFrom('schriftgut.frueheres_kennzeichen').select([`${typ}_id as id`, 'kennzeichen']).where(`${typ}_id`, 'in', [...ids]).execute();
  const kontakte = await readKontaktnamen(tx, typ, ids);
  const byId = Map.groupBy(frueher, (f) => f.id!);
  return {
    frueher: (id: string) => (byId.get(id) ?? []).map((f) => f.kennzeichen),
    namen: (id: string) => { const k = kontakte.get(id); return k ? [...k.absender, ...k.empfaenger, ...k.weitere] : []; },
  };
}

async function loadAkten(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('schriftgut.akte').selectAll().where('id', 'in', [...ids]).execute();
  const { frueher, namen } = await readBeiwerk(tx, 'akte', ids);
  return rows.map((r) => ({
    id: r.id, typ: 'akte', titel: r.betreff, zusatz: [...words(r), ...namen(r.id)], kennzeichen: r.aktenzeichen, fruehereKennzeichen: frueher(r.id), schutzId: r.schutz_id, datum: tag(r.erstellt_am),
    art: r.parent_id === null ? 'akte' : 'teilakte', status: r.status, aktenplaneinheitId: r.aktenplaneinheit_id, organisationseinheitId: r.federfuehrung_id, akteId: r.id, vorgangId: null,
    storniert: r.storniert_am !== null, inhaltIds: [],
  }));
}

async function loadVorgaenge(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('schriftgut.vorgang as v').innerJoin('schriftgut.akte as a', 'a.id', 'v.akte_id').selectAll('v').select(['a.aktenplaneinheit_id', 'a.federfuehrung_id as akte_federfuehrung_id']).where('v.id', 'in', [...ids]).execute();
  const { frueher, namen } = await readBeiwerk(tx, 'vorgang', ids);
  return rows.map((r) => ({
    id: r.id, typ: 'vorgang', titel: r.betreff, zusatz: [...words(r), ...namen(r.id)], kennzeichen: r.kennzeichen, fruehereKennzeichen: frueher(r.id), schutzId: r.schutz_id, datum: tag(r.erstellt_am),
    art: r.parent_id === null ? 'vorgang' : 'teilvorgang', status: r.status, aktenplaneinheitId: r.aktenplaneinheit_id, organisationseinheitId: r.federfuehrung_id ?? r.akte_federfuehrung_id, akteId: r.akte_id, vorgangId: r.id,
    storniert: r.storniert_am !== null, inhaltIds: [],
  }));
}

async function loadDokumente(tx: ReadTx, ids: readonly string[]): Promise<Suchobjekt[]> {
  if (!ids.length) return [];
  const rows = await db.read(tx).selectFrom('schriftgut.dokument as d').innerJoin('schriftgut.akte as a', 'a.id', 'd.akte_id').leftJoin('schriftgut.vorgang as v', 'v.id', 'd.vorgang_id')
    .selectAll('d').select(['a.aktenplaneinheit_id', 'a.federfuehrung_id as akte_federfuehrung_id', 'v.federfuehrung_id as vorgang_federfuehrung_id']).where('d.id', 'in', [...ids]).execute();
  const { frueher, namen } = await readBeiwerk(tx, 'dokument', ids);
  const versionen = rows.flatMap((r) => r.aktuelle_version_id ?? []);
  const formate = versionen.length ? await db.read(tx).selectFrom('schriftgut.format').select(['dokument_id', 'inhalt_id', 'dateiname', 'art']).where('version_id', 'in', versionen).orderBy('nummer').execute() : [];
  const byDokument = Map.groupBy(formate, (f) => f.dokument_id);
  return rows.map((r) => ({
    id: r.id, typ: 'dokument', titel: r.betreff,
    zusatz: [...words(r), ...namen(r.id), ...[r.fremdes_geschaeftszeichen, r.bezug, r.hier, r.bearbeiter_name].filter((w) => w !== null), ...(byDokument.get(r.id) ?? []).map((f) => f.dateiname)],
    kennzeichen: r.kennzeichen, fruehereKennzeichen: frueher(r.id), schutzId: r.schutz_id, datum: r.datum, art: r.art, status: r.entwurf ? 'entwurf' : r.finalisiert_am === null ? 'abgelegt' : 'finalisiert', aktenplaneinheitId: r.aktenplaneinheit_id,
    organisationseinheitId: r.federfuehrung_id ?? r.vorgang_federfuehrung_id ?? r.akte_federfuehrung_id, akteId: r.akte_id, vorgangId: r.vorgang_id, storniert: r.storniert_am !== null,
    inhaltIds: (byDokument.get(r.id) ?? []).filter((f) => f.art !== 'signatur').map((f) => f.inhalt_id),
  }));
}

const listOf = (typ: Objekttyp): Suchobjektart['list'] => async (tx, nach, limit) =>
  (await db.read(tx).selectFrom(`schriftgut.${typ}`).select('id').$if(nach !== null, (q) => q.where('id', '>', nach!)).orderBy('id').limit(limit).execute()).map((r) => r.id);
/** The hits of a search pass the same rule as every list. */
const allowedBy = (typ: Objekttyp, rows: (tx: ReadTx, ids: readonly string[]) => Promise<{ id: string; rechte: readonly string[] }[]>): Suchobjektart['allowed'] & {} =>
  async (tx, ids) => (ids.length && tx.ctx.akteur.rechte.has(`${typ}.sehen`) ? new Map((await rows(tx, ids)).map((r) => [r.id, r.rechte])) : new Map());
const allowedAkten = allowedBy('akte', async (tx, ids) => db.read(tx).selectFrom('schriftgut.akte').select('id').select(await aktePolicy.rechte(tx)).where(await aktePolicy.visible(tx, 'akte.sehen')).where('id', 'in', [...ids]).execute());
const allowedVorgaenge = allowedBy('vorgang', async (tx, ids) => db.read(tx).selectFrom('schriftgut.vorgang').select('id').select(await vorgangPolicy.rechte(tx)).where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).where('id', 'in', [...ids]).execute());
const allowedDokumente = allowedBy('dokument', async (tx, ids) => db.read(tx).selectFrom('schriftgut.dokument').select('id').select(await dokumentPolicy.rechte(tx)).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).where('id', 'in', [...ids]).execute());
const none = async () => [];
const akteEreignisse = ['akte.angelegt', 'akte.geaendert', 'akte.geschlossen', 'akte.wiedereroeffnet', 'akte.verschoben', 'akte.umgeordnet', 'akte.storniert', 'akte.storno_zurueckgenommen', 'schutz.eigen', 'schutz.geerbt'];
const vorgangEreignisse = ['vorgang.angelegt', 'vorgang.geaendert', 'vorgang.geschlossen', 'vorgang.wiedereroeffnet', 'vorgang.verschoben', 'vorgang.storniert', 'vorgang.storno_zurueckgenommen'];

export const suchobjekte: Suchobjektart[] = [
  { typ: 'akte', label: 'Akte', allowed: allowedAkten, ereignisse: akteEreignisse, load: loadAkten, byInhalt: none, list: listOf('akte') },
  // What moves or closes above takes along what lies below: those Ereignisse name it.
  { typ: 'vorgang', label: 'Vorgang', allowed: allowedVorgaenge, ereignisse: [...vorgangEreignisse, 'akte.geaendert', 'akte.geschlossen', 'akte.verschoben', 'schutz.eigen', 'schutz.geerbt'], load: loadVorgaenge, byInhalt: none, list: listOf('vorgang') },
  {
    typ: 'dokument', label: 'Dokument', allowed: allowedDokumente, load: loadDokumente, list: listOf('dokument'),
    ereignisse: ['dokument.angelegt', 'dokument.anlagen_angelegt', 'dokument.geaendert', 'dokument.verschoben', 'dokument.storniert', 'dokument.storno_zurueckgenommen', 'dokument.finalisiert', 'dokument.definalisiert',
      'version.angelegt', 'format.angelegt', 'akte.geaendert', 'akte.verschoben', 'vorgang.verschoben', 'schutz.eigen', 'schutz.geerbt'],
    async byInhalt(tx, inhaltIds) {
      if (!inhaltIds.length) return [];
      const rows = await db.read(tx).selectFrom('schriftgut.format as f').innerJoin('schriftgut.dokument as d', 'd.aktuelle_version_id', 'f.version_id').select('d.id').distinct().where('f.inhalt_id', 'in', [...inhaltIds]).execute();
      return rows.map((r) => r.id);
    },
  },
];
