/** In a copy of the program: a module made by `npm run new-module` passes types, rules, its own tests and the contract tests as it is. */
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, run } from './lib/ablauf.ts';

const copy = await mkdtemp(join(tmpdir(), 'va-modul-'));
let failed = false;
try {
  const files = String(execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 26 })).split('\0').filter(Boolean);
  for (const file of files) await cp(join(root, file), join(copy, file), { recursive: true, force: true }).catch((error: { code?: string }) => { if (error.code !== 'ENOENT') throw new Error(`${dirname(file)}: ${String(error)}`); });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [command, ...args] of [
    ['node', 'tools/new-module.ts', 'probesachen', 'probesache'], ['tsc', '-p', '.'], ['depcruise', 'platform', 'modules', 'apps'], ['oxlint', '--quiet', 'modules/probesachen'],
    ['vitest', 'run', 'modules/probesachen', 'platform/tests/contract.test.ts', 'platform/tests/catalogue.test.ts', 'platform/tests/generated.test.ts'],
  ] as const) {
    const { code, output } = await run(command, args, { cwd: copy, quiet: true });
    if (code !== 0) { console.log(`${command} ${args.join(' ')}\n${output}`); failed = true; break; }
  }
} finally { await rm(copy, { recursive: true, force: true }); }
process.exit(failed ? 1 : 0);
