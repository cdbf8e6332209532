import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Pfadelement } from '../contract.ts';
import type { NamenKarte } from './namen.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
type Ort = { akteId: string | null; vorgangId?: string | null; dokumentId?: string | null };

/** From the top down to this place: Aktenplaneinheiten, Akte, Teilakten, Vorgänge, Dokumente; those the Akteur may not see are left out (xdomea Strukturpfad). */
export async function readPfad(tx: ReadTx, { akteId, vorgangId = null, dokumentId = null }: Ort, namen: Pick<NamenKarte, 'planpfad'>, einheitId?: string): Promise<Pfadelement[]> {
  const m = tx.ctx.mandantId;
  const akten = akteId === null ? [] : await db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select a.id, a.parent_id, 0 as hoehe from schriftgut.akte a where a.mandant_id = ${m} and a.id = ${akteId} union all
      select a.id, a.parent_id, auf.hoehe + 1 from auf join schriftgut.akte a on a.mandant_id = ${m} and a.id = auf.parent_id)`)
    .selectFrom('schriftgut.akte').innerJoin('auf', 'auf.id', 'schriftgut.akte.id').select(['schriftgut.akte.id', 'aktenzeichen as kennzeichen', 'betreff as bezeichnung'])
    .where(await aktePolicy.visible(tx, 'akte.sehen') as never).orderBy('auf.hoehe', 'desc').execute();
  const vorgaenge = vorgangId === null ? [] : await db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select v.id, v.parent_id, 0 as hoehe from schriftgut.vorgang v where v.mandant_id = ${m} and v.id = ${vorgangId} union all
      select v.id, v.parent_id, auf.hoehe + 1 from auf join schriftgut.vorgang v on v.mandant_id = ${m} and v.id = auf.parent_id)`)
    .selectFrom('schriftgut.vorgang').innerJoin('auf', 'auf.id', 'schriftgut.vorgang.id').select(['schriftgut.vorgang.id', 'kennzeichen', 'betreff as bezeichnung'])
    .where(await vorgangPolicy.visible(tx, 'vorgang.sehen') as never).orderBy('auf.hoehe', 'desc').execute();
  const dokumente = dokumentId === null ? [] : await db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select d.id, d.parent_id, 0 as hoehe from schriftgut.dokument d where d.mandant_id = ${m} and d.id = ${dokumentId} union all
      select d.id, d.parent_id, auf.hoehe + 1 from auf join schriftgut.dokument d on d.mandant_id = ${m} and d.id = auf.parent_id)`)
    .selectFrom('schriftgut.dokument').innerJoin('auf', 'auf.id', 'schriftgut.dokument.id').select(['schriftgut.dokument.id', 'kennzeichen', 'betreff as bezeichnung'])
    .where(await dokumentPolicy.visible(tx, 'dokument.sehen') as never).orderBy('auf.hoehe', 'desc').execute();
  return [
    ...(einheitId === undefined ? [] : namen.planpfad(einheitId).map((e) => ({ typ: 'aktenplaneinheit' as const, ...e }))),
    ...akten.map((e) => ({ typ: 'akte' as const, ...e })), ...vorgaenge.map((e) => ({ typ: 'vorgang' as const, ...e })), ...dokumente.map((e) => ({ typ: 'dokument' as const, ...e })),
  ];
}
