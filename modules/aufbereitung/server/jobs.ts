import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { openInhalt, type Inhalt } from '#modules/ablage/server/index.ts';
import { createAnlagen, findDokumenteMitInhalt } from '#modules/schriftgut/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Io } from '#platform/server/io.ts';
import { EreignisPayloadSchema } from '#platform/server/jobs.ts';
import { job } from '#platform/server/module.ts';
import type { ReadTx, WriteTx } from '#platform/server/tx.ts';
import * as auftraege from './auftraege.ts';
import type { Auftragsname } from './auftraege.ts';
import { MAX_TIEFE } from './aufbereitung.ts';
import { beginAufbereitung, resumeAufbereitung, storeFehler, storeLesung, storeOcr, storeRendition, storeVorschau } from './commands.ts';
import { withOrdner } from './konverter/arbeitsordner.ts';
import type { Grenzen } from './konverter/prozess.ts';
import { KonverterFehler, bildformate, druckbilder, lesegrenzen, officeformate, textformate, type Bild, type Format, type GrundCode, type GrundDaten, type Lesegrenzen, type Lesung } from './konverter/protokoll.ts';
import { getWerkzeuge } from './konverter/werkzeuge.ts';
import { getExtrahierteAnlagen, isTextOffen, listBegonnene, listStehengebliebene, loadDrucktext, loadInhalt, loadOcrSeiten, loadStammbaum } from './queries.ts';

const LESEN: Grenzen = { zeitMs: 120_000, speicherMiB: 1_500, ausgabeMiB: 1_200 };
const BILDER: Grenzen = { zeitMs: 300_000, speicherMiB: 1_500, ausgabeMiB: 600 };
/** Beyond this only the type is looked for: nobody reads a text of that length, and pictures of pages would take hours. */
const MAX_DATEI = 1_000_000_000;
/** Pages a document may keep the queue before others have their turn. */
const OCR_SEITEN = 10;
/** Page images of documents that the viewer shows as PDF serve as first look only; of pictures they are the view. */
const SEITENBILDER = { daumen: 200, pdf: 30, bild: 200 };

type Ausgang<R> = ({ ok: R } | { fehler: { code: GrundCode; daten: GrundDaten } }) & { inhaltId: string };

/** A crash is tried once more in a new process; every end is a result that gets stored, none loses the step. */
async function attempt<R>(inhaltId: string, work: () => Promise<R>): Promise<Ausgang<R>> {
  for (let versuch = 1; ; versuch++) {
    try { return { inhaltId, ok: await work() }; } catch (error) {
      if (error instanceof KonverterFehler) {
        if (versuch === 1 && (error.code === 'absturz' || error.code === 'unerwartet')) continue;
        return { inhaltId, fehler: error };
      }
      const { code = 'Fehler', message } = error as { code?: string; message: string };
      const ablage = error instanceof AppError && String(code).startsWith('ablage.');
      return { inhaltId, fehler: { code: ablage ? 'ablage' : 'unerwartet', daten: { meldung: `${code}: ${message}`.slice(0, 300) } } };
    }
  }
}

async function fetchInhalt(io: Io, ctx: RequestContext, inhalt: Inhalt, ordner: string, bytes?: number): Promise<string> {
  const datei = join(ordner, 'original');
  await pipeline(await openInhalt(io, ctx, inhalt), async function* (quelle: AsyncIterable<Buffer>) {
    let n = 0;
    for await (const teil of quelle) { if (bytes !== undefined && (n += teil.length) > bytes) return; yield teil; }
  }, createWriteStream(datei, { mode: 0o600 }));
  return datei;
}

/** Follows each new content, unless it is raw material of something that will be read itself. */
export const beginnen = job({
  name: 'aufbereitung.beginnen', payload: EreignisPayloadSchema, rechte: [], priority: -10,
  load: async (_tx, { objekte, daten }) => (daten.roh === true ? [] : objekte.inhalt ?? []),
  work: async (_io, ids) => ids,
  store: async (tx, ids) => { for (const id of ids) await beginAufbereitung(tx, id); },
});

/** The virus scanner has let it go: what was begun and could not be read goes on. What is not prepared at all (`roh`) has no row, and stays so. */
export const freigegeben = job({
  name: 'aufbereitung.freigegeben', payload: EreignisPayloadSchema, rechte: [], priority: -10,
  load: (tx, { objekte }) => listBegonnene(tx, objekte.inhalt ?? []),
  work: async (_io, ids) => ids,
  store: async (tx, ids) => { for (const id of ids) await beginAufbereitung(tx, id); },
});

/**
 * What was lifted out of a mail becomes Anlagen of the Dokument that the mail is: whichever comes last, the filing or the reading. Pictures that belong to the
 * text of the mail do not.
 */
