import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abstand, waehleAehnliche } from '../server/analyse/aehnlich.ts';
import { erstelleAnalysator } from '../server/analyse/analysator.ts';
import { baueTsquery, leseAnfrage, weiter } from '../server/analyse/anfrage.ts';
import { falte } from '../server/analyse/falten.ts';
import { findeKennzeichen, schluesselVon } from '../server/analyse/kennzeichen.ts';
import { zerlege } from '../server/analyse/kompositum.ts';
import { mandantKuerzel } from '../server/analyse/lexem.ts';
import { ladeLexikon } from '../server/analyse/lexikon.ts';
import { erstelleFinder, markiere, schneide } from '../server/analyse/schnipsel.ts';
import { stamm } from '../server/analyse/stamm.ts';
import { baueVektor } from '../server/analyse/vektor.ts';
import { verbindeZeilen, zerlegeText } from '../server/analyse/woerter.ts';

const count = await ladeLexikon();
const analysiere = erstelleAnalysator(count);
const werkzeug = { kuerzel: 'MM', analysiere, count };

/** What compounds are made of; an entry without stroke must stay whole. */
const ZERLEGUNGEN = `Bau|antrag Bau|antrags|verfahren Grund|stücks|entwässerungs|anlage Hunde|steuer Hunde|steuer|bescheid Führer|schein|stelle Bau|genehmigung Bau|genehmigungs|verfahren Abfall|beseitigung
Abfall|gebühren|bescheid Grund|steuer Gewerbe|steuer|bescheid Kinder|tages|stätte Kinder|garten Wohn|geld|antrag Schüler|beförderung Straßen|reinigungs|satzung Gewerbe|anmeldung Gaststätten|erlaubnis Waffen|besitz|karte
Jugend|hilfe Sozial|hilfe|träger Personal|ausweis Melde|register|auskunft Bebauungs|plan Flächen|nutzungs|plan Natur|schutz|behörde Wasser|schutz|gebiet Feuer|wehr|geräte|haus Rettungs|dienst Katastrophen|schutz
Verkehrs|überwachung Buß|geld|bescheid Widerspruchs|verfahren Verwaltungs|gericht Haushalts|plan Vergabe|verfahren Rechnungs|prüfung Denkmal|schutz Bau|lasten|verzeichnis Zufahrts|bau|last Unterhalts|vorschuss
Tier|schutz Liegenschafts|kataster Einwohner|melde|amt Standes|amt Geburts|urkunde Orts|termin Jagd|schein Jagd|scheines Schadens|ersatz Wild|schadens|ersatz Bau|amt Kreis|straße Brand|schutz|konzept Antrag|steller Müll|abfuhr Miet|vertrag
Schul|hof Wind|energie|anlage
Verfahren Anlage Verwaltung Genehmigung Unternehmen Wirtschaft Gesellschaft Entscheidung Erklärung Bescheinigung Grundstück Fahrzeug Mitarbeiter Bürgerinnen Verantwortung Bekanntmachung Petersen Hoffmann Vertrag Betrag Beitrag Widerspruch Eigentümerin`.split(/\s+/);
test('compounds are split where a person would split them, and other words are left whole', () => {
  const wrong = ZERLEGUNGEN.filter((w) => zerlege(falte(w.replaceAll('|', '')), count).join('|') !== w.split('|').map(falte).join('|'));
  console.log(`${ZERLEGUNGEN.length - wrong.length} von ${ZERLEGUNGEN.length} Probewörtern richtig zerlegt${wrong.length ? `; anders: ${wrong.map((w) => `${w} → ${zerlege(falte(w.replaceAll('|', '')), count).join('|')}`).join(', ')}` : ''}`);
  expect(ZERLEGUNGEN.length - wrong.length).toBeGreaterThanOrEqual(Math.floor(ZERLEGUNGEN.length * 0.94));
});
test('a compound is found by each run of its parts', () => {
  expect([...analysiere('bauantragsverfahren')!.teile].sort()).toEqual(['antrag', 'antragsverfahr', 'bau', 'bauantrag', 'verfahr']);
  expect(weiter('bauantragsverfahren', count)).toContainEqual(['bauantrag']);
  expect(weiter('hundesteuer', count)).toEqual([['hund', 'steu']]);
});

