import { afterEach } from 'vitest';

// A journey through browser, server and worker may meet a machine that is busy with something else: it is tried once more, and never in silence.
afterEach(({ task }) => {
  const { retryCount, errors } = task.result ?? {};
  if (retryCount) console.log(`↻ zum ${retryCount + 1}. Mal versucht: ${task.name}\n  ${errors?.[0]?.message ?? ''}`);
});
