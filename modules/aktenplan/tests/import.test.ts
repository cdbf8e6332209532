import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { API } from '#platform/server/http/http.ts';
import { pathOf } from '#platform/web/client.ts';
import { buildTestHttp, modules } from '#platform/testing/test.ts';
import { api, type ImportErgebnis } from '../contract.ts';
import { newPlan } from './hilfe.ts';

const http = await buildTestHttp(modules);
async function newImport(ebenen?: string[]) {
  const plan = await newPlan(ebenen);
  const send = async (dryRun: boolean, bytes: Buffer | string, name = 'plan.csv') => {
    const answer = await http.inject({
      method: 'POST', url: API + pathOf(api.importAktenplan, { params: { id: plan.plan.id }, query: { dryRun } }), payload: Buffer.from(bytes as string),
      headers: { authorization: plan.token, 'content-type': 'application/octet-stream', 'x-dateiname': encodeURIComponent(name), 'idempotency-key': crypto.randomUUID() },
    });
    return answer.json() as ImportErgebnis & { code?: string; details?: { fehler: ImportErgebnis['fehler'] } };
  };
  const tree = async () => (await plan.call(api.listAktenplaneinheiten, { query: { limit: 200, stillgelegte: 'true' } })).eintraege;
  return { ...plan, send, tree, check: (b: Buffer | string, n?: string) => send(true, b, n), take: (b: Buffer | string, n?: string) => send(false, b, n) };
}
const CSV = `Kennzeichen;Betreff kurz;Inhaltsangabe;Aussonderungsart;Aufbewahrungsdauer;Gültig bis;Stillgelegt;Querverweise
6;Bauen und Wohnen;;B;10;;nein;
63;Bauordnung;"Genehmigung,
Aufsicht";;;;;
631;Baugenehmigungen;;A;unbefristet;;;632
631.20;Wohngebäude;;;30 Jahre;31.12.2099;;
632;Bauaufsicht;;V;;;ja;
`;

