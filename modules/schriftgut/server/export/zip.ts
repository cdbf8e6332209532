import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { openInhalt, sperreAlsFehler } from '#modules/ablage/server/index.ts';
import type { RequestContext } from '#platform/server/context.ts';
import type { Io } from '#platform/server/io.ts';
import type { Exportknoten, Exportplan } from './plan.ts';

/** Part of a path that every file system takes. */
export const pathPart = (text: string, max = 80) => text.normalize('NFC').replace(/[\p{Cc}<>:"/\\|?*]/gu, '_').replace(/\s+/g, ' ').slice(0, max).replace(/[. ]+$/, '').trim() || '_';
const folder = (k: Exportknoten) => (k.typ === 'dokument' ? pathPart(`${String(k.nummer).padStart(3, '0')} ${k.datum ?? ''} ${k.betreff}`) : pathPart(`${String(k.nummer ?? 0).padStart(2, '0')} ${k.betreff}`));

/** Paths of all files in the archive: folders like the tree, names unique in each folder. */
export function pathsOf(knoten: readonly Exportknoten[]): { knoten: Exportknoten; dateien: { pfad: string; index: number }[] }[] {
  const stack: string[] = [];
  const taken = new Set<string>();
  const unique = (path: string) => {
    let name = path;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = path.replace(/(\.[^./]{1,10})?$/, (ext) => ` (${n})${ext}`);
    taken.add(name.toLowerCase());
    return name;
  };
  return knoten.map((k) => {
    stack.length = Math.max(0, k.ebene - 1);
    if (k.ebene > 0) stack.push(unique([...stack, folder(k)].join('/')).split('/').at(-1)!);
    return { knoten: k, dateien: k.dateien.map((d, index) => ({ index, pfad: unique([...stack, pathPart(d.dateiname, 120)].join('/')) })) };
  });
}

/** The original files, `sha256sums.txt` to check them with, and the metadata as JSON. Each file is opened when its turn comes. */
export function zipExport(io: Io, ctx: Pick<RequestContext, 'mandantId'>, plan: Exportplan): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const fail = (error: Error) => out.destroy(error);
  zip.on('error', fail);
  const paths = pathsOf(plan.knoten);
  const mtime = new Date();
  for (const { knoten, dateien } of paths) for (const { pfad, index } of dateien) {
    const { inhalt } = knoten.dateien[index]!;
    // One file that nobody may open does not keep the others; where it would lie stands why it does not.
    if (inhalt.sperre) { zip.addBuffer(Buffer.from(`${sperreAlsFehler(inhalt.sperre).title}\n`), `${pfad} - nicht enthalten.txt`, { mtime }); continue; }
    zip.addReadStreamLazy(pfad, { size: inhalt.groesse, mtime, compress: !/^(image\/(jpeg|png)|application\/(pdf|zip))/.test(inhalt.mime) }, (callback: (error: unknown, stream: Readable) => void) => {
      openInhalt(io, ctx, inhalt).then((stream) => { stream.once('error', fail); callback(null, stream); }, (error: Error) => { fail(error); callback(error, undefined as never); });
    });
  }
  zip.addBuffer(Buffer.from(paths.flatMap(({ knoten, dateien }) => dateien.filter(({ index }) => !knoten.dateien[index]!.inhalt.sperre).map(({ pfad, index }) => `${knoten.dateien[index]!.sha256}  ${pfad}\n`)).join('')), 'sha256sums.txt', { mtime });
  zip.addBuffer(Buffer.from(JSON.stringify(metadataOf(plan, paths), null, 2)), 'metadaten.json', { mtime });
  zip.end();
  (zip.outputStream as unknown as Readable).once('error', fail).pipe(out);
  return out;
}

const metadataOf = ({ metadaten, behoerde }: Exportplan, paths: ReturnType<typeof pathsOf>) => ({
  behoerde, objekt: { ...metadaten, rechte: undefined, hindernisse: undefined },
  inhalt: paths.map(({ knoten: { dateien, ...k }, dateien: pfade }) => ({ ...k, dateien: pfade.map(({ pfad, index }) => { const d = dateien[index]!; return { pfad, dateiname: d.dateiname, art: d.art, mime: d.mime, groesse: d.groesse, sha256: d.sha256 }; }) })),
});
