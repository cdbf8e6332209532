/** Writes docs/sicherheit/asvs.md from tools/asvs: of every requirement of OWASP ASVS 5.0, level 1 and 2, what shows that it is met, or why not. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { anforderungen } from './asvs/anforderungen.ts';
import type { Beleg } from './asvs/eintrag.ts';
import { kapitel } from './asvs/index.ts';

const arten: Readonly<Record<Beleg['art'], string>> = { test: 'erfüllt, ein Test zeigt es', betrieb: 'beschrieben: durch Betrieb oder Dokument', entfaellt: 'trifft nicht zu', offen: 'offen' };
const stufeOf = new Map<string, number>(anforderungen);
const link = (pfad: string) => `[${pfad}](../../${pfad})`;
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function told(beleg: Beleg): string {
  if (beleg.art === 'test') return beleg.tests.map(([pfad, titel]) => `${link(pfad)} „${cell(titel)}“`).join('<br>');
  if (beleg.art === 'betrieb') return `beschrieben in ${link(beleg.pfad)}: ${cell(beleg.text)}`;
  return `${beleg.art === 'offen' ? '**offen**' : 'trifft nicht zu'}: ${cell(beleg.text)}`;
}

export function renderAsvs(): string {
  const alle = kapitel.flatMap((k) => Object.entries(k.eintraege).map(([nr, [, beleg]]) => ({ stufe: stufeOf.get(nr), art: beleg.art })));
  const count = (art: string, stufe: number) => alle.filter((e) => e.art === art && e.stufe === stufe).length;
  const sections = kapitel.map(({ titel, eintraege }, i) => `## V${i + 1} ${titel}

| Nr. | Stufe | Worum es geht | Was es zeigt |
|---|---|---|---|
${Object.entries(eintraege).map(([nr, [worum, beleg]]) => `| ${nr} | ${stufeOf.get(nr)} | ${cell(worum)} | ${told(beleg)} |`).join('\n')}
`);
  return `<!-- Erzeugt mit npm run generate aus tools/asvs; nicht von Hand ändern. -->
# OWASP ASVS 5.0, Stufe 1 und 2

Jede Anforderung des [OWASP Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0) auf Stufe 1 und 2: der Test, der sie zeigt, oder der Grund, warum
keiner. Was dort verlangt wird, ist hier nur mit eigenen Worten angedeutet; es gilt der Wortlaut des Standards. Ein Test prüft, dass jede Nummer genau einmal dasteht und jeder genannte Test da ist.
Das ist eine Selbsteinschätzung und kein Zertifikat.

| | Stufe 1 | Stufe 2 | zusammen |
|---|---|---|---|
${Object.entries(arten).map(([art, name]) => `| ${name} | ${count(art, 1)} | ${count(art, 2)} | ${count(art, 1) + count(art, 2)} |`).join('\n')}

${sections.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(new URL('../docs/sicherheit/asvs.md', import.meta.url), renderAsvs());
  console.log('docs/sicherheit/asvs.md');
}
