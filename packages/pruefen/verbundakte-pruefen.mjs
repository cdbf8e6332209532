#!/usr/bin/env node
// verbundakte-pruefen: checks an exported protocol of Verbundakte, offline, with nothing but Node.
// It is written from docs/betrieb/protokoll-format.md and shares no line with the program that wrote the export.
// SPDX-License-Identifier: EUPL-1.2
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leaf = (text) => sha256(Buffer.of(0), text);
const node = (left, right) => sha256(Buffer.of(1), left, right);

/** Merkle tree of RFC 6962, kept as the roots of its whole subtrees. */
function newTree() {
  let size = 0;
  const peaks = [];
  return {
    append(hash) { for (let n = size++; n % 2 === 1; n = (n - 1) / 2) hash = node(peaks.pop(), hash); peaks.push(hash); },
    root: () => (peaks.length ? peaks.reduceRight((right, left) => node(left, right)) : sha256('')).toString('hex'),
  };
}

/** Ed25519, raw public key in base64. */
function openKey(base64) {
  const raw = Buffer.from(base64, 'base64');
  if (raw.length !== 32 || raw.toString('base64') !== base64) throw new Error('kein Ed25519-Schlüssel');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}
function signed(key, text, base64) {
  const signature = Buffer.from(String(base64), 'base64');
  return signature.toString('base64') === base64 && verify(null, Buffer.from(text), key, signature);
}

/** The first thing that is not as it was sealed. */
class Befund extends Error {}
const stop = (text) => { throw new Befund(text); };

/** Bytes of the lines, without their newline; the last one says whether it had one. Strict UTF-8. */
async function* linesOf(path) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let to = rest.indexOf(10, from); to >= 0; to = rest.indexOf(10, from)) { yield { bytes: rest.subarray(from, to), whole: true }; from = to + 1; }
    rest = rest.subarray(from);
  }
  if (rest.length) yield { bytes: rest, whole: false };
}

const FELDER = {
  kopf: ['art', 'format', 'mandantId', 'mandant', 'ausgabe', 'erstellt', 'eintraege', 'siegel', 'mitInhalt', 'verdeckungen', 'schluessel', 'schluesselId', 'unterschrift'],
  eintrag: ['art', 'nr', 'blatt', 'kopf', 'salz', 'daten', 'verdeckt'],
  siegel: ['art', 'nr', 'text', 'unterschrift'],
  ende: ['art', 'ausgabe', 'eintraege', 'siegel', 'ohneInhalt', 'verdeckt', 'wurzel', 'schluesselId', 'unterschrift'],
};
/** A line as it must have been written: one form only, so that no byte can change unnoticed. */
function parse({ bytes, whole }, where) {
  let text;
  let line;
  try { text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); line = JSON.parse(text); } catch { stop(`${where} wurde verändert: Die Zeile ist nicht lesbar`); }
  const felder = FELDER[line?.art];
  if (!felder || Object.keys(line).join() !== felder.join() || JSON.stringify(line) !== text || !whole) stop(`${where} wurde verändert: Die Zeile hat nicht die Form, in der sie geschrieben wurde`);
  return line;
}

const zeit = (iso) => new Date(iso).toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Berlin' });
const nameOf = (nr, kopf) => `Eintrag ${nr} (${kopf[4]} vom ${zeit(kopf[3])}, Ereignis ${kopf[2]})`;

