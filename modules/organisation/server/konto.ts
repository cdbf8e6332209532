import { sql } from 'kysely';
import { wessen } from '#platform/server/context.ts';
import { defineErrors, NotFound } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { zeitzone } from '#platform/server/zeit.ts';
import { readKonten } from './konten.ts';
import { fullName, getBenutzerKurz, shortName } from './kurz.ts';
import { readGast } from './gast.ts';
import { getMandant, presentKurz, readMandanten } from './mandant.ts';
import { LoginSlowed, countAttempt, forgetAttempts } from './drossel.ts';
import { PasswortErrors, hashPasswort, requireStarkesPasswort, verifyPasswort } from './passwort.ts';
import { readOrganisationseinheitenOf, readRollenOf } from './benutzer-queries.ts';
import { TOKEN_PREFIX, minuten } from './sitzung.ts';
import type { Farbe } from './mandant-row.ts';
import type { OrganisationTables } from './tables.gen.ts';
import { createToken, hashToken, keepSecret } from './token.ts';
import { rowsOf, valueOf } from './verbund.ts';
import { listLebende } from './vertretung/queries.ts';

const db = tables<OrganisationTables>();

export const ZugangstokenErrors = defineErrors('zugangstoken', { nur_mit_sitzung: { status: 409, title: 'Ein Zugangstoken kann kein weiteres anlegen' } });

const vorgabe = { darstellung: 'system', dichte: 'kompakt', tastenkuerzel: true } as const;
type Einstellungen = { darstellung: 'system' | 'hell' | 'dunkel'; dichte: 'kompakt' | 'dicht' | 'weit'; tastenkuerzel: boolean };

/** The person behind this request, and her Konto. */
async function readSelbst(tx: ReadTx) {
  const benutzer = await db.read(tx).selectFrom('organisation.benutzer').selectAll().where('id', '=', tx.ctx.akteur.id).executeTakeFirst();
  const [konto] = benutzer ? await readKonten(tx, [benutzer.konto_id]) : [];
  if (!benutzer || !konto) throw NotFound('Benutzer');
  return { benutzer, konto };
}

type Zugang = { mandant_id: string; name: string; bezeichnung: string; kuerzel: string; farbe: Farbe };
const listZugaenge = async (tx: ReadTx, kontoId: string) =>
  (await rowsOf<Zugang>(tx, sql`organisation.list_zugaenge(${kontoId})`)).map(({ mandant_id: id, name, bezeichnung, kuerzel, farbe }) => ({ id, name, bezeichnung, kuerzel, farbe }));

export async function getIch(tx: ReadTx) {
  if (tx.ctx.akteur.art === 'gast') return getIchAlsGast(tx);
  const { benutzer, konto } = await readSelbst(tx);
  const alle = await listZugaenge(tx, konto.id);
  // In a Vertretung one works where the absent person works, as oneself.
  const [wessenId, eigen] = [wessen(tx.ctx.akteur), tx.ctx.akteur.vertretenId === undefined];
  const wer = eigen ? undefined : (await getBenutzerKurz(tx, [wessenId])).get(wessenId);
  return {
    id: benutzer.id, name: fullName(benutzer), kurz: shortName(benutzer), wessen: { id: wessenId, name: wer?.name ?? fullName(benutzer) }, anmeldename: konto.anmeldename, email: benutzer.email,
    mandant: alle.find((m) => m.id === tx.ctx.mandantId)!, mandanten: alle.filter((m) => eigen || m.id === tx.ctx.mandantId), vertritt: eigen ? await listLebende(tx, benutzer.id) : [], rechte: [...tx.ctx.akteur.rechte].sort(),
    rollen: (await readRollenOf(tx, [wessenId])).get(wessenId)?.filter((r) => eigen || tx.ctx.akteur.rollen.includes(r.id)) ?? [],
    organisationseinheiten: (await readOrganisationseinheitenOf(tx, [wessenId])).get(wessenId)?.filter((o) => eigen || tx.ctx.akteur.organisationseinheiten.includes(o.id)) ?? [],
    einstellungen: { ...vorgabe, ...konto.einstellungen }, passwortAendern: konto.muss_aendern, sicht: tx.ctx.sicht ?? null, zeitzone: zeitzone(),
  };
}
/** At another Mandant's one is who one is at home, and nothing else is known here. */
async function getIchAlsGast(tx: ReadTx) {
  const [selbst, mandant] = [await readGast(tx, tx.ctx.akteur.id), presentKurz(await getMandant(tx))];
  return {
    id: selbst.id, name: fullName(selbst), kurz: shortName(selbst), wessen: { id: selbst.id, name: fullName(selbst) }, anmeldename: '', email: null, mandant, mandanten: [mandant], vertritt: [], rechte: [...tx.ctx.akteur.rechte].sort(), rollen: [], organisationseinheiten: [],
    einstellungen: null, passwortAendern: false, sicht: tx.ctx.sicht ?? null, zeitzone: zeitzone(),
  };
}

export async function updateEinstellungen(tx: WriteTx, werte: { [K in keyof Einstellungen]?: Einstellungen[K] | undefined }) {
  const { konto } = await readSelbst(tx);
  const neu = await valueOf<Partial<Einstellungen>>(tx, sql`organisation.set_einstellungen(${konto.id}, ${JSON.stringify(werte)}::jsonb)`);
  return { ...vorgabe, ...neu };
}

