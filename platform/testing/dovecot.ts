import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = '/usr/sbin/dovecot';
export const hasDovecot = await access(PROGRAM).then(() => true, () => false);

export async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((p) => once(p, 'listening')));
  const ports = probes.map((p) => (p.address() as { port: number }).port);
  await Promise.all(probes.map((p) => new Promise((r) => { p.close(r); })));
  return ports;
}

/** Dovecot cannot run as root; what drops its rights needs users, which Debian's package makes. */
const root = process.getuid?.() === 0;
const [eigen, MAIL] = root ? [undefined, 'nobody'] : [execFileSync('id', ['-un'], { encoding: 'utf8' }).trim(), execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()];
const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, MAIL], { encoding: 'utf8' }));

const config = ({ dir, imap, imaps, lmtp }: { dir: string; imap: number; imaps: number; lmtp: number }) => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${dir}/mail/%u
first_valid_uid = 1
mail_uid = ${MAIL}
mail_gid = ${idOf('-g')}
mail_max_userip_connections = 100
login_trusted_networks = 127.0.0.0/8
${eigen ? `default_internal_user = ${eigen}\ndefault_login_user = ${eigen}\ndefault_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}` : ''}
passdb {
  driver = static
  args = password=geheim
}
userdb {
  driver = static
  args = uid=${idOf('-u')} gid=${idOf('-g')} home=${dir}/mail/%u
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;

/** A real Dovecot (Debian) in a folder of its own: any user may log in with »geheim«. Undefined where the package is missing. */
export async function startDovecot() {
  if (!hasDovecot) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'va-dovecot-'));
  await chmod(dir, 0o755);
  for (const name of ['run', 'state', 'mail']) await mkdir(join(dir, name));
  if (root) await chown(join(dir, 'mail'), idOf('-u'), idOf('-g'));
  const [imap, imaps, lmtp] = await freePorts(3) as [number, number, number];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')], { stdio: 'ignore' });
  await writeFile(join(dir, 'conf'), config({ dir, imap, imaps, lmtp }));
  let child: ReturnType<typeof spawn>;
  let log = '';
  const start = async () => {
    child = spawn(PROGRAM, ['-F', '-c', join(dir, 'conf')], { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
    process.once('exit', () => { child.kill('SIGKILL'); });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => { log = (log + String(text)).slice(-8000); });
    for (const end = Date.now() + 30_000; ; await new Promise((r) => setTimeout(r, 50))) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`dovecot does not start:\n${log}`);
      const socket = createConnection(imap, '127.0.0.1');
      const up = await Promise.race([once(socket, 'data').then(() => true, () => false), new Promise<boolean>((r) => { setTimeout(() => r(false), 2000).unref(); })]);
      socket.destroy();
      if (up) return;
    }
  };
  const halt = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([ended, new Promise((r) => setTimeout(r, 5000).unref())]);
    if (child.exitCode === null) child.kill('SIGKILL');
  };
  await start();
  return { dir, imap, imaps, lmtp, kennwort: 'geheim', start, halt, log: () => log, async stop() { await halt(); await rm(dir, { recursive: true, force: true }); } };
}
export type Dovecot = NonNullable<Awaited<ReturnType<typeof startDovecot>>>;
