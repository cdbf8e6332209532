import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Fehler, Laden } from '../kern/hinweis.tsx';
import { Icon } from '../kern/icon.tsx';
import { ApiError } from '../client.ts';
import { groesse, katalog } from '../text.ts';
import { zeitpunkt } from '../zeit.ts';
import type { Email, Fund, Quelle, Seitentext } from './typen.ts';

const t = katalog({ von: ['Von', 'From'], an: ['An', 'To'], kopie: ['Kopie', 'Copy'], datum: ['Gesendet', 'Sent'], anlagen: ['Anlagen', 'Attachments'], text: ['Text des Dokuments', 'Text of the document'], nichts: ['Ohne Text', 'No text'] });
const BLOCK = 4000;

/** Text in portions of whole lines: the browser lays out only those in sight. */
function portionen(text: string): string[] {
  const teile: string[] = [];
  for (let von = 0; von < text.length;) {
    const bruch = text.indexOf('\n', von + BLOCK);
    const bis = bruch < 0 ? text.length : bruch + 1;
    teile.push(text.slice(von, bis));
    von = bis;
  }
  return teile;
}
export const textVon = (quelle: Quelle) => (quelle.art === 'email' ? quelle.email.text : quelle.art === 'text' && 'text' in quelle ? quelle.text : undefined);

/** Bytes of a text file: UTF-8, or Windows-1252 when they are none. */
async function ladeText(url: string, signal: AbortSignal) {
  const antwort = await fetch(url, { signal });
  if (!antwort.ok) throw new ApiError(antwort.status, {});
  const bytes = await antwort.arrayBuffer();
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('windows-1252').decode(bytes); }
}
export function useText(quelle: Quelle) {
  const fertig = textVon(quelle);
  const url = quelle.art === 'text' && 'url' in quelle ? quelle.url : undefined;
  const [geladen, setGeladen] = useState<{ url: string; text?: string; fehler?: unknown }>();
  useEffect(() => {
    if (!url) return;
    const abbruch = new AbortController();
    ladeText(url, abbruch.signal).then((text) => setGeladen({ url, text }), (fehler: unknown) => { if (!abbruch.signal.aborted) setGeladen({ url, fehler }); });
    return () => abbruch.abort();
  }, [url]);
  const stand = geladen?.url === url ? geladen : undefined;
  return { text: fertig ?? stand?.text, fehler: stand?.fehler };
}
/** For the search: one page, its pieces are the portions. */
export const alsSeitentext = (text: string): Seitentext => portionen(text).map((p) => ({ text: p, ende: false }));

export function Textbuehne({ quelle, text, fehler, funde, aktueller, massstab, name }: { quelle: Quelle; text: string | undefined; fehler: unknown; funde: readonly Fund[]; aktueller: Fund | undefined; massstab: number; name: string }) {
  const blatt = useRef<HTMLElement>(null);
  const teile = useMemo(() => portionen(text ?? ''), [text]);
  useEffect(() => { blatt.current?.style.setProperty('font-size', `${massstab * 0.8125}rem`); blatt.current?.style.setProperty('line-height', '1.46'); }, [massstab, text]);
  useEffect(() => {
    if (!('highlights' in CSS)) return;
    const knoten = [...(blatt.current?.querySelectorAll('[data-teil]') ?? [])].map((e) => e.firstChild as Text | null);
    const bereich = ({ von, bis }: Fund) => { const [a, b] = [knoten[von[0]], knoten[bis[0]]]; if (!a || !b) return []; const r = new Range(); r.setStart(a, von[1]); r.setEnd(b, Math.min(bis[1], b.length)); return [r]; };
    const jetzt = aktueller ? bereich(aktueller) : [];
    CSS.highlights.set('va-fund', new Highlight(...funde.filter((f) => f !== aktueller).flatMap(bereich)));
    CSS.highlights.set('va-fund-jetzt', new Highlight(...jetzt));
    const ort = jetzt[0]?.getBoundingClientRect();
    const stufe = blatt.current?.parentElement;
    if (ort && stufe) { const rahmen = stufe.getBoundingClientRect(); if (ort.top < rahmen.top || ort.bottom > rahmen.bottom) stufe.scrollTop += ort.top - rahmen.top - rahmen.height / 3; }
    return () => { CSS.highlights.delete('va-fund'); CSS.highlights.delete('va-fund-jetzt'); };
  }, [funde, aktueller, teile]);
  return (
    <div className="va-schau__buehne va-innen" tabIndex={0} role="region" aria-label={name}>
      {fehler ? <Fehler fehler={fehler} /> : text === undefined ? <Laden /> : (
        <article className="va-blatt va-blatt--text" ref={blatt} aria-label={t('text')}>
          {quelle.art === 'email' && <EmailKopf email={quelle.email} />}
          {teile.length === 0 ? <p>{t('nichts')}</p> : teile.map((teil, i) => <div key={i} data-teil={i} className="va-blatt__teil">{teil}</div>)}
        </article>
      )}
    </div>
  );
}
function EmailKopf({ email: { von, an, kopie = [], datum, betreff, anlagen = [] } }: { email: Email }) {
  const zeilen: [string, string][] = [[t('von'), von], [t('an'), an.join(', ')], [t('kopie'), kopie.join(', ')], [t('datum'), datum ? zeitpunkt(datum) : '']];
  return (
    <header className="va-mailkopf">
      <h3>{betreff}</h3>
      <dl>{zeilen.filter(([, w]) => w).map(([titel, wert]) => <div key={titel}><dt>{titel}</dt><dd>{wert}</dd></div>)}</dl>
      {anlagen.length > 0 && <ul aria-label={t('anlagen')}>{anlagen.map((a, i) => <li key={i}><Icon name="klammer" klein />{a.pfad ? <Link to={a.pfad}>{a.name}</Link> : a.url ? <a href={a.url} download={a.name}>{a.name}</a> : a.name}{a.groesse !== undefined && <span> {groesse(a.groesse)}</span>}</li>)}</ul>}
    </header>
  );
}
