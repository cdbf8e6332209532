import type { WirksameWerte } from '#modules/aktenplan/contract.ts';
import type { Hindernis, Pflichtfeld, Status } from '../contract.ts';
import type { AkteRow, VorgangRow } from './metadaten.ts';

type Row = AkteRow | VorgangRow;
type Lesen = (row: Row, wirksam: WirksameWerte) => unknown;
/** Fields that a Mandant may make mandatory before a status is taken (MD-06), with their names. */
export const pflichtfaehig: Readonly<Record<string, { name: string; wert: Lesen }>> = {
  typ: { name: 'Typ', wert: (r) => r.typ }, bemerkung: { name: 'Bemerkung', wert: (r) => r.bemerkung }, bearbeiter: { name: 'Bearbeitung', wert: (r) => r.bearbeiter_id },
  standort: { name: 'Standort', wert: (r) => r.standort }, datenschutzstufe: { name: 'Datenschutzstufe', wert: (r) => r.datenschutzstufe ?? r.datenschutzstufe_code },
  'aussonderung.art': { name: 'Aussonderungsart', wert: (_, w) => w.aussonderungsart.wert },
  'aussonderung.aufbewahrung': { name: 'Aufbewahrungsdauer', wert: (_, w) => w.aufbewahrungsdauer.wert },
  'aussonderung.bewertungsvorschlag': { name: 'Bewertungsvorschlag', wert: (r) => r.bewertungsvorschlag },
  'laufzeit.beginn': { name: 'Beginn der Laufzeit', wert: (r) => r.laufzeit_beginn }, 'laufzeit.ende': { name: 'Ende der Laufzeit', wert: (r) => r.laufzeit_ende },
};

/** What is still to be filled before the object may take this status. `feldnamen`: of the Mandant's own fields. */
export function fehlendePflichtfelder(typ: 'akte' | 'vorgang', status: Status, regeln: readonly Pflichtfeld[], row: Row, wirksam: WirksameWerte, feldnamen: ReadonlyMap<string, string>): Hindernis[] {
  return regeln.filter((r) => r.objekttyp === typ && r.status === status).flatMap(({ feld }) => {
    const eigen = feld.startsWith('felder.') ? feld.slice('felder.'.length) : undefined;
    const wert = eigen === undefined ? pflichtfaehig[feld]?.wert(row, wirksam) : (row.felder as Record<string, unknown>)[eigen];
    if (wert !== null && wert !== undefined && wert !== '') return [];
    const name = eigen === undefined ? pflichtfaehig[feld]?.name ?? feld : feldnamen.get(eigen) ?? eigen;
    return [{ code: 'pflichtfeld_fehlt', text: `Die Angabe „${name}“ fehlt`, objekte: [] }];
  });
}
