import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import msgreader, { type FieldsData } from '@kenjiuno/msgreader';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { KonverterFehler, type Adresse, type Anlagedatei, type Hinweis, type Lesegrenzen, type Mail } from '../protokoll.ts';
import { textOfHtml } from './html.ts';
import { textOfRtfMail } from './rtf.ts';
import { decompressRtf } from './rtf-komprimiert.ts';
import { cutText, tidyText } from '../text.ts';
import type { Pruefung } from './smime.ts';
import { isTnef, readTnef, type Tnef } from './tnef.ts';
import { readBefund } from './mailbefund.ts';
import { decode, detectZeichensatz } from './zeichensatz.ts';

// The package is CommonJS with a default export of its own.
const MsgReader = msgreader.default;

/** Nobody reads more of a mail; the original keeps it. */
const MAX_TEXT = 2_000_000;

export type Mailinhalt = { mail: Mail; anlagen: Anlagedatei[]; hinweise: Hinweis[] };
type Anhang = { dateiname: string; mime: string; inhalt: Uint8Array; inline: boolean; contentId?: string };

/** Writes attachments into the order's folder under names of our own, up to the limits; what is left out stays in the original and is told. */
export async function saveAnlagen(anhaenge: readonly Anhang[], ordner: string, grenzen: Lesegrenzen, hinweise: Hinweis[]): Promise<Anlagedatei[]> {
  const anlagen: Anlagedatei[] = [];
  let bytes = 0;
  for (const [i, a] of anhaenge.slice(0, grenzen.anlagen).entries()) {
    bytes += a.inhalt.length;
    if (bytes > grenzen.anlageBytes) { hinweise.push({ code: 'anlage_zu_gross', daten: { name: a.dateiname } }); break; }
    const datei = join(ordner, `anlage-${i}`);
    await writeFile(datei, a.inhalt);
    anlagen.push({ datei, dateiname: a.dateiname, mime: a.mime, groesse: a.inhalt.length, inline: a.inline, ...(a.contentId && { contentId: a.contentId }) });
  }
  if (anhaenge.length > grenzen.anlagen) hinweise.push({ code: 'anlagen_gekuerzt', daten: { anzahl: anhaenge.length, grenze: grenzen.anlagen } });
  return anlagen;
}

export async function readEml(datei: string, ordner: string, grenzen: Lesegrenzen): Promise<Mailinhalt> {
  const roh = await readFile(datei);
  const email = await parseEml(roh);
  const hinweise: Hinweis[] = [];
  const art = email.headers.find((h) => h.key === 'content-type')?.value.toLowerCase() ?? '';
  if (art.startsWith('message/partial')) hinweise.push({ code: 'teilnachricht' });
  const kopf = headOf(email);
  const { signaturen, inhalt, verschluesselt } = await readSignaturen(roh, kopf.von.map((v) => v.adresse));
  // of an opaque signature (smime.p7m) the message that was signed is read in place of its envelope
  const gelesen = inhalt ? await parseEml(inhalt) : email;
  const { anhaenge, tnef, signiert, verschluesselung } = sortAnhaenge(gelesen.attachments, verschluesselt ? 'enveloped-data' : art, hinweise, signaturen.length > 0);
  const text = gelesen.text?.trim() || (gelesen.html ? textOfHtml(gelesen.html) : '') || tnef?.text || (tnef?.html ? textOfHtml(tnef.html) : '');
  const pgp = verschluesselung === null && /^-----BEGIN PGP MESSAGE-----$/m.test(text.slice(0, 100_000));
  if (pgp) hinweise.push({ code: 'verschluesselt' });
  const { betrifft, ...befund } = readBefund(roh, email.attachments);
  const anlagen = await saveAnlagen(anhaenge, ordner, grenzen, hinweise);
  return {
    mail: {
      ...kopf, references: [...new Set([...kopf.references, ...betrifft])].slice(0, 200), text: pgp ? '' : cutText(tidyText(text), MAX_TEXT).text, verschluesselt: pgp || verschluesselung !== null, signiert,
      befund: { ...befund, signaturen, verschluesselung: pgp ? 'pgp' : verschluesselung },
    }, anlagen, hinweise,
  };
}

