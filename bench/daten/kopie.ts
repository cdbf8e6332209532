import { once } from 'node:events';
import type pg from 'pg';

type Verbindung = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): boolean; endCopyFrom(): void; sendCopyFail(reason: string): void; stream: NodeJS.WritableStream & { writableNeedDrain: boolean } };
const CHUNK = 256 * 1024;

/** One line of COPY's text format. Strings must be clean: what may hold a tab, a backslash or an end of line goes through `sauber` first. */
export const zeile = (...werte: readonly (string | number | boolean | null)[]) => {
  let text = '';
  for (let i = 0; i < werte.length; i++) {
    const wert = werte[i]!;
    if (i) text += '\t';
    text += wert === null ? '\\N' : wert === true ? 't' : wert === false ? 'f' : wert;
  }
  return `${text}\n`;
};
export const sauber = (text: string) => text.replace(/[\\\t\n\r\u0000]/g, (c) => (c === '\\' ? '\\\\' : ' '));

/**
 * COPY … FROM STDIN: answers how many rows. pg hands a statement's messages to whoever submitted it, so thirty lines do without psql and without a
 * library; a server that is slower than we are is waited for.
 */
export function copyInto(client: pg.Client, tabelle: string, spalten: string, zeilen: Iterable<string>): Promise<number> {
  return new Promise<number>((fertig, gescheitert) => {
    let anzahl = 0;
    let fehler: Error | undefined;
    async function pump(connection: Verbindung) {
      let puffer = '';
      const send = async () => {
        connection.sendCopyFromChunk(Buffer.from(puffer));
        puffer = '';
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
      };
      try {
        for (const z of zeilen) {
          if (fehler) return;
          anzahl++;
          puffer += z;
          if (puffer.length > CHUNK) await send();
        }
        if (puffer) await send();
        connection.endCopyFrom();
      } catch (error) { fehler = error as Error; connection.sendCopyFail('the sender failed'); }
    }
    client.query({
      callback() {},
      submit: (connection: unknown) => (connection as Verbindung).query(`copy ${tabelle} (${spalten}) from stdin`),
      handleCopyInResponse: (connection: Verbindung) => void pump(connection),
      handleError: (error: Error) => { fehler ??= error; gescheitert(new Error(`${tabelle}: ${fehler.message}`, { cause: fehler })); },
      handleReadyForQuery: () => (fehler ? gescheitert(fehler) : fertig(anzahl)),
      handleCommandComplete() {}, handleRowDescription() {}, handleDataRow() {}, handleEmptyQuery() {}, handlePortalSuspended() {},
    } as unknown as pg.Submittable);
  });
}
