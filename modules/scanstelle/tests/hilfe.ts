import { PDFDocument, StandardFonts } from 'pdf-lib';
import { newPosteingang, runJob, upload } from '#modules/posteingang/tests/hilfe.ts';
import { api, type Stapel } from '../contract.ts';
import { briefe, sammeln, trennen, zerlegen } from '../server/verarbeitung/jobs.ts';

export { download, http, refusal, upload } from '#modules/posteingang/tests/hilfe.ts';

/** Pages with enough on them not to be blank; an empty text is a blank page. `quer`: lying pages. */
export async function makeScan(texte: readonly string[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of texte) {
    const page = pdf.addPage([595, 842]);
    if (text) for (let i = 0; i < 24; i++) page.drawText(`${text} Zeile ${i + 1}: Sehr geehrte Damen und Herren, hiermit beantrage ich`, { x: 60, y: 780 - i * 26, size: 12, font });
  }
  return Buffer.from(await pdf.save());
}

type Person = Awaited<ReturnType<typeof newPosteingang>>['clerk'];
export async function newScanstelle() {
  const pe = await newPosteingang();
  const { mandantId } = pe.mandant;
  const job = (definition: Parameters<typeof runJob>[0], stapelId: string, more: { crashAfter?: 'work' } = {}) => runJob(definition, { stapelId }, { mandantId, ...more });
  /** What the worker does with a new batch, in its order. */
  async function work(stapelId: string) {
    await job(sammeln, stapelId);
    await lies(stapelId);
    await job(trennen, stapelId);
  }
  async function lies(stapelId: string) {
    for (let r: unknown = {}; r && !('fertig' in (r as object));) r = await job(zerlegen, stapelId);
  }
  async function schreibe(stapelId: string) {
    for (let r: unknown; (r = await job(briefe, stapelId)) && (r as { geschrieben: unknown[] }).geschrieben.length;);
  }
  const createStapel = async (person: Person, dateien: readonly [name: string, inhalt: Buffer | string][], more: object = {}) => {
    const inhaltIds = [];
    for (const [name, inhalt] of dateien) inhaltIds.push(await upload(person, inhalt, name, name.endsWith('.json') ? 'application/json' : 'application/pdf'));
    return person.call(api.createStapel, { body: { inhaltIds, ...more } });
  };
  const get = (person: Person, id: string) => person.call(api.getStapel, { params: { id: id as never } });
  /** A step, from the version that stands. */
  const step = async (person: Person, id: string, schritt: object): Promise<Stapel> => person.call(api.updateStapelseiten, { params: { id: id as never }, ifMatch: (await get(person, id)).version, body: schritt as never });
  const close = async (person: Person, id: string) => person.call(api.closeStapelpruefung, { params: { id: id as never }, ifMatch: (await get(person, id)).version, body: {} });
  const transfer = async (person: Person, id: string) => person.call(api.transferStapel, { params: { id: id as never }, ifMatch: (await get(person, id)).version, body: {} });
  /** A batch of these pages in one file, ready to be checked. */
  const ready = async (person: Person, texte: readonly string[], more: object = {}) => {
    const { id } = await createStapel(person, [['Stapel.pdf', await makeScan(texte)]], more);
    await work(id);
    return get(person, id);
  };
  const approveAll = async (person: Person, id: string) => { for (const b of (await get(person, id)).briefliste) await step(person, id, { art: 'ergebnis', briefId: b.id, ergebnis: 'in_ordnung' }); };
  return { ...pe, job, work, lies, schreibe, createStapel, get, step, close, transfer, ready, approveAll };
}
