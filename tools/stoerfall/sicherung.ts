/** The backup itself put to the test: back to any second under load, killed while it is made, and a place that runs full. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '#apps/server/tests/program.ts';
import { fensterOf, readLage } from '#apps/server/sicherung/fenster.ts';
import { openOrt } from '#apps/server/sicherung/ort.ts';
import { Anlage } from './anlage.ts';
import { mountTmpfs, whyNoTmpfs } from './dateisystem.ts';
import { fill } from './platte.ts';
import { readJournal, writeJournal, type Art } from './journal.ts';
import { Pruefer, type Befund } from './pruefer.ts';
import { befrage, openWerk, schritt, zufall, type Ergebnis, type Stoerung, type Umgebung, type Werk } from './werk.ts';

/** DATEN names no folder of the cluster: it is backed up as the database of a production is, with the passwords it has. */
const envOf = (anlage: Anlage) => ({ ...anlage.env, DATEN: join(anlage.orte.ordner, 'keine'), DATABASE_URL_SICHERUNG: anlage.database!.url('postgres', 'stoerfall') });

function starte(anlage: Anlage, args: readonly string[], env: Record<string, string>): { child: ChildProcess; ende: Promise<number>; log: string } {
  const log = join(anlage.orte.ordner, 'sicherung.log');
  const file = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, [join(anlage.programm.code, 'apps/server/main.ts'), ...args], { cwd: anlage.programm.code, stdio: ['ignore', file, file], env });
  closeSync(file);
  return { child, log, ende: once(child, 'exit').then(([code]) => (code as number | null) ?? -1) };
}
async function fuehreAus(anlage: Anlage, args: readonly string[], env: Record<string, string> = envOf(anlage)) {
  const { ende, log } = starte(anlage, args, env);
  const begin = (await readFile(log, 'utf8')).length;
  const code = await ende;
  return { code, text: (await readFile(log, 'utf8')).slice(begin) };
}

const TABELLEN: Partial<Record<Art, string>> = { dokument: 'schriftgut.dokument', eingang: 'posteingang.eingang', vorgang: 'schriftgut.vorgang', akte: 'schriftgut.akte' };

/** The installation that stands there after a restore, held against what the client was told by that second. */
async function pruefeStand(u: Umgebung, werk: Werk, ordner: string, ziel: number): Promise<Befund[]> {
  const journal = readJournal(werk.klient.journal);
  const [davor, danach] = [journal.filter((e) => e.bestaetigt <= ziel), journal.filter((e) => e.begonnen > ziel)];
  const pfad = join(u.journale, `zurueck-${ziel}`);
  writeJournal(pfad, davor);
  await cp(join(ordner, 'schluessel/verbund.schluessel'), join(ordner, 'verbund.schluessel'));
  await cp(join(werk.anlage.orte.ordner, 'zugang.json'), join(ordner, 'zugang.json'));
  const anlage = new Anlage({ ordner });
  try {
    await anlage.startDatabase();
    const befunde: Befund[] = [];
    for (const [art, tabelle] of Object.entries(TABELLEN)) {
      const rows = await anlage.sql<{ id: string }>(`select id from ${tabelle} where id = any($1::uuid[])`, [danach.filter((e) => e.art === art).map((e) => e.id)]);
      if (rows.length) befunde.push(`nach der Sekunde begonnen und doch da (${art}): ${rows.length} (${rows[0]!.id})`);
    }
    await Promise.all([anlage.start('api'), anlage.start('worker')]);
    await anlage.giveBack();
    const pruefer = new Pruefer(anlage, pfad);
    befunde.push(...await pruefer.pruefe({ alles: true }), ...await pruefer.pruefeNachlauf());
    if (!davor.length) befunde.push('vor der Sekunde war nichts bestätigt: die Probe sieht nichts');
    return befunde;
  } finally { await anlage.stop(); }
}