export const anlagenAblegen = job({
  name: 'aufbereitung.anlagen_ablegen', payload: EreignisPayloadSchema, rechte: [],
  load: async (tx, { objekte }) => {
    const inhalte = objekte.inhalt ?? [];
    const anlagen = await getExtrahierteAnlagen(tx, inhalte);
    const dokumente = anlagen.size ? await findDokumenteMitInhalt(tx, [...anlagen.keys()]) : new Map<string, string[]>();
    return [...dokumente].flatMap(([inhaltId, ids]) => ids.map((dokumentId) => ({ dokumentId, anlagen: (anlagen.get(inhaltId) ?? []).filter((a) => !a.inline) })));
  },
  work: async (_io, ablagen) => ablagen,
  store: async (tx, ablagen) => { for (const { dokumentId, anlagen } of ablagen) if (anlagen.length) await createAnlagen(tx, dokumentId, anlagen); },
});

export const lesen = job({
  ...auftraege.lesen, rechte: [], long: true,
  load: async (tx, { inhaltId }) => { const geladen = await loadInhalt(tx, inhaltId); return geladen && { ...geladen, ...(await loadStammbaum(tx, inhaltId)) }; },
  work: async (io, geladen, ctx) => geladen && attempt(geladen.inhalt.id, () => withOrdner(async (ordner) => {
    const { inhalt, stammbaum, frei } = geladen;
    const anlagen = stammbaum.vorhanden || stammbaum.tiefe >= MAX_TIEFE ? 0 : Math.min(frei, lesegrenzen.anlagen);
    const lesung = inhalt.groesse > MAX_DATEI ? await readAnfang(io, ctx, inhalt, ordner) : await read(io, await fetchInhalt(io, ctx, inhalt, ordner), ordner, { ...lesegrenzen, anlagen: anlagen || lesegrenzen.anlagen });
    const gespeichert = [];
    if (anlagen) for (const a of lesung.anlagen) gespeichert.push({ ...a, stored: await io.storage.put(ctx.mandantId, createReadStream(a.datei)) });
    return { lesung, stammbaum, anlagen: gespeichert };
  })),
  store: async (tx, ausgang) => {
    if (!ausgang) return;
    const { inhaltId } = ausgang;
    if ('ok' in ausgang) await storeLesung(tx, { inhaltId, ...ausgang.ok });
    else await storeFehler(tx, { inhaltId, auftrag: 'lesen', ...ausgang.fehler });
  },
});

/** Where reading the content runs into a limit or crashes twice, the type at least can still be told. */
async function read(io: Io, datei: string, ordner: string, grenzen: Lesegrenzen): Promise<Lesung> {
  const { konverter } = getWerkzeuge(io.config);
  const lesen = () => konverter.run({ art: 'lesen', datei, ordner, grenzen }, LESEN);
  const noch = (error: unknown) => { if (error instanceof KonverterFehler && (error.code === 'absturz' || error.code === 'unerwartet')) return lesen(); throw error; };
  return lesen().catch(noch).catch(async (error: unknown) => {
    if (!(error instanceof KonverterFehler)) throw error;
    return { ...(await konverter.run({ art: 'typ', datei, ordner }, LESEN)), fehler: { code: error.code, daten: error.daten } };
  });
}
async function readAnfang(io: Io, ctx: RequestContext, inhalt: Inhalt, ordner: string): Promise<Lesung> {
  const datei = await fetchInhalt(io, ctx, inhalt, ordner, 1_000_000);
  const lesung = await getWerkzeuge(io.config).konverter.run({ art: 'typ', datei, ordner }, LESEN);
  return ['video', 'audio', 'archiv'].includes(lesung.format) ? lesung : { ...lesung, fehler: { code: 'zu_gross', daten: { groesse: inhalt.groesse, grenze: MAX_DATEI } } };
}

/** The file a later step works on: the PDF made of it, unless it is pages already. */
function quelleOf({ inhalt, format, rendition }: NonNullable<Awaited<ReturnType<typeof loadInhalt>>>): { inhalt: Inhalt; format: Format } | undefined {
  if (format === 'pdf' || (format && bildformate.has(format))) return { inhalt, format };
  return rendition && { inhalt: rendition, format: 'pdf' };
}

const storeWith = <P extends { inhaltId: string }>(auftrag: Auftragsname, store: (tx: WriteTx, ergebnis: P) => Promise<void>) =>
  async (tx: WriteTx, ausgang: Ausgang<Omit<P, 'inhaltId'>> | undefined) => {
    if (!ausgang) return;
    if ('ok' in ausgang) await store(tx, { ...ausgang.ok, inhaltId: ausgang.inhaltId } as P);
    else await storeFehler(tx, { inhaltId: ausgang.inhaltId, auftrag, ...ausgang.fehler });
  };

