import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { api } from '../contract.ts';
import { download, makePdf, newPosteingang, refusal, upload } from './hilfe.ts';

describe('a scan that holds several letters', () => {
  test('each part becomes an Eingang; the scan is kept as it came', async () => {
    const { poststelle, clerk, mandant } = await newPosteingang();
    const scan = await makePdf(['Brief eins', 'Anlage', 'Brief zwei']);
    const inhaltId = await upload(poststelle, scan, 'Stapel.pdf', 'application/pdf');
    const { eingaenge } = await poststelle.call(api.createStapel, { body: { inhaltId, organisationseinheitId: mandant.oe('63.1') as never, teile: [{ von: 1, bis: 2, betreff: 'Eins' }, { von: 3, bis: 3 }] } });
    expect(eingaenge.map((e) => [e.nummer.slice(-6), e.kanal, e.betreff, e.dateiname, e.stapel])).toMatchObject([
      ['000001', 'papier', 'Eins', 'Stapel, Seiten 1-2.pdf', { von: 1, bis: 2, seiten: 3 }], ['000002', 'papier', 'Stapel, Seite 3', 'Stapel, Seite 3.pdf', { von: 3, bis: 3 }],
    ]);
    const teil = await PDFDocument.load((await download(clerk, eingaenge[0]!.inhaltId!)).rawPayload);
    expect(teil.getPageCount()).toBe(2);
    expect((await download(clerk, eingaenge[0]!.stapel!.inhaltId)).rawPayload.equals(scan)).toBe(true);
  });
  test('what cannot be cut is refused with the reason, and can still be taken whole', async () => {
    const { clerk } = await newPosteingang();
    const cut = async (bytes: Buffer | string, teile = [{ von: 1, bis: 1 }]) => refusal(clerk.call(api.createStapel, { body: { inhaltId: await upload(clerk, bytes, 'x.pdf', 'application/pdf'), teile } }));
    expect(await cut('kein PDF')).toBe('422 posteingang.kein_pdf');
    expect(await cut('%PDF-1.7 kaputt')).toBe('422 posteingang.pdf_unlesbar');
    expect(await cut(await makePdf(['a']), [{ von: 1, bis: 2 }])).toBe('422 posteingang.seiten_ungueltig');
    expect(await cut(await makePdf(['a', 'b']), [{ von: 2, bis: 1 }])).toBe('422 posteingang.seiten_ungueltig');
    expect((await clerk.call(api.listEingaenge, { query: {} })).gesamt).toBe(0);
  });
  test('a password-protected PDF says so', async () => {
    const { clerk } = await newPosteingang();
    const pdf = await PDFDocument.create();
    pdf.addPage();
    pdf.context.trailerInfo.Encrypt = pdf.context.register(pdf.context.obj({ Filter: 'Standard', V: 1, R: 2, P: -4 }));
    const inhaltId = await upload(clerk, Buffer.from(await pdf.save({ useObjectStreams: false })), 'x.pdf', 'application/pdf');
    expect(await refusal(clerk.call(api.createStapel, { body: { inhaltId, teile: [{ von: 1, bis: 1 }] } }))).toBe('422 posteingang.pdf_verschluesselt');
  });
});
