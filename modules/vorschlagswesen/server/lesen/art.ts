import { anredeVon, type Fund, type Zeile } from './fund.ts';

/** Kinds of what arrives, as they stand in »Typ« of the Dokument: a word in the title, a phrase in the body. The first that fits is it. */
const ARTEN: readonly { art: string; titel: RegExp; text?: RegExp }[] = [
  { art: 'Klage', titel: /\b(klage(schrift)?|klageerhebung|eilantrag|antrag auf (einstweilige|vorläufigen rechtsschutz))\b/iu, text: /\b(erhebe ich|erheben wir)\b[^.]{0,40}\bklage\b/iu },
  { art: 'Widerspruch', titel: /\b(widerspruchs?|einspruch)\b/iu, text: /\b(lege|legen|erhebe|erheben)\b[^.]{0,80}\b(widerspruch|einspruch)\b/iu },
  { art: 'Mahnung', titel: /\b(\d\.\s*)?(mahnung|zahlungserinnerung|letzte aufforderung)\b/iu, text: /\b(noch nicht ausgeglichen|zahlungsverzug|mahngebühr)/iu },
  { art: 'Rechnung', titel: /\b(\p{L}*rechnung|honorarrechnung|gebührenrechnung)\b(?!sprüfung)/iu, text: /\b(stellen wir( ihnen)? (wie folgt )?in rechnung|stelle ich( ihnen)? (wie folgt )?in rechnung|rechnungs-?(nr|nummer|datum))/iu },
  { art: 'Kündigung', titel: /\b(kündigung|kündigungsschreiben)\b/iu, text: /\bkündige (ich|n wir)\b|\b(ich|wir) kündigen?\b/iu },
  { art: 'Bescheid', titel: /\b(\p{L}*bescheid|verfügung|anordnung)\b/iu, text: /\bergeht folgender bescheid\b/iu },
  { art: 'Stellungnahme', titel: /\b(stellungnahme|äußerung zu|anhörungsantwort)\b/iu, text: /\bnehmen (wir|ich)[^.]{0,60} stellung\b|\bbestehen[^.]{0,60} keine bedenken\b/iu },
  { art: 'Beschwerde', titel: /\b(\p{L}*beschwerde|beschwerden?)\b/iu, text: /\b(beschwere ich mich|möchte ich mich beschweren)\b/iu },
  { art: 'Bewerbung', titel: /\bbewerbung\b/iu },
  { art: 'Vollmacht', titel: /\b(vollmacht|vertretungsanzeige)\b/iu, text: /\bzeigen? (wir|ich)[^.]{0,80} vertreten\b/iu },
  { art: 'Einladung', titel: /\beinladung\b/iu, text: /\bladen? (wir|ich) (sie|euch)[^.]{0,40} ein\b/iu },
  { art: 'Gutachten', titel: /\b(gutachten|prüfbericht|sachverständigen\p{L}*)\b/iu },
  { art: 'Fristverlängerung', titel: /\b(fristverlängerung|verlängerung der frist)\b/iu, text: /\bbitten? (ich|wir)[^.]{0,40} verlängerung\b/iu },
  { art: 'Antrag', titel: /\b(\p{L}*antrag(?!steller)(s\b)?|anmeldung|bauvoranfrage)\b/iu, text: /\b(hiermit )?beantragen? (ich|wir)\b|\b(ich|wir) beantragen?\b|\bstellen? (ich|wir)[^.]{0,40}\bantrag\b/iu },
  { art: 'Nachweise', titel: /\b(nachgereicht\p{L}*|nachweise?|unterlagen)\b/iu, text: /\b(reiche|reichen|sende|senden)[^.]{0,60}\b(nachweise?|unterlagen|bescheinigung)\b/iu },
  { art: 'Anfrage', titel: /\b(anfrage|auskunft|bitte um \p{L}+|sachstand(sanfrage)?|akteneinsicht)\b/iu, text: /\bbitten? (ich|wir)[^.]{0,40}\b(auskunft|mitteilung|rückmeldung)\b/iu },
  { art: 'Mitteilung', titel: /\b(mitteilung|anzeige|meldung|information|bestätigung|\p{L}*bestätigung)\b/iu },
];
export const arten = ARTEN.map((a) => a.art);
/** »AW: Widerspruch …«: the answer of one to the other. */
const VORSILBE = /^(?:(?:aw|wg|re|fwd|fw|antw)\s*:\s*)+/iu;

/** The kind, by the title line of the letter or by what its first sentences do. `betreff`: the title where it is known. */
export function readArt(text: string, zeilen: readonly Zeile[], betreff: { wert: string; von: number; bis: number } | undefined): Fund[] {
  const anrede = anredeVon(zeilen);
  const titel = (betreff?.wert ?? '').replace(VORSILBE, '');
  if (betreff && titel) {
    const worte = ARTEN.flatMap((a) => { const m = a.titel.exec(titel); return m ? [{ a, m }] : []; });
    // »Widerspruch gegen den Bescheid«: the word that stands first says what it is
    const [erste] = worte.toSorted((x, y) => x.m.index - y.m.index);
    if (erste) return [{ wert: erste.a.art, quelle: 'art_betreff', grund: `„${erste.m[0]}“ im Betreff`, von: betreff.von, bis: betreff.bis }];
  }
  // a form has its title alone in one of the first lines
  for (const z of zeilen.slice(0, Math.min(anrede, 12))) {
    const treffer = z.text.length < 70 && !/[@,;]|^ihr|^unser|^mein/iu.test(z.text) ? ARTEN.find((a) => a.titel.exec(z.text)?.index === 0) : undefined;
    if (treffer) return [{ wert: treffer.art, quelle: 'art_titel', grund: `Titel „${z.text}“`, von: z.von, bis: z.bis }];
  }
  const ab = zeilen[anrede]?.von ?? 0, koerper = text.slice(ab, ab + 1200);
  const imText = ARTEN.flatMap((a) => { const m = a.text?.exec(koerper); return m ? [{ a, m }] : []; }).toSorted((x, y) => x.m.index - y.m.index)[0];
  return imText ? [{ wert: imText.a.art, quelle: 'art_text', grund: `„${imText.m[0].replace(/\s+/g, ' ')}“ im Text`, von: ab + imText.m.index, bis: ab + imText.m.index + imText.m[0].length }] : [];
}