async function parseEml(roh: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(withUtf8Header(roh), { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer', maxNestingDepth: 100 });
  } catch (error) {
    throw new KonverterFehler('archivgrenze', { name: String((error as Error).message).slice(0, 200) });
  }
}
/** Loaded only where the bytes look like one. */
async function readSignaturen(roh: Buffer, absender: readonly string[]): Promise<Pruefung> {
  return /multipart\/signed|pkcs7-mime/i.test(roh.toString('latin1')) ? (await import('./smime.ts')).checkSignaturen(roh, absender) : { signaturen: [] };
}

function sortAnhaenge(teile: readonly Attachment[], art: string, hinweise: Hinweis[], unterschrieben: boolean) {
  const anhaenge: Anhang[] = [];
  let tnef: Tnef | undefined;
  let signiert = unterschrieben || /multipart\/signed|signed-data/.test(art);
  let verschluesselung: 'smime' | 'pgp' | null = /multipart\/encrypted/.test(art) ? 'pgp' : /enveloped-data/.test(art) ? 'smime' : null;
  for (const teil of teile) {
    const inhalt = Buffer.from(teil.content as ArrayBuffer);
    if (/pkcs7-signature|pgp-signature/.test(teil.mimeType)) signiert = true;
    if (/pgp-encrypted/.test(teil.mimeType)) verschluesselung = 'pgp';
    // nothing in it can be read, by nobody here: it stays in the original
    if (verschluesselung !== null) continue;
    if (isTnef(inhalt)) {
      tnef = readTnef(inhalt);
      anhaenge.push(...tnef.anlagen.map((a) => ({ ...a, inline: false })));
      if (tnef.anlagen.length || tnef.text || tnef.html) continue;
      hinweise.push({ code: 'tnef_nicht_lesbar' });
    }
    anhaenge.push({
      dateiname: teil.filename ?? '', mime: teil.mimeType, inhalt, inline: teil.disposition === 'inline' || teil.related === true,
      ...(teil.contentId && { contentId: teil.contentId.replace(/^<|>$/g, '') }),
    });
  }
  if (verschluesselung !== null) hinweise.push({ code: 'verschluesselt' });
  if (signiert) hinweise.push({ code: 'signiert' });
  return { anhaenge, tnef, signiert, verschluesselung };
}

/** Headers are ASCII by the rule and Windows-1252 in old programs; the parser expects UTF-8. Only the head is rewritten, only when it is neither. */
function withUtf8Header(roh: Buffer): Buffer {
  const start = roh.subarray(0, 64).toString('latin1').search(/\S/);
  const bytes = start > 0 ? roh.subarray(start) : roh;
  const ende = /\r?\n\r?\n/.exec(bytes.subarray(0, 512 * 1024).toString('latin1'))?.index ?? 0;
  const kopf = bytes.subarray(0, ende);
  const zeichensatz = detectZeichensatz(kopf);
  return zeichensatz === 'utf-8' ? bytes : Buffer.concat([Buffer.from(decode(kopf, zeichensatz)), bytes.subarray(ende)]);
}

const clean = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 2_000);
const flat = (adressen: readonly (Address | undefined)[] = []): Adresse[] => adressen.flatMap((a) => !a ? [] : a.group ? flat(a.group) : [{ name: clean(a.name), adresse: clean(a.address) }])
  .filter((a) => a.name || a.adresse).slice(0, 1_000);
const ids = (text: string | undefined) => (text?.match(/<[^<>\s]{1,500}>/g) ?? []).slice(0, 200).map((id) => id.slice(1, -1));
const idOf = (text: string | undefined) => ids(text)[0] ?? (clean(text).slice(0, 500) || null);

/** A point in time, or null where the header is none: "13 Foo" must not become a date. */
function dateOf(text: string | undefined): string | null {
  const zeit = text ? Date.parse(text) : NaN;
  const jahr = Number.isNaN(zeit) ? 0 : new Date(zeit).getUTCFullYear();
  return jahr >= 1970 && jahr < 2200 ? new Date(zeit).toISOString() : null;
}

const headOf = (e: Email) => ({
  von: flat(e.from ? [e.from] : e.sender ? [e.sender] : []), an: flat(e.to), cc: flat(e.cc), antwortAn: flat(e.replyTo),
  betreff: clean(e.subject), datum: dateOf(e.date), messageId: idOf(e.messageId), inReplyTo: idOf(e.inReplyTo), references: ids(e.references),
});

