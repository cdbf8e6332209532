import type { Attachment } from 'postal-mime';
import { automatikVon } from '../automatik.ts';
import type { Mailbefund } from '../protokoll.ts';
import { feldVon, splitTeil } from './mailkopf.ts';

const clean = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 1000);
const adresse = (text: string | undefined) => clean(/<([^<>]*)>/.exec(text ?? '')?.[1] ?? text).toLowerCase();

/** What a message tells of itself besides its text: for those who must judge whether it is what it seems. */
export function readBefund(roh: Buffer, teile: readonly Attachment[]): Omit<Mailbefund, 'signaturen' | 'verschluesselung'> & { betrifft: string[] } {
  const feld = feldVon(splitTeil(roh.subarray(0, 1024 * 1024)));
  const bericht = readBericht(teile);
  return {
    automatik: automatikVon(feld), ...bericht,
    rueckweg: feld('return-path').length ? adresse(feld('return-path')[0]) : null,
    // the topmost was written last: by the server nearest to us
    authentifizierung: feld('authentication-results').slice(0, 10).map(clean),
    schleife: feld('x-loop').map((w) => clean(w).toLowerCase()).slice(0, 20), stationen: feld('received').length,
  };
}

/** Of a bounce or a receipt: whom it did not reach and why, and which message it is about. */
function readBericht(teile: readonly Attachment[]): { unzustellbar: Mailbefund['unzustellbar']; betrifft: string[] } {
  const unzustellbar: Mailbefund['unzustellbar'] = [];
  const betrifft: string[] = [];
  for (const teil of teile) {
    const inhalt = Buffer.from(teil.content as ArrayBuffer);
    const ids = (name: string, feld: (n: string) => readonly string[]) => feld(name).flatMap((w) => w.match(/<[^<>\s]{1,500}>/g) ?? []).map((id) => id.slice(1, -1));
    if (teil.mimeType === 'message/delivery-status' || teil.mimeType === 'message/disposition-notification') {
      for (const gruppe of gruppenVon(inhalt.subarray(0, 256 * 1024).toString('utf8'))) {
        const feld = feldVon(splitTeil(Buffer.from(`${gruppe}\r\n\r\n`)));
        betrifft.push(...ids('original-message-id', feld));
        const an = clean(feld('final-recipient')[0] ?? feld('original-recipient')[0]).replace(/^[\w-]+\s*;\s*/, '');
        const status = clean(feld('status')[0]);
        const aktion = clean(feld('action')[0]).toLowerCase() || (/^[45]/.test(status) ? 'failed' : '');
        if (an && aktion && aktion !== 'delivered') unzustellbar.push({ adresse: an, status, aktion, grund: clean(feld('diagnostic-code')[0]).replace(/^[\w-]+\s*;\s*/, '').slice(0, 500) });
      }
    } else if (teil.mimeType === 'message/rfc822' || teil.mimeType === 'text/rfc822-headers') betrifft.push(...ids('message-id', feldVon(splitTeil(inhalt.subarray(0, 1024 * 1024)))));
  }
  return { unzustellbar: unzustellbar.slice(0, 50), betrifft: [...new Set(betrifft)].slice(0, 20) };
}

/** The message as a whole, then each recipient. Some gateways encode what comes after the first group, and say so in it. */
function gruppenVon(text: string): string[] {
  const trenne = (t: string) => t.split(/\r?\n(?:[ \t]*\r?\n)+/).slice(0, 200);
  const [erste = '', ...rest] = trenne(text);
  return /^content-transfer-encoding:\s*base64/im.test(erste) ? [erste, ...trenne(Buffer.from(rest.join(''), 'base64').toString('utf8'))] : [erste, ...rest];
}
