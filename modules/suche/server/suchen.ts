import type { z } from 'zod';
import { setMarke } from '#platform/server/list.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import type { Suchanfrage, Suchergebnis } from '../contract.ts';
import type { Umfang } from './analyse/anfrage.ts';
import { finde, type Fund, type Seite } from './finden.ts';
import { SucheErrors } from './gespeichert.ts';
import { presentTreffer } from './treffer.ts';
import { bereiteVor, frageIn, type Vorhaben } from './vorhaben.ts';

/** With fewer hits than this the search also looks for what compounds are made of; with fewer than `SEHR_WENIGE`, for similar spellings. */
const WENIGE = 20;
const SEHR_WENIGE = 5;
/** By relevance, the newest so many hits are ordered (`pool` in suche.finde). */
const POOL = 2000;
const STUFEN: readonly Umfang[] = ['genau', 'teile', 'aehnlich'];

type Anfrage = z.output<typeof Suchanfrage>;
/** Where a page begins. u: width of the list the page begins in; w: that list widens after its end. */
type Marke = { u: Umfang; w: boolean; d?: string; i?: string; v?: number; /** So many hits by Kennzeichen have been shown, and nothing else. */ k?: number };
const schreibeMarke = (sort: string, marke: Marke) => Buffer.from(JSON.stringify([sort, marke])).toString('base64url');
function leseMarke(cursor: string, sort: string): Marke {
  try {
    const [s, marke] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, Marke];
    if (s === sort && STUFEN.includes(marke.u)) return marke;
  } catch { /* not ours */ }
  throw SucheErrors.cursor_ungueltig();
}

type Platz = { fund: Fund; umfang: Umfang | 'kennzeichen'; nach: Marke };

/**
 * Hits by Kennzeichen, then what the question means exactly, then – if that was little – what it means more widely. Whether it was little is
 * decided by what the Akteur may see.
 */
export async function search(tx: ReadTx, input: Anfrage): Promise<z.input<typeof Suchergebnis>> {
  const v = await bereiteVor(tx, input);
  const ergebnis = { kennzeichen: v.kennzeichen?.text ?? null, hoechstens: input.sort === 'relevanz' && input.q ? POOL : null };
  if (v.leer && !v.kennzeichen) return { eintraege: [], gesamt: 0, weiter: null, umfang: input.umfang ?? 'genau', ...ergebnis };
  const marke = input.cursor === undefined ? undefined : leseMarke(input.cursor, input.sort);
  const genau = v.kennzeichen?.funde.map((f) => f.id) ?? [];
  const sort: Anfrage['sort'] = input.q ? input.sort : '-datum';

  let umfang: Umfang = marke?.u ?? input.umfang ?? 'genau';
  let weitet = marke ? marke.w : input.umfang === undefined && v.begriffe.length > 0;
  const schonGezeigt = marke ? marke.k ?? Infinity : 0;
  const seite: Platz[] = (v.kennzeichen?.funde ?? []).slice(schonGezeigt).map((fund, i) => ({ fund, umfang: 'kennzeichen', nach: { u: umfang, w: weitet, k: schonGezeigt + i + 1 } }));
  let nach = marke?.d && marke.i ? { datum: marke.d, id: marke.i } : null;
  let versatz = marke?.v ?? 0;
  // What narrower lists hold is not shown again. They are short, or there were no wider one.
  const schonDa = [...genau];
  if (marke && umfang !== (input.umfang ?? 'genau')) schonDa.push(...(await engere(tx, v, umfang, sort, schonDa)));
  let weiter: Marke | undefined;
  for (;;) {
    const frage = v.begriffe.length ? await frageIn(tx, v, umfang) : undefined;
    const platz = input.limit - seite.length;
    const erstmals = !nach && !versatz;
    const grenze = weitet && erstmals ? Math.max(platz + 1, WENIGE) : platz + 1;
    const funde = await finde(tx, frage, v.sicht, v.filter, { sort, nach, versatz, grenze, ausser: schonDa });
    const gezeigt = funde.slice(0, Math.max(platz, 0));
    if (weitet && erstmals) weitet = funde.length + schonDa.length < (umfang === 'genau' ? WENIGE : SEHR_WENIGE);
    gezeigt.forEach((fund, i) => { seite.push({ fund, umfang, nach: { u: umfang, w: weitet, ...(sort === 'relevanz' ? { v: versatz + i + 1 } : { d: fund.datum, i: fund.id }) } }); });
    if (funde.length > platz) {
      weiter = gezeigt.length ? seite.at(-1)!.nach : { u: umfang, w: weitet, ...(sort === 'relevanz' ? { v: versatz } : nach ? { d: nach.datum, i: nach.id } : {}) };
      break;
    }
    const breiter: Umfang | undefined = weitet ? await naechsteStufe(tx, v, umfang) : undefined;
    if (!breiter) break;
    schonDa.push(...(erstmals ? funde.map((f) => f.id) : await engere(tx, v, breiter, sort, genau)));
    umfang = breiter;
    nach = null;
    versatz = 0;
  }
  const eintraege = await presentTreffer(tx, seite, v, umfang);
  const marken = new Map(seite.map((p) => [p.fund.id, p.nach]));
  for (const e of eintraege) setMarke(e, schreibeMarke(input.sort, marken.get(e.id)!));
  return { eintraege, gesamt: !marke && !weiter ? eintraege.length : null, weiter: weiter ? schreibeMarke(input.sort, weiter) : null, umfang, ...ergebnis };
}

/** The next wider list that asks something new. */
async function naechsteStufe(tx: ReadTx, v: Vorhaben, umfang: Umfang): Promise<Umfang | undefined> {
  const jetzt = (await frageIn(tx, v, umfang))?.voll.text;
  for (const breiter of STUFEN.slice(STUFEN.indexOf(umfang) + 1)) if ((await frageIn(tx, v, breiter))?.voll.text !== jetzt) return breiter;
  return undefined;
}
/** Ids that the narrower lists have shown. */
async function engere(tx: ReadTx, v: Vorhaben, umfang: Umfang, sort: Seite['sort'], ausser: readonly string[]): Promise<string[]> {
  const davor = STUFEN[STUFEN.indexOf(umfang) - 1];
  if (!davor) return [];
  const funde = await finde(tx, await frageIn(tx, v, davor), v.sicht, v.filter, { sort, nach: null, versatz: 0, grenze: WENIGE, ausser });
  return funde.map((f) => f.id);
}

/** How widely a search would be understood: for the count, where the search itself has not said it. */
export async function bestimmeUmfang(tx: ReadTx, v: Vorhaben): Promise<Umfang> {
  let umfang: Umfang = 'genau';
  for (;;) {
    const funde = await finde(tx, await frageIn(tx, v, umfang), v.sicht, v.filter, { sort: '-datum', nach: null, versatz: 0, grenze: WENIGE, ausser: [] });
    const breiter: Umfang | undefined = funde.length < (umfang === 'genau' ? WENIGE : SEHR_WENIGE) ? await naechsteStufe(tx, v, umfang) : undefined;
    if (!breiter) return umfang;
    umfang = breiter;
  }
}
