/**
 * The oracle: what the journal says was acknowledged, held against what is there after a fault. Reads with the database's superuser and below the store's
 * encryption, so that no mistake of the program under test can hide; what people see is asked for over HTTP. Answers findings in German, none when all is well.
 */
import { createHash } from 'node:crypto';
import { pause } from '#apps/server/tests/program.ts';
import { loadKeys } from '#platform/server/keys.ts';
import { openStorage } from '#platform/server/storage/encrypted.ts';
import { openStore } from '#platform/server/storage/index.ts';
import type { Anlage } from './anlage.ts';
import { ask, login } from './anfrage.ts';
import { EREIGNIS, readJournal, type Art, type Eintrag } from './journal.ts';

/** Finding in short: at most three of a kind are told with their ids. */
export type Befund = string;
const tell = (was: string, ids: readonly string[]): Befund[] => (ids.length ? [`${was}: ${ids.length} (${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''})`] : []);
const TABELLE: Record<Art, { name: string; nummer: string }> = {
  dokument: { name: 'schriftgut.dokument', nummer: 'kennzeichen' }, eingang: { name: 'posteingang.eingang', nummer: 'nummer' }, ablage: { name: 'posteingang.eingang', nummer: 'nummer' }, sendung: { name: 'annahme.sendung', nummer: "quittung->>'nummer'" },
  vorgang: { name: 'schriftgut.vorgang', nummer: 'kennzeichen' }, akte: { name: 'schriftgut.akte', nummer: 'aktenzeichen' },
};

export class Pruefer {
  readonly #anlage: Anlage;
  readonly #journal: string;
  readonly #api: string;
  readonly #cookies = new Map<string, Promise<string>>();
  #seen = 0;
  #since = '-infinity';

