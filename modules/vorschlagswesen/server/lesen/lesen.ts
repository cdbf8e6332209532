import { tagVon } from '#platform/server/zeit.ts';
import type { Feld } from '../../contract.ts';
import { stimmeVon, type Stimme } from '../vorschlag.ts';
import { readArt } from './art.ts';
import { readBetrag } from './betrag.ts';
import { readAbsender, readBetreff, readBezugszeile } from './brief.ts';
import { readDatum } from './datum.ts';
import { readEmpfaenger, type OeName } from './empfaenger.ts';
import { readFrist } from './frist.ts';
import { zeilenVon, type Fund } from './fund.ts';
import { findFremdeZeichen } from './zeichen.ts';

export type Mailkopf = { betreff: string; datum: string | null; von: readonly { name: string; adresse: string }[]; an: readonly { name: string; adresse: string }[] };
export type Lesbar = {
  text: string;
  /** Day of receipt. */
  eingegangen: string;
  mandant: string; oes: readonly OeName[];
  /** An e-mail says in its head what a letter has on its paper. */
  mail: Mailkopf | null;
};
/** As much of a long scan as says what it is; the rest is what it encloses. */
const KOPF = 30_000;
const nirgends = (feld: Feld, wert: string, quelle: string, grund: string): Stimme => ({ feld, wert, quelle, stufe: 0, grund, stelle: null });

/** Everything the rules find in a text. No I/O: the same text gives the same answer. */
export function readText({ text: ganz, eingegangen, mandant, oes, mail }: Lesbar): Stimme[] {
  const text = ganz.slice(0, KOPF);
  const zeilen = zeilenVon(text);
  const stimmen: Stimme[] = [];
  const nimm = (feld: Feld, funde: readonly Fund[]) => { for (const f of funde) stimmen.push(stimmeVon(feld, f)); };

  const mailBetreff = mail?.betreff.trim();
  const betreff = readBetreff(zeilen);
  if (mailBetreff) stimmen.push(nirgends('betreff', mailBetreff.slice(0, 500), 'mail', 'Betreff der E-Mail')); else nimm('betreff', betreff);
  const von = mail?.von[0];
  if (von) stimmen.push(nirgends('absender', (von.name || von.adresse).slice(0, 500), 'mail', 'Absender der E-Mail')); else nimm('absender', readAbsender(zeilen, [mandant]));
  const datum = mail?.datum ? tagVon(new Date(mail.datum)) : null;
  const brief = datum === null ? readDatum(text, zeilen, eingegangen) : [];
  if (datum) stimmen.push(nirgends('datumDesSchreibens', datum, 'mail', 'Datum der E-Mail')); else nimm('datumDesSchreibens', brief);

  const [benannt] = findFremdeZeichen(text);
  if (benannt) stimmen.push({ feld: 'fremdesGeschaeftszeichen', wert: benannt.gefunden, quelle: 'zeichen_benannt', stufe: 0, grund: 'als Zeichen des Absenders benannt', stelle: { von: benannt.von, bis: benannt.bis } });
  else nimm('fremdesGeschaeftszeichen', readBezugszeile(text, zeilen));

  nimm('dokumenttyp', readArt(text, zeilen, mailBetreff ? { wert: mailBetreff, von: 0, bis: mailBetreff.length } : betreff[0]));
  nimm('frist', readFrist(text, { eingegangen, datum: datum ?? brief[0]?.wert ?? null }));
  nimm('betrag', readBetrag(text));
  nimm('organisationseinheit', readEmpfaenger(zeilen, { mandant, oes }));
  for (const an of mail?.an ?? []) nimm('organisationseinheit', readEmpfaenger(zeilenVon(`${mandant}\n${an.adresse.split('@')[0]!.replace(/[._-]+/g, ' ')} ${an.name}`), { mandant, oes }).map((f) => ({ ...f, grund: `Empfänger der E-Mail: ${an.adresse}`, von: 0, bis: 0 })));
  return stimmen.map((s) => (s.stelle && s.stelle.von === s.stelle.bis ? { ...s, stelle: null } : s));
}
