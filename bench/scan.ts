/**
 * The image side of the scan station on a set of pages it makes itself: what is read right, not read, read wrong, by kind of code and angle; blank pages; skew;
 * orientation; milliseconds a page beside decoding alone. A code read wrong fails the run.
 * node bench/scan.ts [rounds, 1] [one page in so many, 5]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { asG4, asJpeg, makeText, rausche } from '#modules/scanstelle/tests/scansatz.ts';
import { analysiere, judge, makeCodefaelle, makeLeerfaelle, makeSchriftfaelle, type Urteil } from '#modules/scanstelle/tests/raten.ts';
import { median, p95, print } from './lib.ts';

const RUNDEN = Number(process.argv[2] ?? 1);
const JEDER = Number(process.argv[3] ?? 5);
const ordner = await mkdtemp(join(tmpdir(), 'va-bench-'));
const zeige = process.argv.includes('--zeige');
const prozent = (n: number, von: number) => von ? `${(100 * n / von).toFixed(0)} %` : '–';

const tafel = new Map<string, Record<Urteil, number>>();
const count = (zeile: string, u: Urteil) => { if (!tafel.has(zeile)) tafel.set(zeile, { richtig: 0, nicht_gelesen: 0, falsch: 0 }); tafel.get(zeile)![u]++; };
for await (const fall of makeCodefaelle(RUNDEN, JEDER)) {
  const a = await analysiere(ordner, fall.datei);
  const u = judge(fall, a);
  count(`${fall.art} ${fall.winkel}°`, u);
  count(`${fall.art} ${fall.stoerung}`, u);
  count(fall.art, u);
  count('alle', u);
  if (zeige && u !== 'richtig') { console.log(u, fall.art, fall.wert, fall.winkel, fall.stoerung, JSON.stringify(a.codes), JSON.stringify(a.codefehler)); await writeFile(join(tmpdir(), `scan-${u}-${fall.art}-${fall.winkel}-${fall.stoerung}`), fall.datei); }
}
console.log(`${'Code'.padEnd(28)} richtig  nicht gelesen  falsch`);
for (const [name, t] of [...tafel].sort(([a], [b]) => a < b ? -1 : 1)) console.log(`${name.padEnd(28)} ${String(t.richtig).padStart(7)}  ${String(t.nicht_gelesen).padStart(13)}  ${String(t.falsch).padStart(6)}`);
for (const art of ['qr', 'code128', 'datamatrix', 'patch', 'alle']) {
  const t = tafel.get(art)!, n = t.richtig + t.nicht_gelesen + t.falsch;
  print('', `Trenncodes ${art}: richtig gelesen, von ${n} Seiten mit Störungen`, prozent(t.richtig, n), '–', t.richtig / n, '-', { mindestens: art === 'code128' ? 0.6 : 0.75 });
}
const falsch = tafel.get('alle')!.falsch;
print('', 'Trenncodes falsch gelesen', String(falsch), '0', falsch, '0', { hoechstens: 0 });

const leer = { richtigLeer: 0, leer: 0, verloren: 0, voll: 0 };
for await (const fall of makeLeerfaelle(RUNDEN)) {
  const { leer: l } = await analysiere(ordner, fall.datei);
  if (fall.leer) { leer.leer++; if (l.ist) leer.richtigLeer++; } else { leer.voll++; if (l.ist) leer.verloren++; }
  if (zeige && l.ist !== fall.leer) { console.log(fall.leer ? 'behalten' : 'VERLOREN', fall.klasse, JSON.stringify(l)); await writeFile(join(tmpdir(), `scan-leer-${fall.klasse.replaceAll(' ', '-')}`), fall.datei); }
}
print('', `Leerseiten erkannt, von ${leer.leer} (Lochung, Ränder, Staub, Durchschein)`, prozent(leer.richtigLeer, leer.leer), '–', leer.richtigLeer / leer.leer, '-', { mindestens: 0.8 });
print('', `Seiten mit schwacher Spur verworfen, von ${leer.voll}`, String(leer.verloren), '0', leer.verloren, '0', { hoechstens: 0 });

const fehler: number[] = [];
const richtung = { richtig: 0, unbekannt: 0, falsch: 0 };
for await (const fall of makeSchriftfaelle(8 * RUNDEN)) {
  const a = await analysiere(ordner, fall.datei);
  const soll = (360 - fall.winkel) % 360;
  richtung[a.drehung.grad === null ? 'unbekannt' : a.drehung.grad === soll ? 'richtig' : 'falsch']++;
  fehler.push(a.schraege === null ? 99 : Math.abs(a.schraege - fall.grad));
  if (zeige && (a.drehung.grad !== soll || Math.abs((a.schraege ?? 99) - fall.grad) > 0.2)) console.log('schrift', fall.winkel, fall.grad, JSON.stringify(a.drehung), a.schraege);
  if (a.codes.length) { console.log('!!! Code auf reiner Textseite', a.codes); process.exitCode = 1; }
}
print('', `Schräge bis ±10°: Fehler in Grad, Median (schlechtester ${Math.max(...fehler).toFixed(2)})`, median(fehler).toFixed(3), '–', median(fehler), '< 0,2', { hoechstens: 0.1 });
print('', `Schräge: Anteil unter 0,2° Fehler, von ${fehler.length}`, prozent(fehler.filter((f) => f < 0.2).length, fehler.length), '–', fehler.filter((f) => f < 0.2).length / fehler.length, '-', { mindestens: 0.9 });
print('', `Richtung (0/90/180/270) richtig, von ${fehler.length}; weiß nicht: ${richtung.unbekannt}`, prozent(richtung.richtig, fehler.length), '–', richtung.richtig / fehler.length, '-', { mindestens: 0.8 });
print('', 'Richtung falsch', String(richtung.falsch), '0', richtung.falsch, '0', { hoechstens: 0 });

// A page as most are: 300 dpi, A4, text. CPU time, since recognition runs beside.
const seite = rausche(await makeText(1, { dpi: 300, oben: 50, zeilen: 42 }), 4, 5);
const datei = join(ordner, 'seite');
for (const [name, bytes] of [['JPEG grau', await asJpeg(seite)], ['TIFF G4', await asG4(seite)]] as const) {
  await writeFile(datei, bytes);
  const cpu = async (work: () => Promise<unknown>) => { const zeiten: number[] = []; for (let i = 0; i < 7; i++) { const ab = process.cpuUsage(); await work(); const { user, system } = process.cpuUsage(ab); zeiten.push((user + system) / 1000); } return zeiten; };
  const roh = await cpu(() => sharp(datei).raw().toBuffer());
  const ganz = await cpu(() => analysiere(ordner, bytes));
  print('', `Analyse A4 300 dpi ${name}, ms CPU je Seite (nur entpacken); p95 ${p95(ganz).toFixed(0)}`, median(ganz).toFixed(0), median(roh).toFixed(0), median(ganz) / median(roh), '< 150 ms');
}
await rm(ordner, { recursive: true });
process.exit(process.exitCode ?? 0);
