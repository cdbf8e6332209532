import type { z } from 'zod';
import type { AkteAendern } from '../contract.ts';
import { gradVon } from './grad.ts';
import type { SchriftgutTables } from './tables.gen.ts';
import type { Selectable } from 'kysely';

export type AkteRow = Selectable<SchriftgutTables['schriftgut.akte']>;
export type VorgangRow = Selectable<SchriftgutTables['schriftgut.vorgang']>;
export type DokumentRow = Selectable<SchriftgutTables['schriftgut.dokument']>;
/** Columns that Akte, Vorgang and Dokument share (xdomea AllgemeineMetadaten). */
export type Gemeinsam = keyof AkteRow & keyof VorgangRow & keyof DokumentRow;
export type GemeinsamRow = Pick<AkteRow, Exclude<Gemeinsam, 'federfuehrung_id' | 'aktenfuehrung_id'>> & { federfuehrung_id: string | null; aktenfuehrung_id: string | null };

type Eingabe = z.output<typeof AkteAendern>;
const json = (value: unknown) => (value === undefined ? undefined : value === null ? null : JSON.stringify(value));
/** Only what was given; undefined fields stay as they are. */
export const given = <T extends object>(row: T) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** Input → columns, for the metadata that all three kinds have. */
export const toMetadaten = (m: Eingabe) => given({
  betreff: m.betreff, typ: m.typ, bemerkung: m.bemerkung, bearbeiter_id: m.bearbeiterId, medium: m.medium, standort: m.standort,
  geheimhaltungsgrad: gradVon(m.geheimhaltung?.grad), geheimhaltung_frist: m.geheimhaltung?.einstufungsfrist, geheimhaltung_eingestuft_am: m.geheimhaltung?.eingestuftAm,
  geheimhaltung_herausgeber: m.geheimhaltung?.herausgeber, geheimhaltung_endet_am: m.geheimhaltung?.endetAm, geheimhaltung_bemerkung: m.geheimhaltung?.bemerkung,
  datenschutzstufe: m.datenschutzstufe, datenschutzstufe_code: json(m.datenschutzstufeCode), erweiterungen_xml: m.erweiterungenXml,
});

/** Akte and Vorgang alone. */
export const toAussonderung = ({ aussonderung: a, laufzeit }: Eingabe) => given({
  aussonderungsart: a?.art, aussonderungsart_begruendung: a?.artBegruendung, ...(a?.aufbewahrungsdauer !== undefined && {
    aufbewahrungsdauer: typeof a.aufbewahrungsdauer === 'number' ? a.aufbewahrungsdauer : null, aufbewahrung_unbefristet: a.aufbewahrungsdauer === 'unbefristet' ? true : null,
  }),
  aufbewahrung_begruendung: a?.aufbewahrungBegruendung, aussonderung_kennung: a?.kennung, bewertungsvorschlag: a?.bewertungsvorschlag,
  bewertungsvorschlag_begruendung: a?.bewertungsvorschlagBegruendung, transferfristende: a?.transferfristende, laufzeit_beginn: laufzeit?.beginn, laufzeit_ende: laufzeit?.ende,
});

/** Columns whose change is told in the history, and how it calls them (xdomea MetadatumName). */
export const feldnamen: Readonly<Record<string, string>> = {
  betreff: 'Betreff', typ: 'Typ', bemerkung: 'Bemerkung', medium: 'Medium', standort: 'Standort', art: 'Art', entwurf: 'Entwurf',
  federfuehrung: 'Federführung', aktenfuehrung: 'Aktenführung', bearbeiter: 'Bearbeitung', kontakte: 'Kontakte',
  geheimhaltungsgrad: 'Geheimhaltungsgrad', geheimhaltung_frist: 'Einstufungsfrist', geheimhaltung_eingestuft_am: 'Eingestuft am', geheimhaltung_herausgeber: 'Herausgeber der Einstufung',
  geheimhaltung_endet_am: 'Einstufung endet am', geheimhaltung_bemerkung: 'Bemerkung zur Einstufung', datenschutzstufe: 'Datenschutzstufe', datenschutzstufe_code: 'Code der Datenschutzstufe',
  aussonderungsart: 'Aussonderungsart', aussonderungsart_begruendung: 'Begründung der Aussonderungsart', aufbewahrungsdauer: 'Aufbewahrungsdauer', aufbewahrung_unbefristet: 'unbefristete Aufbewahrung',
  aufbewahrung_begruendung: 'Begründung der Aufbewahrungsdauer', aussonderung_kennung: 'Kennung der Aussonderung', bewertungsvorschlag: 'Bewertungsvorschlag',
  bewertungsvorschlag_begruendung: 'Begründung des Bewertungsvorschlags', transferfristende: 'Ende der Transferfrist', laufzeit_beginn: 'Beginn der Laufzeit', laufzeit_ende: 'Ende der Laufzeit',
  fremdes_geschaeftszeichen: 'Fremdes Geschäftszeichen', bezug: 'Bezug', hier: 'Hier', posteingangsdatum: 'Posteingangsdatum', postausgangsdatum: 'Postausgangsdatum',
  datum_des_schreibens: 'Datum des Schreibens', bearbeiter_name: 'Bearbeitung bei der anderen Stelle', erweiterungen_xml: 'fremde Erweiterungen',
};
