import { sql } from 'kysely';
import { getInhalte } from '#modules/ablage/server/index.ts';
import { findDokumenteMitInhalt, getBetroffene } from '#modules/schriftgut/server/index.ts';
import { wessen } from '#platform/server/context.ts';
import type { Benachrichtigungsanlass } from '#platform/server/extension.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Fehlschlag, Schrittart } from '../contract.ts';
import { formatNamen, presentGrund, schrittTitel } from './gruende.ts';
import type { GrundCode } from './konverter/protokoll.ts';
import type { AufbereitungTables } from './tables.gen.ts';

const db = tables<AufbereitungTables>();
export const GESCHEITERT = 'inhalt.aufbereitung_gescheitert';
/** Older failures are known or no longer matter to anybody; the page of the object goes on saying them. */
const TAGE = 30;
const MAX = 1_000;
/** What a missing program of the server makes fail is the operator's business, and would be news about every file. */
const BETRIEBSSACHE: readonly GrundCode[] = ['libreoffice_fehlt', 'tesseract_fehlt'];

/** Without a title: those it concerns may lack the right to see the object. */
type Ort = { typ: string; id: string; /** Address in the web. */ pfad: string; benutzerIds: readonly string[] };
/** Where a content is in use now and whom it concerns there, whoever asks. A module whose objects hold content registers. */
export type Inhaltsort = {
  /** As in `schutzobjekt`, which names the object to those who may see it. */
  typ: string;
  find(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, Omit<Ort, 'typ'>>>;
};
declare module '#platform/server/tx.ts' { interface Erweiterungen { inhaltsort: Inhaltsort } }

export const dokumentort: Inhaltsort = {
  typ: 'dokument',
  async find(tx, inhaltIds) {
    const dokumente = await findDokumenteMitInhalt(tx, inhaltIds);
    const betroffene = await getBetroffene(tx, [...dokumente.values()].flat());
    return new Map([...dokumente].flatMap(([inhaltId, [id]]) => { const benutzerIds = id === undefined ? undefined : betroffene.get(id); return benutzerIds ? [[inhaltId, { id: id!, pfad: `/dokumente/${id}`, benutzerIds }] as const] : []; }));
  },
};

/** Of an attachment that is no object of its own yet (`nurAnlage`), the place of its mail. */
async function findOrte(tx: ReadTx, inhaltIds: readonly string[]): Promise<Map<string, Ort & { nurAnlage: boolean }>> {
  if (!inhaltIds.length) return new Map();
  const wurzeln = new Map((await db.read(tx).selectFrom('aufbereitung.anlage').select(['anlage_id', 'wurzel_id']).where('anlage_id', 'in', [...inhaltIds]).execute()).map((r) => [r.anlage_id, r.wurzel_id]));
  const gefragt = [...new Set([...inhaltIds, ...wurzeln.values()])];
  const orte = new Map<string, Ort>();
  for (const { typ, find } of tx.extensions('inhaltsort')) for (const [id, ort] of await find(tx, gefragt)) if (!orte.has(id)) orte.set(id, { typ, ...ort });
  return new Map(inhaltIds.flatMap((id) => { const ort = orte.get(id) ?? orte.get(wurzeln.get(id) ?? ''); return ort ? [[id, { ...ort, nurAnlage: !orte.has(id) }] as const] : []; }));
}

/** What could not be read of the Akteur's own Dokumente and of post in their baskets, the newest first. */
export async function listFehlschlaege(tx: ReadTx): Promise<{ eintraege: Fehlschlag[]; gesamt: number }> {
  const wer = wessen(tx.ctx.akteur);
  const rows = await db.read(tx).selectFrom('aufbereitung.schritt as s').innerJoin('aufbereitung.aufbereitung as a', 'a.inhalt_id', 's.inhalt_id').select(['s.inhalt_id', 's.art', 's.code', 's.daten', 's.geaendert', 'a.format'])
    .where('s.status', '=', 'fehlgeschlagen').where((eb) => eb.or([eb('s.code', 'is', null), eb('s.code', 'not in', BETRIEBSSACHE)])).where('s.geaendert', '>', sql<string>`now() - make_interval(days => ${TAGE})`).orderBy('s.geaendert', 'desc').limit(MAX).execute();
  const orte = [...await findOrte(tx, [...new Set(rows.map((r) => r.inhalt_id))])].filter(([, ort]) => ort.benutzerIds.includes(wer));
  const namen = new Map<string, { titel: string; kennzeichen: string | null; pfad: string }>();
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) for (const [id, name] of await kurz(tx, orte.filter(([, o]) => o.typ === typ).map(([, o]) => o.id))) namen.set(id, name);
  const inhalte = await getInhalte(tx, orte.map(([id]) => id));
  const eintraege = orte.flatMap(([inhaltId, ort]): Fehlschlag[] => {
    const [name, inhalt, schritte] = [namen.get(ort.id), inhalte.get(inhaltId), rows.filter((r) => r.inhalt_id === inhaltId)];
    if (!name || !inhalt) return [];
    const gruende = schritte.map((s) => ({ s, g: presentGrund(s.code as GrundCode, s.daten) }));
    return [{
      inhaltId: inhalt.id, dateiname: inhalt.dateiname, formatName: schritte[0]?.format ? formatNamen[schritte[0].format as keyof typeof formatNamen] : null, objekt: { typ: ort.typ, id: ort.id, ...name },
      schritt: schrittTitel[schritte[0]!.art], grund: gruende[0]!.g.grund, wiederholbar: gruende.some(({ g }) => g.wiederholbar), zeit: schritte[0]!.geaendert,
    }];
  });
  return { eintraege: eintraege.slice(0, 50), gesamt: eintraege.length };
}

/** Without these it is not found and not read; a missing picture is said on its page. */
const LESESCHRITTE: ReadonlySet<unknown> = new Set<Schrittart>(['typ', 'text', 'ocr']);
export const fehlschlagAnlass: Benachrichtigungsanlass = {
  schluessel: 'aufbereitung.gescheitert', titel: 'Ein Dokument aus meinen Vorgängen ließ sich nicht lesen', ereignisse: [GESCHEITERT], vorgabe: 'postfach',
  async create(tx, { objekte, daten }) {
    const code = daten.code as GrundCode;
    if (!LESESCHRITTE.has(daten.schritt) || BETRIEBSSACHE.includes(code)) return [];
    // mails carry signatures and calendar files, which nobody expects to be read
    const orte = [...(await findOrte(tx, objekte.inhalt ?? [])).values()].filter((o) => !(o.nurAnlage && code === 'format_unbekannt'));
    return orte.flatMap(({ typ, id, pfad, benutzerIds }) => benutzerIds.map((benutzerId) => ({ benutzerId, satz: 'Ein Dokument ließ sich nicht lesen', objekt: { typ, id }, pfad, jeObjekt: true })));
  },
};