export async function readMsg(datei: string, ordner: string, grenzen: Lesegrenzen): Promise<Mailinhalt> {
  const bytes = await readFile(datei);
  const reader = new MsgReader(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  reader.parserConfig = { ansiEncoding: 'windows-1252' };
  let f: FieldsData;
  try { f = reader.getFileData(); } catch (error) { throw new KonverterFehler('beschaedigt', { meldung: String((error as Error).message).slice(0, 200) }); }
  if (f.error) throw new KonverterFehler('beschaedigt', { meldung: f.error.slice(0, 200) });
  const hinweise: Hinweis[] = [];
  const anhaenge = (f.attachments ?? []).flatMap((a): Anhang[] => {
    try {
      const { fileName, content } = reader.getAttachment(a);
      return [{ dateiname: a.name && a.innerMsgContent ? `${a.name}.msg` : fileName ?? '', mime: a.attachMimeTag ?? '', inhalt: content, inline: a.attachmentHidden === true || !!a.pidContentId, ...(a.pidContentId && { contentId: a.pidContentId }) }];
    } catch { hinweise.push({ code: 'anlage_zu_gross', daten: { name: a.fileName ?? a.name ?? '' } }); return []; }
  });
  const klasse = f.messageClass ?? '';
  const verschluesselt = /SMIME$/i.test(klasse), signiert = /SMIME\.MultipartSigned/i.test(klasse);
  if (verschluesselt) hinweise.push({ code: 'verschluesselt' });
  if (signiert) hinweise.push({ code: 'signiert' });
  const anlagen = await saveAnlagen(anhaenge, ordner, grenzen, hinweise);
  return { mail: { ...msgHead(f, await msgTransportHead(f)), text: cutText(tidyText(msgText(f)), MAX_TEXT).text, verschluesselt, signiert }, anlagen, hinweise };
}

function msgText(f: FieldsData): string {
  if (f.body?.trim()) return f.body;
  const rtf = f.compressedRtf ? textOfRtfMail(decompressRtf(Buffer.from(f.compressedRtf))) : undefined;
  const html = f.bodyHtml || (f.html ? decode(Buffer.from(f.html), detectZeichensatz(Buffer.from(f.html))) : '') || rtf?.html;
  return html ? textOfHtml(html) : rtf?.text ?? '';
}
/** Received mails carry their original head; it knows References and real addresses where the fields hold Exchange names. */
const msgTransportHead = async (f: FieldsData) => f.headers ? headOf(await PostalMime.parse(`${f.headers.trim()}\r\n\r\n`, { maxNestingDepth: 10 })) : undefined;

function msgHead(f: FieldsData, kopf: ReturnType<typeof headOf> | undefined) {
  const smtp = (...adressen: (string | undefined)[]) => adressen.find((a) => a?.includes('@')) ?? '';
  const empfaenger = (art: string): Adresse[] => (f.recipients ?? []).filter((r) => (r.recipType ?? 'to') === art)
    .map((r) => ({ name: clean(r.name), adresse: clean(smtp(r.smtpAddress, r.email)) })).slice(0, 1_000);
  const von = { name: clean(f.senderName), adresse: clean(smtp(f.senderSmtpAddress, f.creatorSMTPAddress, f.senderEmail, f.sentRepresentingSmtpAddress)) };
  return {
    von: kopf?.von.length ? kopf.von : von.name || von.adresse ? [von] : [], an: empfaenger('to').length ? empfaenger('to') : kopf?.an ?? [], cc: empfaenger('cc').length ? empfaenger('cc') : kopf?.cc ?? [],
    antwortAn: kopf?.antwortAn ?? [], betreff: clean(f.subject) || (kopf?.betreff ?? ''), datum: dateOf(f.clientSubmitTime ?? f.messageDeliveryTime) ?? kopf?.datum ?? dateOf(f.creationTime),
    messageId: idOf(f.messageId) ?? kopf?.messageId ?? null, inReplyTo: kopf?.inReplyTo ?? null, references: kopf?.references ?? [],
  };
}

/** A mailbox is a container: each message becomes an Anlage. */
export function splitMbox(text: Buffer): Anhang[] {
  const starts = [...text.toString('latin1').matchAll(/(?:^(?:\xef\xbb\xbf)?|\r?\n\r?\n)(From \S[^\n]*\n)(?=[\w-]+:)/g)].map((m) => ({ von: m.index + m[0].length, zeile: m.index }));
  return starts.map(({ von }, i) => ({
    dateiname: `Nachricht ${i + 1}.eml`, mime: 'message/rfc822', inline: false, inhalt: text.subarray(von, starts[i + 1]?.zeile ?? text.length),
  }));
}
