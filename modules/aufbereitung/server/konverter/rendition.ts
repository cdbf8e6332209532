import { randomUUID } from 'node:crypto';
import { link, mkdir, mkdtemp, rename, rm, copyFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { arbeitsbereich } from './arbeitsordner.ts';
import { findProgramm, runProgramm, sandboxed, type Ende } from './prozess.ts';
import { KonverterFehler, type Format } from './protokoll.ts';

/** One start of LibreOffice costs as much as five documents, so those that wait go together; a document that spoils its batch is then tried alone. */
const BATCH = 8;
const GRENZEN = { startMs: 45_000, jeDokumentMs: 20_000, alleinMs: 120_000, speicherMiB: 2_000, ausgabeMiB: 1_000 };
const WURZEL = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');

type Wunsch = { datei: string; format: Format; ziel: string; gruppe: string; resolve(): void; reject(error: unknown): void };
export type Rendition = ReturnType<typeof openRendition>;

/** `verstecken`: folders that LibreOffice must not see (data, keys), besides homes and the program itself. */
type Optionen = { verstecken?: readonly string[]; alleinMs?: number; startMs?: number; jeDokumentMs?: number };
export function openRendition({ verstecken = [], alleinMs = GRENZEN.alleinMs, startMs = GRENZEN.startMs, jeDokumentMs = GRENZEN.jeDokumentMs }: Optionen = {}) {
  const wartend: Wunsch[] = [];
  let laeuft: Promise<void> | undefined;
  let profil: string | undefined;

  /** Turns an Office file into PDF at `ziel`. `gruppe`: only documents of one Mandant share a process. */
  const convert = (datei: string, format: Format, ziel: string, gruppe: string) => new Promise<void>((resolve, reject) => {
    wartend.push({ datei, format, ziel, gruppe, resolve, reject });
    laeuft ??= loop().finally(() => { laeuft = undefined; });
  });

  async function loop() {
    await new Promise((r) => setTimeout(r, 30)); // what is asked at the same time goes together
    for (let erster = wartend[0]; erster; erster = wartend[0]) {
      const batch = wartend.filter((w) => w.gruppe === erster.gruppe).slice(0, BATCH);
      for (const w of batch) wartend.splice(wartend.indexOf(w), 1);
      const rest = batch.length > 1 ? (await runBatch(batch, startMs + batch.length * jeDokumentMs)).rest : batch;
      for (const w of rest) {
        const { rest: [gescheitert], fehler } = await runBatch([w], alleinMs);
        if (gescheitert) gescheitert.reject(fehler);
      }
    }
  }

  async function runBatch(batch: readonly Wunsch[], zeitMs: number): Promise<{ rest: Wunsch[]; fehler: unknown }> {
    let ordner: string | undefined;
    try {
      const soffice = await findSoffice();
      if (!soffice) throw new KonverterFehler('libreoffice_fehlt');
      const bereich = await officeBereich();
      profil ??= await makeProfil(bereich);
      ordner = await mkdtemp(join(bereich, 'b-'));
      await mkdir(join(ordner, 'aus'));
      const namen = await Promise.all(batch.map(async ({ datei, format }) => {
        const name = randomUUID(); // no document can guess the name of its neighbour
        const ziel = join(ordner!, `${name}.${format}`);
        await link(datei, ziel).catch(() => copyFile(datei, ziel));
        return name;
      }));
      const ende = await runSoffice(soffice, profil, ordner, namen.map((name, i) => `${name}.${batch[i]!.format}`), zeitMs, [...verstecken, await arbeitsbereich()]);
      if (ende.ursache || ende.signal) { // a killed LibreOffice may leave a profile that asks questions at the next start
        await rm(profil, { recursive: true, force: true });
        profil = undefined;
      }
      const rest: Wunsch[] = [];
      for (const [i, w] of batch.entries()) {
        const pdf = join(ordner, 'aus', `${namen[i]}.pdf`);
        if (await isComplete(pdf)) { await rename(pdf, w.ziel); w.resolve(); } else rest.push(w);
      }
      return { rest, fehler: ende.ursache && ende.ursache !== 'abbruch' ? new KonverterFehler(ende.ursache, { programm: 'LibreOffice' }) : new KonverterFehler('rendition_fehlgeschlagen', { ende: ende.signal ?? `Code ${ende.code}` }) };
    } catch (fehler) {
      return { rest: [...batch], fehler };
    } finally {
      if (ordner) await rm(ordner, { recursive: true, force: true });
    }
  }
  return { convert, async close() { await laeuft; const b = office; office = undefined; if (b) await rm(await b, { recursive: true, force: true }); } };
}

export const findSoffice = () => findProgramm(['soffice', 'libreoffice']);

let office: Promise<string> | undefined;
/** Apart from the converters' work area, which is hidden from LibreOffice. Named alike, so that a killed server's remains are found. */
const officeBereich = () => office ??= arbeitsbereich().then((b) => mkdtemp(`${b}-office-`));

/** A file that a killed process left half written has no end mark. */
async function isComplete(pdf: string): Promise<boolean> {
  const { open } = await import('node:fs/promises');
  const groesse = await stat(pdf).then((s) => s.size, () => 0);
  if (groesse < 100) return false;
  const handle = await open(pdf);
  try {
    const ende = Buffer.alloc(Math.min(1_024, groesse));
    await handle.read(ende, 0, ende.length, groesse - ende.length);
    return ende.includes('%%EOF');
  } finally { await handle.close(); }
}

function runSoffice(soffice: string, profil: string, ordner: string, dateien: readonly string[], zeitMs: number, verstecken: readonly string[]): Promise<Ende> {
  const befehl = [soffice, `-env:UserInstallation=${pathToFileURL(profil).href}`, '--headless', '--invisible', '--norestore', '--nolockcheck', '--nologo', '--nodefault', '--nofirststartwizard',
    '--convert-to', 'pdf', '--outdir', join(ordner, 'aus'), ...dateien.map((d) => join(ordner, d))];
  const geheim = [...verstecken, WURZEL, '/home', '/root', '/srv', '/mnt', '/media', '/var/backups', '/etc/ssl/private', homedir()];
  return sandboxed(befehl, { verstecken: [...new Set(geheim)], sichtbar: ordner })
    .then((abgeschottet) => runProgramm(abgeschottet, { ordner, grenzen: { zeitMs, speicherMiB: GRENZEN.speicherMiB, ausgabeMiB: GRENZEN.ausgabeMiB }, env: { HOME: profil, SAL_USE_VCLPLUGIN: 'svp' } }));
}

const item = (pfad: string, name: string, wert: string) => `<item oor:path="/org.openoffice.Office.${pfad}"><prop oor:name="${name}" oor:op="fuse"><value>${wert}</value></prop></item>`;
/** No macros, no links followed, no updates asked for, German numbers and dates. */
const EINSTELLUNGEN = [
  item('Common/Security/Scripting', 'MacroSecurityLevel', '3'), item('Common/Security/Scripting', 'DisableMacrosExecution', 'true'), item('Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'),
  item('Common/Security/Scripting', 'DisableActiveContent', 'true'), item('Writer/Content/Update', 'Link', '2'), item('Calc/Content/Update', 'Link', '2'), item('Common/Misc', 'FirstRun', 'false'),
  `<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>`,
].join('');

async function makeProfil(bereich: string): Promise<string> {
  const profil = await mkdtemp(join(bereich, 'profil-'));
  await mkdir(join(profil, 'user'), { recursive: true });
  await writeFile(join(profil, 'user', 'registrymodifications.xcu'), `<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${EINSTELLUNGEN}</oor:items>\n`);
  return profil;
}
