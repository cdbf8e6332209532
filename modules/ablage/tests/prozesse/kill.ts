/**
 * A process that files documents and acknowledges each on its standard output, until it kills itself without a word at the step it was told.
 * Arguments: connection string, folder, key file, Mandant, step, number of documents before.
 */
import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { systemContext } from '#platform/server/context.ts';
import { newId } from '#platform/server/ids.ts';
import { loadKeys } from '#platform/server/keys.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import { openFileStore } from '#platform/server/storage/file-store.ts';
import { openDatabase } from '#platform/server/tx.ts';
import { createHochgeladen } from '../../server/commands.ts';
import { attachInhalt } from '../../server/index.ts';

const [url = '', root = '', keyFile = '', mandantId = '', step = '', before = ''] = process.argv.slice(2);
let done = 0;
const at = (name: string) => { if (name === step && done === Number(before)) process.kill(process.pid, 'SIGKILL'); };

const storage = openStorage(openFileStore({ root, onStep: at }), await loadKeys(keyFile, { create: false }));
const database = openDatabase(url, { max: 1 });
const ctx = systemContext(mandantId, mandantId, 'test', [], newId());
await storage.put(mandantId, []); // makes the key of the Mandant, which passes through the same steps
for (done = 0; ; done++) {
  const content = randomBytes(200_000);
  const stored = await storage.put(mandantId, [content]);
  at('before_row');
  const id = await database.write(ctx, async (tx) => {
    const { id: uploaded } = await createHochgeladen(tx, stored, { mime: 'application/pdf', dateiname: 'a.pdf' });
    const inhalt = await attachInhalt(tx, uploaded);
    at('before_commit');
    return inhalt.id;
  });
  at('after_commit');
  writeSync(1, `${id} ${createHash('sha256').update(content).digest('hex')}\n`);
}
