import type { VerlaufEreignis } from '#platform/server/extension.ts';

const arten: Record<string, string> = { oe: 'der Organisationseinheit', rolle: 'der Rolle', person: '' };
const wem = ({ subjektArt, name }: VerlaufEreignis['daten']) => `${arten[subjektArt] ?? ''} ${name ?? 'einem gelöschten Empfänger'}`.trim();

/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, (e: VerlaufEreignis) => string> = {
  'schutzbereich.verschoben': () => 'hat den Schutzbereich unter einen anderen gehängt; dessen Freigaben gelten jetzt auch hier',
  'schutzbereich.angelegt': ({ objekte }) => ((objekte.schutzbereich?.length ?? 0) > 1 ? `hat ${objekte.schutzbereich!.length} Schutzbereiche angelegt` : 'hat den Schutzbereich angelegt'),
  'schutzbereich.geaendert': ({ daten }) => (daten.aenderungen?.[0]?.neu ? 'hat die Vererbung von oben wieder zugelassen' : 'hat die Vererbung von oben abgeschnitten'),
  'freigabe.erteilt': ({ daten }) => `hat ${wem(daten)} die Stufe „${daten.stufe}“ erteilt`,
  'freigabe.entzogen': ({ daten }) => `hat ${wem(daten)} die Stufe „${daten.stufe}“ entzogen`,
};
