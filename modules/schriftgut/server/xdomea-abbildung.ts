/**
 * Every element of xdomea 4.0 that an Akte, Vorgang or Dokument can carry, and where it is kept: the ground of the exchange, checked against the published
 * structure and against the catalogue of the database (tests/xdomea.architecture.test.ts); docs/xdomea-abbildung.md is generated from it.
 */
export type Ziel =
  /** Columns »tabelle.spalte«. `ersatz`: what is put in when an optional element is missing and the column demands a value. `fuer`: how it is computed from them. */
  | { spalten: readonly string[]; ersatz?: string; fuer?: string }
  /** Rows of a table of their own, found by these of its columns. */
  | { zeilen: string; ueber: readonly string[]; fuer?: string }
  /** A group: its own elements are mapped below. */
  | { gruppe: string }
  /** Kept nowhere, and why not. */
  | { grund: string };
export type Element = { name: string; typ: string; anzahl: string; ziel: Ziel };

const SGO = ['akte', 'vorgang', 'dokument'];
const in3 = (spalte: string) => SGO.map((t) => `${t}.${spalte}`);
const in2 = (spalte: string) => SGO.slice(0, 2).map((t) => `${t}.${spalte}`);
const s = (...spalten: string[]): Ziel => ({ spalten });
const e = (name: string, typ: string, anzahl: string, ziel: Ziel): Element => ({ name, typ, anzahl, ziel });
const gruppe = (typ: string): Ziel => ({ gruppe: typ });
const x = (typ: string) => `xdomea:${typ}`;

const historie: Ziel = { grund: 'steht als Ereignis im Protokoll (platform.ereignis, platform.ereignis_daten) und wird von dort ausgegeben; eine zweite Geschichte könnte abweichen' };
const geschaeftsgang: Ziel = { grund: 'kommt mit dem Umlauf: Beteiligungsschritte sind dort Zeilen eigener Tabellen und verweisen auf das Objekt' };
const erweiterung = (t: readonly string[]): Ziel => ({ spalten: t.flatMap((o) => [`${o}.felder`, `${o}.erweiterungen_xml`]), fuer: 'eigene Felder des Mandanten in felder (MD-05); was niemand hier kennt, unverändert in erweiterungen_xml' });
const erweiterungXml = (t: readonly string[]): Ziel => ({ spalten: t.map((o) => `${o}.erweiterungen_xml`), fuer: 'ein Eintrag je Element, wie empfangen' });
const zda: Ziel = { spalten: in2('status'), fuer: 'wahr, sobald der Status nicht mehr in_bearbeitung ist' };
const laufzeit: Ziel = { spalten: [...in2('laufzeit_beginn'), ...in2('laufzeit_ende')], fuer: 'ohne Angabe errechnet aus den Dokumenten (MD-02)' };