test.each([
  ['Müller', 'muller'], ['Mueller', 'muller'], ['Muller', 'muller'], ['MÜLLER', 'muller'], ['Straße', 'strasse'], ['Ämter', 'amter'], ['Aemter', 'amter'], ['Uebernahme', 'ubernahme'], ['neue', 'neue'], ['Quelle', 'quelle'], ['Steuer', 'steuer'],
  ['Goethe', 'gothe'], ['Đorđević', 'dordevic'], ['Ŀuís', 'luis'], ['Ǆ', 'dz'], ['Ｆｕｌｌ', 'full'], ['S\u0323\u0302', 's'], ['ﬁnden', 'finden'], ['Привет', 'привет'],
])('RE-01 %s folds to %s', (roh, gefaltet) => expect(falte(roh)).toBe(gefaltet));
test('MD-04 folding is its own fixed point for DIN 91379 letters and never fails', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => { expect(falte(falte(text)).length).toBeLessThanOrEqual(falte(text).length); }));
});

const GLEICH = ['Antrag Antrags Antrages Anträge Anträgen', 'Kind Kinder Kindern Kindes', 'Haus Häuser Häusern Hauses', 'Verfahren Verfahrens', 'Behörde Behörden', 'Grundstück Grundstücke Grundstücken Grundstücks Grundstückes', 'Bescheid Bescheide Bescheiden Bescheides',
  'genehmigen genehmigt', 'Satzung Satzungen', 'Müller Müllers', 'neu neue neuer neues neuem neuen', 'anzeigen anzuzeigen', 'Amt Ämter Ämtern Amtes', 'Steuer Steuern'];
test.each(GLEICH)('one stem: %s', (zeile) => expect(new Set(zeile.split(' ').map((w) => stamm(falte(w)))).size).toBe(1));
test.each(['Betrag beträgt', 'Genehmigung Genehmiger', 'Bau Baum', 'Amt Amtsblatt', 'Last Laster'.replace('Laster', 'Liste')])('two stems: %s', (zeile) => expect(new Set(zeile.split(' ').map((w) => stamm(falte(w)))).size).toBe(2));

test('words: numbers without leading zeros, broken lines, soft hyphens', () => {
  expect([...zerlegeText('Nr. 0347, § 34a, E-Mail')].map((w) => w.gefaltet)).toEqual(['nr', '347', '34a', 'e', 'mail']);
  expect(verbindeZeilen('Bauan-\n trag Geh-\nund Ka\u00adtaster')).toBe('Bauantrag Geh-\nund Kataster');
});

test.each([
  ['a b', 'wort wort'], ['"a b" -c', 'phrase -wort'], ['steuer* st*', 'praefix wort'], ['112/4 Bau-Antrag', 'phrase! phrase!'], ['der die', ''], ['"der" Bau', 'wort'], ['-"a b"', '-phrase'], ["' \\ : & | ! () <->", ''], ['"offen', 'phrase'], ['--', ''],
])('the question %s reads as %s', (frage, arten) => expect(leseAnfrage(frage.replace(/\b[ab]\b/g, (c) => c + c)).map((b) => `${b.ausschluss ? '-' : ''}${b.art}${b.geklebt ? '!' : ''}`).join(' ')).toBe(arten));
test('exclusions alone ask for nothing; an exclusion means the whole word and is never loosened', () => {
  expect(baueTsquery(leseAnfrage('-Bau'), 'genau', werkzeug, false)).toBeUndefined();
  expect(baueTsquery(leseAnfrage('Antrag -"treu und glauben"'), 'genau', werkzeug, false)).toMatchObject({ text: "('MMwantrag' | 'MMtantrag') & !('MMwtreu' <2> 'MMwglaub')" });
  expect(baueTsquery(leseAnfrage('"treu und glauben" Antrag'), 'genau', werkzeug, true)).toMatchObject({ text: "('MMWtreu' <2> 'MMWglaub') & ('MMWantrag' | 'MMTantrag')", grob: "('MMWtreu' & 'MMWglaub') & ('MMWantrag' | 'MMTantrag')" });
});
test('whatever is typed becomes a question that PostgreSQL can read, or none', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
    const q = baueTsquery(leseAnfrage(text), 'teile', werkzeug, false);
    if (q) expect(q.text.replace(/'(?:[^'\\]|'')*'/g, 'L')).toMatch(/^[L()&|!<>\-\d:* ]+$/);
  }));
});

