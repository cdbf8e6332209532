import { tagVon } from '#platform/web/zeit.ts';

/** What an e-mail says of itself, read in the browser before it is filed: Betreff, Absender, day. Of .eml and .msg; others come back empty. */
export type Mailkopf = { betreff?: string; absender?: string; tag?: string };
const KOPF = 512 * 1024;
/** A .msg has its directory anywhere, so that all of it is read; those beyond are filed under their name. */
const MAX_MSG = 100_000_000;

export async function readMailkopf(datei: File): Promise<Mailkopf> {
  if (/\.msg$/i.test(datei.name) && datei.size <= MAX_MSG) {
    try {
      const { readMsg } = await import('./msg.ts');
      const { betreff, absender, gesendet } = readMsg(await datei.arrayBuffer());
      return { ...(betreff && { betreff: betreff.slice(0, 500) }), ...(absender && { absender }), ...(gesendet && { tag: tagVon(gesendet) }) };
    } catch { return {}; }
  }
  if (!/\.eml$/i.test(datei.name) && datei.type !== 'message/rfc822') return {};
  try {
    const { default: PostalMime } = await import('postal-mime');
    const mail = await new PostalMime().parse(await datei.slice(0, KOPF).arrayBuffer());
    const tag = mail.date ? tagVon(new Date(mail.date)) : undefined;
    const von = mail.from?.name || mail.from?.address;
    return { ...(mail.subject && { betreff: mail.subject.slice(0, 500) }), ...(von && { absender: von }), ...(tag && { tag }) };
  } catch { return {}; }
}

const STELLE = /\b(gmbh|ag|kg|ohg|gbr|e\.? ?v\.?|amt|stadt|gemeinde|landkreis|kreis|büro|verband|werke|bank|versicherung|kanzlei|partner|institut|gericht|ministerium|agentur|anstalt)\b|[&+@]|\d/i;
/** One line as people write it: a person if it looks like one, otherwise a body. »Müller, Anna« is a person, too. */
export function kontaktAus(text: string): { institution: string } | { vorname?: string; familienname: string; titel?: string } {
  const t = text.trim().replace(/\s+/g, ' ');
  if (STELLE.test(t)) return { institution: t };
  const [nach, vor, ...rest] = t.split(',').map((x) => x.trim());
  if (vor && rest.length === 0) return { vorname: vor, familienname: nach! };
  const anrede = t.replace(/^(herrn?|frau|familie)\s+/i, '');
  const titel = /^((?:prof|dr|dipl|ing)[\p{L}.-]*\s)+/iu.exec(anrede)?.[0]?.trim();
  const teile = (titel ? anrede.slice(titel.length).trim() : anrede).split(' ');
  if (teile.length > 4) return { institution: t };
  const familienname = teile.pop()!;
  return { familienname, ...(teile.length && { vorname: teile.join(' ') }), ...(titel && { titel }) };
}
/** Betreff of a file that nobody has named: its name without the extension. */
export const betreffAus = (dateiname: string) => dateiname.replace(/\.[^.\s]{1,10}$/, '').replace(/_+/g, ' ').trim() || dateiname;
