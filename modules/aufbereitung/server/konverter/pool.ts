import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { arbeitsbereich } from './arbeitsordner.ts';
import { getAbschottung, residentMiB, startProzess, watch, type Grenzen, type Prozess, type Ursache } from './prozess.ts';
import { KonverterFehler, type AnKonverter, type Auftrag, type Ergebnis, type GrundCode, type VonKonverter } from './protokoll.ts';

const PROGRAMM = fileURLToPath(new URL('./programm.ts', import.meta.url));
const WURZEL = fileURLToPath(new URL('../../../../', import.meta.url));
/** A converter is replaced after so many orders or above so much memory: WebAssembly never gives memory back. */
const AUFTRAEGE_JE_KONVERTER = 500;
const WECHSEL_MIB = 600;
const LEERLAUF_MS = 30_000;

type Konverter = { prozess: Prozess; auftraege: number; leerlauf?: NodeJS.Timeout; ende: boolean; fehlertext: string };
export type Konverterpool = ReturnType<typeof openKonverter>;

/**
 * Warm converters that take one order after another. A crash, a timeout or too much memory fails the one order; the next gets a new process.
 * The converter itself runs without network (where the kernel allows), without our environment, and may read only the program and write only the work area.
 * `programm`: another module's program (lesen/dienst.ts is its loop), held in by the same limits.
 */
export function openKonverter({ anzahl = 2, heapMiB = 512, programm = PROGRAMM }: { anzahl?: number; heapMiB?: number; programm?: string } = {}) {
  const frei: Konverter[] = [];
  const alle = new Set<Konverter>();
  const wartend: (() => void)[] = [];
  let belegt = 0;
  let laufendeId = 0;
  let geschlossen = false;

  async function start(): Promise<Konverter> {
    const { netz } = await getAbschottung();
    const bereich = await arbeitsbereich();
    const befehl = [...netz, process.execPath, `--max-old-space-size=${heapMiB}`, '--permission', `--allow-fs-read=${WURZEL}`, `--allow-fs-read=${bereich}`, `--allow-fs-write=${bereich}`,
      '--allow-addons', '--allow-worker', '--disable-warning=SecurityWarning', '--disable-warning=ExperimentalWarning', programm];
    const prozess = startProzess(befehl, { ordner: bereich, ipc: true, env: { UV_THREADPOOL_SIZE: '2', VIPS_CONCURRENCY: '1', MALLOC_ARENA_MAX: '2' } });
    const konverter: Konverter = { prozess, auftraege: 0, ende: false, fehlertext: '' };
    prozess.child.stderr?.on('data', (d: Buffer) => { konverter.fehlertext = (konverter.fehlertext + d.toString('utf8')).slice(-2_000); });
    prozess.child.on('error', () => {});
    void prozess.ende.then(() => { konverter.ende = true; alle.delete(konverter); });
    alle.add(konverter);
    return konverter;
  }
  async function take(): Promise<Konverter> {
    if (geschlossen) throw new Error('the converter pool is closed');
    if (belegt >= anzahl) await new Promise<void>((resolve) => wartend.push(resolve));
    else belegt++;
    for (let k = frei.pop(); k; k = frei.pop()) {
      clearTimeout(k.leerlauf);
      if (!k.ende) return k;
    }
    return start().catch((error: unknown) => { next(); throw error; });
  }
  function next() {
    const naechster = wartend.shift();
    if (naechster) naechster(); else belegt--;
  }
  async function giveBack(konverter: Konverter, gesund: boolean) {
    const ersetzen = geschlossen || !gesund || konverter.ende || ++konverter.auftraege >= AUFTRAEGE_JE_KONVERTER || await residentMiB(konverter.prozess.child.pid) > WECHSEL_MIB;
    if (ersetzen) konverter.prozess.kill();
    else {
      konverter.leerlauf = setTimeout(() => konverter.prozess.kill(), LEERLAUF_MS).unref();
      frei.push(konverter);
    }
    next();
  }

  /** Runs one order. Throws KonverterFehler with the reason; everything it left lies in the order's folder. */
  const run = <A extends Auftrag>(auftrag: A, grenzen: Grenzen, onTeil?: (teil: unknown) => void) => runAuftrag<Ergebnis<A['art']>>(auftrag, grenzen, onTeil);
  /** The same for another module's program, which has orders of its own. */
  async function runAuftrag<E>(auftrag: { ordner: string }, grenzen: Grenzen, onTeil?: (teil: unknown) => void): Promise<E> {
    const konverter = await take();
    const stop = watch(konverter.prozess, grenzen, auftrag.ordner);
    let gesund = false;
    try {
      const antwort = await ask(konverter, { id: ++laufendeId, auftrag }, onTeil);
      // An unexpected error (RangeError, aborted WebAssembly) may leave a broken state behind: better a new process than a wrong text.
      gesund = !('fehler' in antwort && antwort.fehler.code === 'unerwartet');
      if ('fehler' in antwort) throw new KonverterFehler(antwort.fehler.code, antwort.fehler.daten);
      if ((await stat(antwort.datei)).size > grenzen.ausgabeMiB * 2 ** 20) throw new KonverterFehler('ausgabe', { grenze: grenzen.ausgabeMiB });
      return JSON.parse(await readFile(antwort.datei, 'utf8')) as E;
    } finally {
      stop();
      await giveBack(konverter, gesund);
    }
  }
  return { run, runAuftrag, get prozesse() { return [...alle].map((k) => k.prozess.child.pid!); }, async close() { geschlossen = true; await Promise.all([...alle].map((k) => { k.prozess.kill(); return k.prozess.ende; })); } };
}

type Antwort = Extract<VonKonverter, { datei: string } | { fehler: unknown }>;

function ask(konverter: Konverter, nachricht: AnKonverter, onTeil?: (teil: unknown) => void) {
  const { child, ende } = konverter.prozess;
  return new Promise<Antwort>((resolve, reject) => {
    const onMessage = (m: VonKonverter) => {
      if (m.id !== nachricht.id) return;
      if ('teil' in m) return onTeil?.(m.teil);
      child.off('message', onMessage);
      resolve(m);
    };
    child.on('message', onMessage);
    void ende.then(({ ursache, code, signal }) => reject(new KonverterFehler(codeOf(ursache, konverter.fehlertext), { ende: signal ?? `Code ${code}`, ...(konverter.fehlertext && { meldung: konverter.fehlertext.slice(-500) }) })));
    if (child.connected) child.send(nachricht, (error) => { if (error) konverter.prozess.kill(); });
  });
}
/** V8 out of heap aborts by itself, before the watch sees it. */
const codeOf = (ursache: Ursache | undefined, fehlertext: string): GrundCode =>
  ursache && ursache !== 'abbruch' ? ursache : /heap out of memory|Cannot enlarge memory|memory access out of bounds.*alloc/i.test(fehlertext) ? 'speicher' : 'absturz';
