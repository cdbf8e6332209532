import { getInhalte, saveInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { Analyse } from '../angaben.ts';
import { briefe } from '../auftraege.ts';
import { lockStapelJob } from '../commands.ts';
import { orderBriefe, readBriefeVon, readRohdateienVon, readSeitenVon, type RohdateiRow } from '../queries.ts';
import type { ScanstelleTables } from '../tables.gen.ts';
import { readStapelJob } from './zerlegen.ts';

const db = tables<ScanstelleTables>();
/** Pages a run writes before others have their turn; a letter of more is written whole. */
const SEITEN_JE_LAUF = 200;

export type BriefSeite = { dateiId: string; seite: number; drehung: number; gerade: number | null };
export type OffenerBrief = { id: string; titel: string; seiten: BriefSeite[] };

/** Letters of a checked batch that are not written yet. */
export async function loadBriefe(tx: ReadTx, stapelId: string) {
  const row = await readStapelJob(tx, stapelId);
  if (row?.status !== 'geprueft') return undefined;
  const seiten = await readSeitenVon(tx, stapelId);
  const alle = orderBriefe(await readBriefeVon(tx, stapelId), seiten);
  const offene: OffenerBrief[] = [];
  let summe = 0;
  for (const [i, b] of alle.entries()) {
    const eigene = seiten.filter((s) => s.brief_id === b.id && s.status === 'da');
    if (b.pdf_id !== null || !eigene.length) continue;
    if (offene.length && summe + eigene.length > SEITEN_JE_LAUF) break;
    summe += eigene.length;
    offene.push({ id: b.id, titel: b.betreff || `${row.nummer}, Brief ${i + 1}`, seiten: eigene.map((s) => {
      const a = s.befund as Analyse;
      return { dateiId: s.rohdatei_id, seite: s.seite, drehung: ((a.drehung?.grad ?? 0) + s.drehung) % 360, gerade: a.gerade ?? null };
    }) });
  }
  const dateien = (await readRohdateienVon(tx, stapelId)).filter((d) => offene.some((b) => b.seiten.some((s) => s.dateiId === d.id)));
  const inhalte = await getInhalte(tx, dateien.map((d) => d.inhalt_id));
  return { stapelId, version: row.version, erstellt: row.geprueft_am!, offene, dateien: dateien.map((d) => ({ datei: d, inhalt: inhalte.get(d.inhalt_id)! })) };
}
export type Rohinhalt = { datei: RohdateiRow; inhalt: Inhalt };

export type GeschriebenerBrief = { id: string; stored: Stored; quelleId: string; dateiname: string };
/** The letters as PDF, until the batch is released only computed, and computable again. */
export async function storeBriefe(tx: WriteTx, { stapelId, version, geschrieben }: { stapelId: string; version: number; geschrieben: readonly GeschriebenerBrief[] }) {
  const row = await lockStapelJob(tx, stapelId);
  if (row.status !== 'geprueft' || row.version !== version || !geschrieben.length) return;
  for (const b of geschrieben) {
    const pdfId = await saveInhalt(tx, b.stored, { mime: 'application/pdf', dateiname: b.dateiname, quelleId: b.quelleId });
    await db.write(tx).updateTable('scanstelle.brief').set({ pdf_id: pdfId }).where('id', '=', b.id).where('pdf_id', 'is', null).execute();
  }
  await tx.record({ art: 'scanstapel.briefe_geschrieben', objekte: { stapel: stapelId, brief: geschrieben.map((b) => b.id) }, daten: { nummer: row.nummer, briefe: geschrieben.map((b) => ({ brief: b.id, sha256: b.stored.sha256 })) } });
  await tx.enqueue(briefe, { stapelId }, { key: `briefe:${stapelId}` });
}