describe('AP-07: import from CSV', () => {
  test('the dry run tells, the import does, a second import changes nothing', async () => {
    const { check, take, tree, mandant } = await newImport();
    const dry = await check(CSV);
    expect(dry).toMatchObject({ trockenlauf: true, zeilen: 5, neu: 5, geaendert: 0, unveraendert: 0, fehler: [] });
    expect(dry.eintraege.map((e) => [e.zeile, e.kennzeichen, e.ebene, e.aktion])).toEqual([[2, '6', 1, 'neu'], [3, '63', 2, 'neu'], [5, '631', 3, 'neu'], [6, '631.20', 4, 'neu'], [7, '632', 3, 'neu']]);
    expect(await tree()).toEqual([]);
    expect(await take(CSV)).toMatchObject({ trockenlauf: false, neu: 5, fehler: [] });
    const before = (await mandant.ereignisse()).length;
    expect(await take(CSV)).toMatchObject({ neu: 0, geaendert: 0, unveraendert: 5, fehler: [] });
    expect((await mandant.ereignisse()).length).toBe(before);
    expect((await tree()).map((e) => [e.kennzeichen, e.ebene, e.stillgelegt])).toEqual([['6', 1, false], ['63', 2, false], ['631', 3, false], ['631.20', 4, false], ['632', 3, true]]);
  });
  test('what was read stands at the unit; where a value departs, the plan is the reason', async () => {
    const { take, tree, call } = await newImport();
    await take(CSV);
    const id = (await tree()).find((e) => e.kennzeichen === '631.20')!.id;
    expect(await call(api.getAktenplaneinheit, { params: { id } })).toMatchObject({
      gueltigBis: '2099-12-31', aufbewahrungsdauer: 30,
      wirksam: { aussonderungsart: { wert: 'A', herkunft: { bezeichnung: '631 Baugenehmigungen' } }, aufbewahrungsdauer: { wert: 30, grund: 'Vorgabe des importierten Aktenplans' } },
    });
  });
  test('changes are told field by field and made; units that are missing stay', async () => {
    const { take, check, tree } = await newImport();
    await take(CSV);
    const changed = 'Kennzeichen;Bezeichnung;Stillgelegt\n631;Baugenehmigungsverfahren;\n632;Bauaufsicht;nein\n';
    const dry = await check(changed);
    expect(dry.eintraege.map((e) => [e.kennzeichen, e.aktion, e.aenderungen])).toEqual([
      ['631', 'geaendert', [{ feld: 'betreffKurz', alt: 'Baugenehmigungen', neu: 'Baugenehmigungsverfahren' }]],
      ['632', 'geaendert', [{ feld: 'stillgelegt', alt: true, neu: false }]],
    ]);
    expect(dry.hinweise.map((h) => h.text)).toEqual(['3 Einheiten des Aktenplans stehen nicht in der Datei und bleiben unverändert.']);
    await take(changed);
    expect((await tree()).map((e) => [e.kennzeichen, e.betreffKurz, e.stillgelegt]).slice(2)).toEqual([['631', 'Baugenehmigungsverfahren', false], ['631.20', 'Wohngebäude', false], ['632', 'Bauaufsicht', false]]);
  });
  test('every error with its line and column, and nothing is taken', async () => {
    const { take, tree, check } = await newImport(['Hauptgruppe', 'Gruppe']);
    const wrong = `Kennzeichen;Betreff kurz;Übergeordnet;Aufbewahrungsdauer;Gültig von;Gültig bis;Stillgelegt;Farbe
6;Bauen;;zehn;;;;
;ohne Kennzeichen;;;;;;
61;;;;;;;
62;doppelt;6;;;;;
62;doppelt;6;;;;;
7;verwaist;99;;;;;
71;zu tief oben;62;;;;;
8;verkehrt;;;2030-01-01;2029-01-01;;
9;Datum;;;31.02.2026;;vielleicht;
A;Kreis;B;;;;;
B;Kreis;A;;;;;
`;
    const { fehler, hinweise } = await check(wrong);
    expect(fehler.map((f) => `${f.zeile} ${f.spalte}: ${f.text}`)).toEqual([
      '2 Aufbewahrungsdauer: „zehn“ ist keine Aufbewahrungsdauer. Erlaubt sind Jahre, etwa 10, und „unbefristet“.',
      '3 Kennzeichen: Das Kennzeichen fehlt.',
      '4 Betreff kurz: Der Kurzbetreff fehlt.',
      '5 Übergeordnet: Die übergeordnete Einheit 6 steht weder in der Datei noch im Aktenplan.',
      '6 Kennzeichen: Das Kennzeichen 62 steht schon in Zeile 5.',
      '7 Übergeordnet: Die übergeordnete Einheit 99 steht weder in der Datei noch im Aktenplan.',
      '9 Gültig bis: Die Gültigkeit endet, bevor sie beginnt.',
      '10 Gültig von: „31.02.2026“ ist kein Datum. Erlaubt ist etwa 31.12.2030.',
      '10 Stillgelegt: „vielleicht“ ist weder ja noch nein.',
      '11 Übergeordnet: A steht über sich selbst: A unter B unter A.',
    ]);
    expect(hinweise.map((h) => h.text)).toEqual(['Die Spalte „Farbe“ ist unbekannt und wird nicht übernommen.']);
    expect((await check('Kennzeichen,Titel\n1,eins\n11,zwei\n111,drei\n')).fehler.map((f) => f.text)).toEqual(['111 läge auf Ebene 3; der Aktenplan hat 2 (Hauptgruppe, Gruppe).']);
    expect(await take(wrong)).toMatchObject({ code: 'aktenplan.import_fehlerhaft', details: { fehler } });
    expect(await tree()).toEqual([]);
  });
  test('many departures at one unit: the second import still changes nothing, and the reasons of others stay', async () => {
    const { take, call, tree } = await newImport();
    const plan = 'Kennzeichen;Bezeichnung;Aussonderungsart;Aufbewahrungsdauer;Vertraulichkeit;Schutzklasse\n6;Oben;A;10;offen;keine\n61;Unten;V;5;VS-NfD;sozial\n';
    await take(plan);
    expect(await take(plan)).toMatchObject({ neu: 0, geaendert: 0, unveraendert: 2 });
    await take('Kennzeichen;Bezeichnung\n61;Umbenannt\n');
    const unit = await call(api.getAktenplaneinheit, { params: { id: (await tree())[1]!.id } });
    expect(Object.keys(unit.abweichungsgruende).toSorted()).toEqual(['aufbewahrungsdauer', 'aussonderungsart', 'schutzklasse', 'vertraulichkeit']);
  });
  test('Windows-1252, commas, tabs, empty lines', async () => {
    const { check } = await newImport();
    expect((await check(Buffer.from('Kennzeichen\tBezeichnung\r\n\r\n6\tM\xfcll\r\n', 'latin1'))).eintraege).toMatchObject([{ zeile: 3, betreffKurz: 'Müll' }]);
  });
  test('the export reads back: no change', async () => {
    const { take, plan, token, check } = await newImport();
    await take(CSV);
    await take('Kennzeichen;Bezeichnung\n7;"=SUMME(1;2)"\n');
    const csv = await http.inject({ method: 'GET', url: API + pathOf(api.exportAktenplan, { params: { id: plan.id } }), headers: { authorization: token } });
    expect(csv.headers['content-disposition']).toContain('.csv');
    expect(csv.body).toContain(`"'=SUMME(1;2)"`);
    expect(await check(csv.rawPayload)).toMatchObject({ neu: 0, geaendert: 0, unveraendert: 6, fehler: [], hinweise: [] });
  });
  test('no file for a plan: empty, binary, without heading', async () => {
    const { check } = await newImport();
    expect((await check('')).fehler).toEqual([{ zeile: 1, spalte: null, text: 'Die Datei ist leer.' }]);
    expect((await check('a;b\n1;2\n')).fehler.map((f) => f.text)).toEqual(['Die Spalte „Kennzeichen“ fehlt.', 'Die Spalte „Betreff kurz“ fehlt.']);
    expect((await check(Buffer.from([0x89, 0x50, 0, 0, 1, 2, 3]))).code).toBe('aktenplan.datei_unlesbar');
    expect((await check(Buffer.from('PK\u0003\u0004 broken'))).code).toBe('aktenplan.datei_unlesbar');
  });
  test('5,000 units in one go', async () => {
    const { take } = await newImport(['a', 'b', 'c', 'd', 'e']);
    const kz: string[] = [];
    for (let a = 0; a < 10; a++) { kz.push(`${a}`); for (let b = 0; b < 10; b++) { kz.push(`${a}${b}`); for (let c = 0; c < 48; c++) kz.push(`${a}${b}.${c}`); } }
    expect(await take(`Kennzeichen;Bezeichnung\n${kz.map((k) => `${k};Einheit ${k}`).join('\n')}\n`)).toMatchObject({ neu: kz.length, fehler: [] });
  }, 60_000);
});

