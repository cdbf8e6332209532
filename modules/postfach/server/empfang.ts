import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { systemContext } from '#platform/server/context.ts';
import { describeError } from '#platform/server/errors.ts';
import { newId } from '#platform/server/ids.ts';
import type { Dienst, Dienstumgebung } from '#platform/server/module.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import { kennungVon, parseAdresse } from './adresse.ts';
import { readKopf, tapKopf, type Kopf } from './kopf.ts';
import { countJuengste, findAdresse, storeZustellung, type Ziel } from './zustellung.ts';

type Fund = Ziel & { mandantId: string };
/** Reply with its enhanced code (RFC 3463). */
const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
const UNBEKANNT = () => refuse(550, '5.1.1 Diese Adresse gibt es nicht oder nicht mehr');
const GERADE_NICHT = () => refuse(451, '4.3.0 Gerade nicht moeglich, bitte spaeter noch einmal');
const ZU_GROSS = () => refuse(552, '5.3.4 Die Nachricht ist zu gross');
const SCHLEIFE = () => refuse(554, '5.4.6 Die Nachricht laeuft im Kreis');
const ZU_VIELE = () => refuse(450, '4.7.0 Zu viele Nachrichten dieses Absenders, bitte spaeter noch einmal');

/** A message that has passed more servers goes round in circles; so many from one sender within an hour come from a machine that answers a machine. */
const MAX_STATIONEN = 50, MAX_JE_STUNDE = 200, MAX_EMPFAENGER = 50;
const MERKEN = 60_000, ABSTAND = 1000;

/** Takes mail for Akten and Vorgänge from the town's own mail server. It relays nothing: whoever is no address of ours is refused. */
export const empfang: Dienst = { name: 'postfach.empfang', start: (umgebung) => startEmpfang(umgebung) };

export async function startEmpfang(umgebung: Dienstumgebung) {
  const { config } = umgebung.io;
  if (!config.MAIL_EMPFANG || !config.MAIL_EMPFANG_DOMAENE) return undefined;
  const { protocol, hostname, port } = new URL(config.MAIL_EMPFANG);
  const finde = createFinder(umgebung, config.MAIL_EMPFANG_DOMAENE);
  const ziele = new WeakMap<SMTPServerSession, Map<string, Fund>>();
  const server = new SMTPServer({
    lmtp: protocol === 'lmtp:', name: config.MAIL_EMPFANG_DOMAENE, banner: 'Verbundakte', size: config.MAIL_GRENZE, authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false,
    socketTimeout: 120_000, closeTimeout: 3000, maxClients: 100,
    onMailFrom(_adresse, session, callback) { ziele.set(session, new Map()); callback(); },
    onRcptTo({ address }, session, callback) {
      const eigene = ziele.get(session) ?? new Map<string, Fund>();
      ziele.set(session, eigene);
      if (eigene.size >= MAX_EMPFAENGER) { callback(refuse(452, '4.5.3 Zu viele Empfaenger auf einmal')); return; }
      finde(address).then((fund) => { if (!fund) return callback(UNBEKANNT()); eigene.set(address.toLowerCase(), fund); return callback(); }, (error: unknown) => { report(umgebung, error); callback(GERADE_NICHT()); });
    },
    onData(stream, session, callback) {
      const funde = session.envelope.rcptTo.map((r) => ziele.get(session)?.get(r.address.toLowerCase()));
      receive(umgebung, stream, funde).then((antworten) => answer(antworten, protocol === 'lmtp:', callback as Callback), (error: Error & { responseCode?: number }) => {
        if (error.responseCode === undefined) report(umgebung, error);
        callback(error.responseCode === undefined ? GERADE_NICHT() : error);
      });
    },
  });
  server.on('error', (error) => report(umgebung, error));
  await new Promise<void>((resolve, reject) => { server.once('error', reject); server.listen(Number(port || 24), hostname.replace(/^\[|\]$/g, ''), () => resolve()); });
  const { port: offen } = server.server.address() as { port: number };
  umgebung.log.info({ dienst: 'postfach.empfang', port: offen }, 'serving');
  return { port: offen, stop: () => new Promise<void>((resolve) => { server.close(() => resolve()); }) };
}
const report = ({ log }: Dienstumgebung, error: unknown) => log.warn({ dienst: 'postfach.empfang', fehler: describeError(error).message }, 'a delivery was put off');

