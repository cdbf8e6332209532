import { sql } from 'kysely';
import { hashToken, readMandanten } from '#modules/organisation/server/index.ts';
import { systemContext } from '#platform/server/context.ts';
import type { Anmeldeweg } from '#platform/server/module.ts';
import { tables, type ReadTx } from '#platform/server/tx.ts';
import { ANSCHLUSS_PRAEFIX, EINLIEFERN, mandantOf } from './anschluss.ts';
import type { AnnahmeTables } from './tables.gen.ts';

const db = tables<AnnahmeTables>();

async function findAnschluss(tx: ReadTx, hash: Buffer) {
  const found = await db.read(tx).selectFrom('annahme.anschluss as a').leftJoin('annahme.nutzung as n', 'n.anschluss_id', 'a.id').select(['a.id', sql<boolean>`coalesce(n.zuletzt < now() - interval '1 minute', true)`.as('alt')])
    .where('a.token_hash', '=', hash).where('a.widerrufen', 'is', null).executeTakeFirst();
  return found && (await readMandanten(tx)).some((m) => m.id === tx.ctx.mandantId && m.aktiv) ? found : undefined;
}

/** An Anschluss acts as a machine of its own that may deliver, and nothing else. Asked with every request: what is revoked has no next one. */
export const anschlussweg: Anmeldeweg = {
  praefix: ANSCHLUSS_PRAEFIX,
  async resolve(database, token, { verbundId, korrelationId }) {
    const mandantId = mandantOf(token);
    if (mandantId === undefined) return undefined;
    const ctx = systemContext(mandantId, verbundId, 'anmeldung', [], korrelationId);
    const anschluss = await database.read(ctx, (tx) => findAnschluss(tx, hashToken(token)));
    if (!anschluss) return undefined;
    if (anschluss.alt) {
      void database.write(ctx, (tx) => db.write(tx).insertInto('annahme.nutzung').values({ anschluss_id: anschluss.id, zuletzt: sql`now()` as never })
        .onConflict((c) => c.columns(['mandant_id', 'anschluss_id']).doUpdateSet({ zuletzt: sql`now()` as never })).execute()).catch(() => {});
    }
    return { mandantId, verbundId, weg: 'api', korrelationId, nurRechte: true, akteur: { art: 'maschine', id: anschluss.id, rollen: [], rechte: new Set([EINLIEFERN]), organisationseinheiten: [] } };
  },
};
