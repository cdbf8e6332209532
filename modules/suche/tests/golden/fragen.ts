/**
 * Golden questions about absaetze.json. Judged by hand, independently of the analysis: a paragraph answers a question if it holds every pattern of
 * `alle` (over norm and text, upper and lower case alike) and none of `ohne`. With `ziel` the question asks for one paragraph, as people do who know what they want.
 */
export type Frage = { frage: string; alle: readonly RegExp[]; ohne?: RegExp } | { frage: string; ziel: string };
const f = (frage: string, alle: RegExp | readonly RegExp[], ohne?: RegExp): Frage => ({ frage, alle: [alle].flat() as RegExp[], ...(ohne && { ohne }) });
const z = (frage: string, ziel: string): Frage => ({ frage, ziel });

const formen: Frage[] = [
  f('Antrag', /(?<!be)antr[aä]g/i), f('Anträge', /(?<!be)antr[aä]g/i), f('Behörde', /behörd/i), f('Behörden', /behörd/i), f('Grundstück', /grundstück/i), f('Grundstücken', /grundstück/i),
  f('Gebühren', /gebühr(?!end|lich)/i), f('Hund', /hund(?!ert)/i), f('Hunde', /hund(?!ert)/i), f('Kind', /kind(?!isch)/i), f('Kinder', /kind(?!isch)/i), f('Miete', /miete(?!r)/i), f('Steuer', /(?<!be)(?<!ge)steuer(?!ung|t)/i),
  f('Jagdschein', /jagdschein/i), f('Wild', /wild(?!er\b|e[ns]?\b)/i), f('Tiere', /tier(?!t|en\b(?<=[a-z]{6}))/i), f('Standesamt', /standes[aä]mt/i), f('Standesämter', /standes[aä]mt/i),
  f('Kennzeichen', /kennzeichen/i), f('Führerschein', /führerschein/i), f('Fahrerlaubnis', /fahrerlaubnis/i), f('Bußgeld', /bußgeld|geldbuße/i), f('Frist', /(?<!be)frist(?!et|ung|los|ig)/i), f('Fristen', /(?<!be)frist(?!et|ung|los|ig)/i),
  f('Wohngeld', /wohngeld/i), f('Urkunde', /(?<!be)urkund/i), f('Ehe', /\behen?\b|\behe(schl|reg|urk|fäh|auf|vor)/i), f('Bauleitplan', /bauleitpl[aä]n/i), f('Bebauungspläne', /bebauungspl[aä]n/i),
  f('Veränderungssperre', /veränderungssperre/i), f('Vorkaufsrecht', /vorkaufsrecht/i), f('Gemeinden', /gemeinden?\b|gemeinde[a-zäöü]{3,}|[a-zäöü]gemeinde/i), f('Ermessen', /ermessen(?!heit)/i), f('Widerspruch', /widerspr[uü]ch/i),
  f('Anhörung', /anhörung/i), f('Amtshilfe', /amtshilfe/i), f('Reisegewerbekarte', /reisegewerbekarte/i), f('Spielhallen', /spielhalle/i), f('Meldepflicht', /meldepflicht(?!ig)/i), f('Auskunft', /auskunft|auskünft/i),
  f('Hauptwohnung', /hauptwohnung/i), f('Geburt', /geburt/i), f('Sterbefall', /sterbef[aä]ll/i), f('Lebenspartnerschaft', /lebenspartnerschaft/i), f('Immissionen', /immission/i), f('Messungen', /(?<!be|er|ver)messung/i),
  f('Grundsteuer', /grundsteuer/i), f('Steuermessbetrag', /steuerme(ß|ss)betr[aä]g/i), f('Hebesatz', /hebes[aä]tz/i), f('Haushaltsmitglied', /haushaltsmitglied/i), f('Einkommen', /(?<!über)einkommen/i),
];
const schreibung: Frage[] = [
  f('Grundstueck', /grundstück/i), f('behoerde', /behörd/i), f('GEBÜHR', /gebühr(?!end|lich)/i), f('Veraenderungssperre', /veränderungssperre/i), f('Steuermeßbetrag', /steuerme(ß|ss)betr[aä]g/i), f('Fuehrerschein', /führerschein/i),
  f('Bussgeld', /bußgeld|geldbuße/i), f('Strasse', /straße/i), f('Anhoerung', /anhörung/i), f('Wohngeldbehorde', /wohngeldbehörde/i), f('Eheschliessung', /eheschließung/i), f('Faehigkeit', /(?<!un)fähigkeit/i), f('GRUNDSTÜCKE', /grundstück/i),
  f('Schluessel', /(?<!ver)schlüssel/i), f('Auslander', /ausl[aä]nder/i),
];
const komposita: Frage[] = [
  f('Schein', /(?<!\bbe|\ber|geräu)schein(?!t|en\b|bar|lich|w)/i), f('Verfahren', /(?<!be)verfahren(?!s?weise)/i), f('Sperre', /sperren?\b/i), f('Pacht', /(?<!ver)pacht/i), f('Schaden', /sch[aä]den(?!s?freu)/i), f('Register', /register/i), f('Karte', /karte/i),
  f('Halle', /halle(?!n?d)/i), f('Geld', /geld(?!en|ung)/i), f('Antragsteller', /antragsteller/i), f('Datenübermittlung', /datenübermittlung/i), f('Übermittlung', /übermittlung/i), f('Aktenführung', /aktenführung|führung der akten/i),
  f('Namensänderung', /namensänderung|änderung.{0,30}namen|namen.{0,30}änder/i), f('Zerlegung', /zerlegung/i), f('Wohnungsgeber', /wohnungsgeber/i), f('Beherbergungsstätte', /beherbergungsstätte/i), f('Krankenhaus', /krankenh[aä]us/i),
  f('Kraftfahrzeug', /kraftfahrzeug/i), f('Fahrzeug', /fahrzeug/i), f('Genehmigungsverfahren', /genehmigungsverfahren|verfahren.{0,80}genehmigung|genehmigung.{0,80}verfahren/is), f('Nutzungsplan', /nutzungspl[aä]n/i),
  f('Flächennutzungsplan', /flächennutzungspl[aä]n/i), f('Tierschutz', /tierschutz/i), f('Schutz', /schutz|schütz(?=en|t)/i), f('Versuche', /versuch(?!t|en,)/i), f('Tierversuch', /tierversuch/i), f('Sachverständiger', /sachverständig/i), f('Wildschaden', /wildsch[aä]den/i),
  f('Vorauszahlung', /vorauszahlung/i), f('Bewilligungszeitraum', /bewilligungszeitr[aä]um/i), f('Zeitraum', /zeitr[aä]um/i), f('Betrag', /Betr[aä]g|[a-zäöüß]betr[aä]g(?!t)/), f('Dokument', /dokument/i), f('Unterschrift', /unterschrift/i), f('Akteneinsicht', /akteneinsicht/i),
];
const verbindungen: Frage[] = [
  f('Wohngeld Antrag', [/wohngeld/i, /(?<!be)antr[aä]g/i]), f('Jagdschein Versagung', [/jagdschein/i, /versagung/i]), f('Grundsteuer Festsetzung', [/grundsteuer/i, /festsetzung/i]), f('Melderegister Löschung', [/melderegister/i, /löschung/i]),
  f('Standesamt Zuständigkeit', [/standes[aä]mt/i, /zuständigkeit/i]), f('Halter Haftung', [/halter(?!ung)/i, /haftung/i]), f('Bebauungsplan Gemeinde Beschluss', [/bebauungspl[aä]n/i, /gemeinde/i, /beschlu(ss|ß)|beschlüsse/i]),
  f('Verwaltungsakt Rücknahme', [/verwaltungsakt/i, /rücknahme/i]), f('Spielgeräte Erlaubnis', [/spielgerät/i, /erlaubnis/i]), f('Anlage Stilllegung', [/anlage/i, /stilllegung/i]), f('Tiere Schmerzen Leiden', [/tier/i, /schmerz/i, /leiden/i]),
  f('Unterhalt Elternteil', [/unterhalt/i, /elternteil/i]), f('Entschädigung Vorkaufsrecht', [/entschädigung/i, /vorkaufsrecht/i]), f('Geburt Anzeige', [/geburt/i, /anzeige/i]),
];
const zeichen: Frage[] = [
  f('"wichtiger Grund"', /wichtige[rnms]? gr[uü]nd(e|es|en)?\b/i), f('"öffentliche Bekanntmachung"', /öffentlich(e|en|er)? bekanntmachung/i), f('"juristische Person"', /juristische[nr]? person/i), f('"Wiedereinsetzung in den vorigen Stand"', /wiedereinsetzung in den vorigen stand/i),
  f('"zuständige Behörde"', /zuständige[nr]? behörde/i), f('„rechtliches Interesse“', /rechtliche[ns]? interesse/i), f('jagd*', /\bjagd/i), f('wohnung*', /\bwohnung/i), f('melde*', /\bmelde/i), f('gewerbe*', /\bgewerbe/i), f('spiel*', /\bspiel/i),
  f('steuer*', /\bsteuer/i), f('Jagd* -Jagdschein', /\bjagd/i, /\bjagdschein/i), f('Grundsteuer -Gemeinde', /grundsteuer/i, /\bgemeinden?\b/i), f('Vorkaufsrecht -"besonderes Vorkaufsrecht"', /vorkaufsrecht/i, /besonderes vorkaufsrecht/i),
  f('Tierversuch -Wirbeltiere', /tierversuch/i, /\bwirbeltieren?\b/i),
];
const gesucht: Frage[] = [
  z('Akteneinsicht Beteiligter', 'VwVfG § 29'), z('Besorgnis der Befangenheit', 'VwVfG § 21'), z('Verwaltungsakt offenbare Unrichtigkeit', 'VwVfG § 42'), z('Wiedereinsetzung vorigen Stand', 'VwVfG § 32'), z('Beglaubigung Unterschrift', 'VwVfG § 34'),
  z('Rücknahme rechtswidriger Verwaltungsakt', 'VwVfG § 48'), z('Amtssprache deutsch', 'VwVfG § 23'), z('Beweismittel Zeugen Sachverständige Augenschein', 'VwVfG § 26'), z('Volksfest', 'GewO § 60b'), z('Pfandleiher Erlaubnis', 'GewO § 34'), z('Spielhalle Betrieb Erlaubnis', 'GewO § 33i'),
  z('Wanderlager Anzeige', 'GewO § 56a'), z('Messe Aussteller', 'GewO § 64'), z('Privatkrankenanstalt Konzession', 'GewO § 30'), z('Reisegewerbekarte versagen Zuverlässigkeit', 'GewO § 57'), z('Findelkind', 'PStG § 24'), z('Zwillinge Geburtenregister', 'PStG § 23'),
  z('Ehefähigkeitszeugnis', 'PStG § 39'), z('Eheschließung anmelden', 'PStG § 12'), z('Aufbewahrungsfrist Personenstandsregister', 'PStG § 7'), z('Sterbefall Seeschiff', 'PStG § 37'), z('Wohnungsgeberbestätigung', 'BMG § 19'), z('Auskunftssperre Gefahr Leben', 'BMG § 51'),
  z('Hauptwohnung mehrere Wohnungen', 'BMG § 21'), z('Hotel Meldeschein', 'BMG § 30'), z('einfache Melderegisterauskunft', 'BMG § 44'), z('Binnenschiffer Meldepflicht', 'BMG § 28'), z('Religionsgesellschaften Datenübermittlung', 'BMG § 42'), z('Jugendjagdschein', 'BJagdG § 16'),
  z('Jagdpachtvertrag Erlöschen', 'BJagdG § 13'), z('Schonzeit', 'BJagdG § 22'), z('Wildseuche Anzeige', 'BJagdG § 24'), z('Jagdgenossenschaft Vorstand', 'BJagdG § 9'), z('Hebesatz Gemeinde', 'GrStG 1973 § 25'), z('Fälligkeit Grundsteuer Kleinbeträge', 'GrStG 1973 § 28'),
  z('Grundsteuererlass Kulturgut', 'GrStG 1973 § 32'), z('Steuerschuldner', 'GrStG 1973 § 10'), z('Schwarzfahrt', 'StVG § 7'), z('Fahren ohne Fahrerlaubnis', 'StVG § 21'), z('begleitetes Fahren', 'StVG § 6e'), z('Probezeit Aufbauseminar', 'StVG § 2b'),
  z('Emissionserklärung', 'BImSchG § 27'), z('Teilgenehmigung', 'BImSchG § 8'), z('Zurückstellung Baugesuch', 'BBauG § 15'), z('Teilung Grundstück', 'BBauG § 19'), z('städtebaulicher Vertrag', 'BBauG § 11'), z('Umweltbericht Begründung', 'BBauG § 2a'), z('Wohngeldstatistik', 'WoGG § 34'),
  z('Freibetrag Schwerbehinderte', 'WoGG § 17'), z('Mindestunterhalt Unterhaltsleistung', 'UhVorschG § 2'), z('Betäubung vor dem Schlachten', 'TierSchG § 4a'), z('Wirbeltiere töten Betäubung', 'TierSchG § 4'), z('Einwendungen Dritter', 'BImSchG § 11'),
];
export const fragen: readonly Frage[] = [...formen, ...schreibung, ...komposita, ...verbindungen, ...zeichen, ...gesucht];
