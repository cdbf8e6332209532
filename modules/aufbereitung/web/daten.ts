import { useEffect, useState } from 'react';
import { api as ablage } from '#modules/ablage/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import type { Quelle } from '#platform/web/viewer/index.tsx';
import { api, type Aufbereitung } from '../contract.ts';
import { t } from './texte.ts';

export const isFertig = (a: Aufbereitung) => a.schritte.every((s) => s.status !== 'offen' && s.status !== 'laeuft');

/** The state of a content; asks again while something is still being done. */
export function useAufbereitung(inhaltId: string) {
  const [fertig, setFertig] = useState(false);
  const abfrage = useAbfrage(api.getAufbereitung, { params: { id: inhaltId } }, { alle: fertig ? false : 1_500 });
  const jetzt = abfrage.data ? isFertig(abfrage.data) : false;
  useEffect(() => setFertig(jetzt), [jetzt, inhaltId]);
  return abfrage;
}

const textart = new Set(['txt', 'csv', 'html', 'xml', 'rtf', 'zip', 'mbox', 'tnef']);
const bildart = new Set(['tiff', 'png', 'jpeg', 'heic', 'gif', 'webp']);
const stand = (a: Aufbereitung, art: string) => a.schritte.find((s) => s.art === art)?.status;

/** What the viewer needs besides: the recognised text of pictures, or the text that is the view. */
const brauchtText = (a: Aufbereitung) => !a.mail && (stand(a, 'ocr') === 'fertig' || stand(a, 'ocr') === 'laeuft' || (a.format !== null && (textart.has(a.format) || (!a.rendition && a.format !== 'pdf' && a.textVorhanden))));

/** From the state of a content to what the viewer shows: the best there is so far. */
export function useQuelle(a: Aufbereitung | undefined): Quelle | undefined {
  const text = useAbfrage(api.getText, { params: { id: a?.inhaltId ?? '' }, query: { anzahl: '200' } }, { aktiv: a !== undefined && brauchtText(a) });
  if (!a) return undefined;
  const texte = new Map((text.data?.seiten ?? []).map((s) => [s.seite, s.text]));
  return quelleVon(a, texte, text.isLoading);
}

export function quelleVon(a: Aufbereitung, texte: ReadonlyMap<number, string>, laedt = false): Quelle {
  const { inhaltId: id, format } = a;
  if (a.mail) return { art: 'email', email: { von: personen(a.mail.von).join(', '), an: personen(a.mail.an), kopie: personen(a.mail.cc), datum: a.mail.datum, betreff: a.mail.betreff, text: a.mail.text, anlagen: anlagen(a) } };
  if (format === 'pdf') {
    const seiten = a.seiten ?? 0;
    return { art: 'pdf', url: downloadUrl(ablage.downloadInhalt, { params: { id } }), ...(texte.size && { texte: Array.from({ length: seiten }, (_, i) => texte.get(i + 1) ?? '') }) };
  }
  if (format !== null && bildart.has(format)) {
    if (a.seitenbilder.length) return { art: 'bilder', seiten: a.seitenbilder.map(({ seite, breite, hoehe }) => ({ breite, hoehe, url: downloadUrl(api.getSeitenbild, { params: { id, seite }, query: { groesse: 'seite' } }), ...(texte.get(seite) && { text: texte.get(seite)! }) })) };
    return { art: 'keine', grund: warum(a, 'vorschau') };
  }
  if (format === 'tnef' || format === 'mbox') return { art: 'email', email: { von: '', an: [], betreff: a.dateiname, text: [...texte.values()].join('\n\n'), anlagen: anlagen(a) } };
  if (a.rendition && !(format !== null && textart.has(format))) return { art: 'pdf', url: downloadUrl(api.getRendition, { params: { id } }) };
  if (texte.size) return { art: 'text', text: [...texte.values()].join('\n\n') };
  return { art: 'keine', grund: laedt ? t('laeuft') : warum(a, 'rendition') };
}

const personen = (liste: readonly { name: string; adresse: string }[]) => liste.map((p) => (p.name && p.adresse ? `${p.name} <${p.adresse}>` : p.name || p.adresse));
const anlagen = (a: Aufbereitung) => a.anlagen.filter((x) => !x.inline).map((x) => ({ name: x.dateiname, groesse: x.groesse, url: downloadUrl(ablage.downloadInhalt, { params: { id: x.inhaltId } }) }));

/** Why there is nothing to see: it is still being made, or the first step that failed. */
function warum(a: Aufbereitung, art: string): string {
  if (!isFertig(a)) return a.format === null ? t('laeuft') : t('wirdPdf');
  const gescheitert = a.schritte.find((s) => s.status === 'fehlgeschlagen' && s.art === art) ?? a.schritte.find((s) => s.status === 'fehlgeschlagen');
  return gescheitert?.grund ? `${gescheitert.grund} ${gescheitert.abhilfe ?? ''}`.trim() : t('keineAnsicht');
}
