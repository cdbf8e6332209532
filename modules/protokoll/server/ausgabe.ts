import { sql } from 'kysely';
import { z } from 'zod';
import { deleteAbgeleitete, getInhalte, saveInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import { getMandant } from '#modules/organisation/server/index.ts';
import { NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { Siegel } from '#platform/server/siegel.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { tables, type JobRef, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { readBlaetter, readSiegel } from './abschnitt.ts';
import { IMMER_MIT_INHALT, kopfOf, siegelText } from './format.ts';
import { nameOfAkteur, namesOf, type Objekte, type Wer } from './namen.ts';
import type { ProtokollTables } from './tables.gen.ts';
import { coverContent, readAkteur, verdeckungen, writeAkteur } from './verdecken.ts';
import { angabenOf, lastSiegel } from './versiegeln.ts';

const db = tables<ProtokollTables>();
export const ausgeben = { name: 'protokoll.ausgeben', payload: z.object({ ausgabeId: z.string() }), priority: -5 } satisfies JobRef;
const STEP = 2000;
const KEPT = '7 days';

export async function startAusgabe(tx: WriteTx, mitInhalt: boolean) {
  const last = await lastSiegel(tx);
  const id = newId();
  const { art, id: akteurId } = tx.ctx.akteur;
  await db.write(tx).insertInto('protokoll.ausgabe').values({ id, mit_daten: mitInhalt, akteur: writeAkteur(tx.ctx.akteur), gesamt: last?.groesse ?? 0, siegel: last?.nr ?? 0, akteur_art: art, akteur_id: akteurId }).execute();
  await tx.record({ art: 'protokoll.ausgegeben', objekte: { protokollausgabe: id }, daten: { eintraege: last?.groesse ?? 0, mitInhalt } });
  await tx.enqueue(ausgeben, { ausgabeId: id });
  return (await listAusgaben(tx)).find((a) => a.id === id)!;
}

export async function loadTeil(tx: ReadTx, id: string) {
  const ausgabe = await db.read(tx).selectFrom('protokoll.ausgabe').selectAll().where('id', '=', id).where('beendet', 'is', null).executeTakeFirst();
  if (!ausgabe) return undefined;
  const bis = Math.min(ausgabe.gesamt, ausgabe.geschrieben + STEP);
  const { nr } = await db.read(tx).selectFrom('protokoll.ausgabe_teil').select((eb) => eb.fn.countAll<number>().as('nr')).where('ausgabe_id', '=', id).executeTakeFirstOrThrow();
  const zeilen = await readBlaetter(tx, ausgabe.geschrieben, bis);
  const verdeckt = ausgabe.mit_daten && ausgabe.akteur ? await coverContent(tx, readAkteur(ausgabe.akteur), zeilen.map((z) => (z.ereignis ? JSON.parse(z.ereignis.objekte) as Objekte : {}))) : zeilen.map(() => null);
  const siegel = (await readSiegel(tx, 0, ausgabe.siegel, bis)).filter((s) => s.groesse > ausgabe.geschrieben);
  const last = bis === ausgabe.gesamt ? await db.read(tx).selectFrom('protokoll.siegel').select('wurzel').where('nr', '=', ausgabe.siegel).executeTakeFirst() : undefined;
  return { ausgabe, mandant: await getMandant(tx), nr, bis, zeilen, verdeckt, siegel, wurzel: last?.wurzel.toString('hex') ?? '' };
}
export type Teil = NonNullable<Awaited<ReturnType<typeof loadTeil>>>;

/** The lines of one part; the first begins with the head, the last ends with the signed end. docs/betrieb/protokoll-format.md */
export function writeTeil(mandantId: string, { ausgabe, mandant, bis, zeilen, verdeckt, siegel, wurzel }: Teil, unterschreiben: Siegel) {
  const signed = (art: 'kopf' | 'ende', angaben: object) => {
    const content = { art, ...angaben, schluesselId: unterschreiben.schluesselId };
    return { ...content, unterschrift: unterschreiben.sign(`verbundakte-${art}/1\n${JSON.stringify(content)}`).toString('base64') };
  };
  const lines: object[] = [];
  let ohneInhalt = 0;
  const zahlen: Record<string, number> = { ...(ausgabe.verdeckt as Record<string, number>) };
  if (ausgabe.geschrieben === 0) {
    lines.push(signed('kopf', {
      format: 'verbundakte-protokoll/1', mandantId, mandant: mandant.name, ausgabe: ausgabe.id, erstellt: ausgabe.begonnen, eintraege: ausgabe.gesamt, siegel: ausgabe.siegel,
      mitInhalt: ausgabe.mit_daten, verdeckungen, schluessel: unterschreiben.oeffentlich,
    }));
  }
  const pending = [...siegel];
  for (const [i, { folge, blatt, ereignis, salz, daten }] of zeilen.entries()) {
    const da = salz && daten !== null;
    const statt = da ? verdeckt[i] ?? null : null;
    if (statt !== null) zahlen[statt] = (zahlen[statt] ?? 0) + 1;
    const inhalt = (ausgabe.mit_daten || IMMER_MIT_INHALT.has(ereignis?.art ?? '')) && da && statt === null ? { salz: salz.toString('base64'), daten } : { salz: null, daten: null };
    if (ereignis && ereignis.daten_hash !== null && inhalt.daten === null) ohneInhalt++;
    lines.push({ art: 'eintrag', nr: folge + 1, blatt: blatt.toString('hex'), kopf: ereignis && kopfOf(mandantId, ereignis), ...inhalt, verdeckt: statt });
    while (pending[0] && pending[0].groesse <= folge + 1) {
      const s = pending.shift()!;
      lines.push({ art: 'siegel', nr: s.nr, text: siegelText(angabenOf(mandantId, s)), unterschrift: s.unterschrift.toString('base64') });
    }
  }
  if (bis === ausgabe.gesamt) lines.push(signed('ende', { ausgabe: ausgabe.id, eintraege: ausgabe.gesamt, siegel: ausgabe.siegel, ohneInhalt: ausgabe.ohne_daten + ohneInhalt, verdeckt: verdeckungen.map((text) => zahlen[text] ?? 0), wurzel }));
  return { text: lines.map((l) => `${JSON.stringify(l)}\n`).join(''), ohneInhalt, verdeckt: zahlen };
}

export async function storeTeil(tx: WriteTx, { ausgabe, nr, bis }: Teil, stored: Stored, { ohneInhalt, verdeckt }: Pick<ReturnType<typeof writeTeil>, 'ohneInhalt' | 'verdeckt'>) {
  const row = await db.write(tx).selectFrom('protokoll.ausgabe').select('geschrieben').where('id', '=', ausgabe.id).where('beendet', 'is', null).forUpdate().executeTakeFirst();
  if (row?.geschrieben !== ausgabe.geschrieben) return; // stored already
  const inhaltId = await saveInhalt(tx, stored, { mime: 'application/x-ndjson', dateiname: `protokoll-${nr}.ndjson`, abgeleitet: true });
  await db.write(tx).insertInto('protokoll.ausgabe_teil').values({ ausgabe_id: ausgabe.id, nr, inhalt_id: inhaltId }).execute();
  const ended = bis === ausgabe.gesamt;
  await db.write(tx).updateTable('protokoll.ausgabe').set((eb) => ({
    geschrieben: bis, groesse: eb('groesse', '+', stored.size), ohne_daten: eb('ohne_daten', '+', ohneInhalt), verdeckt: JSON.stringify(verdeckt), ...(ended && { beendet: sql<string>`now()` }),
  })).where('id', '=', ausgabe.id).execute();
  if (!ended) await tx.enqueue(ausgeben, { ausgabeId: ausgabe.id });
}

export async function listAusgaben(tx: ReadTx) {
  const rows = await db.read(tx).selectFrom('protokoll.ausgabe').select(['id', 'begonnen', 'beendet', 'mit_daten', 'gesamt', 'geschrieben', 'groesse', 'akteur_art', 'akteur_id'])
    .orderBy('begonnen', 'desc').orderBy('id', 'desc').limit(10).execute();
  const namen = await namesOf(tx, rows.map((r) => r.akteur_id));
  return rows.map(({ mit_daten, akteur_art, akteur_id, ...row }) => ({ ...row, mitInhalt: mit_daten, wer: { id: akteur_id, name: nameOfAkteur({ art: akteur_art, id: akteur_id } as Wer, namen) } }));
}

/** The parts of a finished export, in order. */
export async function getAusgabeTeile(tx: ReadTx, id: string): Promise<{ dateiname: string; teile: Inhalt[] }> {
  const ausgabe = await db.read(tx).selectFrom('protokoll.ausgabe').select('begonnen').where('id', '=', id).where('beendet', 'is not', null).executeTakeFirst();
  if (!ausgabe) throw NotFound('Ausgabe');
  const teile = await db.read(tx).selectFrom('protokoll.ausgabe_teil').select('inhalt_id').where('ausgabe_id', '=', id).orderBy('nr').execute();
  const inhalte = await getInhalte(tx, teile.map((t) => t.inhalt_id));
  const { kuerzel } = await getMandant(tx);
  return { dateiname: `protokoll-${kuerzel}-${ausgabe.begonnen.slice(0, 10)}.ndjson`, teile: teile.map((t) => inhalte.get(t.inhalt_id)!) };
}

/** Exports hold personal data: they go after a week. */
export async function deleteOldAusgaben(tx: WriteTx) {
  const old = await db.write(tx).selectFrom('protokoll.ausgabe').select('id').where('begonnen', '<', sql<string>`now() - ${KEPT}::interval`).execute();
  for (const { id } of old) {
    const teile = await db.write(tx).deleteFrom('protokoll.ausgabe_teil').where('ausgabe_id', '=', id).returning('inhalt_id').execute();
    await deleteAbgeleitete(tx, teile.map((t) => t.inhalt_id));
    await db.write(tx).deleteFrom('protokoll.ausgabe').where('id', '=', id).execute();
  }
}