// ── password ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
export async function loadPasswort(tx: ReadTx) {
  if (!tx.ctx.sitzungId) throw PasswortErrors.nur_mit_sitzung();
  const { konto } = await readSelbst(tx);
  return { anmeldename: konto.anmeldename, bisher: await valueOf<string>(tx, sql`organisation.get_passwort(${konto.id})`) };
}
type PasswortWechsel = { alt: string; neu: string };
export async function checkPasswortWechsel({ alt, neu }: PasswortWechsel, { anmeldename, bisher }: { anmeldename: string; bisher: string }) {
  requireStarkesPasswort(neu, anmeldename);
  if (alt.normalize('NFKC') === neu.normalize('NFKC')) throw PasswortErrors.zu_schwach({ grund: 'Das neue Kennwort muss ein anderes sein' });
  return { anmeldename, bisher, hash: (await verifyPasswort(alt, bisher)) ? await hashPasswort(neu) : null };
}
/** A wrong old password counts like a failed login; so the refusal is thrown after the commit. */
export async function updatePasswort(tx: WriteTx, { anmeldename, bisher, hash }: Awaited<ReturnType<typeof checkPasswortWechsel>>) {
  const { benutzer, konto } = await readSelbst(tx);
  const gebremst = await countAttempt(tx, anmeldename);
  if (gebremst > 0) return { art: 'gebremst' as const, sekunden: gebremst };
  if (hash === null || (await valueOf<string>(tx, sql`organisation.get_passwort(${konto.id})`)) !== bisher) {
    await tx.record({ art: 'anmeldung.fehlgeschlagen', objekte: { benutzer: benutzer.id, konto: konto.id }, daten: { grund: 'kennwortwechsel' } });
    return { art: 'falsch' as const };
  }
  await valueOf(tx, sql`organisation.set_passwort(${konto.id}, ${hash}, false, ${tx.ctx.sitzungId!})`);
  await forgetAttempts(tx, anmeldename);
  await tx.record({ art: 'benutzer.passwort_geaendert', objekte: { benutzer: benutzer.id, konto: konto.id } });
  return { art: 'geaendert' as const };
}
export function requireChanged(result: Awaited<ReturnType<typeof updatePasswort>>) {
  if (result.art === 'gebremst') throw LoginSlowed(result.sekunden);
  if (result.art === 'falsch') throw PasswortErrors.falsch();
  return {};
}

// ── sessions ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
type SitzungRow = { id: string; mandant_id: string; begonnen: string; zuletzt: string; ablauf: string; geraet: string; adresse: string };
export async function listSitzungen(tx: ReadTx, leerlauf: number) {
  const { konto } = await readSelbst(tx);
  const mandanten = new Map((await readMandanten(tx)).map((m) => [m.id, presentKurz(m)]));
  const rows = await rowsOf<SitzungRow>(tx, sql`organisation.list_sitzungen(${konto.id}, ${minuten(leerlauf)})`);
  return { eintraege: rows.map(({ mandant_id, ...s }) => ({ ...s, mandant: mandanten.get(mandant_id)!, aktuell: s.id === tx.ctx.sitzungId })) };
}
export async function revokeSitzung(tx: WriteTx, id: string) {
  const { benutzer, konto } = await readSelbst(tx);
  if (!(await valueOf<boolean>(tx, sql`organisation.end_sitzung(${id}, ${konto.id})`))) throw NotFound('Sitzung');
  await tx.record({ art: 'sitzung.beendet', objekte: { benutzer: benutzer.id, sitzung: id } });
  return {};
}

// ── tokens of machines ─────────────────────────────────────────────────────────────────────────────────────────────────────
type TokenRow = { id: string; name: string; rechte: string[]; erstellt: string; ablauf: string; zuletzt: string | null };
const presentToken = ({ id, name, rechte, erstellt, ablauf, zuletzt }: TokenRow) => ({ id, name, erlaubt: rechte, erstellt, ablauf, zuletzt });
const readToken = (tx: ReadTx) => rowsOf<TokenRow>(tx, sql`organisation.list_zugangstoken(${tx.ctx.akteur.id})`);
export const listZugangstoken = async (tx: ReadTx) => ({ eintraege: (await readToken(tx)).map(presentToken) });

/** Never more than the person holds: neither now nor, since both are intersected with every request, later. */
export async function createZugangstoken(tx: WriteTx, { name, erlaubt, tage }: { name: string; erlaubt?: readonly string[] | undefined; tage: number }) {
  const { akteur } = tx.ctx;
  if (akteur.art === 'maschine') throw ZugangstokenErrors.nur_mit_sitzung(); // a token that makes tokens would never end
  const rechte = [...new Set(erlaubt ?? akteur.rechte)].filter((recht) => akteur.rechte.has(recht)).sort();
  const [token, id] = [createToken(TOKEN_PREFIX), newId()];
  await rowsOf(tx, sql`organisation.create_zugangstoken(${id}, ${hashToken(token)}, ${akteur.id}, ${name}, ${rechte}::text[], ${tage}::int)`);
  await tx.record({ art: 'zugangstoken.angelegt', objekte: { zugangstoken: id, benutzer: akteur.id }, daten: { name, tage, rechte } });
  keepSecret(tx, token);
  return presentToken((await readToken(tx)).find((t) => t.id === id)!);
}
export async function revokeZugangstoken(tx: WriteTx, id: string) {
  if (!(await valueOf<boolean>(tx, sql`organisation.revoke_zugangstoken(${id}, ${tx.ctx.akteur.id})`))) throw NotFound('Zugangstoken');
  await tx.record({ art: 'zugangstoken.widerrufen', objekte: { zugangstoken: id, benutzer: tx.ctx.akteur.id } });
  return {};
}
