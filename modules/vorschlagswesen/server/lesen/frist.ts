import { findDaten } from './datum.ts';
import type { Fund } from './fund.ts';
import { addMonate, addTage, naechsterWerktag, schreibTag } from './kalender.ts';

const ZAHLEN: Record<string, number> = { ein: 1, eine: 1, einer: 1, eines: 1, einem: 1, zwei: 2, zweier: 2, drei: 3, dreier: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, zehn: 10, vierzehn: 14, zwölf: 12, dreißig: 30 };
const BIS = /(?:\bbis(?:\s+(?:spätestens|zum|einschließlich|zum ablauf des|spätestens zum))*|\b(?:fällig|zahlbar)(?:\s+(?:am|bis|bis zum|spätestens am))?|\b(?:zahlungsziel|fälligkeit|fälligkeitsdatum|rückmeldung bis|frist(?:ende)?|abgabetermin|einsendeschluss)|\bspätestens(?:\s+(?:am|bis|zum|bis zum))*)\s*:?\s*(?:den\s+)?(?:(?:mo|di|mi|do|fr|sa|so)\p{L}*,?\s+(?:den\s+)?)?$/iu;
const DAUER = /\b(?:innerhalb|binnen|in einer frist von|mit einer frist von|frist von|zahlbar in|zahlungsziel:?)\s+(?:von\s+|der nächsten\s+)?(?<zahl>\d{1,3}|\p{L}+)\s*(?<einheit>tag(?:e[ns]?)?|wochen?|monat(?:e[ns]?|s)?)\b(?<ab>(?:\s+(?:rein\s+)?netto|\s+ohne\s+abzug)?(?:\s+(?:nach|ab|seit)\s+(?:der\s+|dem\s+|ihrer\s+|seiner\s+)?(?:bekanntgabe|zustellung|zugang|erhalt|empfang|eingang|rechnungsdatum|rechnungsstellung|rechnungserhalt|datum|dieses\s+schreibens)(?:\s+(?:dieses|des|der)\s+\p{L}+)?)?)/giu;
/** Words of rights that follow for us, not for the addressee: a period of the law that the letter only explains. */
const ERZAEHLT = /(wurde|war|hatte|haben wir|erlischt|gilt der antrag|rückwirkend|in den letzten|seit)\b[^.]{0,60}$/iu;

/** Start of a period: of the letter for what runs from its date, else of its receipt. */
const abBrief = (ab: string) => /rechnungsdatum|rechnungsstellung|\bdatum\b/iu.test(ab);

/**
 * What is to be done by when. A named day first; else a period, counted by §§ 187, 188, 193 BGB from the receipt, which is never later than what the law
 * takes for it (§ 41 Abs. 2 VwVfG).
 */
export function readFrist(text: string, { eingegangen, datum }: { eingegangen: string; datum: string | null }): Fund[] {
  const benannt = findDaten(text).flatMap(({ tag, von, bis }): (Fund & { rang: number })[] => {
    const davor = text.slice(Math.max(0, von - 60), von).replace(/\s+/g, ' ');
    if (!BIS.test(davor) || tag < addTage(eingegangen, -60) || tag > addTage(eingegangen, 1100)) return [];
    return [{ wert: tag, quelle: 'frist_tag', grund: tag < eingegangen ? `im Text genannt, bei Eingang schon abgelaufen` : 'im Text genannter Tag', von, bis, rang: tag < eingegangen ? 1 : 0 }];
  });
  const dauern = [...text.matchAll(DAUER)].flatMap((m): (Fund & { rang: number })[] => {
    const { zahl, einheit, ab } = m.groups as { zahl: string; einheit: string; ab: string };
    const n = /^\d/.test(zahl) ? Number(zahl) : ZAHLEN[zahl.toLocaleLowerCase('de-DE')] ?? 0;
    if (!n || n > 400 || ERZAEHLT.test(text.slice(Math.max(0, m.index - 90), m.index))) return [];
    const brief = abBrief(ab) && datum !== null;
    const start = brief ? datum : eingegangen;
    const ende = /^monat/i.test(einheit) ? addMonate(start, n) : addTage(start, /^woche/i.test(einheit) ? 7 * n : n);
    const tag = naechsterWerktag(ende);
    const spaeter = tag === ende ? '' : `, ${schreibTag(ende)} ist kein Werktag`;
    const worte = m[0].replace(/\s+/g, ' ').trim();
    return [{ wert: tag, quelle: ab.trim() ? 'frist_dauer_ab' : 'frist_dauer', grund: `„${worte}“, gerechnet ab ${brief ? 'dem Datum des Schreibens' : 'Eingang'} ${schreibTag(start)}${spaeter}`, von: m.index, bis: m.index + m[0].trimEnd().length, rang: ab.trim() ? 2 : 3 }];
  });
  const [beste] = [...benannt, ...dauern].toSorted((a, b) => a.rang - b.rang || a.wert.localeCompare(b.wert));
  if (!beste) return [];
  const { rang: _, ...fund } = beste;
  return [fund];
}
