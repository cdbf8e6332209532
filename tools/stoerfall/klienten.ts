import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pause } from '#apps/server/tests/program.ts';
import type { Anlage } from './anlage.ts';
import { login } from './anfrage.ts';
import type { AnKlient, Auftrag, VomKlient } from './klient.ts';

/** The client's process, seen from the faults. */
export class Klient {
  readonly journal: string;
  readonly fehler: string[] = [];
  anzahl = 0;
  #child: ChildProcess;
  #steht = false;

  private constructor(auftrag: Auftrag) {
    this.journal = auftrag.journal;
    this.#child = fork(join(import.meta.dirname, 'klient.ts'), [JSON.stringify(auftrag)], { execArgv: [] });
    this.#child.on('message', (message: VomKlient) => {
      if ('fehler' in message) { this.fehler.push(message.fehler); return; }
      this.anzahl = message.anzahl;
      if ('steht' in message) this.#steht = true;
    });
  }
  /** Logs in at each of the servers. `journal` lies on another file system than what is put to the test, or at least in another folder. */
  static async start(anlage: Anlage, journal: string, { lanes = 3, bytes = 30_000, pause: between = 300, apis = ['api'] }: { lanes?: number; bytes?: number; pause?: number; apis?: string[] } = {}) {
    const { zugang } = anlage;
    const ports = apis.map((name) => anlage.ports[name]!);
    const cookies = [];
    for (const { konten } of zugang.mandanten) cookies.push((await Promise.all(ports.map((port) => login(port, konten.sachbearbeitung, zugang.kennwort)))).join('; ')); // a cookie is of its port
    return new Klient({ ports, journal, zugang, cookies, lanes, bytes, pause: between });
  }
  #send(message: AnKlient) { if (this.#child.connected) this.#child.send(message); }
  /** Ends what was begun – as long as that takes – and stands still. False: it did not come to an end, the server no longer answers. */
  async halt(seconds = 40): Promise<boolean> {
    this.#steht = false;
    this.#send('halt');
    for (const deadline = Date.now() + seconds * 1000; !this.#steht && Date.now() < deadline;) await pause(10);
    return this.#steht;
  }
  weiter() { this.#steht = false; this.#send('weiter'); }
  /** Waits until so many more operations are acknowledged. */
  async acknowledged(count: number, seconds = 30) {
    const goal = this.anzahl + count;
    for (const deadline = Date.now() + seconds * 1000; this.anzahl < goal && Date.now() < deadline;) await pause(10);
  }
  end() { this.#send('ende'); }
}
