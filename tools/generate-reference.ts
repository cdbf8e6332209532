/** Writes docs/betrieb/konfiguration.md from the table of settings. */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { settingGroups } from '#platform/server/config.ts';

const code = (text: string) => `\`${text}\``;
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

export function renderReference(): string {
  const sections = Object.entries(settingGroups).map(([title, group]) => `## ${title}

| Schlüssel | Wert | Vorgabe | Bedeutung |
|---|---|---|---|
${Object.entries(group).map(([name, { form, standard, geheim, beschreibung }]) => `| ${code(name)} | ${cell(form)}${geheim ? ', geheim' : ''} | ${standard ? code(standard) : '–'} | ${cell(beschreibung)} |`).join('\n')}
`);
  return `<!-- Erzeugt mit npm run generate aus platform/server/config.ts; nicht von Hand ändern. -->
# Konfiguration

Jeder Schlüssel kann in der Umgebung stehen, als ${code('NAME')} oder ${code('VERBUNDAKTE_NAME')}, oder in der Datei, die ${code('KONFIGURATION')} nennt
(Zeilen ${code('NAME=Wert')}, ${code('#')} beginnt eine Bemerkung). Die Umgebung geht der Datei vor. Ein unbekannter Schlüssel in der Datei oder mit ${code('VERBUNDAKTE_')} in der Umgebung,
ein fehlender oder ein ungültiger verhindert den Start und wird beim Namen genannt.

Nötig sind im Betrieb ohne eingebettete Datenbank: für den Server ${code('DATABASE_URL')}, für den Worker auch ${code('DATABASE_URL_WORKER')}, für migrate und einrichten
${code('DATABASE_URL_MIGRATION')} und ${code('DATABASE_URL_WORKER')}; für Server und Worker außerdem ${code('ABLAGE_URL')}, ${code('SCHLUESSEL_DATEI')} und ${code('OEFFENTLICHE_URL')}.

${sections.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(new URL('../docs/betrieb/konfiguration.md', import.meta.url), renderReference());
  console.log('docs/betrieb/konfiguration.md');
}
