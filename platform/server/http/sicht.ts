import type { IncomingMessage } from 'node:http';
import type { Operation } from '../../contract.ts';
import { sichtarten, type RequestContext, type Sichtart } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Module } from '../module.ts';
import type { Database } from '../tx.ts';

declare module 'node:http' { interface IncomingMessage { sicht?: { art: Sichtart; id: string } } }

const PREFIX = new RegExp(`^(/api/v1)/(${sichtarten.join('|')})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/)`);
/**
 * `/api/v1/fuer/<id>/akten` is `/api/v1/akten` in another context: every operation, download and picture has an address in each context, without
 * knowing of it. In the address and not in the session, so that two tabs can stand in two contexts and no cache mixes them.
 */
export function takeSicht(raw: Pick<IncomingMessage, 'url' | 'sicht'>): string {
  const url = raw.url ?? '/';
  const match = PREFIX.exec(url);
  if (!match) return url;
  raw.sicht = { art: match[2] as Sichtart, id: match[3]! };
  return match[1]! + url.slice(match[0].length);
}

const NotHere = () => new AppError('sicht.nicht_hier', 409, 'Das geht nur im eigenen Namen und im eigenen Haus. Bitte dorthin zurückkehren');
const ReadOnly = () => new AppError('sicht.nur_lesen', 403, 'Hier dürfen Sie lesen, aber nichts ändern');
const NotForMachines = () => new AppError('sicht.nicht_fuer_programme', 403, 'Programme handeln weder in Vertretung noch als Gast');

/** The context in which a request runs: the caller's own, or the one its address names. Operations without login know no other. */
export function openSichten(modules: readonly Module[], database: Database) {
  const ways = new Map(modules.flatMap((m) => m.sichten ?? []).map((s) => [s.art, s]));
  return {
    async enter({ sicht }: Pick<IncomingMessage, 'sicht'>, own: RequestContext, op: Pick<Operation, 'access' | 'method' | 'selbst' | 'gast'>): Promise<RequestContext> {
      if (!sicht || op.access === 'oeffentlich') return own;
      if (op.selbst) throw NotHere();
      if (own.akteur.art !== 'person') throw NotForMachines();
      const way = ways.get(sicht.art);
      if (!way) throw new AppError('allgemein.nicht_gefunden', 404, 'Diese Adresse gibt es nicht');
      const entered = await way.enter(database, own, sicht.id);
      if (entered.akteur.art === 'gast' && op.access === 'angemeldet' && !op.gast) throw NotHere();
      if (entered.sicht?.nurLesen && op.method !== 'GET') throw ReadOnly();
      return entered;
    },
  };
}