function readKopf(line, trusted) {
  if (line.art !== 'kopf' || line.format !== 'verbundakte-protokoll/1') stop('Zeile 1 ist kein Kopf eines Protokolls von Verbundakte (Format verbundakte-protokoll/1)');
  const keys = new Map();
  for (const { id, schluessel } of line.schluessel) {
    try { keys.set(id, openKey(schluessel)); } catch { stop('Der Kopf der Ausgabe wurde verändert: Ein Schlüssel darin ist keiner'); }
    if (trusted && !trusted.has(schluessel)) keys.delete(id);
  }
  const { unterschrift, ...content } = line;
  const key = keys.get(line.schluesselId);
  if (!key) stop(trusted ? 'Die Ausgabe ist nicht mit einem der Schlüssel unterschrieben, denen vertraut wird (--schluessel)' : 'Der Kopf der Ausgabe wurde verändert: Er nennt den Schlüssel nicht, mit dem er unterschrieben ist');
  if (!signed(key, `verbundakte-kopf/1\n${JSON.stringify(content)}`, unterschrift)) stop('Der Kopf der Ausgabe wurde verändert: Seine Unterschrift passt nicht');
  return { head: line, keys };
}

function checkEintrag(line, state) {
  const expected = state.eintraege + 1;
  if (line.nr > expected) stop(line.nr === expected + 1 ? `Eintrag ${expected} fehlt` : `Die Einträge ${expected} bis ${line.nr - 1} fehlen, oder Eintrag ${line.nr} steht nicht an seiner Stelle`);
  if (line.nr !== expected) stop(`An der Stelle von Eintrag ${expected} steht Eintrag ${line.nr}`);
  const { kopf } = line;
  const wellFormed = Array.isArray(kopf) && kopf.length === 13 && kopf[0] === 'verbundakte-ereignis/1';
  const name = wellFormed ? nameOf(expected, kopf) : `Eintrag ${expected}`;
  if (!wellFormed || leaf(JSON.stringify(kopf)).toString('hex') !== line.blatt) stop(`${name} wurde verändert: Seine Prüfsumme passt nicht`);
  if (kopf[1] !== state.head.mandantId) stop(`${name} gehört zu einem anderen Mandanten`);
  const hash = kopf[12];
  if (line.daten === null && line.salz === null) { if (hash !== null) state.ohneInhalt++; }
  else if (typeof line.daten !== 'string' || typeof line.salz !== 'string' || Buffer.from(line.salz, 'base64').toString('base64') !== line.salz
    || sha256(Buffer.from(line.salz, 'base64'), line.daten).toString('hex') !== hash) stop(`${name} wurde in seinem Inhalt verändert`);
  if (line.verdeckt !== null) {
    const stelle = state.head.verdeckungen.indexOf(line.verdeckt);
    if (stelle < 0 || line.daten !== null || hash === null) stop(`${name} wurde verändert: Was an der Stelle seines Inhalts steht, hat keine Ausgabe geschrieben`);
    state.verdeckt[stelle]++;
  }
  state.tree.append(Buffer.from(line.blatt, 'hex'));
  state.eintraege = expected;
}

function checkSiegel(line, state) {
  const nr = state.siegel + 1;
  const [format, mandantId, textNr, groesse, wurzel, vorgaenger, wann, schluesselId, ...more] = String(line.text).split('\n');
  if (line.nr !== nr) stop(`Siegel ${nr} fehlt oder steht nicht an seiner Stelle (nach Eintrag ${state.eintraege})`);
  const key = state.keys.get(schluesselId);
  if (!key || !signed(key, line.text, line.unterschrift)) stop(`Siegel ${nr} (nach Eintrag ${state.eintraege}) wurde verändert: Seine Unterschrift passt nicht`);
  // From here on the text is what was signed.
  if (format !== 'verbundakte-siegel/1' || more.length || mandantId !== state.head.mandantId || Number(textNr) !== nr) stop(`Siegel ${nr} ist das Siegel eines anderen Protokolls`);
  if (vorgaenger !== state.vorgaenger) stop(`Siegel ${nr} schließt nicht an Siegel ${state.siegel} an`);
  if (Number(groesse) > state.eintraege) stop(`Eintrag ${state.eintraege + 1} fehlt: Siegel ${nr} vom ${zeit(wann)} zählt ${groesse} Einträge, davor stehen nur ${state.eintraege}`);
  if (Number(groesse) < state.eintraege) stop(`Vor Siegel ${nr} vom ${zeit(wann)} wurden Einträge eingefügt: Es zählt ${groesse}, davor stehen ${state.eintraege}`);
  if (state.tree.root() !== wurzel) stop(`Unter den Einträgen ${state.versiegelt + 1} bis ${state.eintraege} wurde einer samt seiner Prüfsumme verändert, ausgetauscht oder umgestellt: Siegel ${nr} vom ${zeit(wann)} passt nicht`);
  const known = state.earlier?.get(nr);
  if (known !== undefined && known !== line.text) stop(`Siegel ${nr} ist ein anderes als in der früheren Ausgabe: Das Protokoll wurde seitdem neu geschrieben`);
  Object.assign(state, { siegel: nr, versiegelt: state.eintraege, vorgaenger: sha256(line.text).toString('hex'), zuletzt: wann });
}

