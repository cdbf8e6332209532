/** A copy of the program with a fault put into its source. The program itself carries no switch for any of them. */
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../lib/ablauf.ts';
import type { Umgebung } from './werk.ts';

export type Ersetzung = { datei: string; statt: string; nun: string };

/** Converters may read their own program and nothing else: of a copy a part lies where it was. */
export const lesbar: Ersetzung = { datei: 'modules/aufbereitung/server/konverter/pool.ts', statt: "'--permission', ", nun: `'--permission', '--allow-fs-read=${join(root, 'node_modules')}', ` };

/** Fails when the text is not there exactly once: a seed that has no effect any more would prove nothing. */
export async function copyWith(u: Umgebung, name: string, ersetzungen: readonly Ersetzung[]): Promise<string> {
  const code = join(u.ordner, `programm-${name}`);
  await rm(code, { recursive: true, force: true });
  for (const part of ['platform', 'modules', 'apps', 'packages', 'package.json', 'tsconfig.json']) await cp(join(root, part), join(code, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(code, 'node_modules'));
  for (const { datei, statt, nun } of [lesbar, ...ersetzungen]) {
    const path = join(code, datei);
    const text = await readFile(path, 'utf8');
    if (text.split(statt).length !== 2) throw new Error(`Saat ${name}: in ${datei} steht nicht genau einmal: ${statt}`);
    await writeFile(path, text.replace(statt, () => nun));
  }
  return code;
}
