import type { Zufall } from './zufall.ts';

const vornamen = ['Lena', 'Marc', 'Ingrid', 'Karl-Heinz', 'Mehmet', 'Zeynep', 'Piotr', 'Aneta', 'Jürgen', 'Ursula', 'Timo', 'Friederike', 'Björn', 'Sophie', 'Günther', 'Käthe', 'Ümit', 'Chiara', 'Heiko', 'Annegret', 'Leonie', 'Wolfgang', 'Nele', 'Dženana', 'Rüdiger', 'Thore'];
const nachnamen = ['Hoffmann', 'Petersen', 'Kowalski', 'Arslan', 'Möller', 'Schröder', 'Böhm', 'Yılmaz', 'Lübbers', 'Großmann', 'Ackermann', 'Weiß', 'Nowak', 'Jäger', 'Oltmanns', 'Köster', 'Straßburger', 'Behnke', 'Wüstefeld', 'Evers', 'Dirks', 'Haßlinger', 'Šimić', 'Rohde', 'Tönnies', 'Krüger', 'Brinkmann', 'Vöge'];
const strassen = ['Lindenstraße', 'Am Mühlgraben', 'Ringstraße', 'Birkenweg', 'Bahnhofstraße', 'Scheunenweg', 'Marktstraße', 'Uferstraße', 'Zum Sportplatz', 'Kirchweg', 'Industriering', 'Schulgasse', 'Heideweg', 'Am Brink', 'Gartenstraße', 'Hinter den Höfen', 'Drosselstieg', 'Alte Poststraße'];
const firmen = ['Hochbau Evers GmbH', 'Architekturbüro Jansen + Roth', 'Prüfingenieur Dipl.-Ing. Pohl', 'Hausverwaltung Nordaue GmbH', 'Stadtwerke Linden, Netzplanung', 'Zimmerei Holzapfel', 'Windpark Hohe Heide GmbH & Co. KG', 'Rechtsanwälte Dr. Wirth und Kollegen', 'Entsorgung Küstenland AG', 'Tiefbau Schlüter KG', 'Ingenieurbüro für Vermessung Adam', 'Gasthaus Zum Deichgrafen', 'Gartenbau Sonnentau', 'Elektro Brüggemann', 'Notarin Dr. Henrike Vollmer', 'Planungsbüro Landschaft & Raum'];
const gemarkungen = ['Linden', 'Nordaue', 'Altenbrück', 'Hohe Heide', 'Kirchmoor', 'Süderfeld', 'Rotenstein', 'Oberauen'];

/** The people and places of one case. */
export type Kontext = {
  z: Zufall; person: string; anrede: string; strasse: string; ort: string; plz: string; flurstueck: string; gemarkung: string; flur: number; firma: string; firma2: string; betrag: string; betrag2: string;
  fremdesZeichen: string; kfz: string; telefon: string;
};
export function createKontext(z: Zufall, ort: string, plz: string): Kontext {
  const vorname = z.pick(vornamen);
  const nachname = z.pick(nachnamen);
  const frau = /[ae]$|Ingrid|Sophie|Käthe|Annegret/.test(vorname) && !['Günther', 'Thore'].includes(vorname);
  const euro = (von: number, bis: number) => `${z.int(von, bis).toLocaleString('de-DE')},${String(z.int(0, 99)).padStart(2, '0')} €`;
  const firma = z.pick(firmen);
  return {
    z, person: `${vorname} ${nachname}`, anrede: frau ? `Sehr geehrte Frau ${nachname}` : `Sehr geehrter Herr ${nachname}`,
    strasse: `${z.pick(strassen)} ${z.int(1, 96)}${z.chance(0.15) ? 'a' : ''}`, ort, plz, flurstueck: `${z.int(3, 240)}/${z.int(1, 9)}`, gemarkung: z.pick(gemarkungen), flur: z.int(1, 14),
    firma, firma2: z.pick(firmen.filter((f) => f !== firma)), betrag: euro(45, 4800), betrag2: euro(60, 950),
    fremdesZeichen: `${z.int(100, 4800)}/${z.int(24, 26)} ${z.pick(['V-k', 'JR', 'pe', 'W-ro', 'MB'])}`, kfz: `AU-${z.pick(['KS', 'TL', 'MM', 'ER'])} ${z.int(12, 998)}`, telefon: `0${z.int(4100, 4999)} ${z.int(1000, 99999)}`,
  };
}
