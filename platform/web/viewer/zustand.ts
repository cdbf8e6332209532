import { useCallback, useEffect, useRef, useState } from 'react';
import { findeAuf } from './suche.ts';
import type { Fund, Quelle, Vorlage } from './typen.ts';

export type Zoom = 'breite' | 'seite' | number;
export const STUFEN = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** Opens the source; a new one closes the old. `kennwort` is asked for encrypted PDF. */
export function useVorlage(quelle: Quelle) {
  const [stand, setStand] = useState<{ vorlage?: Vorlage; fehler?: unknown; kennwort?: 'noetig' | 'falsch' }>({});
  const [kennwort, setKennwort] = useState<string>();
  const [versuch, setVersuch] = useState(0);
  const kennung = JSON.stringify(quelle);
  useEffect(() => {
    const abbruch = new AbortController();
    let offen: Vorlage | undefined;
    setStand({});
    (async () => {
      if (quelle.art === 'pdf') {
        const { oeffnePdf, KennwortNoetig } = await import('./pdf.ts');
        return oeffnePdf(quelle.url, { texte: quelle.texte ?? [], abbruch: abbruch.signal, ...(kennwort !== undefined && { kennwort }) })
          .catch((fehler: unknown) => { if (fehler instanceof KennwortNoetig) { setStand({ kennwort: fehler.falsch ? 'falsch' : 'noetig' }); return undefined; } throw fehler; });
      }
      if (quelle.art === 'bilder' || quelle.art === 'bild') return (await import('./bilder.ts')).oeffneBilder(quelle, abbruch.signal);
      return undefined;
    })().then((v) => { if (abbruch.signal.aborted) v?.schliesse(); else if (v) { offen = v; setStand({ vorlage: v }); } }, (fehler: unknown) => { if (!abbruch.signal.aborted) setStand({ fehler }); });
    return () => { abbruch.abort(); offen?.schliesse(); };
    // The source is compared by value: pages build it anew in every render.
  }, [kennung, kennwort, versuch]);
  return { ...stand, oeffneMit: setKennwort, nochmal: () => setVersuch((n) => n + 1) };
}

/** Search inside: page after page, exact count as soon as all are read. */
export function useDokumentsuche(vorlage: Vorlage | undefined, anfang = '') {
  const [frage, setFrage] = useState(anfang);
  const [funde, setFunde] = useState<readonly Fund[]>([]);
  const [fertig, setFertig] = useState(true);
  const [stelle, setStelle] = useState(0);
  const ersteSeite = useRef(1);
  useEffect(() => {
    setFunde([]);
    setStelle(0);
    if (!vorlage || frage.trim().length < 2) { setFertig(true); return; }
    const abbruch = new AbortController();
    setFertig(false);
    const uhr = setTimeout(async () => {
      const alle: Fund[] = [];
      for (let seite = 1; seite <= vorlage.seiten && !abbruch.signal.aborted; seite++) {
        const neu = findeAuf(seite, await vorlage.text(seite), frage);
        if (neu.length > 0 && !abbruch.signal.aborted) { alle.push(...neu); if (alle.length <= 2000) setFunde([...alle]); }
      }
      if (!abbruch.signal.aborted) { setFertig(true); setStelle(Math.max(0, alle.findIndex((f) => f.seite >= ersteSeite.current))); }
    }, 150);
    return () => { abbruch.abort(); clearTimeout(uhr); };
  }, [vorlage, frage]);
  const gehe = useCallback((schritt: 1 | -1) => setStelle((s) => (funde.length === 0 ? 0 : (s + schritt + funde.length) % funde.length)), [funde.length]);
  return { frage, setFrage, funde, fertig, stelle, gehe, aktueller: funde[stelle], merkeSeite: (seite: number) => { ersteSeite.current = seite; } };
}

export function useGroesse(element: HTMLElement | null) {
  const [groesse, setGroesse] = useState({ breite: 0, hoehe: 0 });
  useEffect(() => {
    if (!element) return;
    const beobachter = new ResizeObserver(() => setGroesse({ breite: element.clientWidth, hoehe: element.clientHeight }));
    beobachter.observe(element);
    return () => beobachter.disconnect();
  }, [element]);
  return groesse;
}
