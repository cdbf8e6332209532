import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One row of the reference: everything about a setting stands here and nowhere else. */
type Setting<S extends z.ZodType = z.ZodType> = { readonly schema: S; readonly beschreibung: string; readonly form: string; readonly standard?: string; readonly geheim?: true };
type Details = { standard?: string; geheim?: true };

const setting = <S extends z.ZodType, const D extends Details = {}>(form: string, schema: S, beschreibung: string, details?: D): Setting<S> & D => ({ schema, beschreibung, form, ...details! });

const UNITS = { KB: 1e3, MB: 1e6, GB: 1e9, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3 } as const;
const text = z.string().min(1);
const count = (min: number, max: number) => z.string().regex(/^\d+$/, 'eine ganze Zahl').transform(Number).pipe(z.number().min(min).max(max));
const bytes = z.string().regex(/^\d+ ?([KMG]i?B)?$/i, 'eine Größe wie 2 GiB').transform((value) => {
  const [, number = '0', unit = ''] = /^(\d+) ?(\w*)$/.exec(value)!;
  return Number(number) * (UNITS[unit.toUpperCase() as keyof typeof UNITS] ?? 1);
});
/** Minutes, from »30 min«, »12 h« or »14 d«. */
const minutes = z.string().regex(/^\d+ ?(min|h|d)$/, 'eine Dauer wie 30 min, 12 h oder 14 d').transform((value) => {
  const [, number = '0', unit = 'min'] = /^(\d+) ?(\w+)$/.exec(value)!;
  return Number(number) * ({ min: 1, h: 60, d: 1440 }[unit] ?? 1);
});
const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));
const url = (...schemes: string[]) => z.url({ protocol: new RegExp(`^(${schemes.join('|')})$`), error: `eine Adresse mit ${schemes.map((s) => `${s}://`).join(' oder ')}` });
const databaseUrl = url('postgres', 'postgresql');
const zone = z.string().refine((value) => { try { new Intl.DateTimeFormat('de', { timeZone: value }); return true; } catch { return false; } }, 'ein Name wie Europe/Berlin');

const adresse = {
  PORT: setting('Zahl', count(0, 65535), 'Port der Anwendung. 0 nimmt einen freien.', { standard: '8080' }),
  HOST: setting('IP-Adresse', text, 'Adresse, auf der die Anwendung Verbindungen annimmt. Hinter einem Proxy auf derselben Maschine bleibt es beim Vorgabewert.', { standard: '127.0.0.1' }),
  OEFFENTLICHE_URL: setting('URL', url('http', 'https').transform((u) => u.replace(/\/+$/, '')), 'Adresse, unter der die Benutzer die Anwendung erreichen; steht in Nachrichten und begrenzt, von welcher Herkunft ein Browser schreiben darf. Ohne Angabe http://HOST:PORT.'),
  VERTRAUTE_PROXYS: setting('Liste von IP-Adressen oder Netzen', list, 'Proxys, deren X-Forwarded-For und X-Forwarded-Proto geglaubt wird. Ohne Angabe keinem.', { standard: '' }),
  WORKER_PORT: setting('Zahl', count(0, 65535), 'Port auf 127.0.0.1, auf dem der Worker /health, /ready und /metrics zeigt. 0 nimmt einen freien.', { standard: '8081' }),
};
const daten = {
  DATEN: setting('Ordner', text, 'Ordner aller Daten, wenn die eingebettete Datenbank läuft (npm start).', { standard: './daten' }),
  DATABASE_URL: setting('URL', databaseUrl, 'Datenbank, Rolle va_app: alle Anfragen und alle Transaktionen der Aufträge. Der Start wird verweigert, wenn die Rolle Eigentümer, Superuser oder BYPASSRLS ist.', { geheim: true }),
  DATABASE_URL_WORKER: setting('URL', databaseUrl, 'Datenbank, Rolle va_worker: die Warteschlange. Eine direkte Verbindung, nie über PgBouncer.', { geheim: true }),
  DATABASE_URL_MIGRATION: setting('URL', databaseUrl, 'Datenbank, Rolle va_owner: Schemata und Tabellen. Nur für migrate und einrichten.', { geheim: true }),
  DATABASE_URL_SICHERUNG: setting('URL', databaseUrl, 'Datenbank, eine Rolle mit REPLICATION und BYPASSRLS, die alles lesen darf (docs/betrieb/sicherung.md): nur für sicherung, nie für den Dienst. Eine direkte Verbindung zum Primärserver.', { geheim: true }),
  DATENBANK_VERBINDUNGEN: setting('Zahl', count(1, 500), 'Höchstzahl der Verbindungen eines Prozesses zur Datenbank. Ein Mandant belegt höchstens die Hälfte davon, damit für andere immer welche frei sind.', { standard: '10' }),
  VORBEREITETE_ANWEISUNGEN: setting('auto, ja oder nein', z.enum(['auto', 'ja', 'nein']), 'Ob Anweisungen unter einem Namen vorbereitet werden. auto: nein, wenn zwischen Anwendung und Datenbank ein PgBouncer steht, sonst ja. ja hinter PgBouncer nur ab 1.21 mit max_prepared_statements.', { standard: 'auto' }),
  ABLAGE_RESERVE: setting('Größe', bytes, 'So viel Platz bleibt auf dem Datenträger der Ablage frei: darunter werden Dateien abgelehnt, und die Datenbank daneben läuft weiter.', { standard: '512 MiB' }),
  ABLAGE_URL: setting('URL', url('file', 's3'), 'Ort der Inhalte: file:///pfad oder s3://zugang:geheimnis@rechner:port/behaelter, dahinter wenn nötig ?region=… und, nur im eigenen Netz, &tls=nein. Ohne Angabe DATEN/ablage.', { geheim: true }),
  SCHLUESSEL_DATEI: setting('Datei', text, 'Schlüsseldatei des Verbunds: verschließt die Schlüssel der Mandanten und unterschreibt das Protokoll. Liegt außerhalb der Ablage, gehört in eine eigene Sicherung. Ohne Angabe DATEN/schluessel/verbund.schluessel.'),
  CLAMD_URL: setting('URL', z.string().regex(/^(unix:\/\/\/|tcp:\/\/)\S+$/, 'eine Adresse mit unix:/// oder tcp://'), 'Virenscanner clamd: unix:///run/clamav/clamd.ctl oder tcp://rechner:3310. Was eintrifft, öffnet dann niemand, bevor es geprüft ist. Ohne Angabe wird nicht geprüft.'),
  CLAMD_AUSFALL: setting('warten oder freigeben', z.enum(['warten', 'freigeben']), 'Was gilt, wenn clamd etwas nicht prüfen kann. warten: niemand öffnet es, bis es geprüft ist. freigeben: es lässt sich öffnen und ist als ungeprüft vermerkt.', { standard: 'warten' }),
  SICHERUNG_ORT: setting('Ordner', text, 'Ordner auf einem anderen Datenträger, in den npm start mit der eingebetteten Datenbank laufend sichert. Ohne Angabe sichert es nicht. Im Betrieb mit eigener Datenbank tut es ein Dienst (docs/betrieb/sicherung.md).'),
  SICHERUNG_SCHLUESSEL_ORT: setting('Ordner', text, 'Ordner an einem dritten Ort, in den die Schlüsseldatei gesichert wird. Ohne sie ist die Sicherung nicht zu lesen.'),
  MAX_UPLOAD: setting('Größe', bytes, 'Größte Datei, die angenommen wird.', { standard: '4 GiB' }),
  EINGANG_ORDNER: setting('Ordner', text, 'Überwachter Ordner; je Mandant ein Unterordner mit dessen Kürzel. Was hineingelegt wird, wird ein Eingang. Ohne Angabe DATEN/eingang, wenn die eingebettete Datenbank läuft (npm start), sonst keiner.'),
};
const anmeldung = {
  SITZUNG_LEERLAUF: setting('Dauer', minutes, 'Eine Sitzung endet nach so langer Untätigkeit.', { standard: '60 min' }),
  SITZUNG_HOECHSTDAUER: setting('Dauer', minutes, 'Eine Sitzung endet spätestens nach dieser Zeit.', { standard: '12 h' }),
};
const nachrichten = {
  SMTP_URL: setting('URL', url('smtp', 'smtps'), 'Relay für ausgehende Nachrichten, smtp://rechner:25 oder smtps://zugang:geheimnis@rechner:465. Ohne Angabe werden keine E-Mails verschickt.', { geheim: true }),
  MAIL_GRENZE: setting('Größe', bytes, 'Größte E-Mail, die ganz übernommen wird. Von einer größeren entsteht ein Eingang mit ihrem Kopf und dem Hinweis, wo sie liegt.', { standard: '150 MB' }),
  MAIL_EMPFANG: setting('URL', url('lmtp', 'smtp'), 'Adresse, auf der der Worker Nachrichten an Akten und Vorgänge vom eigenen Mailserver annimmt: lmtp://127.0.0.1:8024 (empfohlen) oder smtp://… Nur für den eigenen Mailserver erreichbar machen. Ohne Angabe gibt es solche Adressen nicht.'),
  MAIL_EMPFANG_DOMAENE: setting('Domäne', text, 'Domäne der Adressen von Akten und Vorgängen: akte+…@diese-domäne. Nötig mit MAIL_EMPFANG.'),
  MAIL_DOMAENEN: setting('Liste von Domänen', list, 'Eigene Maildomänen: Wer sich von außen als eine Adresse daraus ausgibt, fällt auf.', { standard: '' }),
  MAIL_VERTRAUTE_SERVER: setting('Liste von Namen', list, 'Eigene Mailserver, deren Authentication-Results geglaubt wird, wie sie sich dort nennen (authserv-id). Sie müssen gleichnamige Zeilen von außen entfernen. Ohne Angabe keinem.', { standard: '' }),
  MAIL_ABSENDER: setting('E-Mail-Adresse', text, 'Absender der Nachrichten. Nötig mit SMTP_URL.'),
};
const betrieb = {
  ZEITZONE: setting('Zeitzone', zone, 'Zeitzone der ganzen Installation: Anzeige, Tage und Fristen, Jahreswechsel der Nummern, Uhrzeit der täglichen Aufträge und Nachrichten. Gespeichert wird UTC.', { standard: 'Europe/Berlin' }),
  LOG_STUFE: setting('Stufe', z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'Kleinste Stufe der Protokollzeilen.', { standard: 'info' }),
  WORKER_GLEICHZEITIG: setting('Zahl', count(2, 100), 'So viele Aufträge bearbeitet ein Worker zugleich. Ein Platz bleibt immer für kurze frei: Umwandlung und Texterkennung belegen nie alle.', { standard: '3' }),
  METRIKEN_TOKEN: setting('Text', text, 'Bearer-Token, mit dem /metrics auch von anderen Rechnern gelesen werden darf. Ohne Angabe nur von diesem Rechner.', { geheim: true }),
  SPUREN_URL: setting('URL', url('http', 'https'), 'Sammler für Spuren einzelner Anfragen und Aufträge (OpenTelemetry, OTLP über HTTP), etwa http://127.0.0.1:4318/v1/traces. Sie nennen Operationen, Dauern und Abfragen mit Platzhaltern, nie Inhalte. Ohne Angabe entstehen keine.'),
  LANGSAM_AB: setting('Millisekunden', count(1, 600_000), 'So lange dauert eine Abfrage der Datenbank, die auf der Seite „Betrieb“ als langsam erscheint.', { standard: '200' }),
  WEB_ORDNER: setting('Ordner', text, 'Gebaute Weboberfläche (npm run build).', { standard: './dist' }),
  DEMO: setting('ja oder nein', z.enum(['ja', 'nein']).transform((v) => v === 'ja'), 'Ob npm start den Demo-Verbund anlegt und seine Zugänge nennt. Ohne Angabe ja mit der eingebetteten Datenbank, nein mit DATABASE_URL. Mit Demo-Verbund nur auf 127.0.0.1.'),
  DEMO_AKTEN: setting('Zahl', count(1, 5000), 'So viele Akten mit je etwa zehn Dokumenten bekommt jede Verwaltung des Demo-Verbunds.', { standard: '50' }),
};
/** The reference docs/betrieb/konfiguration.md is generated from these groups (`npm run generate`). */
export const settingGroups: Readonly<Record<string, Readonly<Record<string, Setting>>>> = { Adresse: adresse, Daten: daten, Anmeldung: anmeldung, Nachrichten: nachrichten, Betrieb: betrieb };
export const settings = { ...adresse, ...daten, ...anmeldung, ...nachrichten, ...betrieb };

type Settings = typeof settings;
export type SettingName = keyof Settings;
/** A setting without a default may be missing; `loadConfig({ needs })` says which ones a process cannot do without. */
export type Config = { readonly [K in SettingName]: z.output<Settings[K]['schema']> | (Settings[K] extends { readonly standard: string } ? never : undefined) };

/** A refusal to start that names the key; shown as it is, without a stack. */
export class ConfigError extends Error {}

const PREFIX = 'VERBUNDAKTE_';
const isName = (name: string): name is SettingName => Object.hasOwn(settings, name);

/** KEY=value lines as in a systemd EnvironmentFile; `#` begins a comment line. */
function parseFile(path: string): Record<string, string> {
  let content: string;
  try { content = readFileSync(path, 'utf8'); } catch { throw new ConfigError(`KONFIGURATION: Die Datei ${path} lässt sich nicht lesen`); }
  return Object.fromEntries(content.split('\n').map((line, i) => [line.trim(), i + 1] as const).filter(([line]) => line && !line.startsWith('#')).map(([line, number]) => {
    const [, name, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (!name) throw new ConfigError(`${path}, Zeile ${number}: erwartet wird NAME=Wert`);
    if (!isName(name)) throw new ConfigError(`${path}, Zeile ${number}: unbekannter Schlüssel ${name}${similar(name)}`);
    return [name, value.replace(/^(["'])(.*)\1$/, '$2')] as const;
  }));
}

/** A slip of the pen is the usual reason for an unknown key. */
function similar(name: string): string {
  const pairs = (s: string) => new Set(Array.from({ length: s.length - 1 }, (_, i) => s.slice(i, i + 2)));
  const wanted = pairs(name);
  const rate = (other: string) => 2 * pairs(other).intersection(wanted).size / (wanted.size + other.length - 1);
  const best = (Object.keys(settings) as SettingName[]).toSorted((a, b) => rate(b) - rate(a))[0]!;
  return rate(best) > 0.5 ? ` (gemeint ist vielleicht ${best})` : '';
}

export type LoadOptions = { env?: Readonly<Record<string, string | undefined>>; needs?: readonly SettingName[] };

/**
 * Settings from the environment (as NAME or VERBUNDAKTE_NAME), then from the file that KONFIGURATION names, then the defaults.
 * Unknown keys, missing ones and bad values are refused by name; a secret's value is never part of the message.
 */
export function loadConfig({ env = process.env, needs = [] }: LoadOptions = {}): Config {
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX) || name.startsWith(`${PREFIX}TEST_`) || name === `${PREFIX}KONFIGURATION` || name === `${PREFIX}STOERUNG`) continue; // the last is stoerung.ts's to refuse
    const key = name.slice(PREFIX.length);
    if (!isName(key)) throw new ConfigError(`Unbekannter Schlüssel ${name} in der Umgebung${similar(key)}`);
  }
  const path = env[`${PREFIX}KONFIGURATION`] ?? env.KONFIGURATION;
  const file: Record<string, string> = path ? parseFile(path) : {};
  const problems: string[] = [];
  const values = Object.fromEntries((Object.entries(settings) as [SettingName, Setting][]).map(([name, { schema, standard, geheim }]) => {
    const given = [env[PREFIX + name], env[name], file[name]].find((v) => v !== undefined && v !== '') ?? standard;
    if (given === undefined) {
      if (needs.includes(name)) problems.push(`Der Schlüssel ${name} fehlt: ${settings[name].beschreibung}`);
      return [name, undefined];
    }
    const { success, data, error } = schema.safeParse(given);
    if (!success) problems.push(`${name}${geheim ? '' : `=${given}`} ist ungültig: erwartet wird ${settings[name].form} – ${error.issues[0]!.message}`);
    return [name, data];
  })) as unknown as Config;
  if (!problems.length && values.SMTP_URL && !values.MAIL_ABSENDER) problems.push('Der Schlüssel MAIL_ABSENDER fehlt: mit SMTP_URL braucht jede Nachricht einen Absender');
  if (!problems.length && values.MAIL_EMPFANG && !values.MAIL_EMPFANG_DOMAENE) problems.push('Der Schlüssel MAIL_EMPFANG_DOMAENE fehlt: mit MAIL_EMPFANG brauchen die Adressen von Akten eine Domäne');
  if (problems.length) throw new ConfigError(problems.join('\n'));
  return values;
}

/** Where users reach the application. */
export const publicUrl = (config: Config, port: number = config.PORT): string =>
  config.OEFFENTLICHE_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