function checkEnde(line, state) {
  const { unterschrift, ...content } = line;
  const key = state.keys.get(line.schluesselId);
  if (!key || !signed(key, `verbundakte-ende/1\n${JSON.stringify(content)}`, unterschrift)) stop('Das Ende der Ausgabe wurde verändert: Seine Unterschrift passt nicht');
  if (line.ausgabe !== state.head.ausgabe) stop('Das Ende gehört zu einer anderen Ausgabe als der Kopf');
  if (line.eintraege !== state.eintraege) stop(`Eintrag ${state.eintraege + 1} fehlt: Die Ausgabe hatte ${line.eintraege} Einträge`);
  if (line.siegel !== state.siegel || state.versiegelt !== state.eintraege) stop(`Siegel ${state.siegel + 1} fehlt: Die Ausgabe hatte ${line.siegel} Siegel`);
  if (line.eintraege > 0 && line.wurzel !== state.tree.root()) stop('Das Ende passt nicht zu den Einträgen');
  if (line.ohneInhalt !== state.ohneInhalt) stop(`Einem Eintrag wurde der Inhalt genommen: Die Ausgabe hatte ${line.ohneInhalt} Einträge ohne Inhalt, jetzt sind es ${state.ohneInhalt}`);
  if (line.verdeckt.join() !== state.verdeckt.join()) stop('Bei einem Eintrag wurde verändert, was an der Stelle seines Inhalts steht');
  state.ended = true;
}

/** Checks a file; throws a Befund that names the first thing that is wrong. `trusted`: public keys (base64); `earlier`: checkpoints known from before. */
export async function pruefe(path, { trusted, earlier } = {}) {
  const state = { tree: newTree(), eintraege: 0, siegel: 0, versiegelt: 0, ohneInhalt: 0, vorgaenger: '0'.repeat(64), ended: false, earlier };
  let number = 0;
  for await (const raw of linesOf(path)) {
    number++;
    const where = number === 1 ? 'Der Kopf (Zeile 1)' : state.eintraege === state.versiegelt ? `Zeile ${number} (Eintrag ${state.eintraege + 1} oder das Ende)` : `Zeile ${number} (Eintrag ${state.eintraege + 1} oder Siegel ${state.siegel + 1})`;
    if (state.ended) stop(`Nach dem Ende steht noch etwas (Zeile ${number})`);
    const line = parse(raw, where);
    if (number === 1) { Object.assign(state, readKopf(line, trusted)); state.verdeckt = state.head.verdeckungen.map(() => 0); continue; }
    ({ kopf: () => stop(`${where} ist ein zweiter Kopf`), eintrag: checkEintrag, siegel: checkSiegel, ende: checkEnde })[line.art](line, state);
  }
  if (number === 0) stop('Die Datei ist leer');
  if (!state.ended) stop(state.eintraege < state.head.eintraege ? `Eintrag ${state.eintraege + 1} fehlt: Die Ausgabe bricht nach Eintrag ${state.eintraege} von ${state.head.eintraege} ab` : 'Das Ende der Ausgabe fehlt: Die Datei wurde abgeschnitten');
  const beyond = earlier && [...earlier.keys()].find((nr) => nr > state.siegel);
  if (beyond) stop(`Siegel ${beyond} der früheren Ausgabe fehlt: Das Protokoll ist kürzer geworden`);
  return state;
}

