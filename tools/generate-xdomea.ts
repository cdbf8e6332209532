/** Writes docs/xdomea-abbildung.md from the mapping of schriftgut. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { imGanzen, xdomeaAbbildung, type Ziel } from '#modules/schriftgut/server/xdomea-abbildung.ts';

const code = (text: string) => `\`${text}\``;
const zusatz = (ziel: { fuer?: string; ersatz?: string }) => [ziel.fuer, ziel.ersatz && `fehlt es: ${ziel.ersatz}`].filter(Boolean).join('; ');
function cells(ziel: Ziel): [string, string] {
  if ('grund' in ziel) return ['–', ziel.grund];
  if ('gruppe' in ziel) return [`[${ziel.gruppe}](#${ziel.gruppe.toLowerCase()})`, ''];
  if ('zeilen' in ziel) return [`Zeilen von ${code(ziel.zeilen)} über ${ziel.ueber.map(code).join(', ')}`, zusatz(ziel)];
  return [ziel.spalten.map(code).join(', '), zusatz(ziel)];
}

export function renderXdomea(): string {
  const sections = Object.entries(xdomeaAbbildung).map(([type, list]) => `## ${type}

| Element | Typ | Anzahl | Steht in | Bemerkung |
|---|---|---|---|---|
${list.map(({ name, typ, anzahl, ziel }) => `| ${name} | ${code(typ)} | ${anzahl} | ${cells(ziel).join(' | ')} |`).join('\n')}
`);
  return `<!-- Erzeugt mit npm run generate aus modules/schriftgut/server/xdomea-abbildung.ts; nicht von Hand ändern. -->
# Abbildung von xdomea 4.0.0

Wo jedes Element steht, das eine Akte, ein Vorgang oder ein Dokument in xdomea 4.0.0 haben kann. Tabellen ohne Angabe eines Schemas liegen in ${code('schriftgut')}. Ein Test vergleicht
diese Abbildung mit der veröffentlichten Struktur (jedes Element, sein Typ, seine Anzahl) und mit der Datenbank (jede Spalte, ihre Breite, mehrfache Werte).
Diese Fassung liest und schreibt noch keine Nachrichten; das Modell hält alles, was sie brauchen.

Im Ganzen gehalten, ohne eigene Tafel: ${imGanzen.map(code).join(', ')}.

${sections.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(new URL('../docs/xdomea-abbildung.md', import.meta.url), renderXdomea());
  console.log('docs/xdomea-abbildung.md');
}
