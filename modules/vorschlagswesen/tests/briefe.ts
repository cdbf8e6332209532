/** Letters as authorities get them, made up here, each with what is true of it; and what recognition does to them. For tests and for `npm run bench`. */
export type Wahrheit = { organisationseinheit: string | null; absender: string; datumDesSchreibens: string; fremdesGeschaeftszeichen: string | null; frist: string | null; betrag: string | null; dokumenttyp: string; betreff: string; aktenzeichen: string | null };
export type Probebrief = { text: string; wahr: Wahrheit };

export function createZufall(samen: number) {
  let s = samen >>> 0;
  const next = () => { s = (s + 0x6d2b79f5) >>> 0; let t = Math.imul(s ^ (s >>> 15), s | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32; };
  const int = (von: number, bis: number) => von + Math.floor(next() * (bis - von + 1));
  return { next, int, pick: <T>(liste: readonly T[]): T => liste[int(0, liste.length - 1)]!, chance: (p: number) => next() < p };
}
export type Zufall = ReturnType<typeof createZufall>;

export const MANDANT = 'Landkreis Auental';
export const OES = [
  { id: 'oe-10', kennzeichen: '10', bezeichnung: 'Zentrale Dienste', kuerzel: 'ZD' }, { id: 'oe-32', kennzeichen: '32', bezeichnung: 'Ordnungsamt', kuerzel: 'OA' }, { id: 'oe-323', kennzeichen: '32.3', bezeichnung: 'Straßenverkehrsamt', kuerzel: 'StVA' },
  { id: 'oe-50', kennzeichen: '50.2', bezeichnung: 'Wohngeldstelle', kuerzel: 'WoG' }, { id: 'oe-51', kennzeichen: '51', bezeichnung: 'Jugendamt', kuerzel: 'JA' }, { id: 'oe-63', kennzeichen: '63.1', bezeichnung: 'Bauordnung', kuerzel: 'BauO' }, { id: 'oe-66', kennzeichen: '66', bezeichnung: 'Umwelt und Naturschutz', kuerzel: 'UNB' }, { id: 'oe-20', kennzeichen: '20', bezeichnung: 'Kämmerei', kuerzel: 'Käm' },
];
const ANSCHRIFTEN: Readonly<Record<string, readonly string[]>> = {
  'oe-10': ['Zentrale Dienste', 'Amt 10'], 'oe-32': ['Ordnungsamt', 'Abteilung Ordnung'], 'oe-323': ['Straßenverkehrsamt', 'Straßenverkehrsbehörde'], 'oe-50': ['Wohngeldstelle', 'Wohngeldbehörde'], 'oe-51': ['Jugendamt', 'FD 51'],
  'oe-63': ['Bauordnung', 'Bauordnungsamt', 'Fachdienst Bauordnung', 'Bauamt'], 'oe-66': ['Umwelt und Naturschutz', 'Fachdienst Umwelt und Naturschutz'], 'oe-20': ['Kämmerei', 'FB 20'],
};
const VOR = ['Anna', 'Bernd', 'Cem', 'Dörte', 'Elif', 'Frank', 'Gisela', 'Hauke', 'Irina', 'Jörg', 'Katja', 'Lars'], NACH = ['Ahlers', 'Bruns', 'Cordes', 'Dirksen', 'Eilers', 'Fricke', 'Gerdes', 'Hinrichs', 'Jansen', 'Kühl', 'Lübben', 'Müller', 'Özdemir', 'Poppinga', 'Schröder', 'Weiß'];
const FIRMEN = ['Nordlicht Energie GmbH', 'Kanzlei Dr. Ohlsen & Partner', 'Autohaus Bremer KG', 'Dachdecker Uhlhorn', 'Ingenieurbüro Strom und Wasser', 'Verlag Alte Mühle', 'Rohrbau Wiechmann GmbH & Co. KG', 'Steuerberatung Lamprecht', 'Gemeinde Süderbrook', 'Amtsgericht Linden', 'Bezirksregierung Nordau', 'Versicherung am Deich AG', 'Schulverein Heideblick e. V.'];
const STRASSEN = ['Mühlenweg', 'Hauptstraße', 'Deichstraße', 'Am Markt', 'Lange Reihe', 'Eschenallee', 'Hafenstraße', 'Kirchplatz'], ORTE = ['Süderbrook', 'Linden', 'Nordau', 'Westermoor', 'Hohenfelde'];
const MONATE = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];
const zwei = (n: number) => String(n).padStart(2, '0');
const iso = (d: Date) => d.toISOString().slice(0, 10);
const plus = (tag: string, n: number) => iso(new Date(Date.parse(`${tag}T00:00:00Z`) + n * 86_400_000));
function schreib(tag: string, z: Zufall): string {
  const [j, m, t] = tag.split('-').map(Number) as [number, number, number];
  return z.pick([`${t}. ${MONATE[m - 1]} ${j}`, `${zwei(t)}.${zwei(m)}.${j}`, `${t}.${m}.${j}`, `${zwei(t)}. ${MONATE[m - 1]} ${j}`, `${zwei(t)}.${zwei(m)}.${String(j).slice(2)}`]);
}
const geld = (cent: number) => (cent / 100).toLocaleString('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

type Inhalt = { typ: string; betreff: string; saetze: string[]; frist?: string; betrag?: string };
/** What the letter is about; each with dates and amounts that are not what is asked for. */
function inhalt(z: Zufall, datum: string, eingegangen: string): Inhalt {
  const frist = plus(datum, z.int(10, 60)), cent = z.int(1500, 990_000), teil = Math.floor(cent / 3), alt = plus(datum, -z.int(20, 200));
  const f = () => schreib(frist, z), a = () => schreib(alt, z);
  const nr = z.int(1000, 99_999);
  const arten: (() => Inhalt)[] = [
    () => ({ typ: 'Rechnung', betreff: `Rechnung Nr. ${nr}`, saetze: ['für unsere Leistungen berechnen wir Ihnen wie folgt:', `Arbeitszeit ${z.int(2, 30)} Stunden   ${geld(cent - teil)} €`, `Material   ${geld(teil)} €`, `Gesamtbetrag: ${geld(cent)} €`, `Bitte überweisen Sie den Betrag bis zum ${f()} auf unser Konto.`], frist, betrag: (cent / 100).toFixed(2) }),
    () => ({ typ: 'Mahnung', betreff: `${z.int(1, 3)}. Mahnung zu Rechnung ${nr}`, saetze: [`unsere Rechnung vom ${a()} über ${geld(cent - 500)} EUR ist noch nicht ausgeglichen.`, `Mit Mahngebühren ist ein Rechnungsbetrag von ${geld(cent)} EUR offen. Wir bitten um Zahlung bis spätestens ${f()}.`], frist, betrag: (cent / 100).toFixed(2) }),
    () => ({ typ: 'Widerspruch', betreff: `Widerspruch gegen Ihren Bescheid vom ${a()}`, saetze: [`gegen den oben genannten Bescheid lege ich hiermit Widerspruch ein.`, 'Eine Begründung reiche ich nach. Die Vollziehung bitte ich auszusetzen.'] }),
    () => ({ typ: 'Kündigung', betreff: `Kündigung des Vertrages ${nr}`, saetze: [`hiermit kündigen wir den Vertrag vom ${a()} ordentlich zum nächstmöglichen Zeitpunkt.`, `Bitte bestätigen Sie den Eingang bis zum ${f()}.`], frist }),
    () => ({ typ: 'Antrag', betreff: z.pick(['Antrag auf Wohngeld', 'Antrag auf Genehmigung eines Carports', 'Antrag auf Ausnahmegenehmigung', 'Bauantrag für ein Nebengebäude']), saetze: [`hiermit beantrage ich die oben genannte Leistung. Ich bin am ${zwei(z.int(1, 28))}.${zwei(z.int(1, 12))}.${z.int(1950, 2001)} geboren.`, 'Die Unterlagen liegen bei.', 'Grundlage ist das Gesetz in der Fassung vom 12. März 2024 (BGBl. 2024 I Nr. 77).'] }),
    () => ({ typ: 'Stellungnahme', betreff: `Stellungnahme zum Vorhaben ${z.pick(STRASSEN)} ${z.int(1, 90)}`, saetze: ['zu dem Vorhaben bestehen aus unserer Sicht keine Bedenken.', `Beim Ortstermin am ${a()} wurde die Zufahrt besprochen.`] }),
    () => ({ typ: 'Bescheid', betreff: `Bescheid über die Festsetzung von Beiträgen`, saetze: [`für das Jahr setzen wir den Beitrag fest. Zu zahlen ist die Gesamtsumme ${geld(cent)} €, fällig am ${f()}.`, 'Das Kassenzeichen ist anzugeben.'], frist, betrag: (cent / 100).toFixed(2) }),
    () => ({ typ: 'Anfrage', betreff: 'Bitte um Auskunft zum Sachstand', saetze: [`seit meinem Schreiben vom ${a()} habe ich nichts gehört. Bitte teilen Sie mir den Stand mit.`] }),
    () => ({ typ: 'Beschwerde', betreff: 'Beschwerde über Baulärm', saetze: [`seit dem ${a()} wird nachts gearbeitet. Ich bitte um Abhilfe.`] }),
    () => ({ typ: 'Klage', betreff: `Klage des ${z.pick(VOR)} ${z.pick(NACH)}`, saetze: [`in der Verwaltungsstreitsache übersenden wir die Klageschrift vom ${a()}.`, `Sie erhalten Gelegenheit zur Stellungnahme innerhalb von vier Wochen nach Zustellung.`], frist: fristNach(eingegangen, 28) }),
  ];
  return z.pick(arten)();
}
/** The bench asks no holidays of the extractor but its own; weekends are counted here a second time, on purpose. */
function fristNach(tag: string, tage: number): string {
  let t = plus(tag, tage);
  while ([0, 6].includes(new Date(`${t}T00:00:00Z`).getUTCDay()) || ['01-01', '05-01', '10-03', '12-25', '12-26'].includes(t.slice(5))) t = plus(t, 1);
  return t;
}

export function createBrief(z: Zufall, { eingegangen, aktenzeichen }: { eingegangen: string; aktenzeichen: string | null }): Probebrief {
  const datum = plus(eingegangen, -z.int(1, 6));
  const firma = z.chance(0.55), person = `${z.pick(VOR)} ${z.pick(NACH)}`, absender = firma ? z.pick(FIRMEN) : person;
  const oe = z.chance(0.85) ? z.pick(OES) : undefined;
  const strasse = `${z.pick(STRASSEN)} ${z.int(1, 120)}`, ort = z.pick(ORTE), plz = String(z.int(20_000, 29_999));
  const i = inhalt(z, datum, eingegangen);
  const zeichen = firma && z.chance(0.6) ? z.pick([`${z.int(100, 9999)}/${z.int(24, 26)}`, `AB-${z.int(10, 99)}-${z.int(1000, 9999)}`, `${z.int(1, 9)} K ${z.int(10, 999)}/26`]) : null;
  const anschrift = [z.chance(0.3) ? `An den\n${MANDANT}` : MANDANT, ...(oe ? [z.pick(ANSCHRIFTEN[oe.id]!)] : []), ...(z.chance(0.3) ? ['Postfach 11 20'] : ['Kreishausplatz 1']), '21000 Auental'];
  const telefon = z.chance(0.5) ? [`Telefon 0${z.int(4100, 4999)} ${z.int(10_000, 999_999)}`] : [];
  const kopf = firma && z.chance(0.5) ? [absender, '', `${absender} · ${strasse} · ${plz} ${ort}`] : [absender, strasse, `${plz} ${ort}`, ...telefon];
  const datumszeile = z.pick([`${ort}, den ${schreib(datum, z)}`, `${ort}, ${schreib(datum, z)}`, `Datum: ${schreib(datum, z)}`, schreib(datum, z)]);
  const din = zeichen !== null && z.chance(0.3);
  const zeilen = din ? ['Ihr Zeichen            Unser Zeichen          Datum', `${(aktenzeichen ?? '-').padEnd(23)}${zeichen.padEnd(23)}${schreib(datum, z)}`]
    : [datumszeile, ...(aktenzeichen ? [z.pick([`Ihr Zeichen: ${aktenzeichen}`, `Ihr Aktenzeichen: ${aktenzeichen}`, `Az. ${aktenzeichen}`])] : []), ...(zeichen ? [`Unser Zeichen: ${zeichen}`] : [])];
  const gruss = ['Mit freundlichen Grüßen', '', ...(firma && z.chance(0.4) ? ['i. A.'] : []), absender];
  const text = [...kopf, '', ...anschrift, '', ...zeilen, '', z.chance(0.3) ? `Betreff: ${i.betreff}` : i.betreff, '', 'Sehr geehrte Damen und Herren,', '', ...i.saetze.flatMap((s) => [s, '']), ...gruss].join('\n');
  return { text, wahr: { organisationseinheit: oe?.id ?? null, absender, datumDesSchreibens: datum, fremdesGeschaeftszeichen: zeichen, frist: i.frist ?? null, betrag: i.betrag ?? null, dokumenttyp: i.typ, betreff: i.betreff, aktenzeichen } };
}

const VERWECHSELT: Readonly<Record<string, string>> = { 0: 'O', 1: 'l', 5: 'S', 8: 'B', O: '0', l: '1', I: 'l', S: '5', B: '8', ü: 'u', ö: 'o', ä: 'a', ß: 'B', e: 'c', c: 'e', h: 'b', '.': ',', ',': '.' };
/** Recognition: `staerke` 1 of a clean print, 2 of a bad copy. `nur`: only these letters suffer. */
export function verrausche(text: string, staerke: 1 | 2, z: Zufall, nur?: (zeichen: string) => boolean): string {
  const rate = staerke === 1 ? 0.006 : 0.03;
  return [...text.replace(/rn(?=\p{Ll})/gu, (p) => (z.chance(rate * 3) ? 'm' : p))].map((c, i, alle) => {
    if (nur && !nur(c)) return c;
    if (c === ' ' && staerke === 2 && z.chance(rate / 3)) return '';
    if (/\p{L}/u.test(c) && staerke === 2 && z.chance(rate / 4)) return '';
    if (VERWECHSELT[c] && z.chance(rate)) return VERWECHSELT[c]!;
    return /[\p{L}\p{Nd}]/u.test(c) && /[\p{L}\p{Nd}]/u.test(alle[i + 1] ?? '') && z.chance(rate / 6) ? `${c} ` : c;
  }).join('');
}
/** What an Aktenzeichen suffers: letters for digits, blanks, a broken line. */
export function verschreibe(aktenzeichen: string, z: Zufall): string {
  let t = [...aktenzeichen].map((c) => (z.chance(0.25) ? ({ 0: z.pick(['O', 'o']), 1: z.pick(['I', 'l', '|']), 5: 'S', 8: 'B' } as Record<string, string>)[c] ?? c : c)).join('');
  if (z.chance(0.3)) t = t.replace(/[-/]/, (s) => ` ${s} `);
  if (z.chance(0.15)) t = t.replace(/(?<=\d)(?=\d)/, () => ' ');
  if (z.chance(0.15)) { const stellen = [...t.matchAll(/[-/]\s?/g)]; const m = z.pick(stellen); if (m) t = `${t.slice(0, m.index + m[0].length)}\n${t.slice(m.index + m[0].length)}`; }
  return t;
}