/** The service dies now and then, as everything may; the log waits for it. */
async function sichereUnterLast(werk: Werk, ort: string, tresor: string) {
  const { anlage, klient } = werk;
  const args = ['sicherung', ort, '--dauernd', '--schluessel', tresor];
  let dienst = starte(anlage, args, envOf(anlage));
  const platz = await openOrt(ort);
  const bisDann = async (seit: number) => {
    for (const deadline = Date.now() + 180_000; Date.now() < deadline; await pause(300)) {
      if (dienst.child.exitCode !== null) throw new Error(`die Sicherung hat sich beendet: ${(await readFile(dienst.log, 'utf8')).slice(-1500)}`);
      if ((await platz.listGrund()).length && Date.parse((await platz.readStand())?.bis ?? '') > seit) return;
    }
    throw new Error('die Sicherung kommt nicht nach');
  };
  klient.weiter();
  await bisDann(Date.now());
  await klient.acknowledged(15, 60);
  dienst.child.kill('SIGKILL');
  await dienst.ende;
  await klient.acknowledged(10, 60); // nobody backs up meanwhile
  dienst = starte(anlage, args, envOf(anlage));
  await klient.acknowledged(10, 60);
  await klient.halt();
  await bisDann(Date.now());
  dienst.child.kill('SIGTERM');
  await dienst.ende;
  return platz;
}

export const zurueckAufSekunde = (times: number): Stoerung => ({
  name: 'zurueck', was: 'unter Last laufend gesichert (der Dienst einmal getötet), auf eine beliebige Sekunde zurückgespielt: Bestätigtes ist da, Späteres nicht',
  async run(u): Promise<Ergebnis> {
    const werk = await openWerk(u, 'zurueck');
    const { anlage } = werk;
    try {
      const [ort, tresor] = [join(u.ordner, 'zurueck-ort'), join(u.ordner, 'zurueck-tresor')];
      const platz = await sichereUnterLast(werk, ort, tresor);
      const fenster = fensterOf(await readLage(platz, await platz.openVerzeichnis()));
      if (fenster.length !== 1) return { befunde: [`das Fenster hat Lücken: ${JSON.stringify(fenster)}`], zahlen: '' };
      const journal = readJournal(werk.klient.journal);
      const [von, bis] = [Math.max(Date.parse(fenster[0]!.von), journal[0]!.bestaetigt), Math.min(Date.parse(fenster[0]!.bis), journal.at(-1)!.bestaetigt + 3000)];
      const befunde: Befund[] = [];
      let dauer = 0;
      for (let i = 0; i < times && !befunde.length; i++) {
        const ziel = zufall(von, bis);
        schritt(`zurück auf ${new Date(ziel).toISOString()}`);
        const ordner = join(u.ordner, `zurueck-${i}`);
        const begin = performance.now();
        const { code, text } = await fuehreAus(anlage, ['wiederherstellung', ort, '--schluessel', tresor, '--zeitpunkt', new Date(ziel).toISOString()], { ...envOf(anlage), DATEN: ordner });
        dauer += performance.now() - begin;
        if (code !== 0) befunde.push(`die Wiederherstellung auf ${new Date(ziel).toISOString()} scheitert: ${text.slice(-800)}`);
        else befunde.push(...(await pruefeStand(u, werk, ordner, ziel)).map((b) => `${new Date(ziel).toISOString()}: ${b}`));
        if (!befunde.length) await rm(ordner, { recursive: true, force: true });
      }
      return { befunde, zahlen: `${times}-mal, ${werk.klient.anzahl} bestätigte Vorgänge, eine Wiederherstellung dauert ${(dauer / 1000 / times).toFixed(1).replace('.', ',')} s` };
    } finally { await werk.end(); }
  },
});

