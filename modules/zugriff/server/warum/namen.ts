import { getBenutzerKurz } from '#modules/organisation/server/index.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { MANDANT } from '../objektreichweite.ts';
import { nameSubjekte } from '../subjekte.ts';
import type { ZugriffTables } from '../tables.gen.ts';
import { SCHUTZBEREICH, type Grundlage } from './grundlage.ts';
import type { Treffer } from './personen.ts';

/** Names of guests and of OEs elsewhere, by the module that let them in. */
export type Gastname = (tx: ReadTx, ids: readonly string[]) => Promise<Map<string, string>>;
declare module '#platform/server/tx.ts' { interface Erweiterungen { gastname: Gastname } }

const db = tables<ZugriffTables>();

async function nameGaeste(tx: ReadTx, ids: readonly string[]): Promise<Map<string, string>> {
  const namen = new Map([...await getBenutzerKurz(tx, ids)].map(([id, b]) => [id, b.name]));
  for (const read of tx.extensions('gastname')) for (const [id, name] of await read(tx, ids.filter((i) => !namen.has(i)))) namen.set(id, name);
  return namen;
}

async function nameOrte(tx: ReadTx, alle: readonly Grundlage[]): Promise<Map<string, string>> {
  const namen = new Map<string, string>();
  const bereiche = [...new Set(alle.filter((g) => g.ortTyp === SCHUTZBEREICH).map((g) => g.ortId))];
  if (bereiche.length) for (const b of await db.read(tx).selectFrom('zugriff.schutzbereich').select(['id', 'bezeichnung']).where('id', 'in', bereiche).execute()) namen.set(b.id, b.bezeichnung);
  for (const { typ, kurz } of tx.extensions('schutzobjekt')) {
    const ids = [...new Set(alle.filter((g) => g.ortTyp === typ).map((g) => g.ortId))];
    if (ids.length) for (const [id, o] of await kurz(tx, ids)) namen.set(id, [o.kennzeichen, o.titel].filter(Boolean).join(' '));
  }
  return namen;
}

/** Makes reasons fit to show, all names in a handful of statements. An object the reader may not see stays without a name. */
export async function createBeschreibung(tx: ReadTx, alle: readonly Grundlage[]) {
  const gaeste = await nameGaeste(tx, alle.filter((g) => g.subjektArt === 'gast').map((g) => g.subjekt));
  const subjekte = await nameSubjekte(tx, [...new Map(alle.map((g) => [g.subjekt, { subjekt_art: g.subjektArt, subjekt: g.subjekt }])).values()]);
  const [orte, erteiler] = [await nameOrte(tx, alle), await getBenutzerKurz(tx, alle.flatMap((g) => g.erteiltVon ?? []))];
  const labels = new Map([...tx.extensions('schutzobjekt').map(({ typ, label }) => [typ, label] as const), [SCHUTZBEREICH, 'Schutzbereich'], [MANDANT, 'Verwaltung']]);
  return ({ grundlage: g, wie }: Treffer) => ({
    art: g.art, id: g.id, stufe: g.stufe, wie, subjektArt: g.subjektArt, subjekt: { id: g.subjekt, name: (g.subjektArt === 'gast' ? gaeste.get(g.subjekt) : subjekte.get(`${g.subjektArt} ${g.subjekt}`)) ?? null },
    ort: { typ: g.ortTyp, label: labels.get(g.ortTyp) ?? g.ortTyp, id: g.ortId, name: g.ortTyp === MANDANT ? 'alle Akten' : orte.get(g.ortId) ?? null, geerbt: g.geerbt },
    seit: g.seit, erteiltVon: erteiler.get(g.erteiltVon ?? '') ?? null, gueltigVon: g.gueltigVon, gueltigBis: g.gueltigBis, zweck: g.zweck,
  });
}
export type Beschreibung = Awaited<ReturnType<typeof createBeschreibung>>;
