import { imHaus, type VerlaufEreignis, type Verlaufssatz } from '#platform/server/extension.ts';
import { klassennamen, type Klasse } from '#platform/server/policy.ts';
import { formatZeit } from '#platform/server/zeit.ts';

const arten: Record<string, string> = { oe: 'der Organisationseinheit', rolle: 'der Rolle', person: '' };
const wem = ({ subjektArt, name }: VerlaufEreignis['daten']) => `${arten[subjektArt] ?? ''} ${name ?? 'einem gelöschten Empfänger'}`.trim();

const tag = (zeit: string) => formatZeit(new Date(zeit), {});
const frist = ({ von, bis }: VerlaufEreignis['daten']) => `${von ? `, gültig ab ${tag(von)}` : ''}${bis ? `, befristet bis ${tag(bis)}` : ''}`;
function geaendert({ feld, neu }: { feld: string; neu: unknown }) {
  if (feld === 'klasse') return neu === null ? 'hat die Schutzklasse aufgehoben' : `hat die Schutzklasse „${klassennamen[neu as Klasse]}“ gesetzt`;
  return neu ? 'hat die Vererbung von oben wieder zugelassen' : 'hat die Vererbung von oben abgeschnitten';
}

/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, Verlaufssatz> = {
  'schutzbereich.verschoben': () => 'hat den Schutzbereich unter einen anderen gehängt; dessen Freigaben gelten jetzt auch hier',
  'schutzbereich.angelegt': ({ objekte }) => ((objekte.schutzbereich?.length ?? 0) > 1 ? `hat ${objekte.schutzbereich!.length} Schutzbereiche angelegt` : 'hat den Schutzbereich angelegt'),
  'schutzbereich.geaendert': ({ daten }) => (daten.aenderungen ?? []).map(geaendert).join(' und ') || 'hat den Schutzbereich geändert',
  'zugriff.bericht_ausgegeben': imHaus(({ daten }) => `hat den Bericht „${daten.titel}“ als ${daten.format === 'pdf' ? 'PDF' : 'XLSX'} ausgegeben`),
  'freigabe.erteilt': imHaus(({ daten }) => `hat ${wem(daten)} die Stufe „${daten.stufe}“ erteilt${frist(daten)}`),
  'freigabe.entzogen': imHaus(({ daten }) => `hat ${wem(daten)} die Stufe „${daten.stufe}“ entzogen`),
  'geheimschutz.eingeschaltet': ({ daten }) => `hat VS-NfD freigegeben, aufgrund von ${daten.aktenzeichen} vom ${tag(String(daten.freigabeVom))}`,
  'geheimschutz.ausgeschaltet': () => 'hat VS-NfD ausgeschaltet',
  'objektfreigabe.erteilt': imHaus(({ daten }) => `hat für „${daten.zweck}“ die Stufe „${daten.stufe}“ erteilt${frist(daten)}`),
  'objektfreigabe.entzogen': imHaus(({ daten }) => `hat die Stufe „${daten.stufe}“ entzogen, die für „${daten.zweck}“ erteilt war`),
};
