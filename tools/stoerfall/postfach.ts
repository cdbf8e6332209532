/** E-mail on its way: the worker dies between every two steps of fetching, of delivery, and at any moment; the mail server keeps its own count. */
import { randomUUID } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { freePort, pause } from '#apps/server/tests/program.ts';
import { failpoints, type Failpoint } from '#platform/server/stoerung.ts';
import { startDovecot, type Dovecot } from '#platform/testing/dovecot.ts';
import { ask, login } from './anfrage.ts';
import type { Anlage } from './anlage.ts';
import type { Befund } from './pruefer.ts';
import { befrage, openWerk, schritt, zufall, type Ergebnis, type Stoerung } from './werk.ts';

const DOMAENE = 'akte.stoerfall.example';
const steps = (Object.keys(failpoints) as Failpoint[]).filter((name) => 'nur' in failpoints[name] && failpoints[name].nur === 'postfach');
const mail = (id: string) => `From: Erika <erika@example.org>\r\nTo: amt@example.org\r\nSubject: Nachricht ${id}\r\nMessage-ID: <${id}@stoerfall>\r\n\r\nInhalt ${id} ${'x'.repeat(zufall(0, 20_000))}\r\n`;

/** Puts mail into the mailbox and sends it to the address of a Vorgang until it is accepted, as a mail server does. */
function createPost(dovecot: Dovecot, benutzer: string, port: number, adresse: string) {
  const abgelegt: string[] = [], bestaetigt: string[] = [];
  let weiter = true;
  const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imap, secure: false, doSTARTTLS: false, auth: { user: benutzer, pass: dovecot.kennwort }, logger: false, disableAutoIdle: true });
  client.on('error', () => {});
  const run = async () => {
    for (let i = 0; weiter; i++) {
      const id = randomUUID();
      if (i % 2) { await client.append('INBOX', Buffer.from(mail(id))); abgelegt.push(id); } else {
        const roh = mail(id);
        for (let da = false; !da;) {
          da = await createTransport({ host: '127.0.0.1', port, secure: false, lmtp: true, ignoreTLS: true, connectionTimeout: 3000, socketTimeout: 20_000 } as never).sendMail({ envelope: { from: 'erika@example.org', to: [adresse] }, raw: roh }).then(() => true, () => false);
          if (!da) await pause(150);
        }
        bestaetigt.push(id);
      }
      await pause(600); // its mail shall not stand before itself in the queue
    }
  };
  const anzahl = async (ordner: string) => { const s = await client.status(ordner, { messages: true }).catch(() => false as const); return s ? s.messages ?? 0 : 0; };
  return { client, abgelegt, bestaetigt, anzahl, start: async () => { await client.connect(); const laeuft = run(); return async () => { weiter = false; await laeuft; }; } };
}

