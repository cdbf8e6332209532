import { ImapFlow } from 'imapflow';
import type { Io } from '#platform/server/io.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import type { Fehlercode, sicherheiten } from '../contract.ts';
import { readAutomatik, readKopf, tapKopf, type Arbeitslos } from './kopf.ts';

export type Zugang = {
  host: string; port: number; sicherheit: (typeof sicherheiten)[number]; benutzername: string; kennwort: string;
  ordnerEingang: string; ordnerVerarbeitet: string; ordnerFehler: string;
};
/** What has its Eingang and still lies in the inbox, or may. */
export type Offen = { id: string; uidvalidity: number; uid: number; zustand: Zustand };
export type Zustand = 'ganz' | 'zu_gross' | 'nicht_abholbar';
export type Geholt = { uid: number; zustand: Zustand; groesse: number; stored: Stored; messageId: string | null; absender: string; automatik: string | null; arbeitslos: Arbeitslos | null; eingetroffen: string | null };
/** How often a message could not be fetched: a refusal weighs ten, a cut line one. */
export type Versuch = { uidvalidity: number; uid: number; gewicht: number };
export type Abholung = {
  uidvalidity: number | null; nachrichten: Geholt[];
  /** Of `Offen` those that are out of the inbox now. */
  quittiert: string[];
  /** Messages in the inbox that are not here yet. */
  rest: number;
  /** At this message it went wrong: the server refused it, or the connection ended in it. */
  gescheitert: Versuch | null;
  fehler: Fehlercode | null;
};

/** One look at a mailbox takes no more than this: then others have their turn. */
const MAX_NACHRICHTEN = 25, MAX_BYTES = 100e6, MAX_ZEIT = 20_000;
/** And is over after this, whatever the server does. */
const ABBRUCH = 120_000, STILL = 30_000;
/** Three refusals, or thirty cuts in the same message. */
const AUFGEGEBEN = 30, ABGELEHNT = 10;

function open({ host, port, sicherheit, benutzername, kennwort }: Zugang, grenze: number): ImapFlow {
  const client = new ImapFlow({
    host, port, auth: { user: benutzername, pass: kennwort }, secure: sicherheit === 'tls', ...(sicherheit !== 'tls' && { doSTARTTLS: sicherheit === 'starttls' }),
    logger: false, disableAutoIdle: true, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: STILL,
    // a message is fetched in pieces; some servers send it whole all the same
    maxLiteralSize: grenze + 1e6, maxLineLength: 32e6, maxResponseSize: grenze + 64e6,
  } as ConstructorParameters<typeof ImapFlow>[0]);
  client.on('error', () => {}); // what is waited for fails with it
  return client;
}

