import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What tests need and npm does not bring. `versuch` proves that it works, not only that it is there: Ubuntu's chromium is an empty shell without snap. */
type Werkzeug = { pakete: readonly string[]; wofuer: string; versuch: readonly [string, ...string[]]; env: string };
export const werkzeuge: Readonly<Record<string, Werkzeug>> = {
  Chromium: { pakete: ['chromium'], wofuer: 'Reisen im Browser und Prüfung der Barrierefreiheit (e2e)', versuch: ['chromium', '--headless', '--no-sandbox', '--version'], env: 'CHROMIUM' },
  tesseract: { pakete: ['tesseract-ocr', 'tesseract-ocr-deu'], wofuer: 'Texterkennung mit dem Programm des Systems', versuch: ['sh', '-c', 'tesseract --list-langs | grep -qx deu'], env: 'TESSERACT' },
  LibreOffice: { pakete: ['libreoffice-writer-nogui', 'libreoffice-calc-nogui', 'libreoffice-impress-nogui'], wofuer: 'PDF-Fassungen von Office-Dateien', versuch: ['soffice', '--version'], env: 'LIBREOFFICE' },
  poppler: { pakete: ['poppler-utils'], wofuer: 'Gegenprobe erzeugter PDF-Dateien', versuch: ['sh', '-c', 'command -v pdftotext && command -v pdftoppm'], env: 'POPPLER' },
};

/** What `npm run conformance` needs besides: foreign servers to measure ourselves against. */
export const gegenstellen: Readonly<Record<string, Werkzeug>> = {
  Swift: { pakete: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'], wofuer: 'Ablage auf einem S3-Server (OpenStack Swift)', versuch: ['sh', '-c', 'for k in proxy account container object; do test -x /usr/bin/swift-$k-server || exit 1; done'], env: 'SWIFT' },
  ClamAV: { pakete: ['clamav-daemon'], wofuer: 'Virenscanner clamd mit eigenen Signaturen', versuch: ['clamd', '--version'], env: 'CLAMAV' },
  Dovecot: { pakete: ['dovecot-imapd', 'dovecot-lmtpd'], wofuer: 'Postfächer auf einem IMAP-Server', versuch: ['dovecot', '--version'], env: 'DOVECOT' },
  Postfix: { pakete: ['postfix'], wofuer: 'Zustellung durch einen Mailserver an Akten und in Postfächer', versuch: ['sh', '-c', 'test -x /usr/lib/postfix/sbin/master'], env: 'POSTFIX' },
  PgBouncer: { pakete: ['pgbouncer'], wofuer: 'Anwendung und Modultests hinter PgBouncer im Transaktionsmodus', versuch: ['pgbouncer', '--version'], env: 'PGBOUNCER' },
  Patroni: { pakete: ['patroni', 'etcd-server', 'python3-etcd', 'haproxy', 'iproute2'], wofuer: 'drei Server mit Trennung und Ausfall (npm run ausfall)', versuch: ['sh', '-c', 'command -v patroni && command -v etcd && command -v haproxy && command -v ip && /usr/bin/python3 -c "import patroni.dcs.etcd3"'], env: 'PATRONI' },
  PostgreSQL: { pakete: ['postgresql'], wofuer: 'Modultests und Sicherung auf der PostgreSQL der Distribution (ab 15)', versuch: ['sh', '-c', 'for v in /usr/lib/postgresql/*; do test "${v##*/}" -ge 15 && test -x "$v/bin/postgres" && exit 0; done; exit 1'], env: 'POSTGRESQL' },
};
/** What `npm run stoerfall` pulls the plug of. */
export const stoermittel: Readonly<Record<string, Werkzeug>> = {
  Mailserver: { pakete: ['dovecot-imapd', 'dovecot-lmtpd'], wofuer: 'Abholen von Postfächern (npm run stoerfall)', versuch: ['dovecot', '--version'], env: 'DOVECOT' },
  XFS: { pakete: ['xfsprogs'], wofuer: 'Stromausfälle (npm run stoerfall)', versuch: ['sh', '-c', 'command -v mkfs.xfs && command -v xfs_io'], env: 'XFS' },
};
const all = { ...werkzeuge, ...gegenstellen, ...stoermittel };

const works = ([command, ...args]: readonly [string, ...string[]]) => spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).status === 0;
export const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
const isRoot = process.getuid?.() === 0;

/** Installs what is missing when it may; otherwise says the line to type. Answers what is still missing. */
export function provideTools(names: readonly string[] = Object.keys(werkzeuge), more: readonly string[] = []): string[] {
  const missing = () => names.filter((name) => !works(all[name]!.versuch));
  const before = missing();
  const pakete = [...new Set([...before.flatMap((name) => all[name]!.pakete), ...more])];
  if (!pakete.length) return [];
  if (isDebian && isRoot) {
    console.log(`Für die Tests wird installiert: ${pakete.join(' ')}`);
    const apt = (...args: string[]) => execFileSync('apt-get', ['-q', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    // without lists of packages nothing is found; with fresh ones the update costs nothing but its time
    try { apt('update'); apt('install', '-y', '--no-install-recommends', ...pakete); } catch (error) { console.log(`apt-get: ${(error as Error).message}`); }
  } else if (before.length) {
    console.log(`Für alle Tests fehlen Werkzeuge. ${isDebian ? 'Diese Zeile installiert sie:' : 'Auf Debian oder Ubuntu:'}\n  sudo apt-get install -y --no-install-recommends ${pakete.join(' ')}`);
  }
  return missing();
}
