import { getAktenplaneinheitenKurz } from '#modules/aktenplan/server/index.ts';
import { getMandant, listGueltigeOes } from '#modules/organisation/server/index.ts';
import { getAktenorte } from '#modules/schriftgut/server/index.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { proposeAkten, type Aktenfund } from './akte.ts';
import { GELERNT } from './lernen/erfahrung.ts';
import { stufeVon } from './lernen/kalibrierung.ts';
import { absenderschluessel, merkmaleVon, salzVon } from './lernen/merkmale.ts';
import { proposeGelernt, readAbsenderhistorie, type Gelernt } from './lernen/speicher.ts';
import { readText, type Mailkopf } from './lesen/lesen.ts';
import { findFremdeZeichen } from './lesen/zeichen.ts';
import type { Stimme } from './vorschlag.ts';

/** A place by the sender's history; never more than a few. */
export type Historienfund = { akteId: string; vorgangId: string | null; quelle: 'absender' | 'absender_immer'; grund: string };
export type Eingelesen = { stimmen: Stimme[]; akten: Aktenfund[]; historie: Historienfund[] };

/** Everything that speaks for a value of any field: rules first, then what was learned. Looks at no rights: see `Stimme.nurMit`. */
export async function proposeStimmen(tx: ReadTx, { text, eingegangen, mail, absender }: { text: string; eingegangen: string; mail: Mailkopf | null; /** As somebody has entered it; empty: as the text says. */ absender: string }): Promise<Eingelesen> {
  const oes = await listGueltigeOes(tx);
  const gelesen = readText({ text, eingegangen, mandant: (await getMandant(tx)).name, oes, mail });
  const salz = salzVon(tx.ctx.mandantId);
  const name = absender || gelesen.find((s) => s.feld === 'absender')?.wert || '';
  const akten = await proposeAkten(tx, text, findFremdeZeichen(text));
  const { nummern, woerter } = merkmaleVon(text, salz, [name]);
  const gelernt = await nameGelerntes(tx, await proposeGelernt(tx, nummern), woerter, new Map(oes.map((o) => [o.id, `${o.kennzeichen} ${o.bezeichnung}`])));
  const historie = await proposeHistorie(tx, absenderschluessel(name, salz), new Set(oes.map((o) => o.id)));
  return { stimmen: [...gelesen, ...await proposeOeDerAkten(tx, akten), ...historie.oes, ...gelernt], akten, historie: historie.orte };
}

/** The office that leads the Akte a letter names. */
async function proposeOeDerAkten(tx: ReadTx, akten: readonly Aktenfund[]): Promise<Stimme[]> {
  const [erste] = akten.filter((a) => a.quelle === 'aktenzeichen' || a.quelle === 'aktenzeichen_ocr' || a.quelle === 'fremdes_zeichen');
  const ort = erste && (await getAktenorte(tx, [erste.akteId])).get(erste.akteId);
  return ort ? [{ feld: 'organisationseinheit', wert: ort.federfuehrungId, quelle: 'akte', stufe: 0, grund: `führt die Akte zu „${erste.gefunden}“`, stelle: { von: erste.von, bis: erste.bis }, nurMit: { akteId: erste.akteId } }] : [];
}

const oft = (n: number) => (n === 1 ? 'einmal' : `${n}-mal`);
/** Where the sender's letters went before. Whom somebody writes to may be nobody's business: shown only with the Akte or the basket itself. */
async function proposeHistorie(tx: ReadTx, schluessel: number | null, gueltig: ReadonlySet<string>): Promise<{ oes: Stimme[]; orte: Historienfund[] }> {
  if (schluessel === null) return { oes: [], orte: [] };
  const { oes, orte } = await readAbsenderhistorie(tx, schluessel);
  const haeufig = oes.filter((o) => gueltig.has(o.id) && o.anzahl >= 2 && o.anzahl >= o.von * 0.6).slice(0, 1);
  return {
    oes: haeufig.map((o) => ({ feld: 'organisationseinheit' as const, wert: o.id, quelle: 'absender', stufe: 0, grund: `Absender schrieb ${oft(o.anzahl)} an diese Stelle`, stelle: null, nurMit: { korbId: o.id } })),
    orte: orte.slice(0, 3).map((o) => ({ akteId: o.akteId, vorgangId: o.vorgangId, quelle: o.anzahl >= 3 && o.anzahl === o.von ? 'absender_immer' as const : 'absender' as const, grund: `Absender schrieb ${oft(o.anzahl)} zu dieser Akte` })),
  };
}

/** The words of this text that spoke for it, said in those of the text. */
async function nameGelerntes(tx: ReadTx, gelernt: readonly Gelernt[], woerter: ReadonlyMap<number, string>, oes: ReadonlyMap<string, string>): Promise<Stimme[]> {
  const einheiten = await getAktenplaneinheitenKurz(tx, gelernt.filter((g) => g.feld === 'aktenplaneinheit').map((g) => g.schluessel));
  return gelernt.flatMap((g) => {
    const einheit = einheiten.get(g.schluessel);
    const name = g.feld === 'dokumenttyp' ? `„${g.schluessel}“` : g.feld === 'organisationseinheit' ? oes.get(g.schluessel) : einheit && `${einheit.kennzeichen} ${einheit.bezeichnung}`;
    if (!name) return []; // an office or a unit that is no more
    const worte = g.gruende.map((w) => woerter.get(w.merkmal)).filter((w) => w !== undefined).slice(0, 3);
    return [{ feld: g.feld, wert: g.schluessel, quelle: GELERNT, stufe: stufeVon(g.abstand), grund: `ähnlich zu ${g.beispiele === 1 ? 'einem Eingang' : `${g.beispiele} Eingängen`} in ${name}${worte.length ? `: ${worte.join(', ')}` : ''}`, stelle: null }];
  });
}
