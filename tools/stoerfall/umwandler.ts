/** A converter that hangs, crashes or writes without end: a program of the name of LibreOffice, in its place on the PATH. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '#apps/server/tests/program.ts';
import { ask, login } from './anfrage.ts';
import { copyWith, type Ersetzung } from './saat.ts';
import { befrage, openWerk, type Ergebnis, type Stoerung, type Werk } from './werk.ts';

/** Seconds in place of minutes. */
export const kurzeGrenzen: Ersetzung = { datei: 'modules/aufbereitung/server/konverter/rendition.ts', statt: 'startMs: 45_000, jeDokumentMs: 20_000, alleinMs: 120_000, speicherMiB: 2_000, ausgabeMiB: 1_000', nun: 'startMs: 4_000, jeDokumentMs: 500, alleinMs: 5_000, speicherMiB: 2_000, ausgabeMiB: 40' };
/** What it does stands in the document. */
const PROGRAMM = `#!/bin/sh
for datei; do :; done
while [ "$1" != --outdir ]; do shift; done
if grep -q HAENGT "$datei"; then sleep 3600; fi
if grep -q STUERZT "$datei"; then kill -9 $$; fi
if grep -q ENDLOS "$datei"; then cat /dev/zero > "$2/endlos.pdf"; fi
`;
const ARTEN = ['HAENGT', 'STUERZT', 'ENDLOS'];

async function send({ anlage }: Werk, text: string) {
  const { mandanten: [mandant], kennwort } = anlage.zugang;
  const headers = { cookie: await login(anlage.ports.api!, mandant!.konten.sachbearbeitung, kennwort) };
  const post = async (path: string, body: Buffer | object, more: Record<string, string> = {}) => {
    const answer = await ask(anlage.ports.api!, { method: 'POST', path, body, headers: { ...headers, ...more } });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    return answer.json();
  };
  const { id } = await post('/inhalte', Buffer.from(`{\\rtf1\\ansi ${text} ${randomUUID()}\\par}`), { 'content-type': 'application/rtf', 'x-dateiname': 'brief.rtf', 'idempotency-key': randomUUID() });
  await post('/dokumente', { vorgangId: mandant!.vorgaenge[0], betreff: `Stoerfall ${text}`, art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: id }] });
  return id as string;
}
/** Processes of our program that are still there. */
async function leftOver(folder: string) {
  const all = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return all.filter((line) => line.includes(join(folder, 'soffice'))).length;
}

export const umwandler: Stoerung = {
  name: 'umwandler', was: 'LibreOffice hängt, stürzt ab, schreibt ohne Ende; seine Grenzen sind dafür auf Sekunden verkürzt',
  async run(u): Promise<Ergebnis> {
    const folder = join(u.ordner, 'umwandler-programm');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'soffice'), PROGRAMM);
    await chmod(join(folder, 'soffice'), 0o755);
    const code = await copyWith(u, 'umwandler', [kurzeGrenzen]);
    const werk = await openWerk(u, 'umwandler', { anlage: { programm: { code } }, env: { PATH: `${folder}:${process.env.PATH}` } });
    const { anlage, klient } = werk;
    try {
      klient.weiter();
      await klient.acknowledged(5);
      await klient.halt(); // reading what it files comes before any conversion
      const ids: string[] = [];
      for (const art of ARTEN) ids.push(await send(werk, art));
      const gescheitert = async () => (await anlage.sql<{ id: string }>("select o.objekt_id as id from platform.ereignis e join platform.ereignis_objekt o on o.mandant_id = e.mandant_id and o.ereignis_id = e.id where e.art = 'inhalt.aufbereitung_gescheitert' and o.objekt_id = any($1::uuid[])", [ids])).length;
      for (const deadline = Date.now() + 180_000; await gescheitert() < ids.length && Date.now() < deadline;) await pause(300);
      const befunde = await gescheitert() === ids.length ? [] : [`von ${ids.length} Umwandlungen ist nur bei ${await gescheitert()} gesagt, dass sie scheiterte`];
      befunde.push(...await befrage(werk, { nachlauf: true }));
      if (await leftOver(folder)) befunde.push('Prozesse des Umwandlers laufen weiter');
      return { befunde, zahlen: `${ids.length} Umwandlungen gescheitert und gemeldet, ${klient.anzahl} bestätigte Vorgänge daneben geprüft` };
    } finally { await werk.end(); }
  },
};
