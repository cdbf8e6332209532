import { deleteAbgeleitete } from '#modules/ablage/server/index.ts';
import { urheber } from '#platform/server/context.ts';
import { requireVersion } from '#platform/server/errors.ts';
import { tables, type WriteTx } from '#platform/server/tx.ts';
import type { Stapel } from '../../contract.ts';
import { briefe as schreiben } from '../auftraege.ts';
import { lockStapel, setStapel } from '../commands.ts';
import { getStapel, readBriefeVon, readRohdateienVon, readSeitenVon } from '../queries.ts';
import { ScanErrors } from '../stapel.ts';
import type { ScanstelleTables } from '../tables.gen.ts';
import { listOffenes } from './offen.ts';

const db = tables<ScanstelleTables>();

/** A person says that pages and letters are right; from here on nothing in it changes, and the letters are written. */
export async function closeStapelpruefung(tx: WriteTx, id: string, ifMatch: number): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.bearbeiten', id);
  requireVersion(row, ifMatch);
  if (row.status !== 'zu_pruefen') throw ScanErrors.nicht_im_stand();
  const seiten = await readSeitenVon(tx, id), briefe = await readBriefeVon(tx, id);
  const mitSeiten = briefe.filter((b) => seiten.some((s) => s.brief_id === b.id && s.status === 'da'));
  const offen = listOffenes(seiten, mitSeiten, await readRohdateienVon(tx, id));
  if (offen.length) throw ScanErrors.nicht_fertig({ offen: offen.map((o) => o.text) });
  await setStapel(tx, id, { status: 'geprueft', geprueft_von: urheber(tx.ctx), geprueft_am: new Date() });
  await tx.record({ art: 'scanstapel.geprueft', objekte: { stapel: id, brief: mitSeiten.map((b) => b.id) }, daten: {
    nummer: row.nummer, briefe: mitSeiten.length, seiten: seiten.filter((s) => s.status === 'da').length, stichprobe: mitSeiten.filter((b) => b.stichprobe).length,
    entfernt: seiten.filter((s) => s.status !== 'da').map((s) => ({ rohdatei: s.rohdatei_id, nummer: s.seite, als: s.status })),
  } });
  await tx.enqueue(schreiben, { stapelId: id }, { key: `briefe:${id}` });
  return getStapel(tx, id);
}

export async function reopenStapelpruefung(tx: WriteTx, id: string): Promise<Stapel> {
  const row = await lockStapel(tx, 'scanstapel.bearbeiten', id);
  if (row.status !== 'geprueft') throw ScanErrors.nicht_im_stand();
  await deleteAbgeleitete(tx, (await readBriefeVon(tx, id)).flatMap((b) => b.pdf_id ?? []));
  await db.write(tx).updateTable('scanstelle.brief').set({ pdf_id: null }).where('stapel_id', '=', id).execute();
  await setStapel(tx, id, { status: 'zu_pruefen', geprueft_von: null, geprueft_am: null });
  await tx.record({ art: 'scanstapel.wieder_geoeffnet', objekte: { stapel: id }, daten: { nummer: row.nummer } });
  return getStapel(tx, id);
}
