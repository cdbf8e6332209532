import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openInhalt, sperreAlsFehler } from '#modules/ablage/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import type { Io } from '#platform/server/io.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import { openFaden } from './faden.ts';
import type { Exportdatei, Exportknoten, Exportplan } from './plan.ts';
import { joinPdf, type Quelle } from './pdf-strom.ts';

/** A file is read whole; what is larger is named in the contents and lies in the ZIP. */
const GROESSTE = 200 * 2 ** 20;

/** Dates as they stand in documents. */
const tag = (datum: string) => datum.split('-').toReversed().join('.');
const titelOf = (k: Exportknoten) => (k.typ === 'dokument' ? `${k.datum === null ? '' : `${tag(k.datum)} `}${k.betreff}` : `${k.kennzeichen} ${k.betreff}`);
const arten: Readonly<Record<string, 'pdf' | 'png' | 'jpeg'>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpeg' };

/** What is printed of a Dokument: its PDF/A where there is one, else its first file; signatures are not printed. */
const printed = (k: Exportknoten): Exportdatei | undefined => k.dateien.find((d) => d.art === 'pdfa') ?? k.dateien.find((d) => d.art !== 'signatur');

async function read(io: Io, ctx: Pick<RequestContext, 'mandantId'>, k: Exportknoten): Promise<Quelle['was']> {
  const datei = printed(k);
  if (k.gesperrt) return { grund: 'für Sie nicht lesbar' };
  if (!datei) return { grund: 'ohne Datei' };
  // The PDF made of it, where it is none; a picture can stand for itself.
  const inhalt = datei.mime === 'application/pdf' ? datei.inhalt : datei.druck ?? datei.inhalt;
  const art = arten[inhalt.mime];
  if (!art) return { grund: `${datei.dateiname}: nicht druckbar, liegt im ZIP` };
  if (inhalt.groesse > GROESSTE) return { grund: `${datei.dateiname}: zu groß für den Druck, liegt im ZIP` };
  if (inhalt.sperre) return { grund: `${datei.dateiname}: ${sperreAlsFehler(inhalt.sperre).title}` };
  const bytes = await buffer(await openInhalt(io, ctx, inhalt));
  return { art, bytes: Uint8Array.from(bytes), dateiname: datei.dateiname };
}

async function* sources(io: Io, ctx: Pick<RequestContext, 'mandantId'>, plan: Exportplan): AsyncGenerator<Quelle> {
  for (const k of plan.knoten) {
    if (k.typ === 'dokument') yield { titel: titelOf(k), ebene: k.ebene + 1, was: await read(io, ctx, k) };
    else if (k.ebene > 0) yield { titel: titelOf(k), ebene: k.ebene + 1, was: undefined };
  }
}

/** One PDF of everything that can be printed, with contents, bookmarks and links. Bytes come as they are made. */
export function pdfExport(io: Io, ctx: Pick<RequestContext, 'mandantId'>, plan: Exportplan): Readable {
  const erstellt = formatZeit(io.now(), { dateStyle: 'long', timeStyle: 'short' });
  const { kennzeichen, bezeichnung } = plan.metadaten.federfuehrung;
  const faden = openFaden();
  const stream = Readable.from(joinPdf(faden, sources(io, ctx, plan), {
    kennzeichen: plan.wurzel.kennzeichen, betreff: plan.wurzel.betreff, behoerde: plan.behoerde, federfuehrung: `${kennzeichen} ${bezeichnung}`.trim(), erstellt,
  }), { objectMode: false });
  stream.once('close', () => { void faden.close(); });
  return stream;
}
