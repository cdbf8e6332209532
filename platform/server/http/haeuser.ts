import type { Haus, Hausstand } from '../../haeuser-contract.ts';
import type { RequestContext } from '../context.ts';
import { AppError, NotRecorded } from '../errors.ts';
import type { createLeseprotokoll } from '../lesezugriff.ts';
import { InvalidCursor } from '../list.ts';
import type { Log } from '../log.ts';
import type { Module, OffeneHaeuser, Route } from '../module.ts';
import { createPlaetze } from '../plaetze.ts';
import type { Database, ReadTx } from '../tx.ts';
import { mische, type Antwort, type Frage, type Marken, type Teil } from './mischen.ts';

/** A house that has not answered by then is named as missing, so that one that is down takes nobody else's list along. */
const FRIST = 2000;
/** Of so many others at most; and so many are asked at the same time by this process, whoever asks, so that connections are left for everything else. */
const HOECHSTENS = 20;
const ZUGLEICH = 4;

type Fehlt = { haus: Haus; id: string; stand: 'nicht_erreichbar' | 'ausgelassen' | 'vorbei'; fehler?: AppError };
type Ergebnis = Teil | Fehlt;
const istTeil = (e: Ergebnis): e is Teil => 'antwort' in e;

function readMarken(cursor: string | undefined): Marken {
  if (cursor === undefined) return {};
  try {
    const marken = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (marken !== null && typeof marken === 'object' && Object.values(marken).every((m) => m === null || typeof m === 'string')) return marken as Marken;
  } catch { /* not ours */ }
  throw InvalidCursor();
}

class Zuspaet extends Error {}
/** What takes longer goes on by itself until the database ends it. */
async function binnen<R>(bis: number, work: Promise<R>): Promise<R> {
  let over: NodeJS.Timeout | undefined;
  try { return await Promise.race([work, new Promise<never>((_, reject) => { over = setTimeout(() => reject(new Zuspaet('no answer in time')), Math.max(0, bis - Date.now())); })]); }
  finally { clearTimeout(over); work.catch(() => {}); }
}

type Deps = { modules: readonly Module[]; database: Database; leseprotokoll: ReturnType<typeof createLeseprotokoll>; log: Log };
/**
 * One answer made of several Mandanten: each is read in a READ ONLY transaction of its own and in the context in which its Sicht lets the caller in, so that
 * no statement sees two; what they answered is put together here.
 */
