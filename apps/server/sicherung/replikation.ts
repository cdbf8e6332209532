/**
 * PostgreSQL's replication protocol, as pg_basebackup and pg_receivewal speak it: neither is in the package of the embedded database, and a connection needs
 * no folder that the database's user and ours may both write. One copy at a time on a connection.
 */
import pg from 'pg';

/** Position in the log, as a number of bytes; written »16/B374D848«. */
export type Lsn = bigint;
export const parseLsn = (text: string): Lsn => { const [high = '0', low = '0'] = text.split('/'); return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`); };
export const formatLsn = (lsn: Lsn) => `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffffffffn).toString(16).toUpperCase()}`;

/** Microseconds since 2000, the clock of this protocol. */
const EPOCH = Date.UTC(2000, 0, 1);
const toDate = (micros: bigint) => new Date(EPOCH + Number(micros / 1000n));

type Row = (string | null)[];
/** What `pg` hands to a query it has sent. */
type Verbindung = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void; stream: { pause(): void; resume(): void }; on(event: string, listener: (message: { chunk: Buffer }) => void): void };

const MOST_WAITING = 64;

/** A query whose answer holds a stream of copy data; rows before and after it are collected as they come. */
class Kopie {
  readonly rows: Row[] = [];
  readonly #wait: { resolve(): void }[] = [];
  readonly #chunks: Buffer[] = [];
  #connection: Verbindung | undefined;
  #end = false;
  #error: Error | undefined;
  readonly text: string;
  constructor(text: string) { this.text = text; }

  submit(connection: unknown) { this.#connection = connection as Verbindung; this.#connection.query(this.text); }
  handleRowDescription() {}
  handleDataRow(message: { fields: Row }) { this.rows.push(message.fields); this.#wake(); }
  handleCommandComplete() {}
  handleCopyData({ chunk }: { chunk: Buffer }) {
    this.#chunks.push(Buffer.from(chunk)); // the parser uses its buffer again
    if (this.#chunks.length > MOST_WAITING) this.#connection!.stream.pause();
    this.#wake();
  }
  handleCopyInResponse() {}
  handleError(error: Error) { this.#error = error; this.#wake(); }
  handleReadyForQuery() { this.#end = true; this.#wake(); }
  #wake() { for (const { resolve } of this.#wait.splice(0)) resolve(); }

  send(chunk: Buffer) { this.#connection!.sendCopyFromChunk(chunk); }
  /** Resolves when something has come or the answer has ended. */
  async #more() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wait.push({ resolve });
    await promise;
  }
  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        if (this.#chunks.length === 0) this.#connection!.stream.resume();
        yield chunk;
      } else if (this.#error) throw this.#error;
      else if (this.#end) return;
      else await this.#more();
    }
  }
}

export type Nachricht = { art: 'daten'; von: Lsn; zeit: Date; bytes: Buffer } | { art: 'lebenszeichen'; antworten: boolean };

function readNachricht(chunk: Buffer): Nachricht | undefined {
  if (chunk[0] === 0x77) return { art: 'daten', von: chunk.readBigUInt64BE(1), zeit: toDate(chunk.readBigInt64BE(17)), bytes: chunk.subarray(25) }; // w
  if (chunk[0] === 0x6b) return { art: 'lebenszeichen', antworten: chunk[17] === 1 }; // k
  return undefined;
}

export async function openReplikation(connectionString: string) {
  const client = new pg.Client({ connectionString, replication: 'true', keepAlive: true } as pg.ClientConfig);
  let broken: Error | undefined;
  client.on('error', (error) => { broken = error; });
  await client.connect();
  const rowsOf = async (text: string) => (await client.query(text)).rows as Record<string, string>[];
  return {
    /** Of the cluster and of where its log stands. */
    async identify() {
      const [row] = await rowsOf('IDENTIFY_SYSTEM');
      return { systemId: row!.systemid!, zeitlinie: Number(row!.timeline), lsn: parseLsn(row!.xlogpos!) };
    },
    /** Keeps the log from here on until it is taken; one that is `temporaer` ends with this connection. */
    createSlot: (name: string, temporaer: boolean) => rowsOf(`CREATE_REPLICATION_SLOT ${name} ${temporaer ? 'TEMPORARY ' : ''}PHYSICAL RESERVE_WAL`),
    dropSlot: (name: string) => rowsOf(`DROP_REPLICATION_SLOT ${name}`),
    /** The files of the cluster as one tar. `end`: valid once the stream has ended. */
    baseBackup(label: string) {
      const kopie = new Kopie(`BASE_BACKUP (LABEL '${label}', CHECKPOINT 'fast', WAIT false, MANIFEST 'no')`);
      client.query(kopie as unknown as pg.Submittable);
      const lage = { start: 0n, ende: 0n, zeitlinie: 0 };
      async function* tar(): AsyncGenerator<Buffer> {
        let archives = 0;
        for await (const chunk of kopie.chunks()) {
          if (chunk[0] === 0x6e && ++archives > 1) throw new Error('Die Datenbank hat Tablespaces; die Sicherung kann sie nicht mitnehmen.'); // n
          if (chunk[0] === 0x64) yield chunk.subarray(1); // d
        }
        const positions = kopie.rows.filter((r) => /^[0-9A-F]+\/[0-9A-F]+$/.test(r[0] ?? ''));
        Object.assign(lage, { start: parseLsn(positions[0]![0]!), ende: parseLsn(positions.at(-1)![0]!), zeitlinie: Number(positions[0]![1]) });
      }
      return { tar: tar(), lage };
    },
    /** The log from `von` on, without end. `bestaetige`: so far it lies safely, and the server may forget it. */
    strom(slot: string, von: Lsn, zeitlinie: number) {
      const kopie = new Kopie(`START_REPLICATION SLOT ${slot} PHYSICAL ${formatLsn(von)} TIMELINE ${zeitlinie}`);
      client.query(kopie as unknown as pg.Submittable);
      return {
        async *nachrichten(): AsyncGenerator<Nachricht> {
          for await (const chunk of kopie.chunks()) { const nachricht = readNachricht(chunk); if (nachricht) yield nachricht; }
          throw new Error('Die Datenbank hat den Strom ihres Schreibprotokolls beendet.');
        },
        bestaetige(lsn: Lsn) {
          const status = Buffer.alloc(34);
          status[0] = 0x72; // r
          for (const at of [1, 9, 17]) status.writeBigUInt64BE(lsn, at);
          status.writeBigInt64BE(BigInt(Date.now() - EPOCH) * 1000n, 25);
          if (!broken) kopie.send(status);
        },
      };
    },
    /** The stream does not end by itself. */
    close: () => { (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(); },
    end: () => client.end(),
  };
}
export type Replikation = Awaited<ReturnType<typeof openReplikation>>;
