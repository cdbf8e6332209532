import { readFile, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseKeys, type KeyFile } from '#platform/server/keys.ts';
import { zeitzone } from '#platform/server/zeit.ts';
import { Refusal } from '../start/say.ts';
import { alsZeit, fensterOf, readLage, type Lage } from './fenster.ts';
import type { Eintrag, Grundsicherung, Ort, Stand } from './ort.ts';
import { parseLsn } from './replikation.ts';
import { kette, walPath } from './wal.ts';

/** What is needed to go back to `ziel`: the base backup, the segments of the log after it, and the one that is being written where the way leads to its end. */
export type Plan = { lage: Lage; grund: Grundsicherung; segmente: { segment: string; eintrag: Eintrag }[]; teil: Stand['teil']; ziel: string; letzte: boolean };

/** `2026-11-28 10:15:07` as the clocks of the installation show it (of an hour that comes twice in autumn the first), or ISO 8601 with a zone. */
export function parseZeitpunkt(text: string): Date {
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text)) { const zeit = new Date(text); if (!Number.isNaN(zeit.getTime())) return zeit; }
  const [, tag, uhr] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
  const utc = tag && Date.parse(`${tag}T${uhr!.length === 5 ? `${uhr}:00` : uhr}Z`);
  if (!utc) throw new Refusal('--zeitpunkt: erwartet wird etwa \'2026-11-28 10:15:07\' (Zeit der Installation) oder 2026-11-28T09:15:07Z');
  const shown = (ms: number) => { const p = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: zeitzone(), hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(ms).map((x) => [x.type, x.value])); return Date.UTC(Number(p.year), Number(p.month) - 1, Number(p.day), Number(p.hour), Number(p.minute), Number(p.second)); };
  for (let hours = 14; hours >= -14; hours -= 0.25) if (shown(utc - hours * 3600_000) === utc) return new Date(utc - hours * 3600_000);
  throw new Refusal(`--zeitpunkt: Diese Uhrzeit gab es am ${tag} nicht (Umstellung auf Sommerzeit).`);
}

export async function makePlan(ort: Ort, zeitpunkt: Date | undefined, grundName: string | undefined): Promise<Plan> {
  const lage = await readLage(ort, await ort.openVerzeichnis());
  const { stand, verzeichnis, alle, segment } = lage;
  // one whose run was cut off before it could say how far it reaches leads nowhere yet
  const ziel = zeitpunkt?.toISOString() ?? alle.filter((a) => a.grund.ende <= a.bis).map((a) => a.bis).toSorted().at(-1) ?? alle.at(-1)!.bis;
  const wege = alle.filter((a) => a.grund.ende <= ziel && ziel <= a.bis && (grundName === undefined || a.grund.name === grundName));
  const weg = wege.at(-1);
  if (!weg) {
    const fenster = fensterOf(lage).map(({ von, bis }) => `vom ${alsZeit(von)} bis ${alsZeit(bis)}`).join(', ');
    throw new Refusal(grundName !== undefined && !alle.some((a) => a.grund.name === grundName) ? `Eine Grundsicherung ${grundName} gibt es nicht: ${alle.map((a) => a.grund.name).join(', ')}`
      : `Auf ${alsZeit(ziel)} lässt sich nicht zurückgehen. Zurück geht es ${fenster}.`);
  }
  const { grund, bisStand } = weg;
  const all = kette(verzeichnis.eintraege, parseLsn(grund.start), grund.zeitlinie, segment).segmente;
  // commits up to then stand in the segments up to the first that was full later; the copy itself needs what was written while it was made
  const ende = all.findIndex(({ eintrag }) => eintrag.zeit! > ziel && eintrag.zeit! > grund.ende);
  const segmente = ende < 0 ? all : all.slice(0, ende + 1);
  return { lage, grund, segmente, teil: ende < 0 && bisStand ? stand.teil : null, ziel, letzte: zeitpunkt === undefined };
}

/** Every byte that the way back needs is as it was written; contents are only looked for with `schnell`. */
export async function verifyPlan(ort: Ort, { grund, segmente, teil, lage }: Plan, schnell: boolean) {
  await ort.verify(`basis/${grund.name}/basis`, grund.datei);
  for (const { segment, eintrag } of segmente) await ort.verify(walPath(segment), eintrag);
  if (teil) await ort.verify(teil.pfad, teil);
  for (const [pfad, eintrag] of lage.verzeichnis.eintraege) if (/^(inhalt|schluessel)\//.test(pfad)) await ort.verify(pfad, eintrag, schnell);
}

/** A key file, or the folder that --schluessel of the backup named: all its versions together, the newest first. */
export async function readSchluessel(given: string | undefined): Promise<{ text: string; keys: KeyFile }> {
  if (given === undefined) throw new Refusal('Die Sicherung ist verschlossen. Geben Sie an, wo die Schlüssel liegen: --schluessel ORDNER oder --schluessel DATEI');
  const pfad = resolve(process.env.INIT_CWD ?? '.', given);
  const found = await stat(pfad).catch(() => undefined);
  const files = !found ? [] : found.isFile() ? [pfad] : (await readdir(pfad)).filter((n) => n.endsWith('.schluessel')).map((n) => join(pfad, n));
  if (!files.length) throw new Refusal(`In ${pfad} liegt keine Schlüsseldatei.`);
  const mit = await Promise.all(files.map(async (f) => ({ text: await readFile(f, 'utf8'), zeit: (await stat(f)).mtimeMs })));
  const [neueste, ...aeltere] = mit.toSorted((a, b) => b.zeit - a.zeit);
  const zeilen = new Set(neueste!.text.split('\n'));
  const dazu = aeltere.flatMap((a) => a.text.split('\n')).filter((l) => /^(haupt|siegel) /.test(l) && !zeilen.has(l));
  const text = neueste!.text.trimEnd() + '\n' + [...new Set(dazu)].map((l) => `${l}\n`).join('');
  return { text, keys: parseKeys(text, pfad) };
}
