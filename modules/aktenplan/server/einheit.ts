import { defineErrors } from '#platform/server/errors.ts';
import { foldText, sortAktenzeichen, vererbbareFelder, type Belegungshindernis, type Vererbbar, type WirksameWerte } from '../contract.ts';

export const AktenplanErrors = defineErrors('aktenplan', {
  fassung_vergeben: { status: 409, title: 'Diese Fassung des Aktenplans gibt es schon', constraint: 'aktenplan_fassung_eindeutig' },
  zeitraum_belegt: { status: 409, title: 'In diesem Zeitraum gilt schon ein anderer Aktenplan; es kann an jedem Tag nur einer gelten', constraint: 'aktenplan_ein_gueltiger_je_tag' },
  gueltigkeit_verkehrt: { status: 422, title: 'Die Gültigkeit endet, bevor sie beginnt', constraint: 'aktenplan_gueltigkeit_ab_beginn' },
  gueltigkeit_der_einheit_verkehrt: { status: 422, title: 'Die Gültigkeit endet, bevor sie beginnt', constraint: 'aktenplaneinheit_gueltigkeit_ab_beginn' },
  kein_gueltiger_plan: { status: 409, title: 'Heute gilt kein Aktenplan' },
  zu_wenige_ebenen: { status: 409, title: 'Der Aktenplan hat schon Einheiten auf einer tieferen Ebene' },
  kennzeichen_vergeben: { status: 409, title: 'Dieses Kennzeichen gibt es im Aktenplan schon', constraint: 'aktenplaneinheit_kennzeichen_eindeutig' },
  zu_tief: { status: 422, title: 'So viele Ebenen hat dieser Aktenplan nicht' },
  falscher_plan: { status: 422, title: 'Die übergeordnete Einheit gehört zu einem anderen Aktenplan' },
  organisationseinheit_unbekannt: { status: 422, title: 'Diese Organisationseinheit gibt es nicht', constraint: 'aktenplaneinheit_organisationseinheit' },
  abweichung_ohne_grund: { status: 422, title: 'Der Wert weicht vom geerbten ab; bitte einen Grund angeben' },
  einheit_kein_blatt: { status: 409, title: 'Akten liegen nur in der untersten Ebene; diese Einheit ist noch unterteilt' },
  einheit_nicht_gueltig: { status: 409, title: 'Diese Aktenplaneinheit gilt heute nicht' },
  einheit_stillgelegt: { status: 409, title: 'Diese Aktenplaneinheit ist stillgelegt und nimmt keine neuen Akten auf' },
  einheit_hat_akten: { status: 409, title: 'In dieser Aktenplaneinheit liegen oder lagen Akten', constraint: 'aktenzeichen_einheit_hat_akten' },
  einheit_hat_kinder: { status: 409, title: 'Die Aktenplaneinheit hat untergeordnete Einheiten' },
  schon_stillgelegt: { status: 409, title: 'Die Aktenplaneinheit ist schon stillgelegt' },
  nicht_stillgelegt: { status: 409, title: 'Die Aktenplaneinheit ist nicht stillgelegt' },
  aufgegangen: { status: 409, title: 'Die Aktenplaneinheit ist in einer anderen aufgegangen' },
  zugewinn_unbestaetigt: { status: 409, title: 'Durch die Zusammenführung bekommen andere Zugriff auf Akten; bitte prüfen und bestätigen' },
  zusammenfuehrung_unmoeglich: { status: 422, title: 'Diese Einheiten lassen sich nicht zusammenführen' },
  regel_ungueltig: { status: 422, title: 'So lässt sich kein Aktenzeichen bilden' },
  bestandteil_fehlt: { status: 422, title: 'Für das Aktenzeichen fehlt eine Angabe' },
  aktenzeichen_vergeben: { status: 409, title: 'Dieses Aktenzeichen ist oder war schon vergeben', constraint: 'aktenzeichen_nie_doppelt' },
  aktenzeichen_leer: { status: 422, title: 'Ein Aktenzeichen braucht Buchstaben oder Ziffern' },
  datei_unlesbar: { status: 422, title: 'Die Datei ist weder CSV noch XLSX' },
  datei_zu_gross: { status: 413, title: 'Die Datei ist für einen Aktenplan zu groß' },
  import_fehlerhaft: { status: 422, title: 'Die Datei enthält Fehler; es wurde nichts übernommen' },
});

/** One object on the way from the root of the Aktenplan to a Vorgang, with what is set at it. */
export type Stufenwerte = { id: string; bezeichnung: string; werte: Vererbbar; gruende: Partial<Record<keyof Vererbbar, string>> };

/** The values in force at the end of the chain, each with the object where it is set (AP-05). `kette`: from the root downwards. */
export function wirksameWerte(kette: readonly Stufenwerte[]): WirksameWerte {
  const of = (feld: keyof Vererbbar) => {
    const an = kette.findLast((stufe) => stufe.werte[feld] !== null);
    return { wert: an?.werte[feld] ?? null, herkunft: an ? { id: an.id, bezeichnung: an.bezeichnung } : null, grund: an?.gruende[feld] ?? null };
  };
  return Object.fromEntries(vererbbareFelder.map((feld) => [feld, of(feld)])) as WirksameWerte;
}

/** Fields in which the last of the chain departs from what it would inherit, and says no reason why. */
export function abweichungenOhneGrund(kette: readonly Stufenwerte[]): (keyof Vererbbar)[] {
  const letzte = kette.at(-1);
  if (!letzte) return [];
  const geerbt = wirksameWerte(kette.slice(0, -1));
  return vererbbareFelder.filter((feld) => letzte.werte[feld] !== null && geerbt[feld].wert !== null && geerbt[feld].wert !== letzte.werte[feld] && !letzte.gruende[feld]);
}

export type Zustand = { kinder: number; gueltig: boolean; stillgelegt: boolean };
/** Why no Akte may be created here: all reasons, so that the page can show them before the click (AP-04). */
export const belegungshindernisse = ({ kinder, gueltig, stillgelegt }: Zustand): Belegungshindernis[] => [
  ...(kinder > 0 ? ['kein_blatt' as const] : []), ...(gueltig ? [] : ['nicht_gueltig' as const]), ...(stillgelegt ? ['stillgelegt' as const] : []),
];
export const hindernisFehler = {
  kein_blatt: AktenplanErrors.einheit_kein_blatt, nicht_gueltig: AktenplanErrors.einheit_nicht_gueltig, stillgelegt: AktenplanErrors.einheit_stillgelegt,
} satisfies Record<Belegungshindernis, () => unknown>;

/** Order of the whole tree: the upper unit's, then the own Kennzeichen counted as people count. */
export const sortierung = (upper: string | null, kennzeichen: string) => `${upper === null ? '' : `${upper}/`}${sortAktenzeichen(kennzeichen)}`;

export const suchtext = (e: { kennzeichen: string; betreffKurz: string; inhaltsangabe: string | null }) => foldText([e.kennzeichen, e.betreffKurz, e.inhaltsangabe ?? ''].join(' '));
