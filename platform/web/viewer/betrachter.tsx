import { useCallback, useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { Button, ButtonDownload, Field, Fehler, Hinweis, Laden, Leer, Menue, Icon } from '../kern/index.ts';
import { katalog, zahl } from '../text.ts';
import { drucke } from './drucken.ts';
import { Miniaturen } from './miniaturen.tsx';
import { Seitenbuehne, type SeitenGriff } from './seiten.tsx';
import { alsSeitentext, Textbuehne, useText } from './text.tsx';
import type { Quelle, Vorlage } from './typen.ts';
import { STUFEN, useDokumentsuche, useGroesse, useVorlage, type Zoom } from './zustand.ts';

const t = katalog({
  dokument: ['Dokument', 'Document'], seitenZeigen: ['Seiten zeigen', 'Show pages'], seite: ['Seite', 'Page'], von: [(n: string) => `von ${n}`, (n: string) => `of ${n}`],
  kleiner: ['Kleiner', 'Smaller'], groesser: ['Größer', 'Larger'], groesse: ['Größe', 'Size'], breite: ['Ganze Breite', 'Full width'], ganz: ['Ganze Seite', 'Full page'],
  suchen: ['Im Dokument suchen', 'Search in document'], drehen: ['Nach rechts drehen', 'Turn right'], drucken: ['Drucken', 'Print'], laden: ['Original herunterladen', 'Download original'], mehr: ['Weitere Aktionen', 'More actions'],
  treffer: [(n: string, von: string) => `${n} von ${von}`, (n: string, von: string) => `${n} of ${von}`], keine: ['nicht gefunden', 'not found'], sucht: ['sucht …', 'searching …'],
  naechster: ['Nächster Treffer', 'Next hit'], voriger: ['Voriger Treffer', 'Previous hit'], schliessen: ['Suche schließen', 'Close search'],
  kennwort: ['Dieses PDF ist verschlüsselt', 'This PDF is encrypted'], kennwortFeld: ['Kennwort des Dokuments', 'Password of the document'], kennwortFalsch: ['Das Kennwort stimmt nicht', 'The password is wrong'], oeffnen: ['Öffnen', 'Open'], kennwortHinweis: ['Es wird nicht gespeichert.', 'It is not stored.'],
  kaputt: ['Dieses Dokument lässt sich nicht anzeigen', 'This document cannot be shown'], kaputtRat: ['Das Original ist unverändert gespeichert und kann heruntergeladen werden.', 'The original is stored unchanged and can be downloaded.'], nochmal: ['Noch einmal versuchen', 'Try again'],
  druckt: [(n: string, von: string) => `Druck wird vorbereitet, Seite ${n} von ${von}`, (n: string, von: string) => `Preparing print, page ${n} of ${von}`], abbrechen: ['Abbrechen', 'Cancel'],
});

export type BetrachterProps = {
  titel: string; quelle: Quelle;
  /** The original, unchanged. */
  original?: { url: string; dateiname: string } | undefined;
  /** Search that is already asked when the document opens (a hit of the search). */
  suche?: string;
  /** What is marked as long as nobody searches (the passage that speaks for a proposal). */
  markiere?: string;
  /** Between toolbar and stage: versions, states. */
  kopf?: ReactNode;
  /** Below the stage: signatures. */
  fuss?: ReactNode;
  /** More buttons of the toolbar. */
  aktionen?: ReactNode;
};

/** A document, read without download (UX-03). */
export default function Betrachter({ titel, quelle, original, suche = '', markiere = '', kopf, fuss, aktionen }: BetrachterProps) {
  const id = useId();
  const griff = useRef<SeitenGriff>(null);
  const suchfeld = useRef<HTMLInputElement>(null);
  const [buehne, setBuehne] = useState<HTMLDivElement | null>(null);
  const [seite, setSeite] = useState(1);
  const [zoom, setZoom] = useState<Zoom>('breite');
  const [drehung, setDrehung] = useState(0);
  const [minis, setMinis] = useState(false);
  const [suchtOffen, setSuchtOffen] = useState(suche !== '');
  const { vorlage, fehler, kennwort, oeffneMit, nochmal } = useVorlage(quelle);
  const textquelle = quelle.art === 'text' || quelle.art === 'email';
  const { text, fehler: textfehler } = useText(quelle);
  const durchsuchbar = useTextvorlage(text, vorlage);
  const finder = useDokumentsuche(durchsuchbar, suche || markiere);
  const massstab = useMassstab(vorlage, buehne, zoom, drehung);
  const druck = useDruck(vorlage);
  finder.merkeSeite(seite);

  const { setFrage } = finder;
  useEffect(() => { if (!suchtOffen) setFrage(markiere); }, [markiere, suchtOffen, setFrage]);
  const kennung = JSON.stringify(quelle);
  useEffect(() => { setSeite(1); setDrehung(0); setMinis(false); }, [kennung]);
  const springe = useCallback((n: number) => griff.current?.springe(Math.min(Math.max(1, n), vorlage?.seiten ?? 1)), [vorlage]);
  const { aktueller } = finder;
  useEffect(() => { if (aktueller && !textquelle) springe(aktueller.seite); }, [aktueller, springe, textquelle]);
  const stufe = (richtung: 1 | -1) => setZoom(richtung > 0 ? STUFEN.find((s) => s > massstab + 0.01) ?? STUFEN.at(-1)! : STUFEN.findLast((s) => s < massstab - 0.01) ?? STUFEN[0]!);
  const oeffneSuche = () => { if (!suchtOffen) setFrage(''); setSuchtOffen(true); requestAnimationFrame(() => suchfeld.current?.select()); };
  const taste = (e: KeyboardEvent) => {
    const tun: Record<string, () => void> = { ArrowLeft: () => springe(seite - 1), ArrowRight: () => springe(seite + 1), Home: () => springe(1), End: () => springe(vorlage?.seiten ?? 1), '+': () => stufe(1), '-': () => stufe(-1), '0': () => setZoom('breite'), r: () => setDrehung((d) => (d + 90) % 360) };
    if ((e.ctrlKey || e.metaKey) && e.key === 'f') { e.preventDefault(); oeffneSuche(); return; }
    const waagrecht = (e.key === 'ArrowLeft' || e.key === 'ArrowRight') && buehne && buehne.scrollWidth > buehne.clientWidth;
    if (!e.ctrlKey && !e.metaKey && !e.altKey && !waagrecht && tun[e.key]) { e.preventDefault(); e.stopPropagation(); tun[e.key]!(); }
  };
  const laden = original && <ButtonDownload art="leicht" klein nurIcon href={original.url} dateiname={original.dateiname}>{t('laden')}</ButtonDownload>;
  const zoombar = vorlage !== undefined || text !== undefined;

  return (
    <section className="va-schau va-betrachter" aria-labelledby={id} data-minis={minis || undefined}>
      <div className="va-schau__leiste">
        {vorlage && vorlage.seiten > 1 && <Button art="leicht" klein nurIcon icon="seiten" aria-pressed={minis} onClick={() => setMinis(!minis)}>{t('seitenZeigen')}</Button>}
        <h2 className="va-schau__titel va-kuerzen" id={id} title={titel}>{titel}</h2>
        {vorlage && <Seitenzahl seite={seite} von={vorlage.seiten} onSeite={springe} />}
        <span className="va-schub va-schau__werkzeuge">
          {zoombar && <span className="va-reihe va-schau__breit">
            <Button art="leicht" klein nurIcon icon="minus" onClick={() => stufe(-1)}>{t('kleiner')}</Button>
            <Menue rechts className="va-schau__zoom" name={`${t('groesse')}: ${Math.round(massstab * 100)} %`} knopf={<span className="va-klein va-fest">{Math.round(massstab * 100)} %</span>}>
              {vorlage && <><li><button type="button" aria-current={zoom === 'breite' || undefined} onClick={() => setZoom('breite')}>{t('breite')}</button></li><li><button type="button" aria-current={zoom === 'seite' || undefined} onClick={() => setZoom('seite')}>{t('ganz')}</button></li></>}
              {STUFEN.filter((s) => s >= 0.5 && s <= 3).map((s) => <li key={s}><button type="button" aria-current={zoom === s || undefined} onClick={() => setZoom(s)}>{s * 100} %</button></li>)}
            </Menue>
            <Button art="leicht" klein nurIcon icon="plus" onClick={() => stufe(1)}>{t('groesser')}</Button>
          </span>}
          {durchsuchbar && <Button art="leicht" klein nurIcon icon="suche" aria-expanded={suchtOffen} onClick={oeffneSuche}>{t('suchen')}</Button>}
          {vorlage && <span className="va-schau__breit"><Button art="leicht" klein nurIcon icon="drehen" onClick={() => setDrehung((d) => (d + 90) % 360)}>{t('drehen')}</Button><Button art="leicht" klein nurIcon icon="drucken" onClick={druck.starten}>{t('drucken')}</Button></span>}
          {laden}
          {aktionen}
          {vorlage && <Menue rechts className="va-menue--icon va-schau__eng" name={t('mehr')} knopf={<span title={t('mehr')}><Icon name="mehr" klein /></span>}>
            <li><button type="button" data-bleibt onClick={() => stufe(1)}>{t('groesser')}</button></li><li><button type="button" data-bleibt onClick={() => stufe(-1)}>{t('kleiner')}</button></li>
            <li><button type="button" onClick={() => setZoom('breite')}>{t('breite')}</button></li><li><button type="button" onClick={() => setZoom('seite')}>{t('ganz')}</button></li>
            <li><button type="button" onClick={() => setDrehung((d) => (d + 90) % 360)}>{t('drehen')}</button></li><li><button type="button" onClick={druck.starten}>{t('drucken')}</button></li>
          </Menue>}
        </span>
      </div>
      {suchtOffen && durchsuchbar && <Suchleiste finder={finder} feld={suchfeld} onSchliessen={() => { setSuchtOffen(false); finder.setFrage(''); griff.current?.fokus(); }} />}
      {kopf}
      {druck.seite !== undefined && vorlage && <div className="va-schau__meldung" role="status">{t('druckt', zahl(druck.seite), zahl(vorlage.seiten))}<Button art="leicht" klein onClick={druck.abbrechen}>{t('abbrechen')}</Button></div>}
      <div className="va-schau__mitte">
        {minis && vorlage && <Miniaturen vorlage={vorlage} seite={seite} onSeite={springe} />}
        {textquelle ? <Textbuehne quelle={quelle} text={text} fehler={textfehler} funde={finder.funde} aktueller={aktueller} massstab={typeof zoom === 'number' ? zoom : 1} name={t('dokument')} />
          : vorlage ? <Seitenbuehne ref={griff} buehne={setBuehne} vorlage={vorlage} massstab={massstab} drehung={drehung} funde={finder.funde} aktueller={aktueller} seite={seite} onSeite={setSeite} onTaste={taste} />
            : <div className="va-schau__buehne">{quelle.art === 'keine' ? <Leer icon="dok" aktion={original && <ButtonDownload href={original.url} dateiname={original.dateiname}>{t('laden')}</ButtonDownload>}>{quelle.grund}</Leer>
              : kennwort ? <Kennwort falsch={kennwort === 'falsch'} onKennwort={oeffneMit} />
                : fehler ? <Kaputt fehler={fehler} original={original} nochmal={nochmal} /> : <Laden />}</div>}
      </div>
      {fuss}
    </section>
  );
}

/** A text is searched like a document of one page. */
function useTextvorlage(text: string | undefined, vorlage: Vorlage | undefined): Vorlage | undefined {
  const [eigene, setEigene] = useState<Vorlage>();
  useEffect(() => { setEigene(text === undefined ? undefined : ({ seiten: 1, text: async () => alsSeitentext(text) } as unknown as Vorlage)); }, [text]);
  return vorlage ?? eigene;
}
function useMassstab(vorlage: Vorlage | undefined, buehne: HTMLElement | null, zoom: Zoom, drehung: number) {
  const { breite, hoehe } = useGroesse(buehne);
  if (typeof zoom === 'number') return zoom;
  if (!vorlage || !breite) return 1;
  const quer = drehung % 180 !== 0;
  const [b, h] = quer ? [vorlage.erste.hoehe, vorlage.erste.breite] : [vorlage.erste.breite, vorlage.erste.hoehe];
  const inBreite = (breite - (breite < 480 ? 16 : 32)) / b;
  return Math.max(0.1, zoom === 'seite' ? Math.min(inBreite, (hoehe - 32) / h) : Math.min(inBreite, 1.5));
}
function useDruck(vorlage: Vorlage | undefined) {
  const [seite, setSeite] = useState<number>();
  const abbruch = useRef<AbortController>(undefined);
  return {
    seite, abbrechen: () => abbruch.current?.abort(),
    starten: () => { if (!vorlage || seite !== undefined) return; abbruch.current = new AbortController(); void drucke(vorlage, setSeite, abbruch.current.signal).catch(() => undefined).finally(() => setSeite(undefined)); },
  };
}

function Seitenzahl({ seite, von, onSeite }: { seite: number; von: number; onSeite(seite: number): void }) {
  const feld = useRef<HTMLInputElement>(null);
  useEffect(() => { if (feld.current && document.activeElement !== feld.current) feld.current.value = String(seite); }, [seite]);
  const gehe = (e?: FormEvent) => { e?.preventDefault(); const n = Number(feld.current?.value); if (n >= 1) onSeite(n); };
  return <form className="va-schau__seitenzahl va-klein va-leise va-fest" onSubmit={gehe}><label>{t('seite')} <input ref={feld} inputMode="numeric" defaultValue={seite} size={Math.max(2, String(von).length)} onBlur={() => gehe()} onFocus={(e) => e.target.select()} /></label> {t('von', zahl(von))}</form>;
}
function Suchleiste({ finder, feld, onSchliessen }: { finder: ReturnType<typeof useDokumentsuche>; feld: React.RefObject<HTMLInputElement | null>; onSchliessen(): void }) {
  const { frage, setFrage, funde, fertig, stelle, gehe } = finder;
  const stand = frage.trim().length < 2 ? '' : !fertig ? t('sucht') : funde.length === 0 ? t('keine') : t('treffer', zahl(stelle + 1), zahl(funde.length));
  return (
    <div className="va-schau__suche" role="search">
      <input ref={feld} autoFocus type="search" aria-label={t('suchen')} placeholder={t('suchen')} value={frage} onChange={(e) => setFrage(e.target.value)}
        onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); gehe(e.shiftKey ? -1 : 1); } if (e.key === 'Escape') { e.preventDefault(); onSchliessen(); } }} />
      <span className="va-klein va-leise va-fest" role="status">{stand}</span>
      <Button art="leicht" klein nurIcon icon="hoch" disabled={funde.length === 0} onClick={() => gehe(-1)}>{t('voriger')}</Button>
      <Button art="leicht" klein nurIcon icon="runter" disabled={funde.length === 0} onClick={() => gehe(1)}>{t('naechster')}</Button>
      <Button art="leicht" klein nurIcon icon="weg" onClick={onSchliessen}>{t('schliessen')}</Button>
    </div>
  );
}
function Kennwort({ falsch, onKennwort }: { falsch: boolean; onKennwort(kennwort: string): void }) {
  return (
    <form className="va-schau__kennwort" onSubmit={(e) => { e.preventDefault(); onKennwort(String(new FormData(e.currentTarget).get('kennwort') ?? '')); }}>
      <Hinweis ton="warnung" titel={t('kennwort')}>{t('kennwortHinweis')}</Hinweis>
      <Field label={t('kennwortFeld')} name="kennwort" type="password" autoComplete="off" fehler={falsch ? t('kennwortFalsch') : undefined} />
      <Button type="submit" art="haupt">{t('oeffnen')}</Button>
    </form>
  );
}
function Kaputt({ fehler, original, nochmal }: { fehler: unknown; original: BetrachterProps['original']; nochmal(): void }) {
  const status = (fehler as { status?: number }).status;
  if (status === 403 || status === 404 || status === 0) return <Fehler fehler={fehler} nochmal={nochmal} />;
  return <div className="va-mitte"><Hinweis ton="warnung" laut titel={t('kaputt')} aktion={<span className="va-reihe">{original && <ButtonDownload klein href={original.url} dateiname={original.dateiname}>{t('laden')}</ButtonDownload>}<Button klein art="leicht" icon="umlauf" onClick={nochmal}>{t('nochmal')}</Button></span>}>{t('kaputtRat')}</Hinweis></div>;
}