/** A whole one, then one that dies half-way, as often as is wanted: what was whole stays so, and the next one works. */
export const sicherungAbgebrochen = (times: number): Stoerung => ({
  name: 'sicherung-abgebrochen', was: 'eine Sicherung mittendrin getötet (kill -9); die ältere bleibt gut, die nächste gelingt',
  async run(u): Promise<Ergebnis> {
    const werk = await openWerk(u, 'sicherung-abgebrochen');
    const { anlage, klient } = werk;
    try {
      const [ort, tresor] = [join(u.ordner, 'abgebrochen-ort'), join(u.ordner, 'abgebrochen-tresor')];
      const args = ['sicherung', ort, '--schluessel', tresor];
      const befunde: Befund[] = [];
      const muss = async (was: string, a: readonly string[], env?: Record<string, string>) => { const { code, text } = await fuehreAus(anlage, a, env); if (code !== 0) befunde.push(`${was}: ${text.slice(-600)}`); };
      klient.weiter();
      await klient.acknowledged(5);
      const begin = Date.now();
      await muss('die erste Sicherung scheitert', args);
      const dauer = Date.now() - begin;
      for (let i = 0; i < times && !befunde.length; i++) {
        const { child, ende } = starte(anlage, args, envOf(anlage));
        await pause(zufall(Math.floor(dauer / 5), dauer));
        child.kill('SIGKILL');
        await ende;
        if (i % 10 === 0) await muss('nach dem Abbruch lässt sich nicht zurückspielen', ['wiederherstellung', ort, '--schluessel', tresor], { ...envOf(anlage), DATEN: join(u.ordner, `abgebrochen-${i}`) });
      }
      await klient.acknowledged(5);
      await muss('nach dem Abbruch gelingt keine Sicherung mehr', args);
      await muss('sie lässt sich nicht zurückspielen', ['wiederherstellung', ort, '--schluessel', tresor], { ...envOf(anlage), DATEN: join(u.ordner, 'abgebrochen-ende') });
      befunde.push(...await befrage(werk));
      return { befunde, zahlen: `${times}-mal abgebrochen, ${klient.anzahl} bestätigte Vorgänge daneben` };
    } finally { await werk.end(); }
  },
});

export const sicherungPlatte: Stoerung = {
  name: 'sicherung-platte', was: 'der Sicherungsort läuft voll: Der Dienst sagt es, das Frühere bleibt gut; mit freiem Platz geht es weiter',
  async run(u): Promise<Ergebnis> {
    const why = await whyNoTmpfs();
    if (why) return { uebersprungen: why };
    const mount = join(u.ordner, 'sicherung-fs');
    const disk = await mountTmpfs(mount, '200m');
    try {
      const werk = await openWerk(u, 'sicherung-platte');
      const { anlage, klient } = werk;
      try {
        const [ort, tresor] = [join(mount, 'ort'), join(u.ordner, 'platte-tresor')];
        const befunde: Befund[] = [];
        const sichere = () => fuehreAus(anlage, ['sicherung', ort, '--schluessel', tresor]);
        const zurueck = async (was: string) => { const { code, text } = await fuehreAus(anlage, ['wiederherstellung', ort, '--schluessel', tresor], { ...envOf(anlage), DATEN: join(u.ordner, `platte-${befunde.length}-${was}`) }); if (code !== 0) befunde.push(`${was}: ${text.slice(-600)}`); };
        klient.weiter();
        await klient.acknowledged(5);
        const erste = await sichere();
        if (erste.code !== 0) befunde.push(`die erste Sicherung scheitert: ${erste.text.slice(-600)}`);
        const free = await fill(mount, 3);
        const voll = await sichere();
        if (voll.code !== 2 || !voll.text.includes('kein Platz mehr')) befunde.push(`ein voller Sicherungsort wird nicht gesagt (${voll.code}): ${voll.text.slice(-600)}`);
        await zurueck('voll');
        await free();
        const naechste = await sichere();
        if (naechste.code !== 0) befunde.push(`mit freiem Platz geht es nicht weiter: ${naechste.text.slice(-600)}`);
        await zurueck('danach');
        befunde.push(...await befrage(werk));
        return { befunde, zahlen: `${klient.anzahl} bestätigte Vorgänge daneben` };
      } finally { await werk.end(); }
    } finally { await disk.end(); }
  },
};
