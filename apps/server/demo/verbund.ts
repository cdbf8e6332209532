/** The demo Verbund: who works where. Every name is invented. */
export type DemoBenutzer = { konto: string; vorname: string; nachname: string; oe: string; rollen: readonly string[]; funktion: string; leitung?: true };
export type DemoOe = { kennzeichen: string; bezeichnung: string; kuerzel: string; unter?: string; /** Other Mandanten may share with it. */ adressierbar?: true };
export type DemoMandant = {
  schluessel: string; name: string; kurz: string; kuerzel: string; farbe: 'violett' | 'tuerkis' | 'orange' | 'gruen'; behoerdenkennung: string; ars: string; ort: string; plz: string; strasse: string; vorwahl: string; domain: string;
  oes: readonly DemoOe[]; benutzer: readonly DemoBenutzer[];
};

const kreisaemter: readonly DemoOe[] = [
  { kennzeichen: '10', bezeichnung: 'Hauptamt', kuerzel: 'HA' },
  { kennzeichen: '10.1', bezeichnung: 'Poststelle und Registratur', kuerzel: 'PR', unter: '10' },
  { kennzeichen: '32', bezeichnung: 'Sicherheit und Ordnung', kuerzel: 'OA' },
  { kennzeichen: '32.3', bezeichnung: 'Straßenverkehr', kuerzel: 'SV', unter: '32' },
  { kennzeichen: '50', bezeichnung: 'Soziales', kuerzel: 'SO' },
  { kennzeichen: '50.2', bezeichnung: 'Wohngeld', kuerzel: 'WG', unter: '50' },
  { kennzeichen: '63', bezeichnung: 'Bauordnungsamt', kuerzel: 'BA', adressierbar: true },
  { kennzeichen: '63.1', bezeichnung: 'Bauordnung', kuerzel: 'BO', unter: '63', adressierbar: true },
  { kennzeichen: '66', bezeichnung: 'Abfall und Tiefbau', kuerzel: 'TB', adressierbar: true },
  { kennzeichen: '67', bezeichnung: 'Naturschutz', kuerzel: 'NA', adressierbar: true },
];
const stadtaemter: readonly DemoOe[] = [
  { kennzeichen: '10', bezeichnung: 'Zentrale Dienste', kuerzel: 'ZD' },
  { kennzeichen: '10.1', bezeichnung: 'Poststelle und Registratur', kuerzel: 'PR', unter: '10' },
  { kennzeichen: '32', bezeichnung: 'Bürger und Ordnung', kuerzel: 'BU' },
  { kennzeichen: '32.3', bezeichnung: 'Verkehr und Märkte', kuerzel: 'VM', unter: '32' },
  { kennzeichen: '50', bezeichnung: 'Soziales und Familie', kuerzel: 'SF' },
  { kennzeichen: '50.2', bezeichnung: 'Wohngeld', kuerzel: 'WG', unter: '50' },
  { kennzeichen: '63', bezeichnung: 'Bauen und Planen', kuerzel: 'BP', adressierbar: true },
  { kennzeichen: '63.1', bezeichnung: 'Bauverwaltung', kuerzel: 'BV', unter: '63', adressierbar: true },
  { kennzeichen: '66', bezeichnung: 'Bauhof und Entwässerung', kuerzel: 'BH', adressierbar: true },
  { kennzeichen: '67', bezeichnung: 'Grünflächen', kuerzel: 'GF', adressierbar: true },
];
/** In this order: Poststelle, two clerks in different offices, a superior, Registratur, administrator, then further clerks. */
const stellen = [
  { oe: '10.1', rollen: ['poststelle'], funktion: 'Poststelle' }, { oe: '63.1', rollen: ['sachbearbeitung'], funktion: 'Sachbearbeitung Bauanträge' }, { oe: '32.3', rollen: ['sachbearbeitung'], funktion: 'Sachbearbeitung Verkehr' }, { oe: '63', rollen: ['leitung'], funktion: 'Amtsleitung', leitung: true },
  { oe: '10.1', rollen: ['registratur'], funktion: 'Registratur' }, { oe: '10', rollen: ['administration', 'revision'], funktion: 'IT-Koordination' }, { oe: '50.2', rollen: ['sachbearbeitung'], funktion: 'Sachbearbeitung Wohngeld' }, { oe: '66', rollen: ['sachbearbeitung'], funktion: 'Sachbearbeitung Tiefbau' },
  { oe: '67', rollen: ['sachbearbeitung', 'datenschutz'], funktion: 'Sachbearbeitung Naturschutz, Datenschutz' }, { oe: '50', rollen: ['leitung', 'revision'], funktion: 'Amtsleitung', leitung: true },
] as const;
const umlaute = (name: string) => name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replace(/[^a-z]/g, '');
const besetzen = (namen: readonly string[]): DemoBenutzer[] => stellen.map((stelle, i) => {
  const [vorname = '', nachname = ''] = namen[i]!.split(' ');
  return { konto: `${umlaute(vorname)}.${umlaute(nachname)}`, vorname, nachname, ...stelle };
});

