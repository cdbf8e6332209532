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

/** Merkle tree of RFC 6962, kept as the roots of its whole subtrees; a leaf is one of size 1. */
function newTree() {
  let size = 0;
  const peaks = [];
  return {
    size: () => size,
    append(hash, groesse = 1) {
      size += groesse;
      for (; peaks.length && peaks.at(-1).groesse === groesse; groesse *= 2) hash = node(peaks.pop().hash, hash);
      peaks.push({ hash, groesse });
    },
    root: () => (peaks.length ? peaks.map((p) => p.hash).reduceRight((right, left) => node(left, right)) : sha256('')).toString('hex'),
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

const LESEN = {
  kopf: ['art', 'format', 'mandantId', 'mandant', 'einsicht', 'ziel', 'von', 'bis', 'erstellt', 'siegel', 'monate', 'geloescht', 'schluessel', 'schluesselId', 'unterschrift'],
  teilbaum: ['art', 'monat', 'ab', 'groesse', 'hash'],
  lesezugriff: ['art', 'monat', 'nr', 'kopf', 'objekte'],
  siegel: ['art', 'nr', 'text', 'unterschrift'],
  ende: ['art', 'einsicht', 'lesezugriffe', 'siegel', 'schluesselId', 'unterschrift'],
};
const FELDER = {
  kopf: ['art', 'format', 'mandantId', 'mandant', 'ausgabe', 'erstellt', 'eintraege', 'siegel', 'mitInhalt', 'verdeckungen', 'schluessel', 'schluesselId', 'unterschrift'],
  eintrag: ['art', 'nr', 'blatt', 'kopf', 'salz', 'daten', 'verdeckt'],
  siegel: ['art', 'nr', 'text', 'unterschrift'],
  ende: ['art', 'ausgabe', 'eintraege', 'siegel', 'ohneInhalt', 'verdeckt', 'wurzel', 'schluesselId', 'unterschrift'],
};
/** A line as it must have been written: one form only, so that no byte can change unnoticed. */
function parse({ bytes, whole }, where, alle = FELDER) {
  let text;
  let line;
  try { text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); line = JSON.parse(text); } catch { stop(`${where} wurde verändert: Die Zeile ist nicht lesbar`); }
  const felder = line?.format === 'verbundakte-lesezugriffe/1' ? LESEN.kopf : alle[line?.art];
  if (!felder || Object.keys(line).join() !== felder.join() || JSON.stringify(line) !== text || !whole) stop(`${where} wurde verändert: Die Zeile hat nicht die Form, in der sie geschrieben wurde`);
  return line;
}

const zeit = (iso) => new Date(iso).toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Berlin' });
const nameOf = (nr, kopf) => `Eintrag ${nr} (${kopf[4]} vom ${zeit(kopf[3])}, Ereignis ${kopf[2]})`;

function readKopf(line, trusted) {
  if (line.art !== 'kopf' || !['verbundakte-protokoll/1', 'verbundakte-lesezugriffe/1'].includes(line.format)) stop('Zeile 1 ist kein Kopf einer Ausgabe von Verbundakte (Format verbundakte-protokoll/1 oder verbundakte-lesezugriffe/1)');
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

/** What the protocol says of the seals of recorded reads. */
const ANKER = new Set(['lesezugriffe.versiegelt', 'lesezugriffe.geloescht']);

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
  if (line.daten !== null && ANKER.has(kopf[4])) state.anker.push({ art: kopf[4], zeit: kopf[3], ...JSON.parse(line.daten) });
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
export async function pruefe(path, { trusted, earlier, protokoll } = {}) {
  const state = { tree: newTree(), eintraege: 0, siegel: 0, versiegelt: 0, ohneInhalt: 0, vorgaenger: '0'.repeat(64), ended: false, earlier, anker: [] };
  let number = 0;
  for await (const raw of linesOf(path)) {
    number++;
    const where = number === 1 ? 'Der Kopf (Zeile 1)' : state.eintraege === state.versiegelt ? `Zeile ${number} (Eintrag ${state.eintraege + 1} oder das Ende)` : `Zeile ${number} (Eintrag ${state.eintraege + 1} oder Siegel ${state.siegel + 1})`;
    if (state.ended) stop(`Nach dem Ende steht noch etwas (Zeile ${number})`);
    const line = parse(raw, where);
    if (number === 1) { Object.assign(state, readKopf(line, trusted)); if (line.format !== 'verbundakte-protokoll/1') return pruefeLesezugriffe(path, { trusted, protokoll }); state.verdeckt = state.head.verdeckungen.map(() => 0); continue; }
    ({ kopf: () => stop(`${where} ist ein zweiter Kopf`), eintrag: checkEintrag, siegel: checkSiegel, ende: checkEnde })[line.art](line, state);
  }
  if (number === 0) stop('Die Datei ist leer');
  if (!state.ended) stop(state.eintraege < state.head.eintraege ? `Eintrag ${state.eintraege + 1} fehlt: Die Ausgabe bricht nach Eintrag ${state.eintraege} von ${state.head.eintraege} ab` : 'Das Ende der Ausgabe fehlt: Die Datei wurde abgeschnitten');
  const beyond = earlier && [...earlier.keys()].find((nr) => nr > state.siegel);
  if (beyond) stop(`Siegel ${beyond} der früheren Ausgabe fehlt: Das Protokoll ist kürzer geworden`);
  return state;
}

// ── recorded reads ───────────────────────────────────────────────────────────────────────────────────────────────────────
const monatVon = (state, monat) => { const m = state.monate.get(monat) ?? { tree: newTree(), nr: 0, groesse: 0 }; state.monate.set(monat, m); return m; };
/** At its place in a month that the head shows. */
function place(state, monat, nr, was) {
  if (!state.head.monate.includes(monat)) stop(`${was} steht in einem Monat, den die Ausgabe nicht zeigt`);
  const { tree } = monatVon(state, monat);
  if (nr !== tree.size() + 1) stop(`Lesezugriff ${tree.size() + 1} (${monat.slice(0, 7)}) fehlt oder steht nicht an seiner Stelle`);
  return tree;
}
function checkTeilbaum({ monat, ab, groesse, hash }, state) {
  const was = `Der Teilbaum ab Lesezugriff ${ab} (${String(monat).slice(0, 7)})`;
  const tree = place(state, monat, ab, was);
  if (!Number.isSafeInteger(groesse) || groesse < 1 || !Number.isInteger(Math.log2(groesse)) || tree.size() % groesse !== 0 || !/^[0-9a-f]{64}$/.test(hash)) stop(`${was} wurde verändert`);
  tree.append(Buffer.from(hash, 'hex'), groesse);
}
function checkLesezugriff({ monat, nr, kopf, objekte }, state) {
  const was = `Lesezugriff ${nr} (${String(monat).slice(0, 7)})`;
  const tree = place(state, monat, nr, was);
  if (!Array.isArray(kopf) || kopf.length !== 14 || kopf[0] !== 'verbundakte-lesezugriff/1' || kopf[1] !== state.head.mandantId || kopf[4] !== monat || !Array.isArray(objekte)) stop(`${was} wurde verändert`);
  const worin = newTree();
  if (objekte.some((o) => typeof o === 'string' && !/^[0-9a-f]{64}$/.test(o))) stop(`${was} wurde in seinen Objekten verändert`);
  for (const o of objekte) worin.append(typeof o === 'string' ? Buffer.from(o, 'hex') : leaf(JSON.stringify(o)));
  if (worin.root() !== kopf[13]) stop(`${was} wurde in seinen Objekten verändert`);
  tree.append(leaf(JSON.stringify(kopf)));
  state.lesezugriffe++;
}
function checkLesesiegel(line, state) {
  const kette = state.siegel + 1;
  if (line.nr !== kette) stop(`Siegel ${kette} der Lesezugriffe fehlt oder steht nicht an seiner Stelle`);
  const [format, mandantId, textKette, monat, nr, groesse, wurzel, vorgaenger, , schluesselId, ...more] = String(line.text).split('\n');
  const key = state.keys.get(schluesselId);
  if (!key || !signed(key, line.text, line.unterschrift)) stop(`Siegel ${kette} der Lesezugriffe wurde verändert: Seine Unterschrift passt nicht`);
  // From here on the text is what was signed.
  if (format !== 'verbundakte-lesesiegel/1' || more.length || mandantId !== state.head.mandantId || Number(textKette) !== kette) stop(`Siegel ${kette} ist das Siegel anderer Lesezugriffe`);
  if (vorgaenger !== state.vorgaenger) stop(`Siegel ${kette} der Lesezugriffe schließt nicht an Siegel ${state.siegel} an`);
  const m = monatVon(state, monat);
  if (Number(nr) !== m.nr + 1 || Number(groesse) <= m.groesse) stop(`Siegel ${kette} der Lesezugriffe steht nicht an seiner Stelle im Monat ${monat.slice(0, 7)}`);
  if (state.head.monate.includes(monat)) {
    if (m.tree.size() !== Number(groesse)) stop(`Im Monat ${monat.slice(0, 7)} fehlen Lesezugriffe vor Siegel ${kette}: Es zählt ${groesse}, davor stehen ${m.tree.size()}`);
    if (m.tree.root() !== wurzel) stop(`Unter den Lesezugriffen ${m.groesse + 1} bis ${groesse} (${monat.slice(0, 7)}) wurde einer verändert oder ausgetauscht: Siegel ${kette} passt nicht`);
  }
  const hash = sha256(line.text).toString('hex');
  Object.assign(m, { nr: Number(nr), groesse: Number(groesse), hash });
  state.hashes.set(kette, hash);
  Object.assign(state, { siegel: kette, vorgaenger: hash });
}
function checkLeseende(line, state) {
  const { unterschrift, ...content } = line;
  const key = state.keys.get(line.schluesselId);
  if (!key || !signed(key, `verbundakte-ende/1\n${JSON.stringify(content)}`, unterschrift)) stop('Das Ende der Ausgabe wurde verändert: Seine Unterschrift passt nicht');
  if (line.einsicht !== state.head.einsicht) stop('Das Ende gehört zu einer anderen Ausgabe als der Kopf');
  if (line.siegel !== state.siegel || state.head.siegel !== state.siegel) stop(`Siegel ${state.siegel + 1} der Lesezugriffe fehlt: Die Ausgabe hatte ${line.siegel} Siegel`);
  for (const [monat, m] of state.monate) if (m.tree.size() > m.groesse) stop(`Nach dem letzten Siegel stehen Lesezugriffe (${monat.slice(0, 7)})`);
  if (line.lesezugriffe !== state.lesezugriffe) stop(`Ein Lesezugriff fehlt: Die Ausgabe zeigte ${line.lesezugriffe}, jetzt sind es ${state.lesezugriffe}`);
  for (const { monat, anzahl, siegel } of state.head.geloescht) {
    const m = state.monate.get(monat);
    if (m?.groesse !== anzahl || m.hash !== siegel) stop(`Der gelöschte Monat ${monat.slice(0, 7)} hatte andere Siegel, als die Ausgabe nennt`);
  }
  state.ended = true;
}

/** The reads of an Einsicht. With `protokoll`, an exported protocol of the same Mandant: no seal that it names is gone, and what went is named there. */
export async function pruefeLesezugriffe(path, { trusted, protokoll } = {}) {
  const state = { monate: new Map(), hashes: new Map(), siegel: 0, lesezugriffe: 0, vorgaenger: '0'.repeat(64), ended: false };
  let number = 0;
  for await (const raw of linesOf(path)) {
    const where = ++number === 1 ? 'Der Kopf (Zeile 1)' : `Zeile ${number}`;
    if (state.ended) stop(`Nach dem Ende steht noch etwas (Zeile ${number})`);
    const line = parse(raw, where, LESEN);
    if (number === 1) Object.assign(state, readKopf(line, trusted));
    else ({ kopf: () => stop(`${where} ist ein zweiter Kopf`), teilbaum: checkTeilbaum, lesezugriff: checkLesezugriff, siegel: checkLesesiegel, ende: checkLeseende })[line.art](line, state);
  }
  if (!state.ended) stop('Das Ende der Ausgabe fehlt: Die Datei wurde abgeschnitten');
  if (protokoll !== undefined) checkAnker(await pruefe(protokoll, { trusted }), state);
  return state;
}
function checkAnker({ head, anker = [] }, state) {
  if (head.format !== 'verbundakte-protokoll/1' || head.mandantId !== state.head.mandantId) stop('Das Protokoll (--protokoll) gehört zu einem anderen Mandanten');
  // A seal of the last minute may not have been there yet.
  const bis = new Date(Date.parse(state.head.erstellt) - 60_000).toISOString();
  for (const a of anker.filter((e) => e.art === 'lesezugriffe.versiegelt' && e.zeit <= bis)) {
    const hash = state.hashes.get(a.kette);
    if (hash === undefined) stop(`Vom Ende der Lesezugriffe fehlt etwas: Das Protokoll nennt Siegel ${a.kette} vom ${zeit(a.zeit)}, die Ausgabe endet mit Siegel ${state.siegel}`);
    if (hash !== a.siegel) stop(`Siegel ${a.kette} der Lesezugriffe ist ein anderes als das, das im Protokoll steht`);
  }
  const genannt = new Set(anker.filter((e) => e.art === 'lesezugriffe.geloescht').flatMap((e) => e.monate.map((m) => `${m.monat} ${m.anzahl} ${m.siegel}`)));
  if (state.head.erstellt <= head.erstellt) for (const g of state.head.geloescht) if (!genannt.has(`${g.monat} ${g.anzahl} ${g.siegel}`)) stop(`Dass der Monat ${g.monat.slice(0, 7)} nach seiner Frist gelöscht wurde, steht nicht im Protokoll`);
  state.verankert = true;
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
  verbundakte-pruefen LESEZUGRIFFE.ndjson [--schluessel SCHLÜSSEL] [--protokoll PROTOKOLL.ndjson]

  --schluessel  öffentlicher Schlüssel (Base64) oder Datei mit einem je Zeile, dem vertraut wird. Ohne diese Angabe gilt, was die Ausgabe
                selbst nennt: Vergleichen Sie ihn dann mit dem, den Ihnen die Behörde auf anderem Weg gegeben hat.
  --frueher     eine frühere Ausgabe desselben Mandanten: Ihre Siegel müssen unverändert enthalten sein.
  --protokoll   eine Ausgabe des Protokolls desselben Mandanten: Kein Siegel der Lesezugriffe, das es nennt, darf fehlen.

Ende mit 0: unverändert. 1: verändert, die erste Veränderung wird genannt. 2: nicht prüfbar.`;

function tellSchluessel(head, trusted) {
  for (const { id, schluessel } of head.schluessel) say(`Schlüssel ${id}: ${schluessel}${trusted ? trusted.has(schluessel) ? ' (vertraut)' : ' (nicht vertraut)' : ''}`);
  if (!trusted) say('Vergleichen Sie den Schlüssel mit dem, den Ihnen die Behörde auf anderem Weg gegeben hat.');
  return 0;
}
function tellLesezugriffe({ head, lesezugriffe, siegel, verankert }, trusted) {
  say(`Unverändert: ${lesezugriffe} Lesezugriffe der Einsicht ${head.einsicht} vom ${head.von} bis ${head.bis}, ${siegel} Siegel in einer Kette, Mandant „${head.mandant}“ (${head.mandantId}).`);
  for (const { monat, anzahl } of head.geloescht) say(`Der Monat ${monat.slice(0, 7)} mit ${anzahl} Lesezugriffen ist nach seiner Frist gelöscht; seine Siegel stehen in der Kette.`);
  say(verankert ? 'Das Protokoll nennt kein Siegel, das fehlt.' : 'Ob vom Ende etwas fehlt, zeigt erst der Vergleich mit dem Protokoll (--protokoll).');
  return tellSchluessel(head, trusted);
}

async function main(args) {
  const options = {};
  const files = [];
  for (let i = 0; i < args.length; i++) {
    if (['--schluessel', '--frueher', '--protokoll'].includes(args[i])) options[args[i]] = args[++i];
    else files.push(args[i]);
  }
  if (files.length !== 1 || files[0].startsWith('-')) { say(HILFE); return files[0] === '--hilfe' || files[0] === '--help' ? 0 : 2; }
  try {
    const given = options['--schluessel'];
    let text = given;
    if (given !== undefined) try { text = readFileSync(given, 'utf8'); } catch { /* the key itself */ }
    const trusted = given === undefined ? undefined : new Set(text.split(/\s+/).filter(Boolean));
    const earlier = options['--frueher'] === undefined ? undefined : await siegelOf(options['--frueher']);
    const state = await pruefe(files[0], { trusted, earlier, protokoll: options['--protokoll'] });
    if (state.monate) return tellLesezugriffe(state, trusted);
    const { head, eintraege, siegel, ohneInhalt, verdeckt, zuletzt } = state;
    say(`Unverändert: ${eintraege} Einträge, ${siegel} Siegel, Mandant „${head.mandant}“ (${head.mandantId})${zuletzt ? `, zuletzt versiegelt am ${zeit(zuletzt)}` : ''}.`);
    head.verdeckungen.forEach((text, i) => { if (verdeckt[i]) say(`Bei ${verdeckt[i]} Einträgen steht an der Stelle des Inhalts: ${text}.`); });
    const geloescht = ohneInhalt - verdeckt.reduce((n, m) => n + m, 0);
    if (geloescht) say(head.mitInhalt ? `Bei ${geloescht} Einträgen wurde der Inhalt vor der Ausgabe gelöscht; dass es sie gab, wer sie wann verursachte und was sie betrafen, ist versiegelt.` : `Ausgegeben ohne Inhalt (${ohneInhalt} Einträge).`);
    return tellSchluessel(head, trusted);
  } catch (error) {
    say(error instanceof Befund ? `VERÄNDERT: ${error.message}.` : `Nicht prüfbar: ${error.message}`);
    return error instanceof Befund ? 1 : 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(await import('node:fs').then(({ realpathSync }) => realpathSync(process.argv[1]))).href) process.exitCode = await main(process.argv.slice(2));