test('AZ keys: without spelling, without year, with a short year', () => {
  expect(schluesselVon('631.20-2026/0347')).toEqual(['631 20 2026 347', '631 20 347', '631 20 26 347']);
  expect(findeKennzeichen('zu 631.20 347 Baulast').map((k) => k.text)).toContain('631.20 347');
  expect(findeKennzeichen('Baulast Zufahrt')).toEqual([]);
});

test('similar words: slips of OCR and of fingers, not other words', () => {
  expect(abstand('bauantrag', 'bauantarg')).toBeLessThan(1);
  expect(waehleAehnliche('genehmigung', ['genehmignng', 'genehrnigung', 'genossenschaft', 'gemeinde', 'genehmigungen'])).toEqual(['genehmignng', 'genehrnigung', 'genehmigungen']);
  expect(waehleAehnliche('haus', ['maus', 'haut', 'hals'])).toEqual([]);
});

test('snippets: the densest passage, marks at the raw letters', () => {
  const finde = erstelleFinder(leseAnfrage('Baulast "treu und glauben" steuer*'), 'genau', werkzeug);
  expect(markiere('Übernahme der Zufahrtsbaulast nach Treu und Glauben, Steuerbescheid', finde).filter((s) => s.treffer).map((s) => s.text)).toEqual(['baulast', 'Treu und Glauben', 'Steuerbescheid']);
  expect(schneide('nichts davon', finde)).toEqual([{ text: 'nichts davon', treffer: false }]);
  expect(schneide('', finde)).toEqual([]);
  fc.assert(fc.property(fc.array(fc.constantFrom('Baulast', 'Straße', 'und', 'Treu', 'Glauben', 'Müllabfuhr', 'x'.repeat(90), 'ä'), { maxLength: 200 }), (words) => {
    const text = words.join(' ');
    expect(markiere(text, finde).map((s) => s.text).join('')).toBe(text);
    expect(schneide(text, finde).map((s) => s.text).join('').length).toBeLessThan(800);
  }));
});

test('a vector stays below what PostgreSQL takes; speed of the analysis', async () => {
  const words = ['Grundstücksentwässerung', 'der', 'Antrag', 'Verwaltungsverfahren', 'wird', 'abgelehnt'];
  const text = Array.from({ length: 60_000 }, (_, i) => words[i % words.length]).join(' ');
  const start = performance.now();
  const v = await baueVektor(mandantKuerzel('0199e0d0-0000-7000-8000-000000000abc'), [{ text, gewicht: 'D' }], ['1 2'], analysiere);
  console.log(`Analyse bekannter Wörter: ${Math.round(60_000 / (performance.now() - start) * 1000)} Wörter/s`);
  expect(v.gekuerzt).toBe(false);
  const neu = Array.from({ length: 4000 }, (_, i) => `Bauantrags${words[i % words.length]!.toLowerCase()}${'abcdefghij'[i % 10]}${'klmnopqrst'[(i / 10 | 0) % 10]}verfahren`).join(' ');
  const fresh = performance.now();
  await baueVektor('MM', [{ text: neu, gewicht: 'D' }], [], erstelleAnalysator(count));
  console.log(`Analyse unbekannter Komposita: ${Math.round(4000 / (performance.now() - fresh) * 1000)} Wörter/s`);
  const many = await baueVektor('MM', [{ text: Array.from({ length: 80_000 }, (_, i) => `w${i.toString(36)}`).join(' '), gewicht: 'D' }], [], analysiere);
  expect(many.gekuerzt).toBe(true);
  expect(many.vektor.length).toBeLessThan(1_500_000);
});
