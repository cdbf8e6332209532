import { randomBytes } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOrt } from '../sicherung/ort.ts';
import { main } from './installation.ts';
import { login, sha256 } from './person.ts';
import { freePort, killAll, npmStart, until } from './program.ts';

let folder: string;
const folders: string[] = [];
const daten = (name: string) => { const path = join(folder, name); folders.push(path); return path; };
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'va-sicherung-')); });
afterAll(async () => { for (const path of folders) await killAll(path); await rm(folder, { recursive: true, force: true }); });

const npm = (script: string, args: readonly string[], env: Record<string, string>) => main([script, ...args], env);

type Person = Awaited<ReturnType<typeof login>>;
/** Every Dokument the person sees, with the bytes of its file. */
async function readDokumente(person: Person) {
  const { eintraege } = await person.get<{ eintraege: { id: string; betreff: string; datei: { inhaltId: string } | null }[] }>('/dokumente?limit=200');
  return Promise.all(eintraege.filter((d) => d.datei).map(async (d) => ({ id: d.id, betreff: d.betreff, sha256: sha256(await person.bytes(`/inhalte/${d.datei!.inhaltId}`)) })));
}
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const sorted = async (person: Person) => (await readDokumente(person)).toSorted(byId);

async function file(person: Person, betreff: string) {
  const bytes = randomBytes(50_000); // that no compression or text layer could have invented
  const inhalt = await person.upload(bytes, 'Lageplan.bin', 'application/octet-stream');
  const { eintraege } = await person.get<{ eintraege: { id: string; rechte: string[] }[] }>('/vorgaenge?limit=50');
  const vorgang = eintraege.find((v) => v.rechte.includes('vorgang.bearbeiten'))!;
  const { id } = await person.post<{ id: string }>('/dokumente', { vorgangId: vorgang.id, art: 'intern', betreff, datumDesSchreibens: '2026-10-05', formate: [{ inhaltId: inhalt.id }] });
  return { id, betreff, sha256: sha256(bytes) };
}

/** Files below that hold these bytes anywhere. */
async function filesWith(root: string, text: string) {
  const found: string[] = [];
  for (const e of await readdir(root, { recursive: true, withFileTypes: true })) if (e.isFile() && (await readFile(join(e.parentPath, e.name))).includes(text)) found.push(join(e.parentPath, e.name));
  return found;
}
async function protokollStimmt(address: string) {
  const administration = await login(address, 'sven.albers');
  const { id } = await administration.post<{ id: string }>('/protokoll/pruefungen');
  const pruefung = await until('the protocol is checked', 240, async () => { const p = await administration.get(`/protokoll/pruefungen/${id}`); return p.beendet && p; });
  expect(pruefung).toMatchObject({ ergebnis: 'unveraendert' });
  return administration;
}

