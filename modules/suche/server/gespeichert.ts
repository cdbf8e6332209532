import type { z } from 'zod';
import { defineErrors, NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import type { GespeicherteSuche, GespeicherteSucheAnlegen, GespeicherteSucheId } from '../contract.ts';
import type { SucheTables } from './tables.gen.ts';

export const SucheErrors = defineErrors('suche', {
  bezeichnung_vergeben: { status: 409, title: 'Eine gespeicherte Suche mit dieser Bezeichnung gibt es schon', constraint: 'gespeicherte_suche_bezeichnung' },
  cursor_ungueltig: { status: 422, title: 'Die Seitenmarke passt nicht zu dieser Suche; bitte die Suche neu beginnen' },
  zu_viele: { status: 409, title: 'Mehr als 200 gespeicherte Suchen gibt es nicht; bitte erst eine löschen' },
});

const db = tables<SucheTables>();
const MAX_JE_PERSON = 200;
type Row = { id: string; bezeichnung: string; anfrage: unknown; angelegt: unknown };
const present = (row: Row) => ({ id: row.id, bezeichnung: row.bezeichnung, anfrage: row.anfrage, angelegt: row.angelegt, rechte: [] }) as z.input<typeof GespeicherteSuche>;

/** A kept search is its owner's alone. */
const eigene = (tx: ReadTx) => db.read(tx).selectFrom('suche.gespeicherte_suche').select(['id', 'bezeichnung', 'anfrage', 'angelegt']).where('benutzer_id', '=', tx.ctx.akteur.id);

export async function listGespeicherteSuchen(tx: ReadTx) {
  const rows = await eigene(tx).orderBy('bezeichnung').limit(MAX_JE_PERSON).execute();
  return { eintraege: rows.map(present), gesamt: rows.length, weiter: null };
}

export async function createGespeicherteSuche(tx: WriteTx, input: z.output<typeof GespeicherteSucheAnlegen>) {
  if ((await eigene(tx).execute()).length >= MAX_JE_PERSON) throw SucheErrors.zu_viele();
  const row = await db.write(tx).insertInto('suche.gespeicherte_suche')
    .values({ id: newId(), benutzer_id: tx.ctx.akteur.id, bezeichnung: input.bezeichnung, anfrage: JSON.stringify(input.anfrage) })
    .returning(['id', 'bezeichnung', 'anfrage', 'angelegt']).executeTakeFirstOrThrow();
  // The words of a search may say more than an audit should keep: neither they nor its name stand there.
  await tx.record({ art: 'gespeicherteSuche.angelegt', objekte: { gespeicherteSuche: row.id } });
  return present(row);
}

export async function deleteGespeicherteSuche(tx: WriteTx, id: GespeicherteSucheId) {
  const { numDeletedRows } = await db.write(tx).deleteFrom('suche.gespeicherte_suche').where('id', '=', id).where('benutzer_id', '=', tx.ctx.akteur.id).executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) throw NotFound('Gespeicherte Suche');
  await tx.record({ art: 'gespeicherteSuche.geloescht', objekte: { gespeicherteSuche: id } });
  return {};
}
