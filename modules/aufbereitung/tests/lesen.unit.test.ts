/** What is read out of each format. Files are made here; those of others come from ../shared/normdaten (see normdaten.unit.test.ts). */
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { sharedDir } from '#platform/testing/shared.ts';
import { closeArbeitsbereich } from '../server/konverter/arbeitsordner.ts';
import { openKonverter } from '../server/konverter/pool.ts';
import { lesegrenzen } from '../server/konverter/protokoll.ts';
import { absatz, makeDocx, makeMail, makeMsg, makePdf, makePngBombe, makeXlsx, makeZip, readBytes, writeZipbombe } from './hilfen.ts';

const konverter = openKonverter({ anzahl: 2 });
afterAll(async () => { await konverter.close(); await closeArbeitsbereich(); });
const read = (inhalt: Buffer | string, grenzen = lesegrenzen) => readBytes(konverter, inhalt, grenzen);
const textOf = async (inhalt: Buffer | string) => { const l = await read(inhalt); return { format: l.format, text: l.texte.map((t) => t.text).join('\f'), fehler: l.fehler?.code }; };

test('PDF: page by page, fields that were filled in, words split at line ends made whole', { timeout: 180_000 }, async () => {
  const l = await read(await makePdf(['Grundstücksent-\nwässerung in der\nBau- und Umweltverwaltung', 'Zweite Seite mit genug Text'], { name: 'Eingetragener Vorname Zoë' }));
  expect(l).toMatchObject({ format: 'pdf', mime: 'application/pdf', seitenzahl: 2 });
  expect(l.texte[0]!.text).toContain('Grundstücksentwässerung');
  expect(l.texte[0]!.text).toMatch(/Bau- und\s+Umweltverwaltung|Bau- und Umwelt/);
  expect(l.texte[0]!.text).toContain('Eingetragener Vorname Zoë');
  expect(l.texte[1]!).toEqual({ text: 'Zweite Seite mit genug Text' });
});

test('PDF: a scan needs recognition, a blank page does not, bytes before the header do not matter', { timeout: 180_000 }, async () => {
  const { PDFDocument } = await import('pdf-lib');
  const pdf = await PDFDocument.create();
  const bild = await pdf.embedPng(await sharp({ create: { width: 600, height: 800, channels: 3, background: '#ddd' } }).png().toBuffer());
  pdf.addPage([595, 842]).drawImage(bild, { x: 0, y: 0, width: 595, height: 842 });
  pdf.addPage([595, 842]);
  const bytes = Buffer.from(await pdf.save());
  expect((await read(bytes)).texte).toEqual([{ text: '', ocrNoetig: true }, { text: '' }]);
  expect((await read(Buffer.concat([Buffer.from('\r\n\0Scanner 3000\r\n'), bytes]))).seitenzahl).toBe(2);
});