export function createHaeuser({ modules, database, leseprotokoll, log }: Deps) {
  const way = modules.flatMap((m) => m.sichten ?? []).find((s) => s.haeuser);
  const plaetze = createPlaetze(ZUGLEICH);

  return async function answer(ctx: RequestContext, { operation: op, handle, haeuser: liste }: Route, { haus: gewaehlt, cursor, ...query }: Frage): Promise<object> {
    const bis = Date.now() + FRIST;
    const marken = readMarken(cursor);
    const gefragt = (id: string) => gewaehlt === undefined || gewaehlt.includes(id) || (id !== ctx.mandantId && gewaehlt.includes('andere'));
    /** Of a list only the houses asked for; numbers say of every house how much it would give. */
    const liest = (id: string) => !liste!.ordnung || gefragt(id);
    const read = async (tx: ReadTx, haus: Haus | null): Promise<Teil> => {
      const marke = marken[tx.ctx.mandantId];
      const fertig = marke === null;
      const antwort = await handle(tx, { query: { ...query, ...(fertig ? { limit: 1 } : marke !== undefined && { cursor: marke }) } }, undefined) as Antwort;
      return { haus, id: tx.ctx.mandantId, ctx: tx.ctx, antwort, gelesen: [...tx.gelesen.values()], fertig };
    };
    async function readAnderes({ haus, enter }: OffeneHaeuser['andere'][number]): Promise<Ergebnis> {
      const fehlt = (stand: Fehlt['stand'], fehler?: AppError): Fehlt => ({ haus, id: haus.id, stand, ...(fehler && { fehler }) });
      try {
        return await binnen(bis, plaetze.inPlatz('', async () => {
          const gast = await enter(bis);
          const darf = gast.akteur.rechte.has(op.access) || (op.access === 'angemeldet' && op.gast === true);
          return darf ? database.read(gast, (tx) => read(tx, haus), bis) : fehlt('vorbei');
        }));
      } catch (error) {
        if (error instanceof AppError && error.status < 500) return [400, 422].includes(error.status) ? fehlt('vorbei', error) : fehlt('vorbei');
        log.warn({ korrelation: ctx.korrelationId, mandant: haus.id, err: error }, 'a house did not answer');
        return fehlt('nicht_erreichbar');
      }
    }

    let offene: OffeneHaeuser | undefined;
    let andere: Promise<Ergebnis[]> | undefined;
    /** The others begin as soon as it is known who they are. */
    async function begin(tx: ReadTx) {
      if (!way || andere || ctx.akteur.art !== 'person' || ctx.sicht) return;
      offene = await way.haeuser!(tx, database);
      const gewollt = offene?.andere.filter(({ haus }) => liest(haus.id)) ?? [];
      andere = Promise.all(gewollt.map((h, i): Ergebnis | Promise<Ergebnis> => (i < HOECHSTENS ? readAnderes(h) : { haus: h.haus, id: h.haus.id, stand: 'ausgelassen' })));
    }
    const eigenes = await database.read(ctx, async (tx) => (await Promise.all([liest(ctx.mandantId) ? read(tx, null) : undefined, begin(tx)]))[0]);
    const ergebnisse: Ergebnis[] = [...(eigenes ? [eigenes] : []), ...(await andere ?? [])];
    const falsch = ergebnisse.find((e) => !istTeil(e) && e.fehler);
    if (falsch && !istTeil(falsch)) throw falsch.fehler;
    return finish(ergebnisse);

    /** Puts together, records what is shown of whom, and leaves out a house where that could not be written. */
    async function finish(teile: Ergebnis[]): Promise<object> {
      const da = teile.filter(istTeil);
      const gewollt = da.filter((t) => gefragt(t.id));
      const { eintraege, gezeigt, weiter } = liste!.ordnung ? mische(gewollt, liste!.ordnung, { ...query }, marken) : { gezeigt: new Map<Teil, unknown>(), eintraege: undefined, weiter: null };
      const ohneNachweis = new Set<Teil>();
      await Promise.all(gewollt.map(async (t) => {
        const text = JSON.stringify(gezeigt.get(t) ?? t.antwort);
        const gelesen = t.gelesen.filter((g) => text.includes(g.id));
        if (gelesen.length) await leseprotokoll(t.ctx, op, gelesen).catch((error: unknown) => {
          log.error({ korrelation: ctx.korrelationId, mandant: t.id, err: error }, 'a read could not be recorded');
          if (!t.haus) throw NotRecorded();
          ohneNachweis.add(t);
        });
      }));
      if (ohneNachweis.size) return finish(teile.map((t): Ergebnis => (istTeil(t) && t.haus && ohneNachweis.has(t) ? { haus: t.haus, id: t.id, stand: 'nicht_erreichbar' } : t)));
      const zahlen = gewollt.map((t) => t.antwort.gesamt ?? null);
      return {
        ...liste!.fasse?.(gewollt.map((t) => t.antwort), query, gewollt.map((t) => t.haus)),
        ...(eintraege && { eintraege, weiter, gesamt: zahlen.includes(null) ? null : (zahlen as number[]).reduce((n, m) => n + m, 0) }),
        haeuser: offene ? teile.flatMap((t): Hausstand[] => (istTeil(t) ? [{ ...(t.haus ?? offene!.eigenes), stand: 'da', anzahl: t.antwort.gesamt ?? null }] : t.stand === 'vorbei' ? [] : [{ ...t.haus, stand: t.stand, anzahl: null }])) : [],
      };
    }
  };
}
