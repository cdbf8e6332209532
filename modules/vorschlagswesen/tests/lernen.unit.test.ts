import { describe, expect, test } from 'vitest';
import { createEichung, GELERNT, schluesselVon } from '../server/lernen/erfahrung.ts';
import { eiche, kalibrierungsfehler, STUFEN, stufeVon } from '../server/lernen/kalibrierung.ts';
import { absenderschluessel, merkmaleVon, salzVon } from '../server/lernen/merkmale.ts';
import { bewerte, createStand } from '../server/lernen/modell.ts';
import { sicherheitVon, vereine, type Stimme } from '../server/vorschlag.ts';

const BAU = 'Hiermit beantrage ich die Baugenehmigung für einen Wintergarten; Lageplan und Bauzeichnungen liegen bei.', WOHNGELD = 'Ich beantrage Wohngeld für meine Wohnung, Mietvertrag und Verdienstbescheinigung liegen bei.';
const nummern = (text: string) => merkmaleVon(text, 1).nummern;

describe('learning', () => {
  test('says which class a text is like, and by which of its words', () => {
    const s = createStand();
    for (let i = 0; i < 5; i++) { s.lerne(nummern(BAU), 1); s.lerne(nummern(WOHNGELD), 2); }
    const text = merkmaleVon('Anbei der fehlende Lageplan zum Wintergarten.', 1);
    const [bester] = bewerte(text.nummern, s.stand);
    expect(bester).toMatchObject({ klasse: 1 });
    expect(bester!.gruende.map((g) => text.woerter.get(g.merkmal))).toEqual(expect.arrayContaining(['Lageplan', 'Wintergarten']));
    expect(bewerte(nummern('Xylophon Quarzuhr'), s.stand)).toEqual([]);
  });
  test('forgetting an example leaves nothing of it', () => {
    const s = createStand();
    s.lerne(nummern(BAU), 1);
    const vorher = JSON.stringify([s.stand.beispiele, [...s.stand.worte].filter(([, z]) => z.length)]);
    s.lerne(nummern(WOHNGELD), 2);
    s.vergiss(nummern(WOHNGELD), 2);
    expect(JSON.stringify([s.stand.beispiele, [...s.stand.worte].filter(([, z]) => z.length)])).toBe(vorher);
  });
  test('names of the sender and words with digits are no features; each Mandant has other numbers', () => {
    const mit = merkmaleVon('Herr Möllering beantragt Wohngeld 4711a', 1, ['Karl Möllering']);
    expect([...mit.woerter.values()]).toEqual(expect.arrayContaining(['Wohngeld']));
    expect([...mit.woerter.values()].join(' ')).not.toMatch(/Möllering|4711/);
    const [a, b] = ['0197c1f0-0000-7000-8000-00000000000a', '0197c1f0-0000-7000-8000-00000000000b'].map(salzVon) as [number, number];
    expect(merkmaleVon(BAU, a).nummern).not.toEqual(merkmaleVon(BAU, b).nummern);
  });
  test('a sender is the same however spelled, and another is another', () => {
    expect(absenderschluessel('Möller, Karl-Heinz', 1)).toBe(absenderschluessel('Karl-Heinz Moeller', 1));
    expect(absenderschluessel('Karl Möller', 1)).not.toBe(absenderschluessel('Karl Müller', 1));
    expect(absenderschluessel('unbekannt', 1)).toBeNull();
  });
});

describe('confidence is how often it was right', () => {
  test('never falls where the lead grows', () => {
    const kurve = eiche([{ gesamt: 10, richtig: 5 }, { gesamt: 10, richtig: 2 }, { gesamt: 10, richtig: 9 }], () => 0.5, 1);
    expect(kurve[0]).toBe(kurve[1]);
    expect(kurve[2]).toBeGreaterThan(kurve[1]!);
    expect(stufeVon(0)).toBe(0);
    expect(stufeVon(99)).toBe(STUFEN.length - 1);
  });
  test('a rule that is corrected again and again falls silent; one that is confirmed becomes sure', () => {
    const nach = (gesamt: number, richtig: number) => createEichung(new Map([[schluesselVon('betrag', 'betrag_wort', 0), { gesamt, richtig }]]))('betrag', 'betrag_wort');
    expect(sicherheitVon('betrag', nach(0, 0))).toBe('pruefen');
    expect(sicherheitVon('betrag', nach(60, 10))).toBeNull();
    expect(sicherheitVon('betrag', nach(100, 99))).toBe('sicher');
  });
  test('voices that agree strengthen each other, a contradiction takes from both', () => {
    const eichung = createEichung(new Map()), stimme = (wert: string, quelle: string, stufe = 0): Stimme => ({ feld: 'organisationseinheit', wert, quelle, stufe, grund: '', stelle: null });
    const [allein] = vereine('organisationseinheit', [stimme('a', 'absender')], eichung), [zwei] = vereine('organisationseinheit', [stimme('a', 'absender'), stimme('a', GELERNT, 12)], eichung), [gegen] = vereine('organisationseinheit', [stimme('a', 'absender'), stimme('b', GELERNT, 12)], eichung);
    expect(zwei!.konfidenz).toBeGreaterThan(allein!.konfidenz);
    expect(gegen!.konfidenz).toBeLessThan(0.88);
  });
  test('the error of calibration is none where words and outcomes agree', () => {
    expect(kalibrierungsfehler(Array.from({ length: 10 }, (_, i) => ({ konfidenz: 0.75, richtig: i < 5 })))).toBeCloseTo(0.25);
  });
});
