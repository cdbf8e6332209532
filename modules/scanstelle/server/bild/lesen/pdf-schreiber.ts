import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { PDFArray, PDFContext, PDFHexString, PDFName, PDFNumber, PDFRawStream, PDFString, type PDFDict, type PDFObject, type PDFRef } from 'pdf-lib';
import sharp from 'sharp';
import type { PdfAngaben } from '../typen.ts';

export type Schreiber = Awaited<ReturnType<typeof openSchreiber>>;
type Eintraege = Record<string, PDFObject | string | number | (PDFObject | number)[]>;

/** A PDF that is written while it is made: what a page brought along lies in the file before the next one comes, and only its place is remembered. */
export async function openSchreiber(ziel: string, angaben: Omit<PdfAngaben, 'erstellt'> & { erstellt: string }) {
  const handle = await open(ziel, 'w');
  const context = PDFContext.create();
  const orte = new Map<number, number>();
  const kinder: PDFRef[] = [];
  let ab = 0;
  const write = async (bytes: Uint8Array) => { for (let n = 0; n < bytes.length;) n += (await handle.write(bytes, n)).bytesWritten; ab += bytes.length; };
  const text = (s: string) => write(Buffer.from(s, 'latin1'));
  const flush = async () => {
    for (const [ref, objekt] of context.enumerateIndirectObjects()) {
      orte.set(ref.objectNumber, ab);
      const bytes = new Uint8Array(objekt.sizeInBytes());
      objekt.copyBytesInto(bytes, 0);
      await text(`${ref.objectNumber} 0 obj\n`);
      await write(bytes);
      await text('\nendobj\n');
      context.delete(ref);
    }
  };
  const dict = (eintraege: Eintraege) => context.obj(eintraege as Record<string, never>) as PDFDict;
  const stream = (eintraege: Eintraege, bytes: Uint8Array) => context.register(PDFRawStream.of(dict({ ...eintraege, Length: bytes.length }), bytes));
  const seitenbaum = context.nextRef();
  await text('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');

  async function addSeite(knoten: PDFDict) {
    knoten.set(PDFName.of('Parent'), seitenbaum);
    kinder.push(context.register(knoten));
    await flush();
  }
  async function close() {
    const info = context.register(dict({ Title: PDFHexString.fromText(angaben.titel), ...(angaben.beschreibung && { Subject: PDFHexString.fromText(angaben.beschreibung) }), Producer: PDFString.of('Verbundakte'), Creator: PDFString.of('Verbundakte Scanstelle'), CreationDate: PDFString.fromDate(new Date(angaben.erstellt)), ModDate: PDFString.fromDate(new Date(angaben.erstellt)) }));
    const metadaten = stream({ Type: 'Metadata', Subtype: 'XML' }, Buffer.from(xmp(angaben)));
    const profil = stream({ N: 3 }, await srgbProfil());
    const zweck = dict({ Type: 'OutputIntent', S: 'GTS_PDFA1', OutputConditionIdentifier: PDFString.of('sRGB'), Info: PDFString.of('sRGB'), DestOutputProfile: profil });
    const baum = PDFArray.withContext(context);
    for (const k of kinder) baum.push(k);
    context.assign(seitenbaum, dict({ Type: 'Pages', Count: kinder.length, Kids: baum }));
    const katalog = context.register(dict({ Type: 'Catalog', Pages: seitenbaum, Metadata: metadaten, OutputIntents: [zweck], Lang: PDFString.of('de-DE'), ViewerPreferences: dict({ DisplayDocTitle: context.obj(true) }) }));
    await flush();
    const groesse = Math.max(0, ...orte.keys()) + 1;
    const tabelle = ab;
    await text(`xref\n0 ${groesse}\n0000000000 65535 f \n`);
    // Numbers that were given and never used stand as free.
    const zeilen = Array.from({ length: groesse - 1 }, (_, i) => { const ort = orte.get(i + 1); return ort === undefined ? '0000000000 65535 f \n' : `${String(ort).padStart(10, '0')} 00000 n \n`; });
    await text(zeilen.join(''));
    const kennung = randomBytes(16).toString('hex');
    await text(`trailer\n<< /Size ${groesse} /Root ${katalog.toString()} /Info ${info.toString()} /ID [<${kennung}> <${kennung}>] >>\nstartxref\n${tabelle}\n%%EOF\n`);
    await handle.sync();
    await handle.close();
    return kinder.length;
  }
  return { context, dict, stream, addSeite, close, number: (n: number) => PDFNumber.of(Math.round(n * 1000) / 1000), abort: () => handle.close() };
}

let profil: Promise<Uint8Array> | undefined;
const srgbProfil = () => profil ??= (async () => {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } }).withIccProfile('srgb').png().toBuffer();
  return (await sharp(png).metadata()).icc!;
})();

const escape = (s: string) => s.replace(/[<>&]/g, (z) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[z]!).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '');
/** The same as in the dictionary of the file, as archives read it. No claim of PDF/A: pages taken over from other PDFs are as they are. */
const xmp = ({ titel, beschreibung, erstellt }: { titel: string; beschreibung?: string; erstellt: string }) => `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escape(titel)}</rdf:li></rdf:Alt></dc:title>${beschreibung ? `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(beschreibung)}</rdf:li></rdf:Alt></dc:description>` : ''}
<xmp:CreatorTool>Verbundakte Scanstelle</xmp:CreatorTool><xmp:CreateDate>${erstellt.slice(0, 19)}Z</xmp:CreateDate><xmp:ModifyDate>${erstellt.slice(0, 19)}Z</xmp:ModifyDate><pdf:Producer>Verbundakte</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
