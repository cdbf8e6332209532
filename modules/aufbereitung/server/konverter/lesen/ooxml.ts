import { posix } from 'node:path';
import { KonverterFehler } from '../protokoll.ts';
import { local, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

/** Deleted text of tracked changes, field codes, and the second copy that AlternateContent keeps for old readers. */
const STUMM = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'delInstrText']);

/** Text of w:p or a:p paragraphs in reading order. */
export function textOfParagraphs(xml: Buffer): string {
  let aus = '';
  let stumm = 0;
  let inText = 0;
  readXml(xml, {
    open(name) {
      const n = local(name);
      if (STUMM.has(n)) stumm++;
      if (n === 't') inText++;
      else if (stumm) return;
      else if (n === 'tab' || n === 'ptab') aus += '\t';
      else if (n === 'br' || n === 'cr') aus += '\n';
      else if (n === 'noBreakHyphen') aus += '-';
    },
    close(name) {
      const n = local(name);
      if (STUMM.has(n)) stumm--;
      else if (n === 't') inText--;
      else if (n === 'p' && !stumm) aus += '\n';
      else if (n === 'tc' && !stumm) aus = `${aus.replace(/\n$/, '')}\t`;
      else if (n === 'tr' && !stumm) aus = `${aus.replace(/\t$/, '')}\n`;
    },
    text(t) { if (inText && !stumm) aus += t; },
  });
  return aus;
}

/** Body, then headers, footers, notes and comments, each once. */
export async function readDocx(zip: Zip): Promise<string> {
  const haupt = zip.namen.find((n) => n === 'word/document.xml') ?? zip.namen.find((n) => /^word\/document\d*\.xml$/.test(n));
  const body = haupt && await zip.read(haupt);
  if (!body) throw new KonverterFehler('beschaedigt');
  const teile = [textOfParagraphs(body)];
  const gesehen = new Set<string>();
  for (const name of zip.namen.filter((n) => /^word\/(header|footer|footnotes|endnotes|comments)\d*\.xml$/.test(n)).sort()) {
    const text = textOfParagraphs((await zip.read(name))!).trim();
    if (text && !gesehen.has(text)) teile.push(text);
    gesehen.add(text);
  }
  return teile.join('\n');
}

/** Targets of a part's relationships by id, resolved to member names. */
export async function readRelationen(zip: Zip, teil: string): Promise<Map<string, string>> {
  const xml = await zip.read(posix.join(posix.dirname(teil), '_rels', `${posix.basename(teil)}.rels`));
  const relationen = new Map<string, string>();
  if (xml) readXml(xml, { open(name, a) {
    if (local(name) === 'Relationship' && a.Id && a.Target && a.TargetMode !== 'External') relationen.set(a.Id, a.Target.startsWith('/') ? a.Target.slice(1) : posix.join(posix.dirname(teil), a.Target));
  } });
  return relationen;
}

/** One text per slide in the order of the show, speaker's notes at the end of each. */
export async function readPptx(zip: Zip): Promise<string[]> {
  const haupt = 'ppt/presentation.xml';
  const xml = await zip.read(haupt);
  if (!xml) throw new KonverterFehler('beschaedigt');
  const relationen = await readRelationen(zip, haupt);
  const folien: string[] = [];
  readXml(xml, { open(name, a) { const ziel = local(name) === 'sldId' && relationen.get(a['r:id'] ?? ''); if (ziel) folien.push(ziel); } });
  const texte: string[] = [];
  for (const folie of folien) {
    const inhalt = await zip.read(folie);
    const notizen = [...(await readRelationen(zip, folie)).values()].find((n) => n.includes('notesSlide'));
    const notiz = notizen && await zip.read(notizen);
    texte.push([inhalt ? textOfParagraphs(inhalt) : '', notiz ? textOfParagraphs(notiz) : ''].join('\n'));
  }
  return texte;
}
