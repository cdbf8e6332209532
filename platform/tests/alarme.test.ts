import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { observe, observeInstallation } from '#apps/server/beobachtung.ts';
import { loadConfig } from '#platform/server/config.ts';
import { createMessung } from '../server/messung/messung.ts';
import { openDatabase } from '../server/tx.ts';
import { appUrl } from '../testing/database.ts';
import { databaseName, log, modules, verbundId } from '../testing/test.ts';

const ordner = new URL('../../docs/betrieb/', import.meta.url);
const { groups } = parse(await readFile(new URL('alarme/verbundakte.rules.yml', ordner), 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] };
const regeln = groups.flatMap((g) => g.rules);

test('each alarm asks for figures that the processes tell, and says in the runbook what to do', async () => {
  const [api, worker] = [createMessung('api'), createMessung('worker')];
  const [eine, andere] = [api, worker].map((messung) => openDatabase(appUrl(databaseName), { max: 1, modules, messung }));
  const config = { ...loadConfig({ env: {} }), ABLAGE_URL: 'file:///tmp' };
  const beenden = [observe(api, { config, database: eine!, verbundId, prozess: 'api', log }), observe(worker, { config, database: andere!, verbundId, prozess: 'worker', log })];
  observeInstallation(worker, { modules, database: andere!, verbundId, listMandantIds: async () => [verbundId] });
  for (const messung of [api, worker]) messung.stand('verbundakte_bereit', 'as the processes do', () => 1);
  api.anfrage('getAkte', 200, 12);
  const gezeigt = (await api.registry.metrics()) + (await worker.registry.metrics());
  for (const { alert, expr } of regeln) for (const name of expr.match(/\b(?:verbundakte|nodejs|process)_\w+/g) ?? []) expect(gezeigt, `${alert} asks for ${name}`).toMatch(new RegExp(`^${name}[ {]`, 'm'));
  for (const ende of beenden) await ende();
  await Promise.all([eine!.close(), andere!.close()]);
  const kapitel = (await readFile(new URL('alarme.md', ordner), 'utf8')).match(/^## .+$/gm)!.map((zeile) => zeile.slice(3));
  expect(kapitel.toSorted()).toEqual(regeln.map((r) => r.alert).toSorted());
});
