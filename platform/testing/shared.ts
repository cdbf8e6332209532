import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of published schemas, samples and corpora beside the repository; undefined where it is missing, and what needs it is then skipped. */
export function sharedDir(): string | undefined {
  return ['../../../shared', '../../../../shared'].map((up) => fileURLToPath(new URL(up, import.meta.url))).find((dir) => existsSync(`${dir}/normdaten`));
}
