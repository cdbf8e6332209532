import { aehnlichkeit, anredeVon, type Fund, gleichform, type Zeile } from './fund.ts';

export type OeName = { id: string; kennzeichen: string; bezeichnung: string; kuerzel: string };
/** Words that say only that it is an office. */
const ALLGEMEIN = new Set(['amt', 'abteilung', 'abt', 'fachdienst', 'fd', 'fachbereich', 'fb', 'referat', 'sachgebiet', 'sg', 'stelle', 'dienst', 'behorde', 'fur', 'und', 'der', 'die', 'das', 'des', 'im', 'an', 'z', 'hd', 'zu', 'handen', 'team', 'dezernat', 'untere', 'kreis']);
const kern = (wort: string) => wort.replace(/(samt|amt|sstelle|stelle|sbehorde|behorde|abteilung|swesen|wesen|sdienst|dienst)$/u, '');
const kernworte = (text: string) => gleichform(text).split(' ').filter((w) => w.length > 1 && !ALLGEMEIN.has(w)).map((w) => (kern(w).length >= 3 ? kern(w) : w));

type Treffer = { oe: OeName; quelle: 'empfaenger_genau' | 'empfaenger_aehnlich' | 'empfaenger_sinngemaess'; guete: number };
function vergleiche(zeile: string, oe: OeName): Treffer | undefined {
  const z = ` ${gleichform(zeile)} `, name = gleichform(oe.bezeichnung);
  if (name.length >= 4 && z.includes(` ${name} `)) return { oe, quelle: 'empfaenger_genau', guete: 2 + name.length / 100 };
  // »Amt 63«, »FD 63.1«: the Kennzeichen beside a word for an office
  const nr = RegExp.escape(oe.kennzeichen.toLowerCase());
  if (new RegExp(`\\b(?:amt|abt\\.?|abteilung|fachdienst|fd|fachbereich|fb|sachgebiet|sg|referat)\\s*${nr}(?![\\d.]*\\d)`, 'iu').test(zeile)) return { oe, quelle: 'empfaenger_genau', guete: 2 };
  const kuerzel = gleichform(oe.kuerzel);
  if (kuerzel.length >= 3 && z.includes(` ${kuerzel} `)) return { oe, quelle: 'empfaenger_aehnlich', guete: 1.2 };
  const soll = kernworte(oe.bezeichnung), ist = kernworte(zeile);
  if (!soll.length || !ist.length) return undefined;
  const paare = soll.map((s) => Math.max(...ist.map((i) => aehnlichkeit(s, i))));
  const mittel = paare.reduce((a, b) => a + b, 0) / paare.length;
  if (mittel >= 0.82 && Math.min(...paare) >= 0.6) return { oe, quelle: 'empfaenger_aehnlich', guete: mittel };
  // »Bauamt« for »Bauordnung«: one stem begins the other
  const stamm = soll.some((s) => ist.some((i) => Math.min(s.length, i.length) >= 3 && (s.startsWith(i) || i.startsWith(s))));
  return stamm ? { oe, quelle: 'empfaenger_sinngemaess', guete: mittel } : undefined;
}

/** The office named in the address, beside the authority's own name or after »An«. Only one that fits better than every other. */
export function readEmpfaenger(zeilen: readonly Zeile[], { mandant, oes }: { mandant: string; oes: readonly OeName[] }): Fund[] {
  const kopf = zeilen.slice(0, Math.min(anredeVon(zeilen), 30));
  const name = gleichform(mandant);
  const traegtName = (z: Zeile) => { const g = gleichform(z.text); return g.includes(name) || (g.length > 6 && aehnlichkeit(g.slice(0, name.length), name) >= 0.85); };
  const anker = kopf.flatMap((z, i) => (traegtName(z) || /^an\s+(das|die|den)\b/iu.test(z.text) ? [i] : []));
  const nahe = kopf.filter((z, i) => z.text && anker.some((a) => Math.abs(a - i) <= 3 && !kopf.slice(Math.min(a, i), Math.max(a, i)).some((dazwischen) => !dazwischen.text)));
  const treffer = nahe.flatMap((z) => oes.flatMap((oe) => {
    const rest = z.text.replace(new RegExp(RegExp.escape(mandant), 'iu'), ' ');
    const t = vergleiche(rest, oe);
    return t ? [{ ...t, z }] : [];
  }));
  const rang = { empfaenger_genau: 0, empfaenger_aehnlich: 1, empfaenger_sinngemaess: 2 };
  const [erster, zweiter] = treffer.toSorted((a, b) => rang[a.quelle] - rang[b.quelle] || b.guete - a.guete).filter((t, i, alle) => alle.findIndex((u) => u.oe.id === t.oe.id) === i);
  if (!erster || (zweiter && rang[zweiter.quelle] === rang[erster.quelle] && zweiter.guete > erster.guete - 0.02)) return [];
  return [{ wert: erster.oe.id, quelle: erster.quelle, grund: `Empfängerzeile: ${erster.z.text}`, von: erster.z.von, bis: erster.z.bis }];
}