  /** `api`: the process that is asked for what people see. */
  constructor(anlage: Anlage, journal: string, api = 'api') { this.#anlage = anlage; this.#journal = journal; this.#api = api; }
  get #port() { return this.#anlage.ports[this.#api]!; }

  async #as(mandant: number, wer: 'sachbearbeitung' | 'revision') {
    const { mandanten, kennwort } = this.#anlage.zugang;
    const name = mandanten[mandant]!.konten[wer];
    if (!this.#cookies.has(name)) this.#cookies.set(name, login(this.#port, name, kennwort));
    return { cookie: await this.#cookies.get(name)! };
  }

  /** What was acknowledged and made since the last call; with `alles` everything. The client must stand still. */
  async pruefe({ alles = false } = {}): Promise<Befund[]> {
    const journal = readJournal(this.#journal);
    const neu = journal.slice(alles ? 0 : this.#seen);
    const since = alles ? '-infinity' : this.#since;
    const [{ jetzt }] = await this.#anlage.sql<{ jetzt: string }>("select (now() - interval '1 minute')::text as jetzt") as [{ jetzt: string }];
    const befunde = (await Promise.all([this.#zeilen(neu), this.#ereignisse(neu), this.#lesbar(neu), this.#halbes(since), this.#bytes(since), this.#doppelt(journal), this.#getrennt(neu)])).flat();
    [this.#seen, this.#since] = [journal.length, jetzt];
    return befunde;
  }

  /** Every acknowledged operation is there, under the number that was told. */
  async #zeilen(neu: readonly Eintrag[]): Promise<Befund[]> {
    const befunde: Befund[] = [];
    for (const [art, eintraege] of Map.groupBy(neu, (e) => e.art)) {
      const { name, nummer } = TABELLE[art];
      const rows = await this.#anlage.sql<{ id: string; nummer: string; status: string }>(`select id, ${nummer} as nummer, to_jsonb(t)->>'status' as status from ${name} t where id = any($1::uuid[])`, [eintraege.map((e) => e.id)]);
      const found = new Map(rows.map((r) => [r.id, r]));
      befunde.push(...tell(`bestätigt und nicht da (${art})`, eintraege.filter((e) => !found.has(e.id)).map((e) => e.id)));
      befunde.push(...tell(`unter anderer Nummer da als bestätigt (${art})`, eintraege.filter((e) => found.has(e.id) && found.get(e.id)!.nummer !== e.nummer).map((e) => e.id)));
      if (art === 'ablage') befunde.push(...tell('abgelegt bestätigt und noch offen', eintraege.filter((e) => found.has(e.id) && found.get(e.id)!.status !== 'zugeordnet').map((e) => e.id)));
    }
    return befunde;
  }

  async #ereignisse(neu: readonly Eintrag[]): Promise<Befund[]> {
    const rows = await this.#anlage.sql<{ id: string; art: string; nummern: string[] }>(`
      select o.objekt_id as id, e.art, array_agg(e.id::text) as nummern from platform.ereignis_objekt o join platform.ereignis e on e.mandant_id = o.mandant_id and e.id = o.ereignis_id
      where o.objekt_id = any($1::uuid[]) and e.art = any($2) group by o.objekt_id, e.art`, [neu.map((e) => e.id), Object.values(EREIGNIS)]);
    const found = new Map(rows.map((r) => [`${r.id} ${r.art}`, r.nummern]));
    const of = (e: Eintrag) => found.get(`${e.id} ${EREIGNIS[e.art]}`) ?? [];
    return [
      ...tell('ohne Ereignis', neu.filter((e) => of(e).length === 0).map((e) => `${e.art} ${e.id}`)),
      ...tell('mehr als ein Ereignis', neu.filter((e) => of(e).length > 1).map((e) => `${e.art} ${e.id}`)),
      ...tell('Ereignis unter anderer Nummer als im Verlauf genannt', neu.filter((e) => of(e).length === 1 && of(e)[0] !== String(e.ereignis)).map((e) => `${e.art} ${e.id}`)),
    ];
  }

  /** Over HTTP, as the person who filed it. */
  async #lesbar(neu: readonly Eintrag[]): Promise<Befund[]> {
    const kaputt: string[] = [];
    for (const e of neu) {
      if (!e.inhaltId || e.art === 'ablage') continue;
      const answer = await ask(this.#port, { path: `/inhalte/${e.inhaltId}`, headers: await this.#as(e.mandant, 'sachbearbeitung') }).catch((error: Error) => ({ status: 0, body: Buffer.from(error.message) }));
      if (answer.status !== 200 || createHash('sha256').update(answer.body).digest('hex') !== e.sha256) kaputt.push(`${e.inhaltId} ${answer.status}`);
    }
    return tell('bestätigter Inhalt nicht mit gleicher Prüfsumme lesbar', kaputt);
  }

  /** Also of what was never acknowledged: it is there whole, or not at all. */
  async #halbes(since: string): Promise<Befund[]> {
    const ids = async (was: string, query: string) => tell(was, (await this.#anlage.sql<{ id: string }>(query, [since])).map((r) => r.id));
    return [
      ...await ids('Dokument ohne Fassung', "select d.id from schriftgut.dokument d where d.erstellt_am >= $1::timestamptz and not exists (select from schriftgut.dokumentversion v join schriftgut.format f on f.mandant_id = v.mandant_id and f.version_id = v.id join ablage.inhalt i on i.mandant_id = f.mandant_id and i.id = f.inhalt_id where v.mandant_id = d.mandant_id and v.id = d.aktuelle_version_id)"),
      ...await ids('Dokument ohne genau ein Ereignis', "select d.id from schriftgut.dokument d where d.erstellt_am >= $1::timestamptz and (select count(*) from platform.ereignis_objekt o join platform.ereignis e on e.mandant_id = o.mandant_id and e.id = o.ereignis_id where o.mandant_id = d.mandant_id and o.objekt_id = d.id and e.art = 'dokument.angelegt') <> 1"),
      ...await ids('Sendung, aus der nicht genau ein Eingang wurde', "select s.id from annahme.sendung s where s.eroeffnet >= $1::timestamptz and s.zustand = 'angenommen' and ((select count(*) from posteingang.eingang e where e.mandant_id = s.mandant_id and e.nummer = s.quittung->>'nummer') <> 1 or (select count(*) from annahme.sendung t where t.mandant_id = s.mandant_id and t.eingang_id = s.eingang_id) <> 1)"),
      ...await ids('Eingang ohne genau ein Ereignis', "select d.id from posteingang.eingang d where d.eingegangen >= $1::timestamptz and (select count(*) from platform.ereignis_objekt o join platform.ereignis e on e.mandant_id = o.mandant_id and e.id = o.ereignis_id where o.mandant_id = d.mandant_id and o.objekt_id = d.id and e.art = 'eingang.angelegt') <> 1"),
      ...await ids('Eingang abgelegt, und sein Dokument fehlt', "select e.id from posteingang.eingang e where e.eingegangen >= $1::timestamptz and (e.status = 'zugeordnet') <> exists (select from schriftgut.dokument d where d.mandant_id = e.mandant_id and d.id = e.dokument_id)"),
    ];
  }

  /** No row of the store without its bytes. */
  async #bytes(since: string): Promise<Befund[]> {
    const storage = openStorage(openStore(this.#anlage.storageConfig), await loadKeys(this.#anlage.schluessel, { create: false }));
    const rows = await this.#anlage.sql<{ mandant_id: string; key: string; sha256: string }>('select mandant_id, key, sha256 from ablage.objekt where erstellt >= $1::timestamptz', [since]);
    const kaputt: string[] = [];
    for (const { mandant_id, key, sha256 } of rows) {
      const hash = createHash('sha256');
      const whole = await storage.open(mandant_id, key).then(async (stream) => { for await (const piece of stream) hash.update(piece as Buffer); return true; }).catch(() => false);
      if (!whole || hash.digest('hex') !== sha256) kaputt.push(key);
    }
    return tell('Zeile der Ablage, deren Inhalt fehlt oder nicht zur Prüfsumme passt', kaputt);
  }

  /** Each wish has a subject of its own: what is there twice was made twice. */
  async #doppelt(journal: readonly Eintrag[]): Promise<Befund[]> {
    const twice = async (was: string, query: string) => tell(was, (await this.#anlage.sql<{ wert: string }>(query)).map((r) => r.wert));
    const numbers = [...Map.groupBy(journal.filter((e) => e.art !== 'ablage'), (e) => `${e.art} ${e.mandant} ${e.nummer}`)].filter(([, same]) => same.length > 1).map(([number]) => number);
    return [
      ...(await Promise.all(['schriftgut.dokument', 'posteingang.eingang', 'schriftgut.vorgang', 'schriftgut.akte'].map((t) => {
        // a filed Eingang hands its subject to its Dokument
        const own = t === 'schriftgut.dokument' ? 'and not exists (select from posteingang.eingang e where e.mandant_id = t.mandant_id and e.dokument_id = t.id)' : '';
        return twice(`zweimal angelegt (${t})`, `select betreff as wert from ${t} t where betreff like 'Stoerfall %' ${own} group by betreff having count(*) > 1`);
      }))).flat(),
      ...await twice('zwei Dokumente zu einem Eingang', "select d.betreff as wert from schriftgut.dokument d where d.art = 'eingang' and d.betreff like 'Stoerfall %' group by d.betreff having count(*) > 1"),
      ...await twice('Inhalt mehr als einmal angehängt', "select o.objekt_id::text as wert from platform.ereignis e join platform.ereignis_objekt o on o.mandant_id = e.mandant_id and o.ereignis_id = e.id and o.objekt = 'inhalt' where e.art = 'inhalt.angehaengt' group by o.objekt_id having count(*) > 1"),
      ...tell('Nummer zweimal bestätigt', numbers),
    ];
  }

  /** What is of one Mandant does not exist for the other. */
  async #getrennt(neu: readonly Eintrag[]): Promise<Befund[]> {
    const gesehen: string[] = [];
    for (const e of [0, 1].flatMap((m) => neu.filter((n) => n.mandant === m && n.art === 'dokument').slice(-5))) {
      const { status } = await ask(this.#port, { path: `/dokumente/${e.id}`, headers: await this.#as(1 - e.mandant, 'revision') });
      if (status !== 404) gesehen.push(`${e.id} ${status}`);
    }
    return tell('Dokument für einen anderen Mandanten sichtbar', gesehen);
  }

  /** All work that follows has been done, each once; then the protocol is whole and unchanged. Gives up when for so long nothing more gets done. */
  async pruefeNachlauf(seconds = 60): Promise<Befund[]> {
    // Of a job that was asked for anew while it ran, whose worker then died, the queue keeps a row without key and attempts: the new one does its work.
    const offen = async () => (await this.#anlage.sql<{ offen: string }>(`select concat_ws(' ', t.identifier, j.attempts, 'Versuche', 'seit', now() - j.created_at, 'dran in', j.run_at - now(), 'gehalten seit', now() - j.locked_at, j.last_error) as offen from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier not like 'zeitplan:%' and not (j.key is null and j.attempts >= j.max_attempts and j.last_error is null)`)).map((r) => r.offen);
    let rest = await offen();
    let [least, since] = [rest.length, Date.now()];
    for (; rest.length && Date.now() < since + seconds * 1000; rest = await offen()) {
      if (rest.length < least) [least, since] = [rest.length, Date.now()];
      await this.#anlage.revive('worker'); // its queue gives up when the database goes while it reports a job done, and then it ends
      // what failed because of the fault, or is to come later, need not wait its minutes
      await this.#anlage.sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()");
      await pause(200);
    }
    return [...tell('Aufträge nicht erledigt', rest), ...await this.#wirkung(), ...await this.#protokoll(0), ...await this.#protokoll(1)];
  }

  /** Each subscriber has had each Ereignis, and each content was read once. */
  async #wirkung(): Promise<Befund[]> {
    const rows = await this.#anlage.sql<{ art: string; zahl: number }>('select e.art, (select count(*) from platform.zustellung z where z.mandant_id = e.mandant_id and z.ereignis_id = e.id)::int as zahl from platform.ereignis e where e.art = any($1)', [['dokument.angelegt', 'eingang.angelegt', 'inhalt.angehaengt']]);
    const befunde: Befund[] = [];
    for (const [art, all] of Map.groupBy(rows, (r) => r.art)) {
      const most = Math.max(...all.map((r) => r.zahl));
      if (!most) befunde.push(`Zustellungen werden nicht festgehalten (${art})`);
      befunde.push(...tell(`Ereignis nicht bei allen ${most} Abonnenten angekommen (${art})`, all.filter((r) => r.zahl < most).map((r) => String(r.zahl))));
    }
    const gelesen = await this.#anlage.sql<{ id: string; zahl: number }>(`select i.id, (select count(*) from platform.ereignis_objekt o join platform.ereignis e on e.mandant_id = o.mandant_id and e.id = o.ereignis_id
      where o.mandant_id = i.mandant_id and o.objekt_id = i.id and e.art = 'inhalt.aufbereitet')::int as zahl from ablage.inhalt i`);
    return [...befunde, ...tell('Inhalt nicht genau einmal aufbereitet', gelesen.filter((r) => r.zahl !== 1).map((r) => `${r.id}: ${r.zahl}`))];
  }

  async #protokoll(mandant: number): Promise<Befund[]> {
    const headers = await this.#as(mandant, 'revision');
    const get = async (path: string, method = 'GET') => {
      const answer = await ask(this.#port, { method, path, headers });
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
      return answer.json();
    };
    const { eintraege } = await get('/protokoll');
    let stand = await get('/protokoll');
    for (const deadline = Date.now() + 15_000; stand.versiegelt < eintraege && Date.now() < deadline; stand = await get('/protokoll')) {
      // a process that died within a second of its last Ereignis leaves sealing to the next one, or to the hour: here the hour comes at once
      await this.#anlage.sql("select graphile_worker.add_job('protokoll.versiegeln', json_build_object('mandantId', $1::text, 'payload', '{}'::json), job_key => $1::text || ':stoerfall')", [this.#anlage.zugang.mandanten[mandant]!.id]);
      await pause(300);
    }
    if (stand.versiegelt < eintraege) return [`Protokoll: ${eintraege - stand.versiegelt} von ${eintraege} Einträgen nicht versiegelt`];
    let pruefung = await get('/protokoll/pruefungen', 'POST');
    for (const deadline = Date.now() + 60_000; pruefung.ergebnis === 'laeuft' && Date.now() < deadline; pruefung = await get(`/protokoll/pruefungen/${pruefung.id}`)) await pause(200);
    return pruefung.ergebnis === 'unveraendert' ? [] : [`Protokoll: ${pruefung.ergebnis} – ${pruefung.befund?.text ?? ''}`];
  }
}