describe('npm run sicherung and wiederherstellung', () => {
  // words that stand in the database, in the clear, of two Mandanten
  const [eigen, fremd] = ['Kranichzugbeobachtung', 'Seeadlerhorstschutzzone'];
  let ort: string;
  let schluessel: string;
  let zeitpunkt: Date;
  let damals: Awaited<ReturnType<typeof readDokumente>>;
  let danach: string;
  const zurueck = (target: string, ...args: string[]) => npm('wiederherstellung', [ort, '--schluessel', schluessel, ...args], { DATEN: target });

  test('BT: while people work it is backed up without an end, and it can be seen how far', { timeout: 600_000 }, async () => {
    [ort, schluessel] = [join(folder, 'ort'), join(folder, 'tresor')];
    const running = npmStart({ daten: daten('von'), port: await freePort(), env: { SICHERUNG_ORT: ort, SICHERUNG_SCHLUESSEL_ORT: schluessel } });
    await running.ready(240);
    const [clerk, other] = [await login(running.address, 'katrin.seidel'), await login(running.address, 'silke.baeumer')];
    const platz = await openOrt(ort);
    await until('a base backup is whole', 240, async () => (await platz.listGrund()).length > 0);
    await file(clerk, eigen);
    await file(other, fremd);
    damals = await sorted(clerk);
    expect(damals.map((d) => d.betreff)).toContain(eigen);
    zeitpunkt = new Date();
    await until('the second is over', 5, async () => Date.now() > zeitpunkt.getTime() + 1000);
    danach = (await file(clerk, 'Nach dem Zeitpunkt')).id;
    const last = Date.now();
    await until('all of it is backed up', 120, async () => Date.parse((await platz.readStand())!.bis) > last);
    expect(await npm('sicherung', [join(folder, 'zweite')], { DATEN: join(folder, 'von') })).toMatchObject({ code: 2, output: expect.stringContaining('Es läuft schon eine Sicherung') });

    const betrieb = await login(running.address, 'betrieb');
    const { sicherung } = await betrieb.get('/betrieb');
    expect(sicherung).toMatchObject({ dauernd: true, veraltet: false });
    expect(Date.parse(sicherung.bis)).toBeGreaterThan(last);
    expect((await running.interrupt()).code).toBe(0);
    for (const path of [ort, schluessel]) expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test('BT: whoever finds the backup alone can read nothing of it, and it is not restored without the keys', { timeout: 120_000 }, async () => {
    expect(await filesWith(join(folder, 'von/postgres'), eigen)).not.toEqual([]); // it would be found
    for (const wort of [eigen, fremd, 'katrin.seidel', 'Auental']) expect(await filesWith(ort, wort)).toEqual([]);
    for (const zeile of (await readFile(join(folder, 'von/schluessel/verbund.schluessel'), 'utf8')).split('\n').filter((l) => /^(haupt|siegel)/.test(l))) expect(await filesWith(ort, zeile.split(' ')[2]!)).toEqual([]);
    const target = join(folder, 'dieb');
    expect(await npm('wiederherstellung', [ort], { DATEN: target })).toMatchObject({ code: 2, output: expect.stringContaining('wo die Schlüssel liegen') });
    const fremde = join(folder, 'fremde.schluessel');
    await writeFile(fremde, `haupt 01a00000-0000-7000-8000-000000000000 ${randomBytes(32).toString('base64url')}\nsiegel 01a00000-0000-7000-8000-000000000001 ${randomBytes(32).toString('base64url')}\n`);
    expect(await npm('wiederherstellung', [ort, '--schluessel', fremde], { DATEN: target })).toMatchObject({ code: 2, output: expect.stringContaining('gehört nicht zu dieser Sicherung') });
    expect(await readdir(target).catch(() => [])).toEqual([]);
    expect(await npm('sicherung', [ort, '--schluessel', join(ort, 'schluessel')], { DATEN: join(folder, 'von') })).toMatchObject({ code: 2, output: expect.stringContaining('hätte auch ihren Schlüssel') });
  });

  test('BT: back to a second: what was acknowledged before is there byte for byte, nothing after it, protocol and store verify', { timeout: 600_000 }, async () => {
    const target = daten('nach');
    expect(await zurueck(target, '--zeitpunkt', '2020-01-01 00:00:00')).toMatchObject({ code: 2, output: expect.stringMatching(/lässt sich nicht zurückgehen. Zurück geht es vom .* bis /) });
    const restored = await zurueck(target, '--zeitpunkt', zeitpunkt.toISOString());
    expect(restored).toMatchObject({ code: 0, output: expect.stringMatching(/RPO: 0 s zur gewünschten Sekunde.* {3}RTO: [\d,]+ s\n5 Mandanten, \d+ Ereignisse, \d+ Inhalte .*Protokolle nachgerechnet und unverändert, jeder Inhalt gelesen und gleich/) });
    expect(await zurueck(target)).toMatchObject({ code: 2, output: expect.stringContaining('liegen schon Daten') });

    const running = npmStart({ daten: target, port: await freePort() });
    await running.ready(240);
    const clerk = await login(running.address, 'katrin.seidel');
    expect(await sorted(clerk)).toEqual(damals);
    await expect(clerk.get(`/dokumente/${danach}`)).rejects.toThrow('404');
    await file(clerk, 'Und es geht weiter');
    const administration = await protokollStimmt(running.address);
    await administration.post('/ablage/pruefung', { art: 'voll' });
    const ablage = await until('the store is checked', 240, async () => { const p = await administration.get('/ablage/pruefung'); return p.letzte[0]?.beendet && p; });
    expect(ablage.letzte[0]).toMatchObject({ art: 'voll', fehlt: 0, veraendert: 0 });
    // it is not backed up itself, and says so once what its past told of itself has become old: the place is still that of the other
    expect((await running.interrupt()).code).toBe(0);
  });

  test('BT: one Mandant alone: works, verifies, and holds nothing of another', { timeout: 600_000 }, async () => {
    const target = daten('allein');
    const restored = await zurueck(target, '--mandant', 'AT');
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('Allein zurückgespielt: Landkreis Auental') });
    expect(await filesWith(target, eigen)).not.toEqual([]);
    for (const wort of [fremd, 'silke.baeumer', 'nils.ahrens']) expect(await filesWith(target, wort), wort).toEqual([]);
    const running = npmStart({ daten: target, port: await freePort(), env: { DEMO: 'nein' } });
    await running.ready(240);
    const clerk = await login(running.address, 'katrin.seidel');
    expect((await sorted(clerk)).filter((d) => d.id !== danach)).toEqual(damals);
    await until('the search finds', 120, async () => JSON.stringify(await clerk.get(`/suche?q=${eigen}`)).includes(eigen));
    await expect(login(running.address, 'silke.baeumer')).rejects.toThrow('401');
    await file(clerk, 'Und es geht weiter');
    await protokollStimmt(running.address);
    const [, name, kennwort] = /Betreiber der neuen Installation: (\S+) +(\S+)/.exec(restored.output)!;
    await login(running.address, name!, kennwort);
    expect((await running.interrupt()).code).toBe(0);
  });

  test('BT: a damaged or incomplete backup is refused before anything is written', { timeout: 300_000 }, async () => {
    const target = join(folder, 'kaputt');
    const platz = await openOrt(ort);
    const { eintraege } = await platz.openVerzeichnis();
    const pfade = [...eintraege.keys()];
    const grund = (await platz.listGrund()).at(-1)!;
    const [wal, inhalt, verzeichnis] = [pfade.findLast((p) => p.startsWith('wal/'))!, pfade.find((p) => p.startsWith('inhalt/'))!, `verzeichnis/${(await readdir(join(ort, 'verzeichnis'))).toSorted()[0]!}`];
    for (const pfad of [wal, inhalt, verzeichnis, `basis/${grund.name}/basis`, 'stand.json']) {
      const victim = join(ort, pfad);
      await cp(victim, `${folder}/gut`);
      await appendFile(victim, 'x');
      expect(await zurueck(target), pfad).toMatchObject({ code: 2, output: expect.stringMatching(/ist (verändert|beschädigt)/) });
      const bytes = await readFile(`${folder}/gut`);
      bytes[Math.floor(bytes.length / 2)]! ^= 1;
      await writeFile(victim, bytes);
      expect(await zurueck(target), pfad).toMatchObject({ code: 2, output: expect.stringMatching(/ist (verändert|beschädigt)/) });
      await rm(victim);
      expect(await zurueck(target), pfad).toMatchObject({ code: 2, output: expect.stringMatching(/fehlt|keine vollständige Sicherung/) });
      await rename(`${folder}/gut`, victim);
    }
    expect(await readdir(target).catch(() => [])).toEqual([]);
    await mkdir(join(folder, 'leer'));
    expect(await npm('wiederherstellung', [join(folder, 'leer'), '--schluessel', schluessel], { DATEN: target })).toMatchObject({ code: 2, output: expect.stringContaining('keine vollständige Sicherung') });
  });

  test('BT: a single backup of a program that does not run, once more into the same place, and a disk that is not mounted', { timeout: 300_000 }, async () => {
    const einzeln = join(folder, 'einzeln');
    const von = { DATEN: join(folder, 'nach') };
    expect(await npm('sicherung', [einzeln, '--schluessel', schluessel], von)).toMatchObject({ code: 0, output: expect.stringMatching(/Gesichert nach .*: \d+ Inhalte, davon \d+ neu[\s\S]*Zurück geht es auf jede Sekunde vom/) });
    expect(await npm('sicherung', [einzeln], von)).toMatchObject({ code: 0, output: expect.stringMatching(/davon 0 neu[\s\S]*Die Schlüsseldatei ist nicht dabei/) });
    expect((await (await openOrt(einzeln)).listGrund())).toHaveLength(2);
    expect(await npm('wiederherstellung', [einzeln, '--schluessel', schluessel, '--schnell'], { DATEN: daten('einzeln-nach') })).toMatchObject({ code: 0, output: expect.stringContaining('Inhalte nicht gelesen (--schnell)') });
    await rename(einzeln, `${einzeln}-weg`);
    expect(await npm('sicherung', [einzeln], von)).toMatchObject({ code: 2, output: expect.stringContaining('Ist der Datenträger eingehängt?') });
    expect(await readdir(einzeln).catch(() => [])).toEqual([]);
  });
});
