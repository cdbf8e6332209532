import { getInhalte, type Inhalt } from '#modules/ablage/server/index.ts';
import { getMandant } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Akte, Dokument, Objekttyp, Vorgang } from '../../contract.ts';
import { getAkte } from '../akte/queries.ts';
import { getDokument } from '../dokument/queries.ts';
import { readTeilbaum } from '../ort.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from '../policy.ts';
import type { SchriftgutTables } from '../tables.gen.ts';
import { getVorgang } from '../vorgang/queries.ts';

const db = tables<SchriftgutTables>();

export type Exportdatei = { id: string; dateiname: string; mime: string; groesse: number; sha256: string; art: string; inhalt: Inhalt; druck: Inhalt | null };
export type Exportknoten = {
  typ: Objekttyp; id: string; ebene: number; kennzeichen: string; betreff: string; datum: string | null; art: string | null; nummer: number | null;
  dateien: Exportdatei[];
  /** It may be seen, not read. */
  gesperrt: boolean;
};
export type Exportplan = { wurzel: Exportknoten; knoten: Exportknoten[]; metadaten: Akte | Vorgang | Dokument; behoerde: string };

/** Everything that one export needs, read at one moment; the bytes are fetched afterwards. What may not be seen is not in it. */
export async function readExportplan(tx: ReadTx, typ: Objekttyp, id: string): Promise<Exportplan> {
  if (typ === 'akte') await aktePolicy.authorize(tx, 'akte.exportieren', id);
  else if (typ === 'vorgang') await vorgangPolicy.authorize(tx, 'vorgang.exportieren', id);
  else await dokumentPolicy.authorize(tx, 'dokument.exportieren', id);
  const metadaten = typ === 'akte' ? await getAkte(tx, id) : typ === 'vorgang' ? await getVorgang(tx, id) : await getDokument(tx, id);
  const knoten = await readKnoten(tx, typ, id);
  const wurzel = knoten[0]!;
  return { wurzel, knoten, metadaten, behoerde: (await getMandant(tx)).name };
}

type Zeile = { id: string; oben: string; nummer: number | null };
/** The subtree as one list in the order of reading: Vorgänge by number, Dokumente by date, each with its Anlagen; then Teilakten. Nothing stornierte, except the root: who may see that may take it along. */
async function readKnoten(tx: ReadTx, typ: Objekttyp, id: string): Promise<Exportknoten[]> {
  const baum = await readTeilbaum(tx, typ, id);
  const akten = baum.akten.length ? await db.read(tx).selectFrom('schriftgut.akte').select(['id', 'schutz_id', 'parent_id', 'nummer', 'aktenzeichen as kennzeichen']).select((await aktePolicy.lesbar(tx, 'betreff')).as('betreff')).where('id', 'in', baum.akten).where((eb) => eb.or([eb('storniert_am', 'is', null), eb('id', '=', id)]))
    .where(await aktePolicy.visible(tx, 'akte.sehen')).orderBy('nummer').execute() : [];
  const vorgaenge = baum.vorgaenge.length ? await db.read(tx).selectFrom('schriftgut.vorgang').select(await vorgangPolicy.spalten(tx, ['id', 'schutz_id', 'akte_id', 'parent_id', 'nummer', 'kennzeichen', 'betreff'])).where('id', 'in', baum.vorgaenge).where((eb) => eb.or([eb('storniert_am', 'is', null), eb('id', '=', id)]))
    .where(await vorgangPolicy.visible(tx, 'vorgang.sehen')).orderBy('nummer').execute() : [];
  const dokumente = baum.dokumente.length ? await db.read(tx).selectFrom('schriftgut.dokument').select(await dokumentPolicy.spalten(tx, ['id', 'schutz_id', 'akte_id', 'vorgang_id', 'parent_id', 'nummer', 'kennzeichen', 'betreff', 'datum', 'art', 'aktuelle_version_id']))
    .select(await dokumentPolicy.rechte(tx)).where('id', 'in', baum.dokumente).where((eb) => eb.or([eb('storniert_am', 'is', null), eb('id', '=', id)])).where(await dokumentPolicy.visible(tx, 'dokument.sehen')).orderBy('datum').orderBy('nummer').execute() : [];
  const [lesbar, gesperrt] = [dokumente.filter((d) => d.rechte.includes('dokument.lesen')), dokumente.filter((d) => !d.rechte.includes('dokument.lesen'))];
  await Promise.all([aktePolicy.noteGezeigt(tx, akten), vorgangPolicy.noteGezeigt(tx, vorgaenge), dokumentPolicy.noteGezeigt(tx, gesperrt), dokumentPolicy.noteGezeigt(tx, lesbar, 'gelesen')]);
  const dateien = await readDateien(tx, lesbar.flatMap((d) => d.aktuelle_version_id ?? []));

  const leer = { datum: null, art: null, dateien: [], gesperrt: false, ebene: 0 };
  const all: (Exportknoten & Zeile)[] = [
    ...vorgaenge.map((v) => ({ ...leer, ...v, typ: 'vorgang' as const, oben: v.parent_id ?? v.akte_id })),
    ...dokumente.map((d) => ({ ...leer, ...d, typ: 'dokument' as const, oben: d.parent_id ?? d.vorgang_id ?? d.akte_id, dateien: dateien.get(d.aktuelle_version_id ?? '') ?? [], gesperrt: !d.rechte.includes('dokument.lesen') })),
    ...akten.map((a) => ({ ...leer, ...a, typ: 'akte' as const, oben: a.parent_id ?? '' })),
  ];
  const unter = Map.groupBy(all, (k) => k.oben);
  const flach = (k: Exportknoten & Zeile, ebene: number): Exportknoten[] => [
    { typ: k.typ, id: k.id, ebene, kennzeichen: k.kennzeichen, betreff: k.betreff, datum: k.datum, art: k.art, nummer: k.nummer, dateien: k.dateien, gesperrt: k.gesperrt },
    ...(unter.get(k.id) ?? []).flatMap((u) => flach(u, ebene + 1)),
  ];
  return flach(all.find((k) => k.id === id)!, 0);
}

/** Files of versions, each with the PDF that stands for it in print, if it is none itself. */
async function readDateien(tx: ReadTx, versionIds: readonly string[]): Promise<Map<string, Exportdatei[]>> {
  const rows = [];
  for (let i = 0; i < versionIds.length; i += 5000) {
    rows.push(...await db.read(tx).selectFrom('schriftgut.format').select(['id', 'version_id', 'dateiname', 'mime', 'groesse', 'sha256', 'art', 'inhalt_id']).where('version_id', 'in', versionIds.slice(i, i + 5000)).orderBy('nummer').execute());
  }
  const ids = rows.map((r) => r.inhalt_id);
  const druck = new Map<string, string>();
  for (const { find } of tx.extensions('druckfassung')) for (const [id, pdf] of await find(tx, ids)) druck.set(id, pdf);
  const inhalte = await getInhalte(tx, [...ids, ...druck.values()]);
  return Map.groupBy(rows.flatMap((r) => {
    const inhalt = inhalte.get(r.inhalt_id);
    return inhalt ? [{ id: r.id, version_id: r.version_id, dateiname: r.dateiname, mime: r.mime, groesse: r.groesse, sha256: r.sha256, art: r.art, inhalt, druck: inhalte.get(druck.get(r.inhalt_id) ?? '') ?? null }] : [];
  }), (r) => r.version_id);
}
