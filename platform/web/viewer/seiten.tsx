import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { katalog, zahl } from '../text.ts';
import type { Fund, Groesse, Textstueck, Vorlage } from './typen.ts';

const t = katalog({
  seite: [(n: number) => `Seite ${zahl(n)}`, (n: number) => `Page ${zahl(n)}`],
  dokument: [(n: number, von: number) => `Dokument, Seite ${zahl(n)} von ${zahl(von)}`, (n: number, von: number) => `Document, page ${zahl(n)} of ${zahl(von)}`],
  nichtLesbar: ['Diese Seite lässt sich nicht darstellen. Das Original ist unverändert und kann heruntergeladen werden.', 'This page cannot be shown. The original is unchanged and can be downloaded.'],
});
export type SeitenGriff = { springe(seite: number): void; fokus(): void };
type Props = { vorlage: Vorlage; massstab: number; drehung: number; funde: readonly Fund[]; aktueller: Fund | undefined; seite: number; onSeite(seite: number): void; onTaste(e: KeyboardEvent): void; buehne: Ref<HTMLDivElement>; ref?: Ref<SeitenGriff> };

const gedreht = ({ breite, hoehe }: Groesse, drehung: number): Groesse => (drehung % 180 === 0 ? { breite, hoehe } : { breite: hoehe, hoehe: breite });

/** All pages below each other; only those in sight and their neighbours are drawn. */
export function Seitenbuehne({ vorlage, massstab, drehung, funde, aktueller, seite, onSeite, onTaste, buehne, ref }: Props) {
  const stufe = useRef<HTMLDivElement>(null);
  const [nah, setNah] = useState<ReadonlySet<number>>(new Set([1]));
  const selbst = useRef(false);
  useImperativeHandle(buehne, () => stufe.current!, []);
  const rahmenVon = (n: number) => stufe.current?.querySelector<HTMLElement>(`[data-seite="${n}"]`);
  useImperativeHandle(ref, () => ({
    springe: (n) => { const r = rahmenVon(n); if (r && stufe.current) { selbst.current = true; stufe.current.scrollTop = r.offsetTop - 16; onSeite(n); requestAnimationFrame(() => { selbst.current = false; }); } },
    fokus: () => stufe.current?.focus({ preventScroll: true }),
  }), [onSeite]);

  useEffect(() => {
    const beobachter = new IntersectionObserver((eintraege) => setNah((alt) => {
      const neu = new Set(alt);
      for (const e of eintraege) { const n = Number((e.target as HTMLElement).dataset['seite']); if (e.isIntersecting) neu.add(n); else neu.delete(n); }
      return neu;
    }), { root: stufe.current, rootMargin: '75% 0px' });
    for (const r of stufe.current?.querySelectorAll('[data-seite]') ?? []) beobachter.observe(r);
    return () => beobachter.disconnect();
  }, [vorlage]);

  // The page in the middle of the view is the current one; zooming keeps it there.
  const mitte = useRef({ seite: 1, anteil: 0 });
  const merke = () => {
    const s = stufe.current!;
    const y = s.scrollTop + s.clientHeight / 3;
    const kinder = s.querySelectorAll<HTMLElement>('[data-seite]');
    let [a, b] = [0, kinder.length - 1];
    while (a < b) { const m = (a + b + 1) >> 1; if (kinder[m]!.offsetTop <= y) a = m; else b = m - 1; }
    const r = kinder[a];
    if (!r) return;
    mitte.current = { seite: a + 1, anteil: (y - r.offsetTop) / (r.offsetHeight || 1) };
    if (!selbst.current && a + 1 !== seite) onSeite(a + 1);
  };
  useLayoutEffect(() => {
    const r = rahmenVon(mitte.current.seite);
    const s = stufe.current;
    if (r && s && s.scrollTop > 0) s.scrollTop = r.offsetTop + mitte.current.anteil * r.offsetHeight - s.clientHeight / 3;
  }, [massstab, drehung]);

  return (
    <div className="va-schau__buehne va-innen" ref={stufe} tabIndex={0} role="region" aria-label={t('dokument', seite, vorlage.seiten)} onScroll={merke} onKeyDown={onTaste}>
      {Array.from({ length: vorlage.seiten }, (_, i) => (
        <Blatt key={i} vorlage={vorlage} seite={i + 1} massstab={massstab} drehung={drehung} zeigen={nah.has(i + 1)} funde={funde.filter((f) => f.seite === i + 1)} aktueller={aktueller?.seite === i + 1 ? aktueller : undefined} />
      ))}
    </div>
  );
}

function Blatt({ vorlage, seite, massstab, drehung, zeigen, funde, aktueller }: { vorlage: Vorlage; seite: number; massstab: number; drehung: number; zeigen: boolean; funde: readonly Fund[]; aktueller: Fund | undefined }) {
  const rahmen = useRef<HTMLDivElement>(null);
  const flaeche = useRef<HTMLDivElement>(null);
  const [groesse, setGroesse] = useState(vorlage.erste);
  const [stuecke, setStuecke] = useState<Textstueck[]>([]);
  const [kaputt, setKaputt] = useState(false);
  const { breite, hoehe } = gedreht(groesse, drehung);
  useLayoutEffect(() => { rahmen.current!.style.width = `${breite * massstab}px`; rahmen.current!.style.height = `${hoehe * massstab}px`; }, [breite, hoehe, massstab]);
  useEffect(() => {
    if (!zeigen) { flaeche.current?.replaceChildren(); setStuecke([]); return; }
    const abbruch = new AbortController();
    setKaputt(false);
    vorlage.groesse(seite).then((g) => { if (!abbruch.signal.aborted) setGroesse(g); }).catch(() => undefined);
    vorlage.zeichne(flaeche.current!, seite, massstab, drehung, abbruch.signal).then((s) => { if (!abbruch.signal.aborted) setStuecke(s); }, () => { if (!abbruch.signal.aborted) setKaputt(true); });
    return () => abbruch.abort();
  }, [vorlage, seite, massstab, drehung, zeigen]);
  useHervorhebung(seite, stuecke, funde, aktueller);
  return <div className="va-schau__seite" ref={rahmen} data-seite={seite} role="group" aria-label={t('seite', seite)}><div className="va-schau__flaeche" ref={flaeche} />{kaputt && <p className="va-schau__kaputt">{t('nichtLesbar')}</p>}</div>;
}

/** Marks what was found through the Highlight API: the text layer itself is not touched. */
function useHervorhebung(seite: number, stuecke: readonly Textstueck[], funde: readonly Fund[], aktueller: Fund | undefined) {
  useEffect(() => {
    if (!('highlights' in CSS) || stuecke.length === 0) return;
    const bereich = ({ von, bis }: Fund) => {
      const [a, b] = [stuecke[von[0]]?.knoten, stuecke[bis[0]]?.knoten];
      if (!a || !b) return [];
      const r = new Range();
      r.setStart(a, Math.min(von[1], a.length));
      r.setEnd(b, Math.min(bis[1], b.length));
      return [r];
    };
    const gruppe = (name: string) => { if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight()); return CSS.highlights.get(name)!; };
    const alle = funde.filter((f) => f !== aktueller).flatMap(bereich);
    const einer = aktueller ? bereich(aktueller) : [];
    for (const r of alle) gruppe('va-fund').add(r);
    for (const r of einer) gruppe('va-fund-jetzt').add(r);
    einer[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' });
    return () => { for (const r of alle) gruppe('va-fund').delete(r); for (const r of einer) gruppe('va-fund-jetzt').delete(r); };
  }, [seite, stuecke, funde.length, aktueller]);
}