test('DOCX: body, tables, notes; deleted text and the second copy of text boxes are left out', async () => {
  const docx = await makeDocx(
    absatz('Antrag auf Baugenehmigung') + '<w:p><w:del><w:r><w:delText>gestrichen</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">bleibt </w:t></w:r><w:r><w:t>stehen</w:t></w:r></w:p>'
    + `<w:tbl><w:tr><w:tc>${absatz('Flurstück')}</w:tc><w:tc>${absatz('112/3')}</w:tc></w:tr></w:tbl>`
    + `<w:p><w:r><mc:AlternateContent><mc:Choice>${absatz('Textfeld')}</mc:Choice><mc:Fallback>${absatz('Textfeld')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    { 'word/footnotes.xml': '<w:footnotes xmlns:w="w"><w:p><w:r><w:t>Fußnote eins</w:t></w:r></w:p></w:footnotes>' });
  const { format, text } = await textOf(docx);
  expect(format).toBe('docx');
  expect(text).toContain('bleibt stehen');
  expect(text).toContain('Flurstück\t112/3');
  expect(text).toContain('Fußnote eins');
  expect(text).not.toContain('gestrichen');
  expect(text.match(/Textfeld/g)).toHaveLength(1);
});

test('XLSX: a page per sheet, German numbers, dates as people read them', async () => {
  const l = await read(await makeXlsx());
  expect(l).toMatchObject({ format: 'xlsx', seitenzahl: 2 });
  expect(l.texte.map((t) => t.text)).toEqual(['Gebühren\nVerwaltungsgebühr\t1234,5\nStraßenbaulast\tWAHR', 'Fristen\n20.11.2026\t01.01.2024 12:00\tWiderspruchsfrist']);
});

test('ODF: letterhead and text, sheets and slides', async () => {
  const odt = (content: string, mime = 'text') => makeZip({ mimetype: `application/vnd.oasis.opendocument.${mime}`, 'content.xml': content,
    'styles.xml': '<o xmlns:text="t" xmlns:style="s"><style:header><text:p>Landkreis Auental</text:p></style:header></o>' });
  expect(await textOf(await odt('<o xmlns:text="t"><text:p>Sehr<text:s text:c="2"/>geehrte<text:line-break/>Frau <text:span>Hoffmann</text:span></text:p></o>'))).toEqual({ format: 'odt', text: 'Landkreis Auental\n\n\nSehr  geehrte\nFrau Hoffmann', fehler: undefined });
  const ods = await read(await odt('<o xmlns:table="t" xmlns:text="x"><table:table table:name="Liste"><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table></o>', 'spreadsheet'));
  expect(ods.texte.map((t) => t.text)).toEqual(['Liste\nA\tB']);
});

test('RTF: code pages, Unicode, what is not text left out', async () => {
  expect((await textOf(Buffer.from("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset238 Arial;}}{\\info{\\author Geheim}}\\f0 Stra\\'dfe \\u8364?\\par {\\f1 \\'b3\\'f3d\\'9f}{\\*\\generator X;} Ende}", 'latin1'))).text).toBe('Straße €\nłódź Ende');
});

test('HTML: text without anything active', async () => {
  const { format, text } = await textOf(Buffer.from('<!DOCTYPE html><html><head><title>Bescheid</title><script>alert(1)</script></head><body><p>Müller &amp; Söhne</p><a href="https://boese.example/x">hier</a><img src="https://boese.example/pixel"><table><tr><td>Betrag</td><td>12,00</td></tr></table></body></html>'));
  expect(format).toBe('html');
  expect(text).toMatch(/^Bescheid\n/);
  expect(text).toContain('Müller & Söhne');
  expect(text).toMatch(/Betrag\s+12,00/);
  expect(text).not.toMatch(/alert|boese/);
});

test('issue 6: text in legacy encodings', { timeout: 180_000 }, async () => {
  const satz = 'Die Größe der Straße beträgt fünf Meter; öffentlich, Übergabe an Müller, Ärztehaus, Öl.\n';
  for (const zeichensatz of ['utf-8', 'windows-1252', 'iso-8859-15', 'cp850', 'cp437', 'utf-16le', 'utf-16be']) {
    const bom = zeichensatz === 'utf-16le' ? Buffer.from([0xff, 0xfe]) : zeichensatz === 'utf-16be' ? Buffer.from([0xfe, 0xff]) : Buffer.alloc(0);
    for (const kopf of new Set([bom, Buffer.alloc(0)])) expect(await textOf(Buffer.concat([kopf, iconv.encode(satz, zeichensatz)])), zeichensatz).toEqual({ format: 'txt', text: satz.trim(), fehler: undefined });
  }
  expect((await textOf(iconv.encode('Nazwa;Kwota\nŁódź, zażółć gęślą jaźń, świętokrzyskie;12\nKraków, żółta ściana;14\n', 'windows-1250'))).text).toContain('Łódź');
  expect((await textOf(iconv.encode('Nr;Name;Betrag\n1;Müller;12,00\n2;Größe;13,50\n', 'windows-1252'))).format).toBe('csv');
});

test('PE-07: an e-mail with its head, body and attachments; 8-bit heads, encoded words, broken dates', { timeout: 180_000 }, async () => {
  const pdf = await makePdf(['Anlage mit Lageplan']);
  const l = await read(makeMail({ kopf: { 'In-Reply-To': '<null@auental.example>', References: '<a@x> <b@y>', Subject: '=?iso-8859-1?Q?Antrag_f=FCr_Stra=DFe?=' }, text: 'Guten Tag,\r\nanbei der Plan.', anlagen: [{ name: '../../etc/Plan\u0007.pdf', mime: 'application/pdf', inhalt: pdf }] }));
  expect(l.mail).toMatchObject({ von: [{ name: 'Anna Müller', adresse: 'anna@example.de' }], betreff: 'Antrag für Straße', datum: '2026-11-20T08:15:00.000Z', messageId: 'eins@example.de', inReplyTo: 'null@auental.example', references: ['a@x', 'b@y'], text: 'Guten Tag,\nanbei der Plan.' });
  expect(l.anlagen).toMatchObject([{ mime: 'application/pdf', groesse: pdf.length, inline: false }]);
  expect(l.texte[0]!.text).toContain('An: poststelle@auental.example');
  const acht = Buffer.concat([Buffer.from('From: Bauamt <b@x.de>\r\nDate: irgendwann\r\nTo: y@x.de\r\nSubject: '), iconv.encode('Größe der Straße', 'windows-1252'), Buffer.from('\r\n\r\nText')]);
  expect((await read(acht)).mail).toMatchObject({ betreff: 'Größe der Straße', datum: null, text: 'Text' });
});

test('PE-07: a message of Outlook, with attachments', async () => {
  const l = await read(await makeMsg({ betreff: 'Rückfrage zur Gebäudehöhe', text: 'Guten Tag,\r\nwie hoch?', von: ['Jansen + Roth', 'buero@jansen-roth.example'], an: ['Bauamt', 'bauamt@auental.example'], anlagen: [{ name: 'Schnitt A–A.txt', inhalt: Buffer.from('Firsthöhe 9,40 m') }] }));
  expect(l).toMatchObject({ format: 'msg', mime: 'application/vnd.ms-outlook', mail: { betreff: 'Rückfrage zur Gebäudehöhe', messageId: 'msg@example.de', von: [{ name: 'Jansen + Roth', adresse: 'buero@jansen-roth.example' }], an: [{ name: 'Bauamt', adresse: 'bauamt@auental.example' }], text: 'Guten Tag,\nwie hoch?' } });
  expect(l.anlagen).toMatchObject([{ dateiname: 'Schnitt A–A.txt', groesse: 17 }]);
});

test('PE-07: winmail.dat inside a mail gives up its attachments', async ({ skip }) => {
  const shared = sharedDir();
  if (!shared) skip('../shared/normdaten is missing: the winmail.dat files are read from there');
  const l = await read(makeMail({ text: '', anlagen: [{ name: 'winmail.dat', mime: 'application/ms-tnef', inhalt: await readFile(`${shared}/normdaten/mail/tnef/two-files.tnef`) }] }));
  expect(l.anlagen.map((a) => [a.dateiname, a.groesse])).toEqual([['AUTHORS', 244], ['README', 893]]);
  expect(l.hinweise).toEqual([]);
  const kaputt = await read(makeMail({ text: 'x', anlagen: [{ name: 'winmail.dat', mime: 'application/ms-tnef', inhalt: Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 2, 3, 4, 5, 6, 7, 8]) }] }));
  expect(kaputt.hinweise).toEqual([{ code: 'tnef_nicht_lesbar' }]);
  expect(kaputt.anlagen).toHaveLength(1); // kept as it came
});

test('PE-07: encrypted and signed mails are flagged', async () => {
  const kopf = 'From: a@b.de\r\nTo: c@d.de\r\nSubject: x\r\n';
  expect((await read(Buffer.from(`${kopf}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n`))).mail).toMatchObject({ verschluesselt: true, signiert: false });
  expect((await read(Buffer.from(`${kopf}Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=g\r\n\r\n--g\r\nContent-Type: text/plain\r\n\r\nHallo\r\n--g\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n--g--\r\n`))).mail).toMatchObject({ verschluesselt: false, signiert: true, text: 'Hallo' });
});

test('issue 6: a mail with 1,000 attachments is read up to a limit and says so', { timeout: 180_000 }, async () => {
  const l = await read(makeMail({ text: 'viel', anlagen: Array.from({ length: 1_000 }, (_, i) => ({ name: `a${i}.txt`, mime: 'text/plain', inhalt: Buffer.from(`Anlage ${i}`) })) }));
  expect(l.anlagen).toHaveLength(250);
  expect(l.hinweise).toContainEqual({ code: 'anlagen_gekuerzt', daten: { anzahl: 1_000, grenze: 250 } });
  expect(l.fehler).toBeUndefined();
});

test('issue 6: empty, 0 pages, damaged, encrypted, wrong extension: each in a clear state', { timeout: 180_000 }, async () => {
  expect(await textOf(Buffer.alloc(0))).toMatchObject({ format: 'leer', fehler: 'leer' });
  const { PDFDocument } = await import('pdf-lib');
  expect(await textOf(Buffer.from(await (await PDFDocument.create()).save({ addDefaultPage: false })))).toMatchObject({ format: 'pdf', fehler: 'keine_seiten' });
  const pdf = await makePdf(['Text']);
  expect(await textOf(pdf.subarray(0, 200))).toMatchObject({ format: 'pdf', fehler: 'beschaedigt' });
  expect(await textOf(Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O<' + '00'.repeat(32) + '>/U<' + '11'.repeat(32) + '>/P -44>>/ID[<00><00>]>>\n%%EOF'))).toMatchObject({ format: 'pdf', fehler: 'verschluesselt' });
  const docx = await makeDocx(absatz('x'));
  expect((await textOf(docx.subarray(0, docx.length - 30))).format).toBe('zip'); // without its directory it is just an archive that cannot be opened
  expect(await textOf(await makeDocx('<w:p><w:r><w:t>abgebrochen'))).toMatchObject({ format: 'docx', fehler: 'beschaedigt' });
  expect(await textOf(Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 1, 2, 3, 4]))).toMatchObject({ format: 'unbekannt' });
});

test('issue 6: zip bombs end at the limits, whatever their directory claims', { timeout: 120_000 }, async () => {
  const ordner = await mkdtemp(join(tmpdir(), 'va-bombe-'));
  try {
    const bombe = join(ordner, 'bombe.docx');
    await writeZipbombe(bombe, 40 * 2 ** 20, 'word/document.xml', { '[Content_Types].xml': '<Types/>' });
    expect(await textOf(bombe)).toMatchObject({ format: 'docx', fehler: 'archivgrenze' });
    const viele = await makeZip(Object.fromEntries(Array.from({ length: 10_500 }, (_, i) => [`n${i}`, ''])));
    expect(await textOf(viele)).toMatchObject({ format: 'zip', fehler: 'archivgrenze' });
    await truncate(bombe, 5_000);
    expect(await textOf(bombe)).toMatchObject({ format: 'zip', fehler: 'beschaedigt' });
  } finally { await rm(ordner, { recursive: true }); }
});

test('issue 6: XML with entities is refused, alone and inside an Office file; deep nesting too', { timeout: 180_000 }, async () => {
  const lol = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>';
  expect(await textOf(Buffer.from(`<?xml version="1.0"?>${lol}<lolz>&lol2;</lolz>`))).toMatchObject({ format: 'xml', fehler: 'xml_entitaeten' });
  expect(await textOf(Buffer.from('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a>Text</a>'))).toMatchObject({ format: 'xml', text: 'Text' }); // named, never fetched
  const docx = await makeZip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': `<?xml version="1.0"?>${lol}<w:document xmlns:w="w"><w:p><w:t>&lol2;</w:t></w:p></w:document>` });
  expect(await textOf(docx)).toMatchObject({ format: 'docx', fehler: 'xml_entitaeten' });
  expect(await textOf(Buffer.from(`<?xml version="1.0"?>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`))).toMatchObject({ fehler: 'archivgrenze' });
});

test('issue 6: an image of 60,000 × 60,000 pixels is told by its head and not unpacked', { timeout: 180_000 }, async () => {
  const l = await read(makePngBombe(60_000, 60_000));
  expect(l).toMatchObject({ format: 'png', fehler: { code: 'bild_zu_gross', daten: { breite: 60_000, hoehe: 60_000 } } });
});

test('multi-page TIFF, and a picture too small for writing', { timeout: 180_000 }, async () => {
  const seite = (farbe: string) => sharp({ create: { width: 200, height: 300, channels: 3, background: farbe } }).png().toBuffer();
  const tiff = await sharp([await seite('#fff'), await seite('#eee'), await seite('#ddd')], { join: { animated: true } }).tiff().toBuffer();
  expect(await read(tiff)).toMatchObject({ format: 'tiff', seitenzahl: 3, texte: [{ ocrNoetig: true }, { ocrNoetig: true }, { ocrNoetig: true }] });
  const punkt = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } }).png().toBuffer();
  expect((await read(punkt)).texte).toEqual([{ text: '' }]);
});

test('type by content: names and claimed types are not asked', { timeout: 180_000 }, async () => {
  const faelle: [Buffer, string][] = [
    [Buffer.from('Delivered-To: a@b.de\nFrom: x@y.de\nSubject: Test\n\nText'), 'eml'], [Buffer.from('From - \nFrom: x@y.de\nTo: a@b.de\n\nText\n\nFrom - \nFrom: z@y.de\n\nNoch\n'), 'mbox'],
    [Buffer.from('Sehr geehrte Damen und Herren,\nhiermit teile ich mit, dass ich komme.\nMit Gruß'), 'txt'], [Buffer.from('a,b,c\n1,2,3\n4,5,6\n'), 'csv'],
    [Buffer.from('<?xml version="1.0"?><rechnung><betrag>1</betrag></rechnung>'), 'xml'], [await makeZip({ 'a.txt': 'x' }), 'zip'], [Buffer.from('{\\rtf1 x}'), 'rtf'],
    [Buffer.concat([Buffer.from([0, 0, 0, 0x18]), Buffer.from('ftypmp42'), Buffer.alloc(40)]), 'video'], [Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(60)]), 'audio'],
  ];
  for (const [inhalt, format] of faelle) expect((await read(inhalt)).format).toBe(format);
});
