import { ConfigError } from './config.ts';

/** `nur`: reached only by the fault of that name, which brings what it needs (a mail server). */
type Schritt = { prozess: 'api' | 'worker'; was: string; nur?: string };

/**
 * The named steps at which `npm run stoerfall` strikes (docs/betrieb/stoerfall.md): which process passes through it, and what is true just then.
 * A path that must lose nothing brings its steps here; a step that is no longer reached, or stands in the code twice, fails a test.
 */
export const failpoints = {
  'ablage.opened': { prozess: 'api', was: 'Teildatei angelegt, noch leer' },
  'ablage.written': { prozess: 'api', was: 'Inhalt geschrieben, noch nicht auf der Platte' },
  'ablage.synced': { prozess: 'api', was: 'Inhalt auf der Platte, noch nicht an seinem Ort' },
  'ablage.renamed': { prozess: 'api', was: 'an seinem Ort, der Ordner noch nicht auf der Platte' },
  'ablage.folder_synced': { prozess: 'api', was: 'Inhalt dauerhaft, niemand weiß davon' },
  'inhalt.gespeichert': { prozess: 'api', was: 'Hochgeladenes liegt in der Ablage, noch keine Zeile nennt es' },
  'idempotenz.belegt': { prozess: 'api', was: 'Idempotency-Key eingetragen, noch kein Ergebnis' },
  'dokument.geschrieben': { prozess: 'api', was: 'Dokument, Fassung und Kontakte geschrieben, noch kein Ereignis' },
  'eingang.nummer': { prozess: 'api', was: 'Eingangsnummer gezogen, noch kein Eingang' },
  'eingang.abgelegt': { prozess: 'api', was: 'Dokument zum Eingang angelegt, der Eingang noch offen' },
  'sendung.eroeffnet': { prozess: 'api', was: 'Sendung und Manifest geschrieben, keine Datei da' },
  'sendung.datei': { prozess: 'api', was: 'Datei einer Sendung geprüft und in der Ablage, noch keine Zeile nennt sie' },
  'sendung.eingang': { prozess: 'api', was: 'Eingang zur Sendung angelegt, die Sendung noch offen' },
  'scan.uebernahme': { prozess: 'api', was: 'Eingänge und Transfervermerke eines Stapels geschrieben, der Stapel noch nicht übernommen', nur: 'scan' },
  'eingang.bewegt': { prozess: 'api', was: 'Stand und Laufweg des Eingangs geschrieben, noch kein Ereignis' },
  'schreiben.vor_commit': { prozess: 'api', was: 'alles vorbereitet, COMMIT noch nicht gesendet' },
  'schreiben.nach_commit': { prozess: 'api', was: 'dauerhaft in der Datenbank, noch nicht beantwortet' },
  'antwort.vor_versand': { prozess: 'api', was: 'Antwort fertig, noch nicht gesendet' },
  'nachlauf.vor_versand': { prozess: 'api', was: 'Ereignisse dauerhaft, der Auftrag zum Versiegeln noch nicht gestellt' },
  'auftrag.geladen': { prozess: 'worker', was: 'Auftrag angenommen und gelesen' },
  'auftrag.bearbeitet': { prozess: 'worker', was: 'Arbeit außerhalb der Datenbank getan, nichts gespeichert' },
  'auftrag.vor_commit': { prozess: 'worker', was: 'Ergebnis geschrieben, COMMIT noch nicht gesendet' },
  'auftrag.nach_commit': { prozess: 'worker', was: 'Ergebnis dauerhaft, die Warteschlange weiß es noch nicht' },
  'sendung.abgelegt': { prozess: 'worker', was: 'Eingang der Sendung in den genannten Vorgang abgelegt, noch nicht vermerkt' },
  'postfach.geholt': { prozess: 'worker', was: 'Nachricht liegt in der Ablage, noch keine Zeile nennt sie', nur: 'postfach' },
  'postfach.erfasst': { prozess: 'worker', was: 'Eingang zur Nachricht geschrieben, noch nicht dauerhaft', nur: 'postfach' },
  'postfach.vor_quittung': { prozess: 'worker', was: 'Eingang dauerhaft, die Nachricht liegt noch im Posteingang des Servers', nur: 'postfach' },
  'postfach.nach_quittung': { prozess: 'worker', was: 'Nachricht auf dem Server verschoben, hier steht es noch nicht', nur: 'postfach' },
  'postfach.angenommen': { prozess: 'worker', was: 'zugestellte Nachricht liegt in der Ablage, noch keine Zeile nennt sie', nur: 'postfach' },
  'postfach.vor_antwort': { prozess: 'worker', was: 'Eingang zur Zustellung dauerhaft, dem Mailserver noch nicht bestätigt', nur: 'postfach' },
  'scan.bilder_gespeichert': { prozess: 'worker', was: 'Bilder gescannter Seiten liegen in der Ablage, noch keine Zeile nennt sie', nur: 'scan' },
  'scan.brief_gespeichert': { prozess: 'worker', was: 'Brief als PDF in der Ablage, noch keine Zeile nennt ihn', nur: 'scan' },
  'siegel.ohne_blaetter': { prozess: 'worker', was: 'Siegel geschrieben, seine Einträge noch nicht' },
} as const satisfies Record<string, Schritt>;
export type Failpoint = keyof typeof failpoints;

/** The only name a database may have under a process that is told to fail: no real one is called so. */
export const STOERFALL = 'stoerfall';

type Plan = Map<string, { action: string; at: number }>;

/** `step=kill@3,step=fehler:EIO`: the third time the process kills itself; `warte:ms` stands still, whole, for so long. Without `@` the first time. */
function readPlan({ VERBUNDAKTE_STOERUNG: plan, DATABASE_URL }: NodeJS.ProcessEnv): Plan | undefined {
  if (!plan) return undefined;
  if (!DATABASE_URL || new URL(DATABASE_URL).pathname !== `/${STOERFALL}`) throw new ConfigError('VERBUNDAKTE_STOERUNG lässt Prozesse mit Absicht scheitern und gilt nur für npm run stoerfall.');
  return new Map(plan.split(',').map((entry) => {
    const [, name = '', action = '', at = '1'] = /^([a-z._]+)=(kill|warte:\d+|fehler:[A-Z]+)(?:@(\d+))?$/.exec(entry) ?? [];
    if (!Object.hasOwn(failpoints, name)) throw new ConfigError(`VERBUNDAKTE_STOERUNG: ${entry} nennt keinen Schritt`);
    return [name, { action, at: Number(at) }];
  }));
}

const sleep = (milliseconds: number) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds); };

function strike(plan: Plan, name: Failpoint) {
  const planned = plan.get(name);
  if (!planned || --planned.at !== 0) return;
  const [action, detail = ''] = planned.action.split(':');
  if (action === 'fehler') throw Object.assign(new Error(`${detail}: ${name}`), { code: detail });
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  sleep(action === 'kill' ? 60_000 : Number(detail)); // not one statement more
}

const plan = readPlan(process.env);
/** Nothing, unless the process was started to fail here. */
export const failpoint: (name: Failpoint) => void = plan ? (name) => strike(plan, name) : () => {};
