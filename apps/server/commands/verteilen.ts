import pg from 'pg';
import { Refusal } from '#apps/server/start/say.ts';
import type { Config } from '#platform/server/config.ts';
import { distribute, planVerteilung, readVerteilt } from '#platform/server/verteilen.ts';

/** Spreads the Mandanten over the machines of a Citus; again after every `migrate`. `--zeigen` prints the statements and changes nothing, also without Citus. */
export async function run(args: readonly string[], config: Config) {
  const client = new pg.Client({ connectionString: config.DATABASE_URL_MIGRATION! });
  await client.connect();
  try {
    const schon = await readVerteilt(client);
    if (args.includes('--zeigen')) return console.log((await planVerteilung(client, schon)).map((s) => `${s};`).join('\n'));
    if (!schon) throw new Refusal('In dieser Datenbank ist die Erweiterung citus nicht angelegt: Es gibt nichts zu verteilen. Siehe docs/betrieb/skalierung.md');
    const { maengel, verteilt } = await distribute(client, schon);
    if (maengel.length) throw new Refusal(`Das Schema hält die Regeln der Verteilung nicht:\n${maengel.join('\n')}`);
    console.log(verteilt ? `${verteilt} Tabellen verteilt.` : 'Alle Tabellen sind verteilt.');
  } finally { await client.end(); }
}
