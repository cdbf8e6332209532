export type DemoEinheit = { kennzeichen: string; bezeichnung: string; unter?: string; aufbewahrung?: number | 'dauernd'; aussonderung?: 'A' | 'B' | 'V' };

const kern: readonly DemoEinheit[] = [
  { kennzeichen: '0', bezeichnung: 'Allgemeine Verwaltung', aufbewahrung: 10, aussonderung: 'B' },
  { kennzeichen: '00', bezeichnung: 'Organisation', unter: '0' }, { kennzeichen: '004', bezeichnung: 'Archiv und Registratur', unter: '00' },
  { kennzeichen: '004.70', bezeichnung: 'Bewertung und Aussonderung', unter: '004', aufbewahrung: 30, aussonderung: 'A' },
  { kennzeichen: '01', bezeichnung: 'Personal', unter: '0' }, { kennzeichen: '011', bezeichnung: 'Stellenbewirtschaftung', unter: '01' },
  { kennzeichen: '011.10', bezeichnung: 'Stellenausschreibungen', unter: '011', aufbewahrung: 5, aussonderung: 'V' },
  { kennzeichen: '02', bezeichnung: 'Beschaffung', unter: '0' }, { kennzeichen: '022', bezeichnung: 'Vergabe', unter: '02' },
  { kennzeichen: '022.30', bezeichnung: 'Lieferungen und Leistungen', unter: '022', aufbewahrung: 10, aussonderung: 'V' },
  { kennzeichen: '1', bezeichnung: 'Sicherheit und Ordnung', aufbewahrung: 10, aussonderung: 'V' },
  { kennzeichen: '11', bezeichnung: 'Ordnungsrecht und Verkehr', unter: '1' }, { kennzeichen: '112', bezeichnung: 'Straßenverkehr', unter: '11' },
  { kennzeichen: '112.41', bezeichnung: 'Verkehrsrechtliche Anordnungen', unter: '112' }, { kennzeichen: '112.60', bezeichnung: 'Verkehrsschau und Unfallschwerpunkte', unter: '112', aufbewahrung: 15, aussonderung: 'B' },
  { kennzeichen: '12', bezeichnung: 'Gewerbe und Jagd', unter: '1' }, { kennzeichen: '121', bezeichnung: 'Gewerberecht', unter: '12' },
  { kennzeichen: '121.20', bezeichnung: 'Gewerbeuntersagungen', unter: '121' }, { kennzeichen: '123', bezeichnung: 'Jagd und Fischerei', unter: '12' }, { kennzeichen: '123.10', bezeichnung: 'Abschusspläne', unter: '123' },
  { kennzeichen: '4', bezeichnung: 'Soziales und Jugend', aufbewahrung: 10, aussonderung: 'V' },
  { kennzeichen: '45', bezeichnung: 'Wohnen', unter: '4' }, { kennzeichen: '451', bezeichnung: 'Wohngeld', unter: '45' },
  { kennzeichen: '451.10', bezeichnung: 'Wohngeldanträge', unter: '451' }, { kennzeichen: '451.30', bezeichnung: 'Rückforderungen und Widersprüche', unter: '451' },
  { kennzeichen: '6', bezeichnung: 'Bau, Verkehr, Umwelt', aufbewahrung: 30, aussonderung: 'B' },
  { kennzeichen: '63', bezeichnung: 'Bauordnung', unter: '6' }, { kennzeichen: '631', bezeichnung: 'Genehmigungen', unter: '63' },
  { kennzeichen: '631.20', bezeichnung: 'Einzelne Bauvorhaben', unter: '631', aufbewahrung: 'dauernd', aussonderung: 'A' }, { kennzeichen: '631.40', bezeichnung: 'Bauvoranfragen', unter: '631' },
  { kennzeichen: '634', bezeichnung: 'Baulasten', unter: '63' }, { kennzeichen: '634.30', bezeichnung: 'Auskünfte und Eintragungen', unter: '634', aufbewahrung: 'dauernd', aussonderung: 'A' },
  { kennzeichen: '635', bezeichnung: 'Bauaufsicht', unter: '63' }, { kennzeichen: '635.10', bezeichnung: 'Ordnungsverfügungen', unter: '635' }, { kennzeichen: '637', bezeichnung: 'Brandschutz', unter: '63' }, { kennzeichen: '637.10', bezeichnung: 'Brandverhütungsschauen', unter: '637' },
  { kennzeichen: '66', bezeichnung: 'Abfall und Entwässerung', unter: '6' }, { kennzeichen: '661', bezeichnung: 'Abfallwirtschaft', unter: '66' }, { kennzeichen: '661.20', bezeichnung: 'Gebührenveranlagung', unter: '661', aufbewahrung: 10, aussonderung: 'V' },
  { kennzeichen: '663', bezeichnung: 'Abwasser', unter: '66' }, { kennzeichen: '663.10', bezeichnung: 'Grundstücksentwässerungsanlagen', unter: '663' },
  { kennzeichen: '67', bezeichnung: 'Naturschutz', unter: '6' }, { kennzeichen: '672', bezeichnung: 'Eingriffe und Ausgleich', unter: '67' }, { kennzeichen: '672.50', bezeichnung: 'Windenergieanlagen', unter: '672', aufbewahrung: 'dauernd', aussonderung: 'A' },
  { kennzeichen: '673', bezeichnung: 'Gehölzschutz', unter: '67' }, { kennzeichen: '673.10', bezeichnung: 'Baumfällungen', unter: '673' },
];
const eigen: Record<string, readonly DemoEinheit[]> = {
  auental: [], hohenrode: [{ kennzeichen: '673.90', bezeichnung: 'Alleen an Kreisstraßen', unter: '673' }],
  moorsee: [{ kennzeichen: '664', bezeichnung: 'Deiche und Gewässer', unter: '66' }, { kennzeichen: '664.10', bezeichnung: 'Deichschau', unter: '664', aufbewahrung: 'dauernd', aussonderung: 'A' }],
  linden: [{ kennzeichen: '13', bezeichnung: 'Märkte und Feste', unter: '1' }, { kennzeichen: '131', bezeichnung: 'Wochenmarkt', unter: '13' }, { kennzeichen: '131.10', bezeichnung: 'Standplätze', unter: '131' }],
};
/** Each Mandant's own plan: the common core and what is its own, parents before children. */
export const demoAktenplan = (mandant: string): DemoEinheit[] =>
  [...kern, ...(eigen[mandant] ?? [])];
