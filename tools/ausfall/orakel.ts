import { createHash } from 'node:crypto';
import pg from 'pg';
import { until } from '#apps/server/tests/program.ts';
import type { Knoten } from './knoten.ts';
import type { Last } from './last.ts';
import type { Netz } from './netz.ts';
import { KENNWORT } from './vorlagen.ts';

type Gegenstand = { last: Last; knoten: Knoten; netz: Netz; adressen: readonly string[]; cookie: string; vorgangId: string; say(text: string): void };

const ZEILEN = `select d.id, (select count(*)::int from platform.ereignis_objekt o join platform.ereignis e on e.mandant_id = o.mandant_id and e.id = o.ereignis_id
    where o.mandant_id = d.mandant_id and o.objekt_id = d.id and e.art = 'dokument.angelegt') as ereignisse from schriftgut.dokument d where d.vorgang_id = $1 order by 1`;

async function readServer(adresse: string, vorgangId: string) {
  const client = new pg.Client({ connectionString: `postgres://postgres:${KENNWORT}@${adresse}:5432/akten` });
  await client.connect();
  try { return (await client.query<{ id: string; ereignisse: number }>(ZEILEN, [vorgangId])).rows; } finally { await client.end(); }
}

/** Everything acknowledged is there, once, byte by byte, on every server; nothing else is; and whoever was refused was told why and when to come again. */
export async function checkJournal({ last, knoten, netz, adressen, cookie, vorgangId, say }: Gegenstand): Promise<string[]> {
  const mangel: string[] = [];
  const { journal, fehler } = last;
  for (const f of fehler.filter((x) => x.status !== 503 && x.status !== 0)) mangel.push(`unerwartete Antwort ${f.status}: ${f.was}`);
  const primary = await knoten.whole(60);
  const rows = await readServer(netz.adresse(primary), vorgangId);
  const there = new Map(rows.map((r) => [r.id, r.ereignisse]));
  for (const { dokument } of journal) if (!there.has(dokument)) mangel.push(`quittiert und nicht da: ${dokument}`);
  for (const [id, ereignisse] of there) if (ereignisse !== 1) mangel.push(`${ereignisse} Ereignisse zu ${id}`);
  if (there.size !== journal.length) mangel.push(`${journal.length} quittiert, ${there.size} da`);
  for (const { name, adresse } of netz.hosts.filter((h) => h.name !== primary && h.name !== 'kunde')) {
    await until(`${name} has everything`, 30, async () => JSON.stringify(await readServer(adresse, vorgangId)) === JSON.stringify(rows)).catch((e: Error) => mangel.push(e.message));
  }
  for (const [n, { inhalt, sha256 }] of journal.entries()) {
    const answer = await fetch(`${adressen[n % adressen.length]}/api/v1/inhalte/${inhalt}`, { headers: { cookie } });
    const hash = createHash('sha256').update(new Uint8Array(await answer.arrayBuffer())).digest('hex');
    if (hash !== sha256) mangel.push(`Inhalt ${inhalt}: ${answer.status}, ${hash} statt ${sha256}`);
  }
  say(`${journal.length} Dokumente quittiert: alle da, auf drei Servern, mit gleichem Hash und je einem Ereignis`.replace(/: alle.*/, mangel.length ? '' : '$&'));
  return mangel;
}