/** A mailbox and an address of the first Mandant, made over HTTP as people do it. */
async function setUp(anlage: Anlage, dovecot: Dovecot, benutzer: string) {
  const { mandanten: [m], kennwort } = anlage.zugang;
  const port = anlage.ports.api!;
  const as = async (wer: 'sachbearbeitung' | 'revision') => ({ cookie: await login(port, m!.konten[wer], kennwort), 'content-type': 'application/json', origin: 'http://127.0.0.1:1' });
  const [{ id: oe }] = await anlage.sql<{ id: string }>('select id from organisation.organisationseinheit where mandant_id = $1', [m!.id]) as [{ id: string }];
  const verwaltung = await as('revision');
  const post = async (path: string, body: object, headers: Record<string, string>) => {
    const answer = await ask(port, { method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    return answer.json();
  };
  const postfach = await post('/postfaecher', { bezeichnung: 'Störfall', organisationseinheitId: oe, host: '127.0.0.1', port: dovecot.imap, sicherheit: 'keine', benutzername: benutzer, kennwort: dovecot.kennwort }, verwaltung);
  const { adresse } = await post(`/ablageadressen/vorgang/${m!.vorgaenge[0]}`, {}, await as('sachbearbeitung'));
  return { adresse: adresse as string, hole: () => post(`/postfaecher/${postfach.id}/abholung`, {}, verwaltung).catch(() => {}) };
}

export const postfach: Stoerung = {
  name: 'postfach', was: 'kill -9 des Workers zwischen Abholen, Speichern, COMMIT und Verschieben und zwischen Annahme und Antwort; der Mailserver zählt mit',
  async run(u): Promise<Ergebnis> {
    const dovecot = await startDovecot();
    if (!dovecot) return { uebersprungen: 'Dovecot fehlt (Debian: dovecot-imapd dovecot-lmtpd)' };
    const port = await freePort();
    const env = { MAIL_EMPFANG: `lmtp://127.0.0.1:${port}`, MAIL_EMPFANG_DOMAENE: DOMAENE };
    const werk = await openWerk(u, 'postfach', { env, worker: [], klient: { lanes: 1, pause: 1000 } });
    const { anlage, klient } = werk;
    try {
      const benutzer = randomUUID();
      const { adresse, hole } = await setUp(anlage, dovecot, benutzer);
      const post = createPost(dovecot, benutzer, port, adresse);
      const halte = await post.start();
      klient.weiter();
      const erreicht = new Set<string>();
      const tode = [...steps, 'auftrag.vor_commit', 'auftrag.nach_commit', undefined] as const;
      for (const step of tode) {
        schritt(`worker stirbt ${step ?? 'irgendwann'}`);
        await anlage.giveBack();
        const frueh = await anlage.start('worker', { env, stoerung: step && `${step}=kill` }).then(() => false, (error: Error) => { if (error.message.includes('SIGKILL')) return true; throw error; });
        const uhr = setInterval(() => { void hole(); }, 400);
        if (!step) await pause(zufall(200, 2500));
        else if (frueh || await anlage.awaitEnd('worker', 60_000)) erreicht.add(step);
        clearInterval(uhr);
        await anlage.kill('worker');
      }
      await anlage.giveBack();
      await anlage.start('worker', { env });
      await halte();
      for (const bis = Date.now() + 120_000; await post.anzahl('INBOX') > 0 && Date.now() < bis; await pause(500)) { await hole(); await anlage.giveBack(); }
      const befunde = [...await pruefe(anlage, post), ...await befrage(werk, { nachlauf: true }), ...steps.filter((s) => !erreicht.has(s)).map((s) => `der Schritt ${s} wird nicht erreicht`)];
      post.client.close();
      return { befunde, zahlen: `${tode.length}-mal getötet, ${post.abgelegt.length} Nachrichten abgeholt und ${post.bestaetigt.length} angenommen, jede genau ein Eingang` };
    } finally { await werk.end(); await dovecot.stop(); }
  },
};

/** The mail server's count against ours: each message exactly one Eingang, all moved, none acknowledged and lost. */
async function pruefe(anlage: Anlage, post: ReturnType<typeof createPost>): Promise<Befund[]> {
  const rows = await anlage.sql<{ message_id: string; weg: string; zahl: number; da: number }>(`select n.message_id, case when n.postfach_id is null then 'adresse' else 'postfach' end as weg, count(*)::int as zahl, count(distinct e.id)::int as da
    from postfach.nachricht n left join posteingang.eingang e on e.mandant_id = n.mandant_id and e.id = n.eingang_id group by 1, 2`);
  const found = new Map(rows.map((r) => [`${r.weg} ${r.message_id}`, r]));
  const fehlt = (weg: string, ids: readonly string[]) => ids.filter((id) => { const r = found.get(`${weg} ${id}@stoerfall`); return !r || r.zahl !== 1 || r.da !== 1; });
  const [{ eingaenge }] = await anlage.sql<{ eingaenge: number }>("select count(*)::int as eingaenge from posteingang.eingang where kanal = 'e_mail'") as [{ eingaenge: number }];
  const [rest, verarbeitet] = [await post.anzahl('INBOX'), await post.anzahl('Verarbeitet')];
  const [geholt, angenommen] = [fehlt('postfach', post.abgelegt), fehlt('adresse', post.bestaetigt)];
  const erwartet = post.abgelegt.length + post.bestaetigt.length;
  return [
    ...(geholt.length ? [`abgeholt und nicht genau einmal Eingang: ${geholt.length} (${geholt.slice(0, 3).join(', ')})`] : []), ...(angenommen.length ? [`angenommen und nicht genau einmal Eingang: ${angenommen.length} (${angenommen.slice(0, 3).join(', ')})`] : []),
    ...(rest ? [`${rest} Nachrichten liegen noch im Posteingang des Servers`] : []), ...(verarbeitet === post.abgelegt.length ? [] : [`${verarbeitet} von ${post.abgelegt.length} Nachrichten liegen unter „Verarbeitet“`]), ...(eingaenge === erwartet ? [] : [`${eingaenge} Eingänge aus ${erwartet} Nachrichten`]),
  ];
}
