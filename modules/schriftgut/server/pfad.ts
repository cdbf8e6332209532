import { sql } from 'kysely';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import type { Objekttyp, Pfadelement } from '../contract.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();
/** An object on the way down, as its row tells it. */
export type Glied = { id: string; parent_id: string | null; schutz_id: string; kennzeichen: string; bezeichnung: string; sichtbar: boolean };
export type Kette = Partial<Record<Objekttyp, Glied | undefined>>;

/** It and those of its kind above it, the topmost first; without one above it nothing needs to be read. */
async function aufwaerts(tx: ReadTx, typ: Objekttyp, glied: Glied | undefined): Promise<Pfadelement[]> {
  if (!glied) return [];
  const policy = { akte: aktePolicy, vorgang: vorgangPolicy, dokument: dokumentPolicy }[typ] as typeof vorgangPolicy;
  if (glied.parent_id === null) {
    if (!glied.sichtbar) return [];
    await policy.noteGezeigt(tx, [glied]);
    return [{ typ, id: glied.id, kennzeichen: glied.kennzeichen, bezeichnung: glied.bezeichnung }];
  }
  const m = tx.ctx.mandantId;
  const table = sql.table(`schriftgut.${typ}`);
  const rows = await db.read(tx)
    .withRecursive('auf', () => sql<{ id: string; parent_id: string | null; hoehe: number }>`(select o.id, o.parent_id, 0 as hoehe from ${table} o where o.mandant_id = ${m} and o.id = ${glied.id} union all
      select o.id, o.parent_id, auf.hoehe + 1 from auf join ${table} o on o.mandant_id = ${m} and o.id = auf.parent_id)`)
    .selectFrom(`schriftgut.${typ}` as 'schriftgut.vorgang').innerJoin('auf', 'auf.id', `schriftgut.${typ}.id` as 'schriftgut.vorgang.id')
    .select([`schriftgut.${typ}.id` as 'schriftgut.vorgang.id', `schriftgut.${typ}.schutz_id` as 'schriftgut.vorgang.schutz_id', `${typ === 'akte' ? 'aktenzeichen' : 'kennzeichen'} as kennzeichen` as 'kennzeichen']).select((await policy.lesbar(tx, 'betreff')).as('bezeichnung'))
    .where(await policy.visible(tx, `${typ}.sehen` as 'vorgang.sehen') as never).orderBy('auf.hoehe', 'desc').execute();
  await policy.noteGezeigt(tx, rows);
  return rows.map(({ schutz_id: _, ...row }) => ({ typ, ...row }));
}

/** From the top down to this place, below the Aktenplan: Akte, Teilakten, Vorgänge, Dokumente; those the Akteur may not see are left out (xdomea Strukturpfad). */
export async function readPfad(tx: ReadTx, { akte, vorgang, dokument }: Kette): Promise<Pfadelement[]> {
  return (await Promise.all([aufwaerts(tx, 'akte', akte), aufwaerts(tx, 'vorgang', vorgang), aufwaerts(tx, 'dokument', dokument)])).flat();
}
