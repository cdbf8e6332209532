import type { Analysator } from './analysator.ts';
import { zerlege, type Haeufigkeit } from './kompositum.ts';
import { lexem, zitiere, type Art } from './lexem.ts';
import { stamm } from './stamm.ts';
import { istStoppwort } from './stoppwoerter.ts';
import { zerlegeText } from './woerter.ts';

/** One thing asked for. A phrase keeps its words' order; `geklebt`: typed without blanks (»112/4«, »Bau-Antrag«). */
export type Begriff = { readonly art: 'wort' | 'phrase' | 'praefix'; readonly ausschluss: boolean; readonly geklebt: boolean; readonly woerter: readonly string[] };

/**
 * How wide a question is understood. genau: the word in all its forms, also within a compound. teile: what the word is made of
 * (Bauantragsverfahren finds Bauantrag), and its verb. aehnlich: also words spelled like it in this Mandant's texts (OCR, typing).
 */
export type Umfang = 'genau' | 'teile' | 'aehnlich';

const ITEM = /(-?)(?:"([^"]*)"?|(\S+))/gu;
const QUOTES = /[„“”»«]/gu;
const MIN_PREFIX = 3;
/** More words than this are somebody's whole paragraph; each costs an index lookup. */
const MAX_ITEMS = 24;

export function leseAnfrage(text: string): Begriff[] {
  const begriffe: Begriff[] = [];
  for (const [, minus, zitat, einzeln] of text.replace(QUOTES, '"').matchAll(ITEM)) {
    const roh = zitat ?? einzeln ?? '';
    const woerter = [...zerlegeText(roh)].map((w) => w.gefaltet);
    if (!woerter.length || begriffe.length >= MAX_ITEMS) continue;
    const ausschluss = minus === '-';
    const praefix = zitat === undefined && roh.endsWith('*');
    if (zitat !== undefined) begriffe.push({ art: 'phrase', ausschluss, geklebt: false, woerter });
    else if (praefix && woerter.length === 1 && woerter[0]!.length >= MIN_PREFIX) begriffe.push({ art: 'praefix', ausschluss, geklebt: false, woerter });
    else if (woerter.length > 1) begriffe.push({ art: 'phrase', ausschluss, geklebt: true, woerter });
    else if (!istStoppwort(woerter[0]!)) begriffe.push({ art: 'wort', ausschluss, geklebt: false, woerter });
  }
  return begriffe.filter((b) => b.woerter.some((w) => !istStoppwort(w)));
}

/** A question as PostgreSQL reads it. */
export type Tsanfrage = {
  readonly text: string;
  /** The same with every phrase loosened to its words, where there is a phrase: what the index answers without a look into the row. */
  readonly grob: string | null;
  /** What makes a hit a better one. */
  readonly rang: string;
};
export type Werkzeug = {
  readonly kuerzel: string;
  readonly analysiere: Analysator;
  readonly count: Haeufigkeit;
  /** Folded word → similar folded words of this Mandant's vocabulary. */
  readonly aehnliche?: ReadonlyMap<string, readonly string[]>;
};

const or = (all: readonly string[]) => (all.length === 1 ? all[0]! : `(${[...new Set(all)].join(' | ')})`);
const and = (all: readonly string[]) => (all.length === 1 ? all[0]! : `(${all.join(' & ')})`);

/** Undefined when nothing is asked for that could be looked up: no words, or exclusions alone. `nurMetadaten`: for who may see and not read. */
export function baueTsquery(begriffe: readonly Begriff[], umfang: Umfang, w: Werkzeug, nurMetadaten: boolean): Tsanfrage | undefined {
  if (!begriffe.some((b) => !b.ausschluss)) return undefined;
  const [ganz, teil]: [Art, Art] = nurMetadaten ? ['W', 'T'] : ['w', 't'];
  const g = (s: string) => zitiere(lexem(w.kuerzel, ganz, s));
  const t = (s: string) => zitiere(lexem(w.kuerzel, teil, s));
  const both = (s: string) => or([g(s), t(s)]);

  function wort(gefaltet: string): string[] {
    const eigener = stamm(gefaltet);
    const alternatives = [g(eigener), t(eigener)];
    if (umfang === 'genau') return alternatives;
    for (const gruppe of weiter(gefaltet, w.count)) alternatives.push(and(gruppe.map(both)));
    if (umfang === 'aehnlich') for (const other of w.aehnliche?.get(gefaltet) ?? []) alternatives.push(g(stamm(other)), t(stamm(other)));
    return alternatives;
  }
  function phrase(woerter: readonly string[], locker: boolean): string {
    let text = '';
    let distance = 0;
    for (const word of woerter) {
      distance++;
      if (istStoppwort(word)) { if (!text) distance = 0; continue; }
      text += text ? ` ${locker ? '&' : distance === 1 ? '<->' : `<${distance}>`} ${g(stamm(word))}` : g(stamm(word));
      distance = 0;
    }
    return `(${text})`;
  }
  function one(b: Begriff, locker: boolean): string {
    const [first = ''] = b.woerter;
    if (b.art === 'praefix') return or([`${g(first)}:*`, g(stamm(first))]);
    if (b.art === 'phrase') {
      const joined = b.woerter.join('');
      return b.geklebt && /^\p{L}+$/u.test(joined) ? or([phrase(b.woerter, locker), g(stamm(joined)), t(stamm(joined))]) : phrase(b.woerter, locker);
    }
    return b.ausschluss ? g(stamm(first)) : or(wort(first));
  }
  // An exclusion is never loosened: it would then exclude too much.
  const all = (locker: boolean) => begriffe.map((b) => (b.ausschluss ? `!${one(b, false)}` : one(b, locker))).join(' & ');
  const rang = begriffe.filter((b) => !b.ausschluss).flatMap((b) => b.woerter.filter((x) => !istStoppwort(x)).flatMap((x) => {
    if (b.art === 'praefix') return [`${g(x)}:*`, g(stamm(x))];
    return [g(stamm(x)), t(stamm(x)), zitiere(lexem(w.kuerzel, 'T', stamm(x)))];
  }));
  return { text: all(false), grob: begriffe.some((b) => b.art === 'phrase' && b.woerter.length > 1) ? all(true) : null, rang: [...new Set(rang)].join(' | ') };
}

/**
 * What else may stand for a word, as groups of stems that must come together. A compound of two: both parts, and alone the part that is itself
 * a compound; of three and more: every run of two or more parts, or all of them. For »…ung« its verb.
 */
export function weiter(gefaltet: string, count: Haeufigkeit): string[][] {
  const parts = zerlege(gefaltet, count);
  const groups: string[][] = [];
  if (parts.length === 2) for (const p of parts) if (zerlege(p.replace(/(?<=.{5})s$/, ''), count, true).length > 1) groups.push([stamm(p)]);
  for (let i = 0; i < parts.length; i++) for (let j = i + 2; j <= parts.length; j++) if (j - i < parts.length) groups.push([stamm(parts.slice(i, j).join(''))]);
  if (parts.length > 1) groups.push(parts.map(stamm));
  const eigener = stamm(gefaltet);
  if (eigener.endsWith('ung') && eigener.length > 7) groups.push([eigener.slice(0, -3)]);
  else if (parts.length === 1 && /^(be|ver|ge|ent|er)?\p{L}{4,}(ig|er|el)$/u.test(eigener) && count(`${eigener}ung`) > 0) groups.push([`${eigener}ung`]);
  return groups;
}