export const xdomeaAbbildung: Readonly<Record<string, readonly Element[]>> = {
  AkteType: [
    e('Identifikation', x('IdentifikationObjektType'), '1..1', gruppe('IdentifikationObjektType')),
    e('AllgemeineMetadaten', x('AllgemeineMetadatenType'), '0..1', gruppe('AllgemeineMetadatenType')),
    e('Aussonderungsmetadaten', x('AussonderungsmetadatenType'), '0..1', gruppe('AussonderungsmetadatenType')),
    e('Standort', 'xs:string', '0..1', { spalten: in3('standort'), fuer: 'xdomea kennt ihn nur an der Akte; hier auch am Vorgang und am Dokument (ST-10)' }),
    e('Typ', 'xs:string', '0..1', s('akte.typ')),
    e('Laufzeit', x('ZeitraumType'), '0..1', laufzeit),
    e('HistorienProtokollInformation', x('HistorienProtokollInformationType'), '0..n', historie),
    e('InternerGeschaeftsgang', x('GeschaeftsgangType'), '0..n', geschaeftsgang),
    e('Akteninhalt', '(anon)', '0..1', gruppe('AkteType')),
    e('DokumentOderDokumentMitSchriftstueck', x('DokumentOderDokumentMitSchriftstueckType'), '0..n', { zeilen: 'dokument', ueber: ['akte_id'], fuer: 'ohne vorgang_id und parent_id' }),
    e('Vorgang', x('VorgangType'), '0..n', { zeilen: 'vorgang', ueber: ['akte_id'], fuer: 'ohne parent_id' }),
    e('Teilakte', x('AkteType'), '0..n', { zeilen: 'akte', ueber: ['parent_id'] }),
    e('Verweis', x('VerweisType'), '0..n', { zeilen: 'verweis', ueber: ['akte_id'] }),
    e('Kontakt', x('KontaktType'), '0..n', { zeilen: 'kontakt', ueber: ['akte_id'] }),
    e('ZdA', 'xs:boolean', '0..1', zda),
    e('ZdADatum', 'xs:date', '0..1', s('akte.zda_am')),
    e('AnwendungsspezifischeErweiterung', x('AnwendungsspezifischeErweiterungType'), '0..n', erweiterung(['akte'])),
    e('AnwendungsspezifischeErweiterungXML', x('AnwendungsspezifischeErweiterungXMLType'), '0..1', erweiterungXml(['akte'])),
  ],
  VorgangType: [
    e('Identifikation', x('IdentifikationObjektType'), '1..1', gruppe('IdentifikationObjektType')),
    e('AllgemeineMetadaten', x('AllgemeineMetadatenType'), '0..1', gruppe('AllgemeineMetadatenType')),
    e('Aussonderungsmetadaten', x('AussonderungsmetadatenType'), '0..1', gruppe('AussonderungsmetadatenType')),
    e('Aktenbetreff', 'xs:string', '0..1', { spalten: ['akte.betreff'], fuer: 'der der Akte; bei einem Vorgang ohne Akte wird daraus beim Empfang die Akte, in die er kommt' , ersatz: 'der Betreff des Vorgangs' }),
    e('Typ', 'xs:string', '0..1', s('vorgang.typ')),
    e('ZdA', 'xs:boolean', '0..1', zda),
    e('ZdADatum', 'xs:date', '0..1', s('vorgang.zda_am')),
    e('Laufzeit', x('ZeitraumType'), '0..1', laufzeit),
    e('HistorienProtokollInformation', x('HistorienProtokollInformationType'), '0..n', historie),
    e('InternerGeschaeftsgang', x('GeschaeftsgangType'), '0..n', geschaeftsgang),
    e('DokumentOderDokumentMitSchriftstueck', x('DokumentOderDokumentMitSchriftstueckType'), '0..n', { zeilen: 'dokument', ueber: ['vorgang_id'], fuer: 'ohne parent_id' }),
    e('Verweis', x('VerweisType'), '0..n', { zeilen: 'verweis', ueber: ['vorgang_id'] }),
    e('Kontakt', x('KontaktType'), '0..n', { zeilen: 'kontakt', ueber: ['vorgang_id'] }),
    e('Teilvorgang', x('VorgangType'), '0..n', { zeilen: 'vorgang', ueber: ['parent_id'] }),
    e('AnwendungsspezifischeErweiterung', x('AnwendungsspezifischeErweiterungType'), '0..n', erweiterung(['vorgang'])),
    e('AnwendungsspezifischeErweiterungXML', x('AnwendungsspezifischeErweiterungXMLType'), '0..1', erweiterungXml(['vorgang'])),
  ],
  DokumentType: [e('Version', x('VersionType'), '0..n', { zeilen: 'dokumentversion', ueber: ['dokument_id'] })],
  DokumentMitSchriftstueckType: [e('Schriftstueck', x('DokumentType'), '0..n', { zeilen: 'dokument', ueber: ['parent_id'], fuer: 'rolle schriftstueck' })],
  DokumentOderDokumentMitSchriftstueckType: [
    e('Dokument', x('DokumentType'), '1..1', gruppe('DokumentType')),
    e('DokumentMitSchriftstueck', x('DokumentMitSchriftstueckType'), '1..1', gruppe('DokumentMitSchriftstueckType')),
  ],
  DokumentSchriftstueckBasisType: [
    e('Identifikation', x('IdentifikationObjektType'), '1..1', gruppe('IdentifikationObjektType')),
    e('AllgemeineMetadaten', x('AllgemeineMetadatenType'), '0..1', gruppe('AllgemeineMetadatenType')),
    e('FremdesGeschaeftszeichen', 'xs:string', '0..1', s('dokument.fremdes_geschaeftszeichen')),
    e('Posteingangsdatum', 'xs:date', '0..1', s('dokument.posteingangsdatum')),
    e('Postausgangsdatum', 'xs:date', '0..1', s('dokument.postausgangsdatum')),
    e('DatumDesSchreibens', 'xs:date', '0..1', { spalten: ['dokument.datum_des_schreibens'], ersatz: 'das Posteingangs- oder Postausgangsdatum, sonst der Tag des Empfangs' }),
    e('Bezug', 'xs:string', '0..1', s('dokument.bezug')),
    e('Hier', 'xs:string', '0..1', s('dokument.hier')),
    e('Bearbeiter', 'xs:string', '0..1', { spalten: ['dokument.bearbeiter_name', 'dokument.bearbeiter_id'], fuer: 'eigene Leute als Benutzer, andere mit dem Namen, wie er kam' }),
    e('Typ', 'xs:string', '0..1', s('dokument.typ')),
    e('HistorienProtokollInformation', x('HistorienProtokollInformationType'), '0..n', historie),
    e('InternerGeschaeftsgang', x('GeschaeftsgangType'), '0..n', geschaeftsgang),
    e('Verweis', x('VerweisType'), '0..n', { zeilen: 'verweis', ueber: ['dokument_id'] }),
    e('Anlage', x('AnlageDokumentType'), '0..n', { zeilen: 'dokument', ueber: ['parent_id'], fuer: 'rolle anlage' }),
    e('Autor', x('KontaktType'), '0..n', { zeilen: 'kontakt', ueber: ['dokument_id'], fuer: 'art absender' }),
    e('Leser', x('KontaktType'), '0..n', { zeilen: 'kontakt', ueber: ['dokument_id'], fuer: 'art empfaenger' }),
    e('WeitererKontakt', x('KontaktType'), '0..n', { zeilen: 'kontakt', ueber: ['dokument_id'], fuer: 'art weiterer' }),
    e('AnwendungsspezifischeErweiterung', x('AnwendungsspezifischeErweiterungType'), '0..n', erweiterung(['dokument'])),
    e('AnwendungsspezifischeErweiterungXML', x('AnwendungsspezifischeErweiterungXMLType'), '0..1', erweiterungXml(['dokument'])),
  ],
  AnlageDokumentType: [e('Nummer', 'xs:string', '0..1', { spalten: ['dokument.nummer'], fuer: 'die Nummer in ihrem Dokument; eine fremde Zählung bleibt in erweiterungen_xml', ersatz: 'die nächste freie Nummer' })],
  IdentifikationObjektType: [
    e('xdomeaUUID', 'bn-uq-g2g:UUID', '1..1', s(...in3('id'))),
    e('NummerImUebergeordnetenContainer', 'xs:unsignedInt', '0..1', { spalten: in3('nummer'), ersatz: 'die nächste freie Nummer (AZ-03)' }),
  ],
  AllgemeineMetadatenType: [
    e('Betreff', 'xs:string', '0..1', { spalten: in3('betreff'), ersatz: 'das Kennzeichen, sonst der Dateiname' }),
    e('Kennzeichen', 'xs:string', '0..1', { spalten: ['akte.aktenzeichen', 'vorgang.kennzeichen', 'dokument.kennzeichen'], ersatz: 'ein hier vergebenes; ein fremdes bleibt als früheres Kennzeichen auffindbar (AZ-05)' }),
    e('Federfuehrung', 'xs:string', '0..1', { spalten: in3('federfuehrung_id'), ersatz: 'die Stelle, die das Empfangene zugewiesen bekommt', fuer: 'Kennzeichen und Bezeichnung der Organisationseinheit' }),
    e('Aktenfuehrung', 'xs:string', '0..1', { spalten: in3('aktenfuehrung_id'), ersatz: 'die Federführung', fuer: 'Kennzeichen und Bezeichnung der Organisationseinheit' }),
    e('Geheimhaltung', x('GeheimhaltungType'), '0..1', gruppe('GeheimhaltungType')),
    e('Bemerkung', 'xs:string', '0..1', s(...in3('bemerkung'))),
    e('Medium', x('MediumCodeType'), '0..1', s(...in3('medium'))),
    e('Aktenplaneinheit', x('AktenplaneinheitType'), '0..1', gruppe('AktenplaneinheitType')),
    e('ZeitpunktLetzteAenderung', 'xs:dateTime', '0..1', s(...in3('geaendert_am'))),
    e('Strukturpfad', x('StrukturpfadType'), '0..1', { spalten: ['akte.aktenplaneinheit_id', 'akte.parent_id', 'vorgang.akte_id', 'vorgang.parent_id', 'dokument.akte_id', 'dokument.vorgang_id', 'dokument.parent_id'], fuer: 'errechnet aus der Lage; empfangene Pfade bestimmen, wohin es kommt', ersatz: 'die Lage, in die es abgelegt wird' }),
    e('Datenschutzstufe', 'xs:string', '0..1', s(...in3('datenschutzstufe'))),
    e('DatenschutzstufeCode', x('DatenschutzstufeCodeType'), '0..1', s(...in3('datenschutzstufe_code'))),
  ],
  GeheimhaltungType: [
    e('Geheimhaltungsgrad', x('GeheimhaltungsgradCodeType'), '1..1', { spalten: in3('geheimhaltungsgrad'), fuer: 'offen und VS-NfD; höhere Grade werden abgewiesen (BE-04)' }),
    e('Einstufungsfrist', 'xs:gYear', '0..1', s(...in3('geheimhaltung_frist'))),
    e('EingestuftAm', 'xs:date', '0..1', s(...in3('geheimhaltung_eingestuft_am'))),
    e('Herausgeber', 'xs:string', '0..1', s(...in3('geheimhaltung_herausgeber'))),
    e('EinstufungEndetAm', 'xs:date', '0..1', s(...in3('geheimhaltung_endet_am'))),
    e('Bemerkung', 'xs:string', '0..1', s(...in3('geheimhaltung_bemerkung'))),
  ],
  AktenplaneinheitType: ['Kennzeichen', 'Inhaltsangabe', 'BetreffKurz'].map((name) => e(name, 'xs:string', '0..1', { spalten: ['akte.aktenplaneinheit_id'], fuer: 'die der Aktenplaneinheit, über die Kennung', ersatz: 'die Aktenplaneinheit, unter der das Empfangene angelegt wird' })),
  AussonderungsmetadatenType: [
    e('Aufbewahrungsdauer', x('AufbewahrungsdauerType'), '0..1', gruppe('AufbewahrungsdauerType')),
    e('Aussonderungsart', x('AussonderungsartType'), '0..1', gruppe('AussonderungsartType')),
    e('Kennung', 'xs:string', '0..1', s(...in2('aussonderung_kennung'))),
    e('Bewertungsvorschlag', x('BewertungsvorschlagCodeType'), '0..1', s(...in2('bewertungsvorschlag'))),
    e('BewertungsvorschlagBegruendung', 'xs:string', '0..1', s(...in2('bewertungsvorschlag_begruendung'))),
    e('Aufbewahrungsende', 'xs:date', '0..1', s(...in2('aufbewahrungsende'))),
    e('Transferfristende', 'xs:date', '0..1', s(...in2('transferfristende'))),
  ],
  AufbewahrungsdauerType: [e('AnzahlJahre', 'xs:unsignedShort', '1..1', s(...in2('aufbewahrungsdauer'))), e('Unbefristet', 'xs:boolean', '1..1', s(...in2('aufbewahrung_unbefristet')))],
  AussonderungsartType: [
    e('Aussonderungsart', x('AussonderungsartCodeType'), '1..1', s(...in2('aussonderungsart'))),
    e('AussonderungsartKonfigurierbar', 'xs:string', '1..1', { spalten: in2('aussonderungsart'), fuer: 'jeder Wert, der nicht A, B oder V ist' }),
  ],
  VersionType: [
    e('Nummer', 'xs:string', '1..1', { spalten: ['dokumentversion.nummer'], fuer: 'hier gezählt ab 1; eine fremde Bezeichnung steht in der Bemerkung der Fassung' }),
    e('Format', x('FormatType'), '1..n', { zeilen: 'format', ueber: ['version_id'] }),
  ],
  FormatType: [
    e('Name', x('DateiformatCodeType'), '1..1', s('format.format_code')),
    e('SonstigerName', 'xs:string', '0..1', s('format.format_name')),
    e('Version', 'xs:string', '1..1', s('format.format_version')),
    e('Primaerdokument', x('PrimaerdokumentType'), '1..1', gruppe('PrimaerdokumentType')),
  ],
  PrimaerdokumentType: [
    e('Dateiname', x('stringDateinameType'), '1..1', { spalten: ['format.id'], fuer: 'die Kennung mit der Endung: in der Nachricht eindeutig, nur erlaubte Zeichen' }),
    e('DateinameOriginal', 'xs:string', '0..1', { spalten: ['format.dateiname'], ersatz: 'der Dateiname in der Nachricht' }),
    e('Ersteller', 'xs:string', '0..1', s('format.ersteller')),
    e('DatumUhrzeit', 'xs:dateTime', '0..1', s('format.inhalt_erstellt_am')),
    e('SignaturSiegel', x('SignaturSiegelType'), '0..1', gruppe('SignaturSiegelType')),
    e('ZeitpunktLetzteAenderung', 'xs:dateTime', '0..1', s('format.inhalt_geaendert_am')),
    e('Hash', x('HashType'), '0..1', gruppe('HashType')),
  ],
  SignaturSiegelType: [
    e('SignaturSiegelEingebettet', 'xs:boolean', '1..1', s('format.signatur_eingebettet')),
    e('SignaturSiegelDatei', x('stringDateinameType'), '1..n', { zeilen: 'format', ueber: ['signatur_zu'], fuer: 'art signatur' }),
  ],
  HashType: [
    e('Wert', 'xs:string', '1..1', s('format.sha256')),
    e('Algorithmus', x('KryptographischeAlgorithmenCodeType'), '0..1', { grund: 'immer SHA-256; ein mitgeschickter anderer Wert wird beim Empfang geprüft und dann nicht mehr gebraucht' }),
    e('SonstigerAlgorithmus', 'xs:string', '0..1', { grund: 'immer SHA-256' }),
  ],
  VerweisType: [
    e('xdomeaUUID', 'bn-uq-g2g:UUID', '0..1', s('verweis.ziel_uuid')),
    e('SGOTyp', x('SchriftgutobjekttypCodeType'), '0..1', s('verweis.ziel_typ')),
    e('SGOKennzeichen', 'xs:string', '0..1', s('verweis.ziel_kennzeichen')),
    e('Bemerkung', 'xs:string', '0..1', s('verweis.bemerkung')),
  ],
  KontaktType: [
    e('Behoerdenkennung', x('BehoerdeType'), '0..1', gruppe('BehoerdeType')),
    e('NameInstitution', x('NameOrganisationType'), '0..1', gruppe('NameOrganisationType')),
    e('NameOrganisationseinheit', x('OrganisationseinheitType'), '0..1', gruppe('OrganisationseinheitType')),
    e('NameAnsprechpartner', x('NameNatuerlichePersonType'), '0..1', gruppe('NameNatuerlichePersonType')),
    e('Taetigkeit', 'xs:string', '0..1', s('kontakt.taetigkeit')),
    e('Zustaendigkeit', 'xs:string', '0..1', s('kontakt.zustaendigkeit')),
    e('Anschrift', x('AnschriftType'), '0..n', { spalten: ['kontakt.anschriften'], fuer: 'Staat, Straße, Hausnummer, Postfach, Postleitzahl, Ort, Zusatz, Typ je Eintrag' }),
    e('erreichbarkeit', x('KommunikationType'), '0..n', { spalten: ['kontakt.erreichbarkeit'], fuer: 'Kanal, Kennung, Zusatz, dienstlich, der Institution je Eintrag' }),
    e('Rolle', 'xs:string', '0..1', s('kontakt.rolle')),
    e('RolleCode', x('RolleCodeType'), '0..1', s('kontakt.rolle_code')),
    e('UnstrukturierteAnschrift', x('UnstrukturierteAnschriftType'), '0..n', { spalten: ['kontakt.unstrukturierte_anschriften'], fuer: 'Typ, bis zu sechs Zeilen, Zusatz je Eintrag' }),
    e('Geburt', x('GeburtType'), '0..1', gruppe('GeburtType')),
    e('AnwendungsspezifischeErweiterung', x('AnwendungsspezifischeErweiterungType'), '0..n', erweiterungXml(['kontakt'])),
    e('AnwendungsspezifischeErweiterungXML', x('AnwendungsspezifischeErweiterungXMLType'), '0..1', erweiterungXml(['kontakt'])),
  ],
  BehoerdeType: [e('verzeichnisdienst', 'bn-uq-g2g:Code.VerzeichnisdienstType', '1..1', s('kontakt.behoerde_verzeichnisdienst')), e('kennung', 'din91379:datatypeC', '1..1', s('kontakt.behoerde_kennung'))],
  NameOrganisationType: [e('Name', 'xs:string', '0..1', s('kontakt.institution')), e('Kurzbezeichnung', 'xs:string', '0..1', s('kontakt.institution_kurz'))],
  OrganisationseinheitType: [e('Name', 'xs:string', '1..1', s('kontakt.organisationseinheit'))],
  NameNatuerlichePersonType: [
    e('Anrede', 'xs:string', '0..1', s('kontakt.anrede')), e('Titel', 'xs:string', '0..1', s('kontakt.titel')),
    e('Familienname', x('AllgemeinerNameType'), '0..1', s('kontakt.familienname')), e('Vorname', x('AllgemeinerNameType'), '0..1', s('kontakt.vorname')),
  ],
  GeburtType: [e('Datum', 'xs:date', '1..1', s('kontakt.geburtsdatum'))],
};
/** Types whose elements are told where they are used: kept whole in one JSON column, as received XML, computed, or kept elsewhere. */
export const imGanzen: readonly string[] = ['AnschriftType', 'KommunikationType', 'UnstrukturierteAnschriftType', 'AllgemeinerNameType', 'ZeitraumType', 'StrukturpfadType', 'AnwendungsspezifischeErweiterungType', 'AnwendungsspezifischeErweiterungXMLType', 'HistorienProtokollInformationType', 'GeschaeftsgangType'];