export const DEMO_KENNWORT = 'verbundakte-demo';
export const demoBetreiber = { konto: 'betrieb', vorname: 'Jule', nachname: 'Petersen' } as const;
export const demoVerbund = { name: 'Verbund Auental – Hohenrode – Moorsee' } as const;

export const demoMandanten: readonly DemoMandant[] = [
  { schluessel: 'auental', name: 'Landkreis Auental', kurz: 'Auental', kuerzel: 'AT', farbe: 'violett', behoerdenkennung: '03999', ars: '039990000000', ort: 'Auental', plz: '49999', strasse: 'Kreishausring 1', vorwahl: '04999 15', domain: 'lk-auental.example', oes: kreisaemter,
    benutzer: besetzen(['Anke Möhlmann', 'Katrin Seidel', 'Tobias Lenz', 'Holger Thiel', 'Renate Vogt', 'Sven Albers', 'Birte Onken', 'Ole Harms', 'Meike Brandt', 'Petra Olbrich']) },
  { schluessel: 'hohenrode', name: 'Landkreis Hohenrode', kurz: 'Hohenrode', kuerzel: 'HR', farbe: 'tuerkis', behoerdenkennung: '03998', ars: '039980000000', ort: 'Hohenrode', plz: '49888', strasse: 'Schlossplatz 4', vorwahl: '04888 70', domain: 'hohenrode.example', oes: kreisaemter,
    benutzer: besetzen(['Uwe Kröger', 'Silke Bäumer', 'Jens Wiechert', 'Dagmar Röhrs', 'Ingo Lüders', 'Maike Tietjen', 'Hanna Grote', 'Fabian Meints', 'Lukas Ehlers', 'Gesa Willms']) },
  { schluessel: 'moorsee', name: 'Kreis Moorsee', kurz: 'Moorsee', kuerzel: 'MS', farbe: 'orange', behoerdenkennung: '03997', ars: '039970000000', ort: 'Moorsee', plz: '49777', strasse: 'Am Deich 12', vorwahl: '04777 33', domain: 'kreis-moorsee.example', oes: kreisaemter,
    benutzer: besetzen(['Elke Janssen', 'Nils Ahrens', 'Yasemin Demir', 'Frank Dierksen', 'Rolf Hinrichs', 'Carla Behrens', 'Tomke Folkerts', 'Jan Siebels', 'Wiebke Gerdes', 'Erik Thomsen']) },
  { schluessel: 'linden', name: 'Stadt Linden a. d. Aue', kurz: 'Linden a. d. Aue', kuerzel: 'LA', farbe: 'gruen', behoerdenkennung: '03996', ars: '039990012012', ort: 'Linden an der Aue', plz: '49998', strasse: 'Am Rathausplatz 1', vorwahl: '04998 50', domain: 'linden-aue.example', oes: stadtaemter,
    benutzer: besetzen(['Gudrun Siemers', 'Felix Kühn', 'Aylin Yıldız', 'Christoph Rademacher', 'Ute Schlüter', 'Marco Brüning', 'Svenja Koch', 'Dirk Rabe', 'Lea Hoffmeister', 'Bernd Kaminski']) },
];