async function xlsx(rows: (string | number)[][]) {
  const zip = new yazl.ZipFile();
  const strings: string[] = [];
  const cell = (v: string | number, r: number, c: number) => {
    const ref = `${String.fromCharCode(65 + c)}${r + 1}`;
    if (v === '') return '';
    return typeof v === 'number' ? `<c r="${ref}"><v>${v}</v></c>` : `<c r="${ref}" t="s"><v>${strings.push(v) - 1}</v></c>`;
  };
  const sheet = rows.map((row, r) => `<row r="${r + 1}">${row.map((v, c) => cell(v, r, c)).join('')}</row>`).join('');
  const add = (name: string, xml: string) => zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`), name);
  add('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="Deckblatt" sheetId="1" r:id="rId7"/></sheets></workbook>');
  add('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>');
  add('xl/worksheets/sheet3.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`);
  add('xl/sharedStrings.xml', `<sst>${strings.map((s) => `<si><r><t>${s.slice(0, 2)}</t></r><r><t>${s.slice(2)}</t></r></si>`).join('')}</sst>`);
  zip.end();
  return buffer(zip.outputStream);
}

describe('AP-07: import from XLSX', () => {
  test('rows, gaps, numbers and dates of a spreadsheet', async () => {
    const { take, check, tree } = await newImport();
    const file = await xlsx([['Kennzeichen', 'Bezeichnung', 'Aufbewahrungsdauer', 'Gültig von'], ['6', 'Bauen', 10, ''], [], ['61', 'Planung', '', 46023], [62, 'als Zahl', '', '']]);
    const dry = await check(file, 'plan.xlsx');
    expect(dry).toMatchObject({ neu: 3, fehler: [] });
    expect(dry.eintraege.map((e) => e.zeile)).toEqual([2, 4, 5]);
    expect(dry.hinweise).toMatchObject([{ zeile: 5, spalte: 'Kennzeichen' }]);
    await take(file, 'plan.xlsx');
    expect((await tree()).map((e) => [e.kennzeichen, e.gueltigVon])).toEqual([['6', null], ['61', '2026-01-01'], ['62', null]]);
    expect(await take(file, 'plan.xlsx')).toMatchObject({ neu: 0, geaendert: 0, unveraendert: 3 });
  });
});
