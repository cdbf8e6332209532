import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { katalog, zahl } from '../text.ts';
import type { Vorlage } from './typen.ts';

const t = katalog({ seiten: ['Seiten', 'Pages'], seite: [(n: number) => `Seite ${zahl(n)}`, (n: number) => `Page ${zahl(n)}`] });
const HOEHE = 176;
const BREITE = 112;

/** Page thumbnails; only those in sight exist, so that a file of 5,000 pages costs no more than one of 20. */
export function Miniaturen({ vorlage, seite, onSeite }: { vorlage: Vorlage; seite: number; onSeite(seite: number): void }) {
  const leiste = useRef<HTMLElement>(null);
  const hoch = useRef<HTMLOListElement>(null);
  const [fenster, setFenster] = useState<[number, number]>([0, 12]);
  const miss = () => { const e = leiste.current!; setFenster([Math.max(0, Math.floor(e.scrollTop / HOEHE) - 3), Math.min(vorlage.seiten, Math.ceil((e.scrollTop + e.clientHeight) / HOEHE) + 3)]); };
  useLayoutEffect(() => { hoch.current!.style.height = `${vorlage.seiten * HOEHE}px`; miss(); }, [vorlage]);
  useEffect(() => {
    const e = leiste.current!;
    const oben = (seite - 1) * HOEHE;
    if (oben < e.scrollTop) e.scrollTop = oben; else if (oben + HOEHE > e.scrollTop + e.clientHeight) e.scrollTop = oben + HOEHE - e.clientHeight;
  }, [seite]);
  return (
    <nav className="va-minis" ref={leiste} aria-label={t('seiten')} onScroll={miss}>
      <ol ref={hoch}>{Array.from({ length: fenster[1] - fenster[0] }, (_, i) => fenster[0] + i + 1).map((n) => <Mini key={n} vorlage={vorlage} seite={n} jetzt={n === seite} onSeite={onSeite} />)}</ol>
    </nav>
  );
}
function Mini({ vorlage, seite, jetzt, onSeite }: { vorlage: Vorlage; seite: number; jetzt: boolean; onSeite(seite: number): void }) {
  const eintrag = useRef<HTMLLIElement>(null);
  const [url, setUrl] = useState<string>();
  useLayoutEffect(() => { eintrag.current!.style.top = `${(seite - 1) * HOEHE}px`; }, [seite]);
  useEffect(() => {
    const abbruch = new AbortController();
    let adresse: string | undefined;
    // Scrolling past must not draw: wait until the thumbnail stays.
    const uhr = setTimeout(() => vorlage.bild(seite, BREITE * Math.min(2, devicePixelRatio || 1), abbruch.signal).then((b) => {
      if (abbruch.signal.aborted) return;
      adresse = typeof b === 'string' ? b : URL.createObjectURL(b);
      setUrl(adresse);
    }, () => undefined), 80);
    return () => { clearTimeout(uhr); abbruch.abort(); if (adresse?.startsWith('blob:')) URL.revokeObjectURL(adresse); };
  }, [vorlage, seite]);
  return <li ref={eintrag}><button type="button" aria-current={jetzt ? 'page' : undefined} aria-label={t('seite', seite)} onClick={() => onSeite(seite)}><span className="va-minis__bild">{url && <img src={url} alt="" />}</span><span aria-hidden="true">{zahl(seite)}</span></button></li>;
}
