import { katalog, sprache } from '#platform/web/text.ts';

/** German words for the parts of a Recht; whatever is not listed is shown as it is written. */
const dinge: Record<string, string> = {
  mandant: 'Verwaltungen', organisationseinheit: 'Organisationseinheiten', benutzer: 'Benutzer', rolle: 'Rollen', zugangstoken: 'Zugangstoken', zugriff: 'Schutzbereiche und Freigaben', aktenplan: 'Aktenplan', aktenzeichen: 'Aktenzeichen', inhalt: 'Dateien', ablage: 'Ablage', akte: 'Akten', vorgang: 'Vorgänge',
  dokument: 'Dokumente', storno: 'Stornierte Objekte', schriftgut: 'Schriftgut im Ganzen', suche: 'Suche', protokoll: 'Protokoll', betrieb: 'Betrieb', eingang: 'Eingänge', posteingang: 'Posteingang',
};
const taten: Record<string, string> = { wiedereroeffnen: 'wieder eröffnen', pruefen: 'prüfen', loeschen: 'löschen', manuell: 'von Hand vergeben', abschliessen: 'abschließen', definalisieren: 'Endfassung wieder öffnen', finalisieren: 'zur Endfassung machen', aendern: 'ändern', uebernehmen: 'übernehmen' };
const t = katalog({ weitere: ['Weitere', 'Others'] });

const gross = (wort: string) => wort.charAt(0).toLocaleUpperCase('de') + wort.slice(1);
export const tatVon = (recht: string) => { const tat = recht.split('.').slice(1).join(' '); return sprache() === 'de' ? taten[tat] ?? tat : tat; };
export const dingVon = (recht: string) => { const ding = recht.split('.')[0] ?? ''; return ding ? dinge[ding] ?? gross(ding) : t('weitere'); };

/** Rechte by what they are about, in the order in which the modules declare them. */
export const gruppiere = (rechte: readonly string[]): { ding: string; rechte: string[] }[] =>
  [...Map.groupBy(rechte, dingVon)].map(([ding, dazu]) => ({ ding, rechte: dazu }));