export const ocr = job({
  ...auftraege.ocr, rechte: [], long: true,
  load: async (tx: ReadTx, { inhaltId }) => { const geladen = await loadInhalt(tx, inhaltId); return geladen && { inhaltId, quelle: quelleOf(geladen), seiten: await loadOcrSeiten(tx, inhaltId, OCR_SEITEN) }; },
  work: async (io, geladen, ctx) => geladen?.quelle && geladen.seiten.length ? attempt(geladen.inhaltId, () => withOrdner(async (ordner) => {
    const { inhalt, format } = geladen.quelle!;
    return getWerkzeuge(io.config).ocr.recognize({ datei: await fetchInhalt(io, ctx, inhalt, ordner), ordner, format, seiten: geladen.seiten });
  })) : undefined,
  store: storeWith('ocr', storeOcr),
});

export const vorschau = job({
  ...auftraege.vorschau, rechte: [], long: true,
  load: async (tx: ReadTx, { inhaltId }) => { const geladen = await loadInhalt(tx, inhaltId); return geladen && { inhaltId, quelle: quelleOf(geladen) }; },
  work: async (io, geladen, ctx) => geladen?.quelle ? attempt(geladen.inhaltId, () => withOrdner(async (ordner) => {
    const { inhalt, format } = geladen.quelle!;
    const datei = await fetchInhalt(io, ctx, inhalt, ordner);
    const seiten = format === 'pdf' ? SEITENBILDER.pdf : SEITENBILDER.bild;
    const { bilder, hinweise } = await getWerkzeuge(io.config).konverter.run({ art: 'bilder', datei, ordner, format, daumen: SEITENBILDER.daumen, seiten }, BILDER);
    return { bilder, hinweise, paket: bilder.length ? await io.storage.put(ctx.mandantId, concat(bilder)) : undefined };
  })) : undefined,
  store: storeWith('vorschau', storeVorschau),
});
async function* concat(bilder: readonly Bild[]) { for (const { datei } of bilder) yield* createReadStream(datei); }

export const rendition = job({
  ...auftraege.rendition, rechte: [], long: true,
  load: async (tx: ReadTx, { inhaltId }) => {
    const geladen = await loadInhalt(tx, inhaltId);
    return geladen?.format && { ...geladen, format: geladen.format, mitText: await isTextOffen(tx, inhaltId), druck: textformate.has(geladen.format) ? await loadDrucktext(tx, inhaltId) : undefined };
  },
  work: async (io, geladen, ctx) => geladen && attempt(geladen.inhalt.id, () => withOrdner(async (ordner) => {
    const { inhalt, format, mitText, druck } = geladen;
    const pdf = await makePdf(io, ctx, ordner, geladen, druck);
    const lesung = mitText ? await read(io, pdf, ordner, lesegrenzen) : undefined;
    return { pdf: await io.storage.put(ctx.mandantId, createReadStream(pdf)), dateiname: `${inhalt.dateiname.replace(/\.[^.]{1,5}$/, '')}.pdf`, lesung, format };
  })),
  store: storeWith('rendition', storeRendition),
});

type Drucktext = Awaited<ReturnType<typeof loadDrucktext>>;
async function makePdf(io: Io, ctx: RequestContext, ordner: string, { inhalt, format }: { inhalt: Inhalt; format: Format }, druck: Drucktext | undefined): Promise<string> {
  const { konverter, rendition: office } = getWerkzeuge(io.config);
  if (druck) return (await konverter.run({ art: 'textpdf', ordner, titel: druck.titel ?? inhalt.dateiname, kopf: druck.kopf, text: druck.text, anlagen: druck.anlagen }, BILDER)).datei;
  const datei = await fetchInhalt(io, ctx, inhalt, ordner);
  if (druckbilder.has(format)) return (await konverter.run({ art: 'bildpdf', datei, ordner, format }, BILDER)).datei;
  if (!officeformate.has(format)) throw new KonverterFehler('keine_umwandlung_noetig');
  const pdf = join(ordner, 'rendition.pdf');
  await office.convert(datei, format, pdf, ctx.mandantId);
  return pdf;
}

/** What a lost or finally failed job left standing goes on; once a night, so that nobody has to notice first. */
export const nachholen = job({
  name: 'aufbereitung.nachholen', payload: z.object({}), rechte: [], priority: 10,
  load: (tx) => listStehengebliebene(tx), work: async (_io, steht) => steht,
  store: async (tx, steht) => { for (const s of steht) await resumeAufbereitung(tx, s); },
});
