import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openFileStore } from '#platform/server/storage/file-store.ts';
import { Refusal } from '../start/say.ts';
import { removeAltes } from './aufheben.ts';
import { makeGrund, removeHalves } from './grund.ts';
import { compareAll, copyNeue } from './inhalte.ts';
import { readMeldung } from './meldung.ts';
import { FORMAT, sindGetrennt, type Grundsicherung, type Ort, type Verzeichnis } from './ort.ts';
import type { Quelle } from './quelle.ts';
import { openReplikation, parseLsn } from './replikation.ts';
import { beginOf, kette, receiveWal, segmentOf } from './wal.ts';

export const SLOT = 'verbundakte_sicherung';
const STUNDE = 3600_000;

export type Wunsch = {
  ort: Ort; schluessel?: string | undefined;
  /** Days to go back; days between two base backups. */
  behalten: number; grundAlle: number;
  /** Goes on until `ende`; otherwise one base backup and what belongs to it. */
  dauernd: boolean; ende: AbortSignal; neu: boolean;
  takt?: number;
  melde(text: string): void;
};
export type Ergebnis = { grund: Grundsicherung | undefined; bis: string; inhalte: number; kopiert: number; entfernt: number };

/** The key file, each version of it once, in a place of its own. */
async function copySchluesselDatei(quelle: Quelle, ziel: string) {
  const bytes = await readFile(quelle.schluesselDatei);
  const name = `verbund-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.schluessel`;
  const store = openFileStore({ root: ziel });
  if (!(await store.stat(name))) await store.write(name, (async function* () { yield bytes; })());
}

async function prepareSchluesselOrt({ ort, schluessel }: Wunsch) {
  if (schluessel === undefined) return undefined;
  const ziel = resolve(process.env.INIT_CWD ?? '.', schluessel);
  if (!(await sindGetrennt(ort.ordner, ziel))) throw new Refusal('--schluessel nennt einen Ort in der Sicherung: Wer sie fände, hätte auch ihren Schlüssel. Wählen Sie einen anderen Datenträger.');
  await mkdir(ziel, { recursive: true, mode: 0o700 });
  await chmod(ziel, 0o700);
  return ziel;
}

/** Before anything is written. A place where a backup was, and is not any more, is a disk that is not mounted. */
async function prepareOrt({ ort, neu }: Wunsch, quelle: Quelle, app: pg.Client, systemId: string) {
  const { ort: bisher } = await readMeldung(app);
  if (!neu && bisher === ort.ordner && !(await ort.readKennung())) throw new Refusal(`In ${ort.ordner} fehlt die bisherige Sicherung. Ist der Datenträger eingehängt? Soll dort neu begonnen werden: --neu`);
  await ort.prepare({ systemId, art: quelle.art, datenbank: quelle.datenbank, segment: quelle.segment });
  await removeHalves(ort);
}

async function slotOf({ admin }: Quelle) {
  // the one before us may not have noticed yet that it has ended
  for (let attempt = 0; ; attempt++) {
    const { rows: [slot] } = await admin.query<{ restart_lsn: string | null; wal_status: string | null; active: boolean }>('select restart_lsn, wal_status, active from pg_replication_slots where slot_name = $1', [SLOT]);
    if (!slot?.active || attempt === 60) return slot;
    await pause(500);
  }
}

/** Where the log goes on, without a gap to what lies here where that is possible. */
async function openStrom(quelle: Quelle, { dauernd, melde }: Wunsch) {
  const replikation = await openReplikation(quelle.url);
  let slot = await slotOf(quelle);
  if (slot && (slot.wal_status === 'lost' || slot.restart_lsn === null)) {
    melde('Die Datenbank hat Schreibprotokoll verworfen, bevor es gesichert war (max_slot_wal_keep_size): Es wird neu begonnen, dazwischen bleibt eine Lücke.');
    await replikation.dropSlot(SLOT);
    slot = undefined;
  }
  if (!slot) await replikation.createSlot(SLOT, !dauernd);
  const { rows: [da] } = await quelle.admin.query<{ restart_lsn: string }>('select restart_lsn from pg_replication_slots where slot_name = $1', [SLOT]);
  const { zeitlinie, systemId } = await replikation.identify();
  return { replikation, zeitlinie, systemId, von: beginOf(parseLsn(da!.restart_lsn), quelle.segment) };
}

const isDue = (letzte: Grundsicherung | undefined, verzeichnis: Verzeichnis, strom: { von: bigint; zeitlinie: number }, segment: number, tage: number) =>
  !letzte || letzte.zeitlinie !== strom.zeitlinie || Date.now() - Date.parse(letzte.ende) > tage * 24 * STUNDE
  || segmentOf(strom.von, strom.zeitlinie, segment) > kette(verzeichnis.eintraege, parseLsn(letzte.start), letzte.zeitlinie, segment).naechstes;

