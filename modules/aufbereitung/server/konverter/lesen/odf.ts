import { KonverterFehler, type Format } from '../protokoll.ts';
import { local, readXml } from './xml.ts';
import type { Zip } from './zip.ts';

const STUMM = new Set(['tracked-changes', 'annotation-end', 'bookmark', 'note-citation', 'sequence-decls', 'forms', 'script', 'event-listeners']);
/** A spreadsheet may say that the last cell repeats a million times. */
const WIEDERHOLUNG = 64;

/** One text per sheet or slide, one for a text document. Letterheads live in styles.xml (header, footer of the master page). */
export async function readOdf(zip: Zip, format: Format): Promise<string[]> {
  const manifest = await zip.read('META-INF/manifest.xml');
  if (manifest && /<(\w+:)?encryption-data/.test(manifest.toString('latin1'))) throw new KonverterFehler('verschluesselt', { format: 'office' });
  const xml = await zip.read('content.xml');
  if (!xml) throw new KonverterFehler('beschaedigt');
  const seiten = textOfOdf(xml, format === 'ods' ? 'table' : format === 'odp' ? 'page' : '');
  const stile = format === 'odt' ? await zip.read('styles.xml') : undefined;
  const kopf = stile ? textOfOdf(stile, '', new Set(['header', 'footer', 'header-first', 'footer-first', 'header-left', 'footer-left'])).join('\n') : '';
  return kopf.trim() ? [`${kopf}\n${seiten[0] ?? ''}`, ...seiten.slice(1)] : seiten;
}

function textOfOdf(xml: Buffer, seitenelement: string, nurIn?: ReadonlySet<string>): string[] {
  const seiten: string[] = [];
  let aus = '';
  let stumm = 0, absatz = 0, innen = nurIn ? 0 : 1, seite = 0;
  const put = (t: string) => { if (!stumm && innen) aus += t; };
  readXml(xml, {
    open(name, a) {
      const n = local(name);
      if (STUMM.has(n)) stumm++;
      if (nurIn?.has(n)) innen++;
      if (n === seitenelement && ++seite === 1) { aus = ''; put(`${a['table:name'] ?? ''}\n`); }
      if (n === 'p' || n === 'h') absatz++;
      else if (n === 'tab') put('\t');
      else if (n === 'line-break') put('\n');
      else if (n === 's') put(' '.repeat(Math.min(Number(a['text:c'] ?? 1) || 1, WIEDERHOLUNG)));
    },
    close(name) {
      const n = local(name);
      if (STUMM.has(n)) stumm--;
      if (n === 'p' || n === 'h') { absatz--; put('\n'); }
      else if (n === 'table-cell') { if (!stumm && innen) aus = `${aus.replace(/\n$/, '')}\t`; }
      else if (n === 'table-row') { if (!stumm && innen) aus = `${aus.replace(/\t+$/, '')}\n`; }
      if (n === seitenelement && --seite === 0) { seiten.push(aus); aus = ''; }
      if (nurIn?.has(n)) { innen--; aus += '\n'; }
    },
    text(t) { if (absatz) put(t); },
  });
  return seitenelement ? seiten : [aus];
}
