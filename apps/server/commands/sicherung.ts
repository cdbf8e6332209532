import { parseArgs } from 'node:util';
import { formatZeit, setZeitzone } from '#platform/server/zeit.ts';
import { loadConfig } from '#platform/server/config.ts';
import { beende, sichere } from '../sicherung/lauf.ts';
import { fensterVon } from '../sicherung/fenster.ts';
import { openOrt } from '../sicherung/ort.ts';
import { withQuelle } from '../sicherung/quelle.ts';
import { Refusal, say } from '../start/say.ts';

const AUFRUF = 'Aufruf: npm run sicherung -- ORT [--dauernd] [--schluessel ORT2] [--behalten TAGE] [--grund-alle TAGE] [--neu] | npm run sicherung -- --beenden';

function readArgs(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true,
      options: { dauernd: { type: 'boolean', default: false }, schluessel: { type: 'string' }, behalten: { type: 'string', default: '30' }, 'grund-alle': { type: 'string', default: '1' }, neu: { type: 'boolean', default: false }, beenden: { type: 'boolean', default: false } },
    });
    const tage = (name: 'behalten' | 'grund-alle') => { if (!/^[1-9]\d{0,3}$/.test(values[name])) throw new Error(`--${name}: eine Zahl von Tagen`); return Number(values[name]); };
    if (positionals.length !== (values.beenden ? 0 : 1)) throw new Error('');
    return { ...values, ort: positionals[0]!, behalten: tage('behalten'), grundAlle: tage('grund-alle') };
  } catch (error) { throw new Refusal(`${(error as Error).message}\n${AUFRUF}`.trim()); }
}

const isFull = (error: unknown) => (error as { code?: string }).code === 'ablage.kein_platz';

export async function run(args: readonly string[]) {
  const wunsch = readArgs(args);
  setZeitzone(loadConfig().ZEITZONE);
  const ende = new AbortController();
  // What follows may take its time, and must not end with it who started us.
  if (wunsch.dauernd) for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => { ende.abort(); setTimeout(() => process.exit(0), 8000).unref(); });
  process.send?.({ bereit: true });
  await withQuelle(async (quelle) => {
    if (wunsch.beenden) { await beende(quelle); say('Diese Datenbank wird nicht mehr gesichert.'); return; }
    const ort = await openOrt(wunsch.ort);
    const begin = performance.now();
    try {
      const { grund, bis, inhalte, kopiert, entfernt } = await sichere(quelle, { ...wunsch, ort, ende: ende.signal, melde: say });
      if (wunsch.dauernd || !grund) return;
      say(`Gesichert nach ${ort.ordner} in ${((performance.now() - begin) / 1000).toFixed(1).replace('.', ',')} s: ${inhalte} Inhalte, davon ${kopiert} neu${entfernt ? `; ${entfernt} alte Dateien entfernt` : ''}.`);
      say(`Gesichert ist alles bis ${formatZeit(new Date(bis), { dateStyle: 'medium', timeStyle: 'medium' })}.`);
      for (const { von, bis: zu } of await fensterVon(ort, await ort.openVerzeichnis())) say(`Zurück geht es auf jede Sekunde vom ${von} bis ${zu}.`);
      say(wunsch.schluessel === undefined ? 'Die Schlüsseldatei ist nicht dabei: Ohne sie ist diese Sicherung nicht zu lesen. Heben Sie sie getrennt auf (--schluessel ORT2).' : `Schlüssel: ${wunsch.schluessel}`);
    } catch (error) {
      throw isFull(error) ? new Refusal(`Am Sicherungsort ${ort.ordner} ist kein Platz mehr. Was dort fertig lag, gilt weiter.`) : error;
    }
  });
  process.exit(0);
}
