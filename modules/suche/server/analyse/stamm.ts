const S_ENDING = 'bdfghklmnrt';
const ST_ENDING = 'bdfghklmnt';

/** The infinitive with zu inside: »anzuzeigen« is »anzeigen«; not »Abzugsfähigen«. */
const ZU = /^(an|ab|auf|aus|bei|dar|durch|ein|fest|fort|her|hin|mit|nach|vor|weiter|wieder|zuruck)zu((?:g[aeiourln]|[^g])\w{2,}en)$/;

/**
 * The stem of a folded German word: inflection is taken off, derivation stays (»Genehmigung« and »genehmigen« are two words).
 * Two steps as in J. Savoy's light German stemmer, extended by the genitive after r (»Müllers«) and the -t of verbs (»genehmigt« = »genehmigen«).
 */
export function stamm(roh: string): string {
  const wort = roh.endsWith('en') && roh.includes('zu') ? roh.replace(ZU, '$1$2') : roh;
  if (wort.length < 4 || wort.charCodeAt(0) < 58) return wort; // short, or a number
  let n = wort.length;
  const at = (back: number) => wort[n - back]!;
  if (n > 5 && wort.endsWith('ern')) n -= 3;
  else if (n > 4 && at(2) === 'e' && 'mnrs'.includes(at(1))) n -= 2;
  else if (at(1) === 'e') n -= 1;
  else if (at(1) === 's' && S_ENDING.includes(at(2))) n -= 1;
  if (n > 5 && at(3) === 'e' && at(2) === 's' && at(1) === 't') n -= 3;
  else if (n > 4 && at(2) === 'e' && (at(1) === 'r' || at(1) === 'n')) n -= 2;
  else if (n > 4 && at(2) === 's' && at(1) === 't' && ST_ENDING.includes(at(3))) n -= 2;
  if (n > 6 && at(1) === 't' && at(2) === 'g' && at(3) === 'i') n -= 1;
  else if (n > 7 && at(1) === 't' && at(2) === 'e') n -= 2;
  return wort.slice(0, n);
}
