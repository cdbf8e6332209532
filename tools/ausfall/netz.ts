import { execFileSync } from 'node:child_process';

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
const quiet = (work: () => unknown) => { try { work(); } catch { /* not there */ } };

export type Host = { readonly name: string; readonly adresse: string };

/**
 * Machines as network namespaces of this computer, on a switch that is a namespace as well: nothing of it touches the network outside. Names carry the
 * process number, so that two runs do not meet.
 */
export function netzOf(names: readonly string[], id: string) {
  const ns = (name: string) => `va${id}-${name}`;
  const switchNs = ns('switch');
  const hosts: Host[] = names.map((name, n) => ({ name, adresse: `10.97.0.${11 + n}` }));
  const within = (name: string) => ['ip', 'netns', 'exec', ns(name)];
  const run = (name: string, ...command: string[]) => { const [file = '', ...rest] = [...within(name), ...command]; return execFileSync(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }); };

  function create() {
    ip('netns', 'add', switchNs);
    run('switch', 'ip', 'link', 'add', 'br0', 'type', 'bridge');
    run('switch', 'ip', 'link', 'set', 'br0', 'up');
    for (const [n, { name, adresse }] of hosts.entries()) {
      ip('netns', 'add', ns(name));
      run('switch', 'ip', 'link', 'add', `p${n}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', ns(name));
      run('switch', 'ip', 'link', 'set', `p${n}`, 'master', 'br0', 'up');
      run(name, 'ip', 'addr', 'add', `${adresse}/24`, 'dev', 'eth0');
      for (const device of ['lo', 'eth0']) run(name, 'ip', 'link', 'set', device, 'up');
    }
  }
  const pidsOf = (name: string) => { try { return ip('netns', 'pids', ns(name)).split('\n').filter(Boolean).map(Number); } catch { return []; } };
  const kill = (name: string) => { for (const pid of pidsOf(name)) if (pid !== process.pid) quiet(() => process.kill(pid, 'SIGKILL')); };
  const others = (name: string) => hosts.filter((h) => h.name !== name && !h.name.startsWith('kunde'));
  const route = (verb: 'add' | 'del', name: string, adresse: string) => quiet(() => run(name, 'ip', 'route', verb, 'blackhole', `${adresse}/32`));
  const cut = (verb: 'add' | 'del') => (name: string) => {
    const { adresse } = hosts.find((h) => h.name === name)!;
    for (const other of others(name)) { route(verb, name, other.adresse); route(verb, other.name, adresse); }
  };
  return {
    hosts, within, create, kill,
    adresse: (name: string) => hosts.find((h) => h.name === name)!.adresse,
    /** No packet more between this machine and the other servers; those who use it still reach it, the hardest case. */
    cut: cut('add'), heal: cut('del'),
    end() { for (const { name } of hosts) { kill(name); quiet(() => ip('netns', 'del', ns(name))); } quiet(() => ip('netns', 'del', switchNs)); },
  };
}
export type Netz = ReturnType<typeof netzOf>;
