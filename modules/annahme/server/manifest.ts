import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Manifest, type SendungAnlegen } from '../contract.ts';
import { Abweisung, type Abweichung } from './anschluss.ts';

type Datei = { nr: number; name: string; groesse: number; sha256: string };

/** The same manifest is the same bytes, in whatever order its fields came. */
export function canonicalJson(wert: unknown): string {
  if (Array.isArray(wert)) return `[${wert.map(canonicalJson).join(',')}]`;
  if (wert === null || typeof wert !== 'object') return JSON.stringify(wert ?? null);
  return `{${Object.entries(wert).filter(([, v]) => v !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}
export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
/** Without the bytes and without what belongs to the call: what a delivery is. */
export const manifestOf = ({ abschliessen: _, ...rest }: z.output<typeof SendungAnlegen>): Manifest => Manifest.parse(rest);

const show = (wert: unknown) => (wert === undefined || wert === null ? 'keine Angabe' : typeof wert === 'object' ? 'eine andere Angabe' : `„${String(wert).slice(0, 200)}“`);
/** Where two manifests differ, each place by its path. */
export function diffManifest(alt: unknown, neu: unknown, pfad = ''): Abweichung[] {
  if (canonicalJson(alt) === canonicalJson(neu)) return [];
  const teile = (w: unknown) => (w !== null && typeof w === 'object' ? w as Record<string, unknown> : undefined);
  const [a, b] = [teile(alt), teile(neu)];
  if (!a || !b) return [{ pfad, text: `bisher ${show(alt)}, jetzt ${show(neu)}` }];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => diffManifest(a[k], b[k], `${pfad}/${k}`)).slice(0, 50);
}
export const ManifestAnders = (abweichungen: Abweichung[]) => new Abweisung('manifest_anders', 409, 'Unter dieser externen Kennung liegt schon eine Sendung mit einem anderen Manifest', abweichungen);
export const DateienFehlen = (dateien: readonly Datei[]) => new Abweisung('dateien_fehlen', 409, dateien.length === 1 ? 'Eine Datei des Manifests fehlt noch' : `${dateien.length} Dateien des Manifests fehlen noch`,
  dateien.map((d) => ({ pfad: `/dateien/${d.nr - 1}`, text: `Datei ${d.nr} „${d.name}“ mit ${bytes(d.groesse)} ist noch nicht angekommen` })));
export const OeUnbekannt = (kennzeichen: string) => new Abweisung('organisationseinheit_unbekannt', 422, `Eine Organisationseinheit „${kennzeichen}“ gibt es hier nicht`, [{ pfad: '/organisationseinheit', text: `„${kennzeichen}“ ist kein Kennzeichen einer Organisationseinheit von heute` }]);

const bytes = (n: number) => `${n.toLocaleString('de-DE')} Byte`;
const passtNicht = ({ nr, name }: Datei, feld: 'groesse' | 'sha256', text: string) =>
  new Abweisung('datei_passt_nicht', 422, `Die Datei ${nr} „${name}“ passt nicht zum Manifest`, [{ pfad: `/dateien/${nr - 1}/${feld}`, text }]);
export const checkGroesse = (datei: Datei, groesse: number | undefined) => {
  if (groesse !== undefined && groesse !== datei.groesse) throw passtNicht(datei, 'groesse', `angekündigt sind ${bytes(datei.groesse)}, die Anfrage bringt ${bytes(groesse)}`);
};

/** Passes the bytes on and refuses as soon as they cannot be those of the manifest: what is refused at its last byte is not kept either. */
export async function* checked(quelle: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, datei: Datei): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let n = 0;
  for await (const teil of quelle) {
    n += teil.length;
    if (n > datei.groesse) throw passtNicht(datei, 'groesse', `angekündigt sind ${bytes(datei.groesse)}, es kommt mehr`);
    hash.update(teil);
    yield teil;
  }
  if (n !== datei.groesse) throw passtNicht(datei, 'groesse', `angekündigt sind ${bytes(datei.groesse)}, gekommen sind ${bytes(n)}`);
  const sha256 = hash.digest('hex');
  if (sha256 !== datei.sha256) throw passtNicht(datei, 'sha256', `angekündigt ist ${datei.sha256}, gekommen ist ${sha256}`);
}
