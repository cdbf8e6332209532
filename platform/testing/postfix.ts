import { execFileSync } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './dovecot.ts';

/** A real Postfix (Debian) in a folder of its own, that brings mail of these domains to these transports. Its master needs root; undefined without, or where the package is missing. */
export async function startPostfix(wege: Readonly<Record<string, string>>) {
  if (process.getuid?.() !== 0 || await access('/usr/lib/postfix/sbin/master').then(() => false, () => true)) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'va-postfix-'));
  await chmod(dir, 0o755);
  const [port] = await freePorts(1) as [number];
  const [conf, spool, data, log] = ['conf', 'spool', 'data', 'maillog'].map((n) => join(dir, n)) as [string, string, string, string];
  for (const folder of [conf, spool, data]) await mkdir(folder);
  execFileSync('chown', ['postfix', data]);
  await writeFile(join(conf, 'transport'), Object.entries(wege).map(([domain, weg]) => `${domain} ${weg}\n`).join(''));
  await writeFile(join(conf, 'main.cf'), `compatibility_level = 3.6
queue_directory = ${spool}
data_directory = ${data}
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${log}
maillog_file_prefixes = /tmp,${tmpdir()}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.stadt.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
relay_domains = ${Object.keys(wege).join(', ')}
relay_recipient_maps =
transport_maps = texthash:${join(conf, 'transport')}
recipient_delimiter =
smtpd_recipient_restrictions = permit_mynetworks, reject
smtputf8_enable = no
minimal_backoff_time = 2s
queue_run_delay = 2s
`);
  const dienst = (name: string, typ: string, was: string, privat = '-') => `${name} ${typ} ${privat} - n - - ${was}\n`;
  await writeFile(join(conf, 'master.cf'), [
    dienst(`127.0.0.1:${port}`, 'inet', 'smtpd', 'n'), 'pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\n', dienst('rewrite', 'unix', 'trivial-rewrite'), 'bounce unix - - n - 0 bounce\n', 'defer unix - - n - 0 bounce\n', 'trace unix - - n - 0 bounce\n',
    'verify unix - - n - 1 verify\n', dienst('smtp', 'unix', 'smtp'), dienst('relay', 'unix', 'smtp'), dienst('error', 'unix', 'error'), dienst('retry', 'unix', 'error'), dienst('discard', 'unix', 'discard'), dienst('lmtp', 'unix', 'lmtp'), 'anvil unix - - n - 1 anvil\n', 'scache unix - - n - 1 scache\n', 'showq unix n - n - - showq\nflush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\n',
    'postlog unix-dgram n - n - 1 postlogd\n', dienst('virtual', 'unix', 'virtual'), dienst('local', 'unix', 'local'),
  ].join(''));
  const postfix = (...args: string[]) => execFileSync('/usr/sbin/postfix', ['-c', conf, ...args], { stdio: 'pipe', timeout: 60_000 });
  postfix('start');
  return { port, log: () => readFile(log, 'utf8').catch(() => ''), async stop() { try { postfix('stop'); } catch { /* it has ended */ } await rm(dir, { recursive: true, force: true }); } };
}
export type Postfix = NonNullable<Awaited<ReturnType<typeof startPostfix>>>;
