import { katalog } from '#platform/web/text.ts';

const t = katalog({ unbekannt: ['Unbekanntes Programm', 'Unknown program'], unter: [(was: string, system: string) => `${was} unter ${system}`, (was: string, system: string) => `${was} on ${system}`] });
// The order matters: Edge calls itself Chrome as well, Chrome calls itself Safari.
const programme = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['Chrom', 'Chrome'], ['Safari', 'Safari'], ['curl', 'curl']] as const;
const systeme = [['Windows', 'Windows'], ['Android', 'Android'], ['iPhone', 'iOS'], ['iPad', 'iPadOS'], ['Mac OS', 'macOS'], ['Linux', 'Linux']] as const;

/** »Firefox unter Windows« out of what a browser calls itself. */
export function geraetVon(agent: string): string {
  const programm = programme.find(([zeichen]) => agent.includes(zeichen))?.[1];
  const system = systeme.find(([zeichen]) => agent.includes(zeichen))?.[1];
  return programm && system ? t('unter', programm, system) : programm ?? (agent.split(/[\s/]/)[0] || t('unbekannt'));
}
