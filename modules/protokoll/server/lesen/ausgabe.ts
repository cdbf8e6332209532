import { sql } from 'kysely';
import { getMandant } from '#modules/organisation/server/index.ts';
import type { LesezugriffTables } from '#platform/server/lesezugriff.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { append, emptyTree, rootOf } from '../merkle.ts';
import type { ProtokollTables } from '../tables.gen.ts';
import { requireOffene, selectLesezugriffe } from './einsicht.ts';
import { kopfOf, objektHash, objekteOf, siegelText, type Zeile } from './format.ts';
import { readGrabsteine } from './pruefung.ts';
import { alsText, spalten } from './siegel.ts';

const db = tables<ProtokollTables & LesezugriffTables>();
type Blatt = { folge: number; hash: Buffer; lesezugriff_id: number };

/**
 * The reads of a granted Einsicht as a file that is verified offline: every seal, and of the months it reaches into the whole tree. The reads it is about
 * stand there in words, all others as the roots of the subtrees they form: that they are there, and nothing of them. docs/betrieb/protokoll-format.md
 */
export async function exportLesezugriffe(tx: ReadTx, einsichtId: string, siegel: Siegel, now: Date): Promise<{ dateiname: string; text: string }> {
  const e = await requireOffene(tx, einsichtId);
  const mandant = await getMandant(tx);
  const kette = await db.read(tx).selectFrom('protokoll.lesesiegel').selectAll().orderBy('kette').execute();
  const steine = await readGrabsteine(tx);
  const gezeigt = [...new Set(kette.map((s) => s.monat))].filter((m) => m <= e.bis && m >= `${e.von.slice(0, 7)}-01` && !steine.has(m)).toSorted();
  const signed = (art: 'kopf' | 'ende', angaben: object) => {
    const content = { art, ...angaben, schluesselId: siegel.schluesselId };
    return { ...content, unterschrift: siegel.sign(`verbundakte-${art}/1\n${JSON.stringify(content)}`).toString('base64') };
  };
  const lines: object[] = [signed('kopf', {
    format: 'verbundakte-lesezugriffe/1', mandantId: tx.ctx.mandantId, mandant: mandant.name, einsicht: e.id, ziel: { art: e.ziel_art, id: e.ziel_id }, von: e.von, bis: e.bis, erstellt: now.toISOString(),
    siegel: kette.length, monate: gezeigt, geloescht: [...steine.values()].toSorted((a, b) => (a.monat < b.monat ? -1 : 1)), schluessel: siegel.oeffentlich,
  })];
  const bisher = new Map<string, number>();
  let anzahl = 0;
  for (const s of kette) {
    if (gezeigt.includes(s.monat)) {
      const stueck = await writeStueck(tx, e, s.monat, bisher.get(s.monat) ?? 0, s.groesse);
      anzahl += stueck.filter((l) => l.art === 'lesezugriff').length;
      lines.push(...stueck);
    }
    bisher.set(s.monat, s.groesse);
    lines.push({ art: 'siegel', nr: s.kette, text: siegelText(tx.ctx.mandantId, s), unterschrift: s.unterschrift.toString('base64') });
  }
  lines.push(signed('ende', { einsicht: e.id, lesezugriffe: anzahl, siegel: kette.length }));
  return { dateiname: `lesezugriffe-${mandant.kuerzel}-${now.toISOString().slice(0, 10)}.ndjson`, text: lines.map((l) => `${JSON.stringify(l)}\n`).join('') };
}

/** What lies between two seals of a month. */
async function writeStueck(tx: ReadTx, e: Awaited<ReturnType<typeof requireOffene>>, monat: string, von: number, bis: number) {
  const blaetter: Blatt[] = await db.read(tx).selectFrom('protokoll.leseblatt').select(['folge', 'hash', 'lesezugriff_id']).where('monat', '=', monat).where('folge', '>=', von).where('folge', '<', bis).orderBy('folge').execute();
  const rows: Zeile[] = blaetter.length ? await selectLesezugriffe(tx, e).select(spalten).select(alsText).where('l.id', 'in', blaetter.map((b) => b.lesezugriff_id)).where('l.monat', '=', sql<string>`${monat}::date`).execute() : [];
  const zeilen = new Map(rows.map((z) => [z.id, z]));
  const lines: ({ art: 'teilbaum' | 'lesezugriff' } & Record<string, unknown>)[] = [];
  let verborgen: Blatt[] = [];
  const flush = () => { lines.push(...teilbaeume(monat, verborgen)); verborgen = []; };
  for (const b of blaetter) {
    const z = zeilen.get(b.lesezugriff_id);
    if (!z) { verborgen.push(b); continue; }
    flush();
    const nur = e.ziel_art === 'objekt' ? e.ziel_id : undefined;
    lines.push({ art: 'lesezugriff', monat, nr: b.folge + 1, kopf: kopfOf(tx.ctx.mandantId, z), objekte: objekteOf(z).map((o) => (nur === undefined || o[2] === nur ? o : objektHash(o).toString('hex'))) });
  }
  flush();
  return lines;
}
/** The whole subtrees that a run of leaves is made of: as few as there can be. */
function teilbaeume(monat: string, blaetter: readonly Blatt[]) {
  const lines: { art: 'teilbaum'; monat: string; ab: number; groesse: number; hash: string }[] = [];
  for (let i = 0; i < blaetter.length;) {
    const ab = blaetter[i]!.folge;
    let groesse = 1;
    while (ab % (groesse * 2) === 0 && i + groesse * 2 <= blaetter.length) groesse *= 2;
    lines.push({ art: 'teilbaum', monat, ab: ab + 1, groesse, hash: rootOf(blaetter.slice(i, i + groesse).reduce((t, b) => append(t, b.hash), emptyTree)).toString('hex') });
    i += groesse;
  }
  return lines;
}
