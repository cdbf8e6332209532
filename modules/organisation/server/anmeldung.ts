import { sql } from 'kysely';
import { AppError } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { ReadTx, WriteTx } from '#platform/server/tx.ts';
import { loginKey } from './benutzer.ts';
import { LoginSlowed, countAttempt, forgetAttempts, readWait } from './drossel.ts';
import { verifyPasswort } from './passwort.ts';
import { minuten } from './sitzung.ts';
import { createToken, hashToken, keepSecret } from './token.ts';
import { rowsOf } from './verbund.ts';

// One answer for an unknown name, a wrong password and an account that may not: who asks learns nothing about accounts.
const LoginFailed = () => new AppError('anmeldung.fehlgeschlagen', 401, 'Anmeldename oder Kennwort ist nicht richtig');
const Locked = () => new AppError('anmeldung.gesperrt', 403, 'Dieses Konto ist gesperrt. Bitte wenden Sie sich an Ihre Administration');
const NoAccess = () => new AppError('anmeldung.kein_zugang', 403, 'In dieser Verwaltung haben Sie keinen Zugang');

type Konto = { id: string; passwort: string; gesperrt: boolean; muss_aendern: boolean };
type LoginInput = { anmeldename: string; passwort: string; mandantId?: string | undefined };

const findKonto = async (tx: ReadTx, anmeldename: string): Promise<Konto | undefined> => (await rowsOf<Konto>(tx, sql`organisation.find_anmeldung(${loginKey(anmeldename)})`))[0];

export const loadLogin = async (tx: ReadTx, { anmeldename }: LoginInput) => ({ wartezeit: await readWait(tx, anmeldename), konto: await findKonto(tx, anmeldename) });
export type LoadedLogin = Awaited<ReturnType<typeof loadLogin>>;

/** The slow part, outside of any transaction; none of it for an attempt that has to wait anyway. */
export const checkLogin = async ({ passwort }: LoginInput, { wartezeit, konto }: LoadedLogin) => ({ konto, richtig: wartezeit === 0 && (await verifyPasswort(passwort, konto?.passwort)) });

export type LoginResult = { art: 'angemeldet'; mandantId: string; ablauf: string; passwortAendern: boolean } | { art: 'gebremst'; sekunden: number } | { art: 'falsch' | 'gesperrt' | 'kein_zugang' };

/** Counts the attempt, whatever becomes of it; the refusal is thrown by `send`, after the commit. */
export async function login(tx: WriteTx, input: LoginInput, { konto, richtig, hoechstens }: Awaited<ReturnType<typeof checkLogin>> & { hoechstens: number }): Promise<LoginResult> {
  const sekunden = await countAttempt(tx, input.anmeldename);
  if (sekunden > 0) return { art: 'gebremst', sekunden };
  const objekte = konto ? { konto: konto.id } : {};
  // Between the two transactions the password may have been changed.
  if (!konto || !richtig || (await findKonto(tx, input.anmeldename))?.passwort !== konto.passwort) {
    await tx.record({ art: 'anmeldung.fehlgeschlagen', objekte });
    return { art: 'falsch' };
  }
  if (konto.gesperrt) {
    await tx.record({ art: 'anmeldung.fehlgeschlagen', objekte, daten: { grund: 'gesperrt' } });
    return { art: 'gesperrt' };
  }
  const [token, id] = [createToken(), newId()];
  const [sitzung] = await rowsOf<{ mandant_id: string; benutzer_id: string; ablauf: string }>(tx, sql`organisation.begin_sitzung(${id}, ${hashToken(token)}, ${konto.id}, ${input.mandantId ?? null}, ${minuten(hoechstens)}, ${tx.ctx.geraet ?? ''}, ${tx.ctx.adresse ?? ''})`);
  if (!sitzung) {
    await tx.record({ art: 'anmeldung.fehlgeschlagen', objekte, daten: { grund: 'kein_zugang' } });
    return { art: 'kein_zugang' };
  }
  await forgetAttempts(tx, input.anmeldename);
  await tx.record({ art: 'anmeldung.erfolgt', objekte: { ...objekte, sitzung: id }, daten: { mandantId: sitzung.mandant_id, benutzerId: sitzung.benutzer_id } });
  keepSecret(tx, token);
  return { art: 'angemeldet', mandantId: sitzung.mandant_id, ablauf: sitzung.ablauf, passwortAendern: konto.muss_aendern };
}

export function requireLogin(result: LoginResult) {
  switch (result.art) {
    case 'angemeldet': return result;
    case 'gebremst': throw LoginSlowed(result.sekunden);
    case 'gesperrt': throw Locked();
    case 'kein_zugang': throw NoAccess();
    case 'falsch': throw LoginFailed();
  }
}

/** The session goes on in another Mandant with a new token; the old one is over. */
export async function changeMandant(tx: WriteTx, mandantId: string) {
  const { sitzungId } = tx.ctx;
  const [token, id] = [createToken(), newId()];
  const [neu] = sitzungId ? await rowsOf<{ mandant_id: string; ablauf: string }>(tx, sql`organisation.change_sitzung(${sitzungId}, ${id}, ${hashToken(token)}, ${mandantId})`) : [];
  if (!neu) throw NoAccess();
  await tx.record({ art: 'sitzung.gewechselt', objekte: { benutzer: tx.ctx.akteur.id, sitzung: [sitzungId!, id] }, daten: { nach: mandantId } });
  keepSecret(tx, token);
  return { mandantId: neu.mandant_id, ablauf: neu.ablauf, passwortAendern: false };
}
