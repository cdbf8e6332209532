import { sql } from 'kysely';
import { z } from 'zod';
import { diff } from '#platform/server/aenderungen.ts';
import { Forbidden, NotFound, requireVersion } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { job } from '#platform/server/module.ts';
import type { ReadTx, WriteTx } from '#platform/server/tx.ts';
import { createBenutzer, createKonto } from './benutzer-commands.ts';
import { getRolleDerVorgabe } from './kurz.ts';
import { MandantErrors, readMandanten, registerMandant, setUpMandant, type MandantAngaben } from './mandant.ts';
import { heldRechte } from './rechte.ts';
import type { MandantRow } from './mandant-row.ts';
import { keepSecret } from './token.ts';
import { rowsOf } from './verbund.ts';

const present = (tx: ReadTx, { erstellt: _, ...row }: MandantRow) => ({ ...row, rechte: tx.ctx.mandantId === tx.ctx.verbundId ? heldRechte(tx, ['mandant.verwalten']) : [] });
const collator = new Intl.Collator('de-u-co-phonebk', { numeric: true });

/** A Verbund has dozens of Mandanten, never thousands: one page by name or Kürzel, cut where the caller wants it. */
export async function listMandanten(tx: ReadTx, { q, limit, cursor, sort }: { q?: string | undefined; limit: number; cursor?: string | undefined; sort: string }) {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const key = sort.replace('-', '') as 'name' | 'kuerzel';
  const alle = (await readMandanten(tx)).filter((m) => words.every((word) => `${m.name} ${m.bezeichnung} ${m.kuerzel}`.toLowerCase().includes(word)))
    .toSorted((a, b) => (sort.startsWith('-') ? -1 : 1) * (collator.compare(a[key], b[key]) || (a.id < b.id ? -1 : 1)));
  const start = cursor === undefined ? 0 : alle.findIndex((m) => m.id === cursor) + 1;
  const rows = alle.slice(start, start + limit);
  return { eintraege: rows.map((row) => present(tx, row)), gesamt: alle.length, weiter: start + limit < alle.length ? rows.at(-1)!.id : null };
}
export async function readMandant(tx: ReadTx, id: string) {
  const row = (await readMandanten(tx)).find((m) => m.id === id);
  if (!row) throw NotFound('Verwaltung');
  return present(tx, row);
}
const requireVerbund = (tx: ReadTx) => { if (tx.ctx.mandantId !== tx.ctx.verbundId) throw Forbidden('mandant.verwalten'); };

export type Administration = { anmeldename: string; vorname: string; nachname: string; email: string | null; funktion?: string | undefined };
/**
 * Enters a Mandant with the Konto of its first administrator. All that is still to be made lies in the queue of the same transaction, so none can be
 * left without one. `payload`: for who cannot wait for the worker. Its caller authorises.
 */
export async function foundMandant(tx: WriteTx, { administration: { anmeldename, ...person }, ...angaben }: MandantAngaben & { administration: Administration }, passwortHash: string) {
  const [id, kontoId] = [newId(), newId()];
  await registerMandant(tx, id, angaben);
  await createKonto(tx, { id: kontoId, anmeldename, passwortHash, mussAendern: true }, id);
  const payload = { administration: { ...person, id: newId(), kontoId } };
  await rowsOf(tx, sql`organisation.enqueue_einrichtung(${id}, ${JSON.stringify(payload)}::json)`);
  return { id, payload };
}

/** A new Mandant and its first administrator, who logs in once its inside is made (a second later). */
export async function createMandant(tx: WriteTx, angaben: MandantAngaben & { administration: Administration }, einmal: { kennwort: string; hash: string }) {
  requireVerbund(tx);
  const { id } = await foundMandant(tx, angaben, einmal.hash);
  keepSecret(tx, einmal.kennwort);
  return readMandant(tx, id);
}

const Payload = z.object({ administration: z.object({ id: z.uuid(), kontoId: z.uuid(), vorname: z.string(), nachname: z.string(), email: z.string().nullable(), funktion: z.string().optional() }) });
/** In the new Mandant. The id of the person tells a second run that the first one was enough. */
export const einrichtenMandant = job({
  name: 'organisation.einrichtenMandant', payload: Payload, rechte: [],
  load: async (_tx, payload) => payload,
  work: async (_io, data) => data,
  async store(tx, { administration: { id, kontoId, ...person } }) {
    await setUpMandant(tx);
    const rolle = await getRolleDerVorgabe(tx, 'administration');
    const [konto] = await rowsOf(tx, sql`organisation.get_konten(array[${kontoId}]::uuid[])`);
    if (!konto) await createBenutzer(tx, { id, ...person, konto: { kontoId }, rollen: rolle ? [rolle] : [] });
  },
});

type Aenderung = { [K in keyof MandantAngaben]?: MandantAngaben[K] | undefined } & { aktiv?: boolean | undefined };
export async function updateMandant(tx: WriteTx, id: string, neu: Aenderung, version: number) {
  const alt = await readMandant(tx, id);
  requireVerbund(tx);
  requireVersion(alt, version);
  if (alt.art === 'verbund' && neu.aktiv === false) throw MandantErrors.verbund_bleibt();
  const [row] = await rowsOf<MandantRow>(tx, sql`organisation.update_mandant(${id}, ${version}, ${JSON.stringify(neu)}::jsonb)`);
  if (!row) requireVersion({ version: version + 1 }, version); // a concurrent change was faster
  await tx.record({ art: 'mandant.geaendert', objekte: { mandant: id }, daten: { aenderungen: diff<Record<string, unknown>>(alt, neu, ['name', 'bezeichnung', 'kuerzel', 'farbe', 'behoerdenkennung', 'ars', 'aktiv']) } });
  return readMandant(tx, id);
}
