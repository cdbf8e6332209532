import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '#platform/server/errors.ts';
import type { ReadTx, WriteTx } from '#platform/server/tx.ts';
import { loginKey } from './benutzer.ts';
import { rowsOf, valueOf } from './verbund.ts';

export const LoginSlowed = (sekunden: number) =>
  new AppError('anmeldung.gebremst', 429, `Zu viele Versuche. Bitte warten Sie ${sekunden < 60 ? `${sekunden} Sekunden` : `${Math.ceil(sekunden / 60)} Minuten`}`, { sekunden });

/** Attempts that need not wait: by account, and by address, behind which a whole house may sit. */
const frei = { konto: 5, adresse: 50 };
/** Hashed, since people type passwords into the field of the name. */
const keyOf = (art: string, wert: string) => createHash('sha256').update(`${art}:${wert}`).digest();
/** One customer holds 2^64 IPv6 addresses: they count as one. */
const network = (adresse: string) => (adresse.includes(':') && !adresse.includes('.') ? adresse.split(':').slice(0, 4).join(':') : adresse);
const keysOf = (tx: ReadTx, anmeldename: string) => ({ konto: keyOf('konto', loginKey(anmeldename)), adresse: keyOf('adresse', network(tx.ctx.adresse ?? '')) });

/** Seconds until an attempt at this account from this address may be answered. */
export function readWait(tx: ReadTx, anmeldename: string): Promise<number> {
  const { konto, adresse } = keysOf(tx, anmeldename);
  return valueOf<number>(tx, sql`greatest(organisation.get_wartezeit(${konto}, ${frei.konto}), organisation.get_wartezeit(${adresse}, ${frei.adresse}))`);
}
/** The same, and counts this attempt before it is answered. The transaction must commit, whatever the answer is. */
export async function countAttempt(tx: WriteTx, anmeldename: string): Promise<number> {
  const { konto, adresse } = keysOf(tx, anmeldename);
  return Math.max(await valueOf<number>(tx, sql`organisation.count_anmeldung(${konto}, ${frei.konto})`), await valueOf<number>(tx, sql`organisation.count_anmeldung(${adresse}, ${frei.adresse})`));
}
export async function forgetAttempts(tx: WriteTx, anmeldename: string): Promise<void> {
  const { konto, adresse } = keysOf(tx, anmeldename);
  await rowsOf(tx, sql`organisation.settle_anmeldung(${konto}, ${adresse})`);
}