export async function sichere(quelle: Quelle, wunsch: Wunsch): Promise<Ergebnis> {
  const { ort, behalten, grundAlle, dauernd, ende, melde, takt = 10_000 } = wunsch;
  const schluesselOrt = await prepareSchluesselOrt(wunsch);
  const app = new pg.Client({ connectionString: quelle.appUrl });
  app.on('error', () => {});
  await app.connect();
  const strom = await openStrom(quelle, wunsch);
  try {
    await prepareOrt(wunsch, quelle, app, strom.systemId);
    const verzeichnis = await ort.openVerzeichnis();
    const umgebung = { ort, verzeichnis, store: quelle.store, admin: quelle.admin };
    const wal = receiveWal({ ort, verzeichnis, keys: quelle.keys, replikation: strom.replikation, slot: SLOT, zeitlinie: strom.zeitlinie, segment: quelle.segment }, strom.von);
    let letzte = (await ort.listGrund()).at(-1);
    const ergebnis: Ergebnis = { grund: undefined, bis: '', inhalte: 0, kopiert: 0, entfernt: 0 };
    let seit = new Date((await ort.readStand())?.bis ?? 0);

    /** One round: contents, then the log, then the list, then what counts; only then the server may forget. */
    async function runde() {
      const { rows: [jetzt] } = await quelle.admin.query<{ zeit: string; lsn: string }>('select extract(epoch from clock_timestamp())::text as zeit, pg_current_wal_flush_lsn()::text as lsn');
      const zeit = new Date(Number(jetzt!.zeit) * 1000);
      if (schluesselOrt !== undefined) await copySchluesselDatei(quelle, schluesselOrt);
      if (verzeichnis.stand.nr > 0) { ergebnis.kopiert += await copyNeue(umgebung, seit); seit = zeit; }
      await wal.await(parseLsn(jetzt!.lsn));
      await verzeichnis.flush();
      // what was just about to commit has an earlier time than its place in the log
      ergebnis.bis = new Date(zeit.getTime() - 1000).toISOString();
      const { teil } = wal;
      await ort.writeStand({ format: FORMAT, bis: ergebnis.bis, lsn: jetzt!.lsn, zeitlinie: strom.zeitlinie, verzeichnis: verzeichnis.stand, teil, behalten });
      for await (const { path } of ort.store.list('wal/')) if (path.endsWith('.teil') && path !== teil?.pfad) await ort.store.remove(path);
      wal.bestaetige();
      await app.query('select betrieb.report_sicherung($1, $2, $3, $4)', [ort.ordner, dauernd, letzte?.ende ?? null, ergebnis.bis]);
    }
    async function begin() {
      const grund = await makeGrund({ ort, keys: quelle.keys, url: quelle.url, admin: quelle.admin });
      ergebnis.kopiert += (await compareAll(umgebung)).kopiert;
      return grund;
    }
    async function complete(grund: Grundsicherung) {
      await runde(); // all that the copy needs of the log
      await ort.writeGrund(grund);
      letzte = ergebnis.grund = grund;
      ergebnis.entfernt = await removeAltes(ort, verzeichnis, quelle.segment, behalten);
      await pause(1500); // what is told as backed up is a second old: it must not end before this copy did
      await runde();
      ergebnis.inhalte = [...verzeichnis.eintraege.keys()].filter((p) => p.startsWith('inhalt/')).length;
      melde(`Grundsicherung ${grund.name}: ${(grund.bytes / 1e6).toFixed(0)} MB der Datenbank, auf dem Datenträger ${(grund.datei.groesse / 1e6).toFixed(0)} MB`);
    }

    if (!dauernd) { await complete(await Promise.race([begin(), wal.gescheitert as Promise<never>])); return ergebnis; }
    let laufend: Promise<Grundsicherung> | undefined;
    let fertig: Grundsicherung | undefined;
    while (!ende.aborted) {
      if (!laufend && isDue(letzte, verzeichnis, strom, quelle.segment, grundAlle)) {
        laufend = begin();
        laufend.then((grund) => { fertig = grund; }, () => {});
      }
      if (fertig) { await complete(fertig); [laufend, fertig] = [undefined, undefined]; } else await runde();
      await Promise.race([pause(takt, undefined, { signal: ende }).catch(() => {}), wal.gescheitert, ...(laufend && !fertig ? [laufend.then(() => {})] : [])]);
    }
    await runde();
    return ergebnis;
  } finally {
    strom.replikation.close();
    await app.end().catch(() => {});
  }
}

/** Nobody backs up here any more: the database need not keep its log for it, and no alarm is to ring. */
export async function beende(quelle: Quelle) {
  if (await slotOf(quelle)) await quelle.admin.query('select pg_drop_replication_slot($1)', [SLOT]);
  const app = new pg.Client({ connectionString: quelle.appUrl });
  await app.connect();
  try { await app.query('select betrieb.end_sicherung()'); } finally { await app.end(); }
}
