import type { z } from 'zod';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { listTeilbaum } from '#modules/aktenplan/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Facettenanfrage } from '../contract.ts';
import { waehleAehnliche } from './analyse/aehnlich.ts';
import { baueTsquery, leseAnfrage, type Begriff, type Umfang, type Werkzeug } from './analyse/anfrage.ts';
import { findeKennzeichen, schluesselVon } from './analyse/kennzeichen.ts';
import { lexem, zitiere } from './analyse/lexem.ts';
import { finde, findeAehnliche, type Doppelanfrage, type Filter, type Fund } from './finden.ts';
import { resolveSicht, type Sicht } from './sicht.ts';
import type { SucheTables } from './tables.gen.ts';
import { ladeWortschatz } from './wortschatz.ts';

const MAX_KENNZEICHEN = 5;

const db = tables<SucheTables>();

/** A question made ready: what it means at each width, and whose eyes it is asked with. */
export type Vorhaben = {
  begriffe: Begriff[]; werkzeug: Werkzeug; sicht: Sicht; filter: Filter;
  /** Taken for an Aktenzeichen: the words of the question, the hits, and the Aktenzeichen as it is written. */
  kennzeichen: { text: string; funde: Fund[]; geschrieben: string } | undefined;
  /** Something is asked for, but nothing that can be looked up (»-wort« alone, or stop words). */
  leer: boolean;
};

export async function bereiteVor(tx: ReadTx, input: z.output<typeof Facettenanfrage>): Promise<Vorhaben> {
  const sicht = await resolveSicht(tx);
  const { kuerzel, analysiere, count } = await ladeWortschatz(tx);
  const werkzeug: Werkzeug = { kuerzel, analysiere, count };
  const filter = await leseFilter(tx, input);
  const kennzeichen = await erkenne(tx, input.q, kuerzel, sicht, filter);
  const rest = kennzeichen ? input.q.replace(kennzeichen.text, ' ') : input.q;
  let begriffe = leseAnfrage(rest);
  // An Aktenzeichen alone asks for the Akte, for what lies in it, and for letters that name it.
  if (kennzeichen && !begriffe.some((b) => !b.ausschluss)) begriffe = [...leseAnfrage(`"${kennzeichen.geschrieben}"`), ...begriffe];
  return { begriffe, werkzeug, sicht, filter, kennzeichen, leer: input.q !== '' && !begriffe.some((b) => !b.ausschluss) };
}

async function leseFilter(tx: ReadTx, i: z.output<typeof Facettenanfrage>): Promise<Filter> {
  const einheiten = i.aktenplaneinheitId && (await Promise.all(i.aktenplaneinheitId.map((id) => listTeilbaum(tx, id)))).flat();
  return {
    ...(i.typ && { typ: i.typ }), ...(i.art && { art: i.art }), ...(i.status && { status: i.status }), ...(einheiten && { aktenplaneinheit: einheiten }),
    ...(i.organisationseinheitId && { organisationseinheit: i.organisationseinheitId }), ...(i.von && { von: i.von }), ...(i.bis && { bis: i.bis }), ...(i.akteId && { akte: i.akteId }),
  };
}

/** The longest run of words that is the Kennzeichen of something the Akteur may see. */
async function erkenne(tx: ReadTx, q: string, kuerzel: string, sicht: Sicht, filter: Filter): Promise<Vorhaben['kennzeichen']> {
  const kandidaten = findeKennzeichen(q);
  if (!kandidaten.length) return undefined;
  const alle = await finde(tx, schluesselfrage(kuerzel, kandidaten.map((k) => k.schluessel)), sicht, filter, { sort: '-datum', nach: null, versatz: 0, grenze: 100, ausser: [] });
  if (!alle.length) return undefined;
  const von = await readKennzeichen(tx, alle.map((f) => f.id));
  for (const k of kandidaten) {
    const treffer = alle.filter((f) => von.get(f.id)?.some((kennzeichen) => schluesselVon(kennzeichen).includes(k.schluessel)));
    if (!treffer.length) continue;
    // The whole Kennzeichen goes before one without its year.
    const rang = (f: Fund) => Math.min(...von.get(f.id)!.map((kz) => { const at = schluesselVon(kz).indexOf(k.schluessel); return at < 0 ? 9 : at; }));
    const best = Math.min(...treffer.map(rang));
    const funde = treffer.filter((f) => rang(f) === best).slice(0, MAX_KENNZEICHEN);
    const geschrieben = von.get(funde[0]!.id)!.find((kz) => schluesselVon(kz).includes(k.schluessel))!;
    return { text: k.text, funde, geschrieben };
  }
  return undefined;
}
function schluesselfrage(kuerzel: string, schluessel: readonly string[]): Doppelanfrage {
  const text = [...new Set(schluessel)].map((s) => zitiere(lexem(kuerzel, 'K', s))).join(' | ');
  const frage = { text, grob: null, rang: text };
  return { voll: frage, meta: frage, kennzeichen: text };
}

/** The question at a width; undefined where it would ask nothing new. Hits by Kennzeichen belong to every width. */
export async function frageIn(tx: ReadTx, v: Vorhaben, umfang: Umfang): Promise<Doppelanfrage | undefined> {
  if (umfang === 'aehnlich') v.werkzeug = { ...v.werkzeug, aehnliche: v.werkzeug.aehnliche ?? (await ladeAehnliche(tx, v)) };
  const voll = baueTsquery(v.begriffe, umfang, v.werkzeug, false);
  const meta = baueTsquery(v.begriffe, umfang, v.werkzeug, true);
  if (!voll || !meta) return undefined;
  if (!v.kennzeichen) return { voll, meta, kennzeichen: null };
  const dazu = zitiere(lexem(v.werkzeug.kuerzel, 'K', normalizeAktenzeichen(v.kennzeichen.text)));
  const mit = (f: typeof voll) => ({ text: `(${f.text}) | ${dazu}`, grob: f.grob && `(${f.grob}) | ${dazu}`, rang: f.rang });
  return { voll: mit(voll), meta: mit(meta), kennzeichen: dazu };
}

async function ladeAehnliche(tx: ReadTx, v: Vorhaben): Promise<Map<string, string[]>> {
  const aehnliche = new Map<string, string[]>();
  for (const b of v.begriffe) {
    const [wort = ''] = b.woerter;
    if (b.art === 'wort' && !b.ausschluss && wort.length >= 4 && !/\d/.test(wort)) aehnliche.set(wort, waehleAehnliche(wort, await findeAehnliche(tx, wort)));
  }
  return aehnliche;
}

/** All Kennzeichen of these entries, the present one first. */
async function readKennzeichen(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.read(tx).selectFrom('suche.anzeige').select(['id', 'kennzeichen', 'fruehere']).where('id', 'in', [...ids]).execute();
  return new Map(rows.map((r) => [r.id, [...(r.kennzeichen ? [r.kennzeichen] : []), ...r.fruehere]]));
}