type Failed = { code?: string; authenticationFailed?: boolean; message?: string; responseStatus?: string };
export function codeOf(error: unknown): Fehlercode {
  const { code = '', authenticationFailed, message = '', responseStatus } = (error ?? {}) as Failed;
  if (authenticationFailed) return 'anmeldung';
  if (['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'CONNECT_TIMEOUT', 'EACCES', 'EADDRNOTAVAIL'].includes(code)) return 'nicht_erreichbar';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return 'zertifikat';
  if (/^(GREETING_TIMEOUT|GREEETING_TIMEOUT|ETIMEDOUT|ETIMEOUT|UPGRADE_TIMEOUT)$/.test(code) || /WRONG_VERSION_NUMBER|ERR_SSL/.test(code) || /wrong version number/.test(message)) return 'antwortet_nicht';
  if (/STARTTLS/i.test(message)) return 'kein_tls';
  if (code === 'ordner' || responseStatus === 'NO') return 'ordner';
  return 'getrennt';
}

/** Works over a connection of its own, which ends with it, at the latest after `abbruch`. */
async function withClient<R>(zugang: Zugang, grenze: number, work: (client: ImapFlow) => Promise<R>, abbruch = ABBRUCH): Promise<R> {
  const client = open(zugang, grenze);
  const uhr = setTimeout(() => client.close(), abbruch);
  try {
    await client.connect();
    const result = await work(client);
    await Promise.race([client.logout().catch(() => {}), new Promise((r) => { setTimeout(r, 3000).unref(); })]);
    return result;
  } finally { clearTimeout(uhr); client.close(); }
}

async function requireOrdner(client: ImapFlow, namen: readonly string[]) {
  const vorhanden = new Set((await client.list()).map((o) => o.path));
  for (const name of namen) {
    if (vorhanden.has(name)) continue;
    await client.mailboxCreate(name).catch((error: Error) => { throw Object.assign(error, { code: 'ordner' }); });
  }
}

/** Tries it all but changes nothing besides making the folders that are missing. */
export async function checkZugang(zugang: Zugang): Promise<{ ordner: string[]; wartend: number }> {
  return withClient(zugang, 8e6, async (client) => {
    const ordner = (await client.list()).map((o) => o.path);
    const box = await client.mailboxOpen(zugang.ordnerEingang, { readOnly: true }).catch((error: Error) => { throw Object.assign(error, { code: 'ordner' }); });
    return { ordner, wartend: box.exists };
  }, 45_000);
}

/** Out of the inbox, into the folder that says what became of it. May run twice: what is not in the inbox any more is where it belongs. */
async function acknowledge(client: ImapFlow, zugang: Zugang, offen: readonly Offen[], uids: ReadonlySet<number>): Promise<string[]> {
  if (!offen.length) return [];
  failpoint('postfach.vor_quittung');
  for (const [ordner, welche] of Map.groupBy(offen.filter((o) => uids.has(o.uid)), (o) => (o.zustand === 'ganz' ? zugang.ordnerVerarbeitet : zugang.ordnerFehler))) {
    if (!await client.messageMove(welche.map((o) => o.uid).join(','), ordner, { uid: true })) throw Object.assign(new Error('a message could not be moved'), { code: 'ordner' });
  }
  failpoint('postfach.nach_quittung');
  return offen.map((o) => o.id);
}

type Auftrag = { zugang: Zugang; offen: readonly Offen[]; versuche: readonly Versuch[] };

/**
 * One look at a mailbox: first what has its Eingang is moved out of the inbox, then the oldest others are brought into the store. Whatever ends it in between,
 * a cut connection or the time, what is whole until then is answered and is not fetched again.
 */
export async function receiveNachrichten(io: Io, mandantId: string, { zugang, offen, versuche }: Auftrag): Promise<Abholung> {
  const result: Abholung = { uidvalidity: null, nachrichten: [], quittiert: [], rest: 0, gescheitert: null, fehler: null };
  try {
    await withClient(zugang, io.config.MAIL_GRENZE, async (client) => {
      await requireOrdner(client, [zugang.ordnerVerarbeitet, zugang.ordnerFehler]);
      const box = await client.mailboxOpen(zugang.ordnerEingang).catch((error: Error) => { throw client.usable ? Object.assign(error, { code: 'ordner' }) : error; });
      const uidvalidity = Number(box.uidValidity);
      result.uidvalidity = uidvalidity;
      const uids = await listUids(client);
      const hier = offen.filter((o) => o.uidvalidity === uidvalidity);
      result.quittiert = await acknowledge(client, zugang, hier, new Set(uids));
      const bekannt = new Set(hier.map((o) => o.uid));
      const neu = uids.filter((uid) => !bekannt.has(uid));
      result.rest = neu.length;
      await fetchAll(io, mandantId, client, neu, (uid) => versuche.find((v) => v.uidvalidity === uidvalidity && v.uid === uid)?.gewicht ?? 0, result);
    });
  } catch (error) {
    if (isOwn(error)) throw error;
    result.fehler = codeOf(error);
  }
  return result;
}

async function listUids(client: ImapFlow): Promise<number[]> {
  const uids = await client.search({ all: true }, { uid: true });
  if (!uids) throw Object.assign(new Error('the inbox cannot be searched'), { code: 'ordner' });
  return uids.toSorted((a, b) => a - b);
}

async function fetchAll(io: Io, mandantId: string, client: ImapFlow, uids: readonly number[], gewicht: (uid: number) => number, result: Abholung) {
  const start = Date.now();
  let bytes = 0;
  // what made trouble comes last: the others shall not wait for it
  for (const uid of uids.toSorted((a, b) => gewicht(a) - gewicht(b) || a - b)) {
    if (result.nachrichten.length >= MAX_NACHRICHTEN || bytes > MAX_BYTES || Date.now() - start > MAX_ZEIT) return;
    const scheitern = (weight: number) => { result.gescheitert ??= { uidvalidity: result.uidvalidity!, uid, gewicht: gewicht(uid) + weight }; };
    const geholt = await fetchOne(io, mandantId, client, uid, gewicht(uid) >= AUFGEGEBEN).catch((error: unknown) => {
      scheitern(client.usable ? ABGELEHNT : 1);
      if (!client.usable || isOwn(error)) throw error;
      return null;
    });
    if (geholt === null) continue;
    result.rest--;
    if (geholt === 'weg') continue;
    result.nachrichten.push(geholt);
    bytes += geholt.stored.size;
    failpoint('postfach.geholt');
  }
}
/** Of our own store (full disk): not the mail server's fault, and the job shall fail and come again. */
const isOwn = (error: unknown) => String((error as { code?: unknown }).code ?? '').startsWith('ablage.') || ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT'].includes(String((error as { code?: unknown }).code));

/** `aufgegeben`: it has failed too often; its head, or what can be said of it, stands for it. */
async function fetchOne(io: Io, mandantId: string, client: ImapFlow, uid: number, aufgegeben: boolean): Promise<Geholt | 'weg'> {
  const meta = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true });
  if (!meta) { if (client.usable) return 'weg'; throw new Error('the connection was cut'); } // somebody moved it meanwhile
  const groesse = meta.size ?? 0;
  const eingetroffen = meta.internalDate ? new Date(meta.internalDate).toISOString() : null;
  const grenze = io.config.MAIL_GRENZE;
  const keep = async (zustand: Zustand, source: AsyncIterable<Uint8Array>): Promise<Geholt> => {
    const tap = tapKopf(source);
    const stored = await io.storage.put(mandantId, tap.stream);
    const kopf = readKopf(tap.kopf());
    return { uid, zustand, groesse, stored, messageId: kopf.messageId, absender: kopf.absender, ...readAutomatik(kopf, io.config.MAIL_ABSENDER), eingetroffen };
  };
  if (groesse > grenze) return keep('zu_gross', once(await readHead(client, uid)));
  if (aufgegeben) return keep('nicht_abholbar', once(await readHead(client, uid).catch(() => Buffer.from(`Subject: Nachricht ${uid}\r\n\r\n`))));
  try {
    return await keep('ganz', whole(client, uid, grenze));
  } catch (error) {
    if ((error as Error).message !== ZU_GROSS) throw error;
    return keep('zu_gross', once(await readHead(client, uid))); // it had told a smaller size
  }
}

const ZU_GROSS = 'the message is larger than it may be';
const once = async function* (bytes: Buffer) { yield bytes; };
/** The bytes as the server has them. What ends before the server said so is an error, not a shorter message. */
async function* whole(client: ImapFlow, uid: number, grenze: number): AsyncIterable<Uint8Array> {
  const { content } = await client.download(String(uid), undefined, { uid: true, chunkSize: 256 * 1024 });
  if (!content) { if (client.usable) { yield Buffer.alloc(0); return; } throw new Error('the connection was cut'); }
  let size = 0;
  try {
    for await (const piece of content) {
      size += (piece as Buffer).length;
      if (size > grenze) throw new Error(ZU_GROSS);
      yield piece as Buffer;
    }
    if (!client.usable) throw new Error('the connection was cut');
  } finally { content.destroy(); }
}

async function readHead(client: ImapFlow, uid: number): Promise<Buffer> {
  const head = await client.fetchOne(String(uid), { headers: true }, { uid: true });
  if (!head || !head.headers) throw new Error('the message has no head');
  return head.headers;
}
