/** The self-check: faults of our own, put into a copy of the source, each of which the oracle must find. */
import { pause } from '#apps/server/tests/program.ts';
import { whyNoXfs } from './dateisystem.ts';
import type { Befund } from './pruefer.ts';
import { copyWith, type Ersetzung } from './saat.ts';
import { cutPower, ohneFsync } from './strom.ts';
import { befrage, openWerk, type Ergebnis, type Stoerung, type Umgebung } from './werk.ts';

/** How the oracle is given its chance: by work alone, by killing the server, the database, or by pulling the plug. */
type Anlass = 'arbeit' | 'server' | 'datenbank' | 'strom';
type Saat = { name: string; was: string; anlass: Anlass; ersetzungen: Ersetzung[]; sql?: string; settings?: Record<string, string> };

const TX = 'platform/server/tx.ts';
export const saaten: readonly Saat[] = [
  { name: 'fsync', was: 'fsync der Ablage weggelassen', anlass: 'strom', ersetzungen: [ohneFsync] },
  { name: 'commit-ungewartet', was: 'bestätigt, bevor COMMIT gesendet ist', anlass: 'server', ersetzungen: [
    { datei: TX, statt: 'let broken: Error | undefined;', nun: 'let broken: Error | undefined; let held: Promise<unknown> | undefined;' },
    { datei: TX, statt: "const committed = client.query('commit');", nun: "const committed = client.query(mode === 'write' && ctx.weg !== 'job' ? 'select pg_sleep(0.7); commit' : 'commit'); if (mode === 'write' && ctx.weg !== 'job') { held = committed; return result; }" },
    { datei: TX, statt: 'client.release(broken); //', nun: 'if (held) void held.then(() => client.release(), () => client.release(true)); else client.release(broken); //' },
  ] },
  { name: 'commit-nicht-dauerhaft', was: 'bestätigt, bevor COMMIT auf der Platte ist', anlass: 'datenbank', settings: { wal_writer_delay: '10s', wal_writer_flush_after: '1GB' }, ersetzungen: [
    { datei: TX, statt: "write: 'begin read write'", nun: "write: 'begin read write; set local synchronous_commit = off'" },
  ] },
  { name: 'ereignis', was: 'Ereignis fallen gelassen', anlass: 'arbeit', ersetzungen: [
    { datei: 'platform/server/aufzeichnung.ts', statt: 'const byTyp = Object.fromEntries', nun: "if (art === 'dokument.angelegt' && Math.random() < 0.3) return;\n    const byTyp = Object.fromEntries" },
  ] },
  { name: 'mandant', was: 'Mandant in einer Abfrage vergessen', anlass: 'arbeit', sql: 'alter table platform.ereignis no force row level security; alter table platform.ereignis disable row level security', ersetzungen: [
    { datei: 'modules/protokoll/server/pruefung.ts', statt: "await db.read(tx).selectFrom('platform.ereignis').select((eb) => eb.fn.countAll<number>().as('eintraege')).executeTakeFirstOrThrow();", nun: '(await sql`select count(*) as eintraege from platform.ereignis`.execute(db.read(tx) as never) as any).rows[0];' },
  ] },
  { name: 'zustellung', was: 'Zustellung an einen Abonnenten nicht festgehalten', anlass: 'arbeit', ersetzungen: [
    { datei: 'platform/server/jobs.ts', statt: 'if (subscribers.has(job) && !(await markDelivered(', nun: 'if (false && !(await markDelivered(' },
  ] },
  { name: 'auftrag', was: 'ein Auftrag von fünf geht verloren', anlass: 'arbeit', ersetzungen: [
    { datei: 'platform/server/aufzeichnung.ts', statt: 'for (const abonnent of subscribers.get(art) ?? []) {', nun: 'for (const abonnent of (subscribers.get(art) ?? []).filter(() => Math.random() > 0.2)) {' },
  ] },
  { name: 'pruefsumme', was: 'Prüfsumme nicht über den ganzen Inhalt', anlass: 'arbeit', ersetzungen: [{ datei: 'platform/server/storage/format.ts', statt: 'hash.update(piece);', nun: 'hash.update(piece.subarray(0, 100));' }] },
  { name: 'idempotenz', was: 'Idempotency-Key nicht gespeichert', anlass: 'arbeit', ersetzungen: [
    { datei: 'platform/server/http/idempotency.ts', statt: 'const row = { akteur_id:', nun: 'if (operation) return work();\n  const row = { akteur_id:' },
  ] },
  { name: 'halbe-datei', was: 'Datei erst nach der Bestätigung an ihrem Ort', anlass: 'server', ersetzungen: [
    { datei: 'platform/server/storage/file-store.ts', statt: 'await rename(part, final);', nun: 'setTimeout(() => void rename(part, final), 1500);' },
  ] },
  { name: 'siegel', was: 'beim Versiegeln einen Eintrag übersprungen', anlass: 'arbeit', ersetzungen: [
    { datei: 'modules/protokoll/server/versiegeln.ts', statt: 'const blaetter = zeilen.map(', nun: 'const blaetter = zeilen.filter((_z, i) => i !== 1).map(' },
  ] },
  { name: 'nummer', was: 'Eingangsnummer zweimal vergeben', anlass: 'arbeit', ersetzungen: [
    { datei: 'modules/posteingang/server/commands.ts', statt: 'nummer: formatNummer(jahr, stand)', nun: 'nummer: formatNummer(jahr, stand - stand % 2)' },
  ] },
];

async function sow(u: Umgebung, { name, anlass, ersetzungen, sql, settings }: Saat): Promise<Befund[]> {
  const code = await copyWith(u, name, ersetzungen);
  if (anlass === 'strom') return (await cutPower(u, `selbst-${name}`, { cuts: 3, programm: { code } })).befunde;
  const werk = await openWerk(u, `selbst-${name}`, { anlage: { programm: { code }, ...(settings && { settings }) }, vorher: async (anlage) => { if (sql) await anlage.sql(sql); } });
  const { anlage, klient } = werk;
  try {
    const befunde: Befund[] = [];
    for (let i = 0; i < (anlass === 'arbeit' ? 1 : 3) && !befunde.length; i++) {
      klient.weiter();
      await klient.acknowledged(16, 60);
      if (anlass === 'server') { await anlage.kill('api'); await anlage.start('api'); }
      if (anlass === 'datenbank') { await anlage.killDatabase(); await anlage.startDatabase(); }
      await pause(100);
      befunde.push(...await befrage(werk, { seconds: 20 }));
    }
    return befunde.length ? befunde : await befrage(werk, { nachlauf: true });
  } finally { await werk.end(); }
}

export const saatproben: Stoerung[] = saaten.map((saat) => ({
  name: `selbst-${saat.name}`, was: saat.was,
  async run(u): Promise<Ergebnis> {
    const why = saat.anlass === 'strom' ? await whyNoXfs() : undefined;
    if (why) return { uebersprungen: why };
    const [first] = await sow(u, saat);
    return first === undefined ? { befunde: ['nicht gefunden'], zahlen: '' } : { befunde: [], zahlen: `gefunden: ${first.slice(0, 160)}` };
  },
}));
