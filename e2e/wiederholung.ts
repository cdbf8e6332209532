import { afterEach } from 'vitest';
import { tellPages } from './browser.ts';

// A journey through browser, server and worker may meet a machine that is busy with something else: it is tried once more, and never in silence.
afterEach(async ({ task }) => {
  const { retryCount, errors, state } = task.result ?? {};
  if (retryCount) console.log(`↻ zum ${retryCount + 1}. Mal versucht: ${task.name}\n  ${errors?.[0]?.message ?? ''}`);
  if (state === 'fail') { console.log(`✗ ${task.name}`); await tellPages(task.name); }
});