type Callback = (error: Error | null, antworten?: (string | Error)[] | string) => void;
/** LMTP answers for each recipient; SMTP once for all, so one failure puts all of them off, and who has it already is not asked twice. */
function answer(antworten: (string | Error)[], lmtp: boolean, callback: Callback) {
  const gescheitert = antworten.find((a) => typeof a !== 'string');
  if (lmtp) callback(null, antworten);
  else if (gescheitert) callback(gescheitert as Error);
  else callback(null, antworten[0] as string);
}

/** A mark that is not known may be a new Mandant's: the list is read again, but once a second at most, for all who ask. Guesses shall cost the database little. */
function createFinder({ database, verbundId, listMandantIds }: Dienstumgebung, domaene: string) {
  let mandanten = new Map<string, string[]>(), gelesen = 0;
  let lesend: Promise<void> | undefined;
  const lies = (alter: number) => {
    if (Date.now() - gelesen < alter) return undefined;
    return lesend ??= (async () => {
      await pause(Math.max(0, gelesen + ABSTAND - Date.now()));
      mandanten = Map.groupBy(await listMandantIds(), kennungVon);
      gelesen = Date.now();
    })().finally(() => { lesend = undefined; });
  };
  return async (adresse: string): Promise<Fund | undefined> => {
    const teile = parseAdresse(adresse, domaene);
    if (!teile) return undefined;
    await lies(MERKEN);
    if (!mandanten.has(teile.kennung)) await lies(0);
    for (const mandantId of mandanten.get(teile.kennung) ?? []) {
      const ziel = await database.read(contextOf(mandantId, verbundId), (tx) => findAdresse(tx, teile.token));
      if (ziel) return { ...ziel, mandantId };
    }
    return undefined;
  };
}
const contextOf = (mandantId: string, verbundId: string) => systemContext(mandantId, verbundId, 'postfach.empfang', ['akte.sehen', 'vorgang.sehen'], newId());

/** Stored first, then its rows; only then »250«. Whatever fails in between is put off, and what comes again is recognised. */
async function receive(umgebung: Dienstumgebung, stream: SMTPServerDataStream, funde: readonly (Fund | undefined)[]): Promise<(string | Error)[]> {
  const { io, database, verbundId } = umgebung;
  const mandanten = [...new Set(funde.flatMap((f) => f?.mandantId ?? []))];
  const tap = tapKopf(stream);
  const stored = new Map<string, Stored>();
  try { stored.set(mandanten[0]!, await io.storage.put(mandanten[0]!, tap.stream, { limit: io.config.MAIL_GRENZE })); } catch (error) {
    stream.resume();
    throw (error as { status?: number }).status === 413 ? ZU_GROSS() : error;
  }
  const kopf = readKopf(tap.kopf());
  if (isSchleife(kopf, io.config.MAIL_EMPFANG_DOMAENE!)) { await io.storage.delete(mandanten[0]!, stored.get(mandanten[0]!)!.key); throw SCHLEIFE(); }
  for (const weiterer of mandanten.slice(1)) stored.set(weiterer, await io.storage.put(weiterer, await io.storage.open(mandanten[0]!, stored.get(mandanten[0]!)!.key)));
  failpoint('postfach.angenommen');
  const antworten: (string | Error)[] = [];
  for (const fund of funde) antworten.push(fund === undefined ? UNBEKANNT() : await deliver(fund).catch((error: Error & { responseCode?: number; status?: number }) => {
    if (error.status === 404) return UNBEKANNT(); // what it belonged to is gone
    if (error.responseCode !== undefined) return error;
    report(umgebung, error);
    return GERADE_NICHT();
  }));
  failpoint('postfach.vor_antwort');
  return antworten;

  async function deliver(fund: Fund): Promise<string> {
    await database.write(contextOf(fund.mandantId, verbundId), async (tx) => {
      if (kopf.absender && await countJuengste(tx, kopf.absender) >= MAX_JE_STUNDE) throw ZU_VIELE();
      await storeZustellung(tx, fund, stored.get(fund.mandantId)!, kopf, io.config.MAIL_ABSENDER);
    });
    return '2.0.0 Angenommen';
  }
}

/** It names us as a place it has been to, or has been to too many. */
export const isSchleife = (kopf: Kopf, domaene: string): boolean => kopf.feld('received').length > MAX_STATIONEN || kopf.feld('x-loop').some((w) => w.toLowerCase().includes(domaene.toLowerCase()));
