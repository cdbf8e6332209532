import { createHash, randomUUID } from 'node:crypto';

/** What somebody was told has been done. */
export type Eintrag = { dokument: string; inhalt: string; sha256: string; am: number };
export type Fehler = { am: number; status: number; was: string };
type Answer = { status: number; body: any };

/** Several people who file letters without pause, each at one of the addresses, and at another when this one has no answer: as a balancer would send them. */
export function startLast({ adressen, cookie, vorgangId, bahnen }: { adressen: readonly string[]; cookie: string; vorgangId: string; bahnen: number }) {
  const journal: Eintrag[] = [];
  const fehler: Fehler[] = [];
  let ended = false;

  /** Until it is acknowledged: the same request under the same key, so that it is done once however often it is sent. */
  async function insist(bahn: { n: number }, path: string, body: Uint8Array | object): Promise<Answer> {
    const raw = body instanceof Uint8Array;
    const headers = { cookie, 'idempotency-key': randomUUID(), 'content-type': raw ? 'text/plain' : 'application/json', ...(raw && { 'x-dateiname': 'Brief.txt' }) };
    for (;;) {
      const adresse = adressen[bahn.n % adressen.length]!;
      try {
        const answer = await fetch(`${adresse}/api/v1${path}`, { method: 'POST', headers, body: raw ? Buffer.from(body) : JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
        if (answer.ok) return { status: answer.status, body: await answer.json() };
        const wait = Number(answer.headers.get('retry-after') ?? 0);
        fehler.push({ am: Date.now(), status: answer.status === 503 && !wait ? 503.5 : answer.status, was: answer.status === 503 ? '' : (await answer.text()).slice(0, 300) });
      } catch (error) { fehler.push({ am: Date.now(), status: 0, was: String((error as Error).cause ?? error).slice(0, 200) }); }
      bahn.n++;
      await new Promise((r) => setTimeout(r, 400));
    }
  }
  const people = Array.from({ length: bahnen }, async (_, n) => {
    const bahn = { n };
    for (let i = 0; !ended; i++) {
      const text = new TextEncoder().encode(`Schreiben ${n}.${i} ${randomUUID()}\n`);
      const { body: inhalt } = await insist(bahn, '/inhalte', text);
      const { body: dokument } = await insist(bahn, '/dokumente', { vorgangId, betreff: `Schreiben ${n}.${i}`, art: 'intern', datumDesSchreibens: '2026-11-21', formate: [{ inhaltId: inhalt.id }] });
      journal.push({ dokument: dokument.id, inhalt: inhalt.id, sha256: createHash('sha256').update(text).digest('hex'), am: Date.now() });
    }
  });
  return {
    journal, fehler,
    /** Everybody ends what they have begun. */
    async end() { ended = true; await Promise.all(people); },
  };
}
export type Last = ReturnType<typeof startLast>;