/** The checkpoints of an earlier export. */
async function siegelOf(path) {
  const found = new Map();
  for await (const { bytes } of linesOf(path)) if (bytes.subarray(0, 15).toString() === '{"art":"siegel"') { const { nr, text } = JSON.parse(bytes.toString()); found.set(nr, text); }
  return found;
}

const say = (text) => process.stdout.write(`${text}\n`);
const HILFE = `verbundakte-pruefen prüft ein ausgegebenes Protokoll von Verbundakte, ohne Netz und ohne Verbundakte.

  verbundakte-pruefen PROTOKOLL.ndjson [--schluessel SCHLÜSSEL] [--frueher FRÜHER.ndjson]

  --schluessel  öffentlicher Schlüssel (Base64) oder Datei mit einem je Zeile, dem vertraut wird. Ohne diese Angabe gilt, was die Ausgabe
                selbst nennt: Vergleichen Sie ihn dann mit dem, den Ihnen die Behörde auf anderem Weg gegeben hat.
  --frueher     eine frühere Ausgabe desselben Mandanten: Ihre Siegel müssen unverändert enthalten sein.

Ende mit 0: unverändert. 1: verändert, die erste Veränderung wird genannt. 2: nicht prüfbar.`;

async function main(args) {
  const options = {};
  const files = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--schluessel' || args[i] === '--frueher') options[args[i]] = args[++i];
    else files.push(args[i]);
  }
  if (files.length !== 1 || files[0].startsWith('-')) { say(HILFE); return files[0] === '--hilfe' || files[0] === '--help' ? 0 : 2; }
  try {
    const given = options['--schluessel'];
    let text = given;
    if (given !== undefined) try { text = readFileSync(given, 'utf8'); } catch { /* the key itself */ }
    const trusted = given === undefined ? undefined : new Set(text.split(/\s+/).filter(Boolean));
    const earlier = options['--frueher'] === undefined ? undefined : await siegelOf(options['--frueher']);
    const { head, eintraege, siegel, ohneInhalt, verdeckt, zuletzt } = await pruefe(files[0], { trusted, earlier });
    say(`Unverändert: ${eintraege} Einträge, ${siegel} Siegel, Mandant „${head.mandant}“ (${head.mandantId})${zuletzt ? `, zuletzt versiegelt am ${zeit(zuletzt)}` : ''}.`);
    head.verdeckungen.forEach((text, i) => { if (verdeckt[i]) say(`Bei ${verdeckt[i]} Einträgen steht an der Stelle des Inhalts: ${text}.`); });
    const geloescht = ohneInhalt - verdeckt.reduce((n, m) => n + m, 0);
    if (geloescht) say(head.mitInhalt ? `Bei ${geloescht} Einträgen wurde der Inhalt vor der Ausgabe gelöscht; dass es sie gab, wer sie wann verursachte und was sie betrafen, ist versiegelt.` : `Ausgegeben ohne Inhalt (${ohneInhalt} Einträge).`);
    for (const { id, schluessel } of head.schluessel) say(`Schlüssel ${id}: ${schluessel}${trusted ? trusted.has(schluessel) ? ' (vertraut)' : ' (nicht vertraut)' : ''}`);
    if (!trusted) say('Vergleichen Sie den Schlüssel mit dem, den Ihnen die Behörde auf anderem Weg gegeben hat.');
    return 0;
  } catch (error) {
    say(error instanceof Befund ? `VERÄNDERT: ${error.message}.` : `Nicht prüfbar: ${error.message}`);
    return error instanceof Befund ? 1 : 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(await import('node:fs').then(({ realpathSync }) => realpathSync(process.argv[1]))).href) process.exitCode = await main(process.argv.slice(2));
