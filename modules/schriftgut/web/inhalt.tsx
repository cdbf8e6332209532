import { createContext, Fragment, useContext, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api as ablage } from '#modules/ablage/contract.ts';
import { upload } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Button, Ergebnis, Fehler, Filterleiste, Icon, Innen, Laden, Leer, Rollen, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe, useListenTasten, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSchmal } from '#platform/web/schmal.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { Abwurf, useUpload } from '#platform/web/upload/index.ts';
import { Datum } from '#platform/web/kern/index.ts';
import { api, type DokumentZeile, type InhaltEintrag } from '../contract.ts';
import { Ablage } from './ablage.tsx';
import { useObjekt, type Objekt } from './rahmen.tsx';
import { BLEIBT, dokumentIcon, korrespondent, Statusmarke } from './teile.tsx';
import { artwort, t } from './texte.ts';
import { DokumentVerschieben } from './verschieben.tsx';
import { Vorschau } from './vorschau.tsx';
import { zahl } from '#platform/web/text.ts';
import { tf } from './texte-formular.ts';

type Container = Extract<Objekt, { typ: 'akte' | 'vorgang' }>;
const PRO_SEITE = 50;

/** What lies in an Akte or Vorgang at the left, the chosen Dokument (or what is being filed) at the right. */
export function Component() {
  const x = useObjekt() as Container;
  const { darf } = useSitzung();
  const [suche, setSuche] = useSearchParams();
  const [abgelegt, setAbgelegt] = useState(0);
  const uploads = useUpload((datei, o) => upload(ablage.uploadInhalt, {}, datei, o));
  const ansicht = suche.get('ansicht') ?? 'vorgang';
  const schmal = useSchmal();
  const [erstes, setErstes] = useState<string>();
  const [zu, setZu] = useState(false);
  // Without a choice the first Dokument lies open: the document is always beside the work.
  const gewaehlt = suche.get('dokument') ?? (zu || schmal ? undefined : erstes);
  const darfAblegen = x.o.status === 'in_bearbeitung' && !x.o.storniert && (x.o.rechte as string[]).includes(`${x.typ}.bearbeiten`) && darf('dokument.anlegen');
  const legtAb = darfAblegen && (suche.has('ablegen') || uploads.liste.length > 0);
  const setze = (neu: Record<string, string | undefined>) => setSuche((alt) => { const s = new URLSearchParams(alt); for (const [n, w] of Object.entries(neu)) if (w) s.set(n, w); else s.delete(n); return s; }, { state: BLEIBT, replace: true });
  const explizit = suche.get('dokument');
  const pfad = (neu: Record<string, string>) => `?${new URLSearchParams({ ...(explizit && { dokument: explizit }), ...neu })}`;
  return (
    <div className="va-zwei" data-offen={gewaehlt || legtAb ? '' : undefined}>
      {darfAblegen && <Abwurf onDateien={uploads.hinzu} text={t('dokumentAblegen')} />}
      <section className="va-spalte va-inhalt" aria-label={t('inhalt')}>
        <div className="va-stapel va-inhaltkopf">
          <Filterleiste name={t('ansicht')} eintraege={[
            { titel: x.typ === 'akte' ? t('nachVorgang') : t('inhalt'), pfad: pfad({}), aktiv: ansicht === 'vorgang' }, { titel: t('nachDatum'), pfad: pfad({ ansicht: 'datum' }), aktiv: ansicht === 'datum' },
            ...(x.typ === 'akte' ? [{ titel: t('nurOffene'), pfad: pfad({ ansicht: 'offen' }), aktiv: ansicht === 'offen' }] : []),
            ...(darf('storno.sehen') && !x.o.storniert ? [{ titel: t('mitStorno'), pfad: pfad({ ansicht: 'storno' }), aktiv: ansicht === 'storno' }] : []),
          ]} />
          <span className="va-schub va-klein va-leise">{abgelegt > 0 ? <Ergebnis>{tf('abgelegt', abgelegt)}</Ergebnis> : <span className="va-nurbreit">{x.typ === 'akte' ? `${t('nVorgaenge', x.o.anzahl.vorgaenge)}, ${t('nDokumente', x.o.anzahl.dokumente)}` : t('nDokumente', x.o.anzahl.dokumente)}</span>}</span>
        </div>
        <Rollen name={t('vorgaengeUndDokumente')}>{ansicht === 'datum' ? <NachDatum x={x} gewaehlt={gewaehlt} /> : <Baumtafel key={ansicht} x={x} nurOffene={ansicht === 'offen'} mitStorno={ansicht === 'storno' || x.o.storniert} gewaehlt={gewaehlt} darfAblegen={darfAblegen} onErstes={setErstes} />}</Rollen>
      </section>
      {legtAb
        ? <Ablage uploads={uploads} ort={x.typ === 'akte' ? { akteId: x.o.id } : { akteId: x.o.akteId, vorgangId: x.o.id }} beiDokument={gewaehlt} onSchliessen={() => { uploads.leeren(); setze({ ablegen: undefined }); }}
            onFertig={(dokumente) => { uploads.leeren(); setAbgelegt(dokumente.length); setze({ ablegen: undefined, dokument: dokumente[0]?.id }); }} />
        : gewaehlt ? <Vorschau key={gewaehlt} id={gewaehlt} onSchliessen={() => { setZu(true); setze({ dokument: undefined }); }} />
          : <section className="va-schau va-nurbreit" aria-label={t('vorschau')}><Leer icon="dok">{t('waehleDokument')}</Leer></section>}
    </div>
  );
}

/** Opens beside the list; where there is no room, on its own page. */
const useDokumentZiel = () => {
  const schmal = useSchmal();
  const [suche] = useSearchParams();
  return (id: string) => { if (schmal) return `/dokumente/${id}`; const s = new URLSearchParams(suche); s.set('dokument', id); s.delete('ablegen'); return `?${s}`; };
};

const inhaltVon = (x: Container) => (x.typ === 'akte' ? api.listInhaltAkte : api.listInhaltVorgang) as typeof api.listInhaltAkte;

function Baumtafel({ x, nurOffene, mitStorno, gewaehlt, darfAblegen, onErstes }: { x: Container; nurOffene: boolean; mitStorno: boolean; gewaehlt: string | undefined; darfAblegen: boolean; onErstes(id: string | undefined): void }) {
  const wurzel = useRef<HTMLTableElement>(null);
  useListenTasten(wurzel);
  const { darf } = useSitzung();
  const [seiten, setSeiten] = useState<(string | undefined)[]>([undefined]);
  const cursor = seiten.at(-1);
  const { data, error, refetch, isPlaceholderData } = useAbfrage(inhaltVon(x), { params: { id: x.o.id as never }, query: { limit: PRO_SEITE, ...(cursor && { cursor }), ...(nurOffene && { nurOffene: 'true' as const }), ...(darf('storno.sehen') && mitStorno && { storniert: 'mit' as const }) } }, { behalte: true });
  const erstes = data?.eintraege.flatMap((e) => (e.typ === 'dokument' ? [e.dokument.id] : e.typ === 'vorgang' ? (e.dokumente.eintraege ?? []).map((d) => d.id) : []))[0];
  useEffect(() => onErstes(erstes), [erstes, onErstes]);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  if (data.gesamt === 0) return <Leer icon="akte">{darfAblegen ? (x.typ === 'akte' ? t('keineVorgaenge') : t('leererVorgang')) : t('keineAkten')}</Leer>;
  const ab = (seiten.length - 1) * PRO_SEITE;
  return (
    <>
      <table className={`va-tabelle va-tabelle--karten va-baum${isPlaceholderData ? ' va-liste-laedt' : ''}`} role="table" ref={wurzel}>
        <caption className="kern-sr-only">{t('vorgaengeUndDokumente')}</caption>
        <colgroup><col /><col className="va-b-5" /><col className="va-b-8" /><col className="va-b-5" /><col className="va-b-8" /><col className="va-b-4" /></colgroup>
        <thead role="rowgroup"><tr role="row">{[t('betreff'), t('art'), t('vonAn'), t('datum'), t('stand'), t('fassung')].map((titel, i) => <th key={titel} role="columnheader" scope="col" className={i === 5 ? 'zahl' : undefined}>{titel}</th>)}</tr></thead>
        <MitStorno value={mitStorno}><Ebene eintraege={data.eintraege} gewaehlt={gewaehlt} tiefe={x.typ === 'akte' ? 1 : 0} /></MitStorno>
      </table>
      {(data.weiter !== null || seiten.length > 1) && (
        <nav className="va-listenfuss" aria-label={t('inhalt')}>
          <span role="status">{ab + 1} – {ab + data.eintraege.length} / {zahl(data.gesamt)}</span>
          <span className="va-reihe"><Button klein icon="zurueck" disabled={seiten.length === 1} onClick={() => setSeiten(seiten.slice(0, -1))}>{t('zurueck')}</Button><Button klein iconRechts="weiter" disabled={data.weiter === null} onClick={() => setSeiten([...seiten, data.weiter!])}>{t('weiter')}</Button></span>
        </nav>
      )}
    </>
  );
}

/** One body for each Vorgang, one for the Dokumente between them. */
function Ebene({ eintraege, gewaehlt, tiefe }: { eintraege: readonly InhaltEintrag[]; gewaehlt: string | undefined; tiefe: number }) {
  const einzelne = eintraege.filter((e) => e.typ === 'dokument');
  return <>
    {eintraege.map((e) => (e.typ === 'teilakte' ? <Teilaktenzeile key={e.akte.id} e={e} /> : e.typ === 'vorgang' ? <Vorgangsgruppe key={e.vorgang.id} e={e} gewaehlt={gewaehlt} tiefe={tiefe} /> : null))}
    {einzelne.length > 0 && <tbody role="rowgroup" data-ebene={tiefe}>{einzelne.map((e) => <Dokumentzeile key={e.dokument.id} d={e.dokument} gewaehlt={e.dokument.id === gewaehlt} />)}</tbody>}
  </>;
}

const zweistellig = (n: number) => String(n).padStart(2, '0');
function Teilaktenzeile({ e }: { e: Extract<InhaltEintrag, { typ: 'teilakte' }> }) {
  return (
    <tbody role="rowgroup"><tr className="va-vorgang" role="row" data-zeile={e.akte.id}>
      <th scope="row" role="rowheader" colSpan={4}><span className="va-dokname"><Icon name="akte" klein /><Link className="va-betreff" to={`/akten/${e.akte.id}`}>{e.akte.betreff}</Link> <span className="va-leise va-klein">{t('teilakte')}, {t('nDokumente', e.anzahl)}</span></span></th>
      <td role="cell" colSpan={2}><Statusmarke status={e.akte.status} zdaAm={e.akte.zdaAm} /></td>
    </tr></tbody>
  );
}

function Vorgangsgruppe({ e, gewaehlt, tiefe }: { e: Extract<InhaltEintrag, { typ: 'vorgang' }>; gewaehlt: string | undefined; tiefe: number }) {
  const { vorgang: v, dokumente } = e;
  const mitgebracht = dokumente.eintraege ?? [];
  const [offen, setOffen] = useState(mitgebracht.length > 0);
  const gesehen = useRef(mitgebracht.length > 0);
  useEffect(() => { if (!gesehen.current && mitgebracht.length > 0) { gesehen.current = true; setOffen(true); } }, [mitgebracht.length]);
  const vollstaendig = mitgebracht.length === dokumente.gesamt && e.teilvorgaenge === 0;
  const titel = `${zweistellig(v.nummer)} ${v.betreff}`;
  return <>
    <tbody role="rowgroup" data-ebene={tiefe}>
      <tr className="va-vorgang" role="row" data-zeile={v.id}>
        <th scope="rowgroup" role="rowheader" colSpan={3}>
          <span className="va-vorgangsname">
            <button type="button" className="va-klapp" aria-expanded={offen} aria-label={offen ? t('zuklappen', titel) : t('aufklappen', titel)} onClick={() => setOffen(!offen)} />
            <Link className={`va-betreff${v.storniert ? ' va-gestrichen' : ''}`} to={`/vorgaenge/${v.id}`}>{titel}</Link>
            <span className="va-leise va-klein">{t('nDokumente', dokumente.gesamt)}</span>
          </span>
        </th>
        <td role="cell" className="va-klein">{e.letztesDatum && <Datum kurz className="va-leise" wert={e.letztesDatum} />}</td>
        <td role="cell" colSpan={2}>{v.storniert ? <Badge ton="gefahr">{t('storniert')}</Badge> : <Statusmarke status={v.status} zdaAm={v.zdaAm} />}</td>
      </tr>
      {offen && vollstaendig && mitgebracht.map((d) => <Dokumentzeile key={d.id} d={d} gewaehlt={d.id === gewaehlt} />)}
    </tbody>
    {offen && !vollstaendig && <Nachgeladen vorgangId={v.id} gewaehlt={gewaehlt} tiefe={tiefe + 1} />}
  </>;
}

/** Whether what was storniert is listed, too: for the levels that are fetched when opened. */
const MitStorno = createContext(false);
/** The content of a Vorgang that did not come along: when it is opened, page after page. */
function Nachgeladen({ vorgangId, gewaehlt, tiefe }: { vorgangId: string; gewaehlt: string | undefined; tiefe: number }) {
  const [anzahl, setAnzahl] = useState(PRO_SEITE);
  const mitStorno = useContext(MitStorno);
  const { data, error } = useAbfrage(api.listInhaltVorgang, { params: { id: vorgangId as never }, query: { limit: Math.min(anzahl, 200), ...(mitStorno && { storniert: 'mit' as const }) } }, { behalte: true });
  if (error) return <tbody role="rowgroup"><tr role="row"><td role="cell" colSpan={6}><Fehler kompakt fehler={error} /></td></tr></tbody>;
  if (!data) return <tbody role="rowgroup"><tr role="row"><td role="cell" colSpan={6}><Laden /></td></tr></tbody>;
  return <Fragment>
    <Ebene eintraege={data.eintraege} gewaehlt={gewaehlt} tiefe={tiefe} />
    {data.weiter !== null && <tbody role="rowgroup"><tr role="row"><td role="cell" colSpan={6}>{anzahl < 200 ? <Button art="leicht" klein onClick={() => setAnzahl(200)}>{t('mehrLaden', data.gesamt - data.eintraege.length)}</Button> : <Link to={`/vorgaenge/${vorgangId}`}>{t('mehrLaden', data.gesamt - data.eintraege.length)}</Link>}</td></tr></tbody>}
  </Fragment>;
}

export const Stand = ({ d }: { d: DokumentZeile }) => (d.storniert ? <Badge ton="gefahr">{t('storniert')}</Badge> : d.entwurf ? <Badge icon="stift">{t('entwurf')}</Badge> : d.finalisiert ? <Badge icon="schloss">{t('finalisiert')}</Badge> : d.art === 'ausgang' ? <Badge icon="aus">{t('versandt')}</Badge> : <Badge>{t('abgelegt')}</Badge>);
function Dokumentzeile({ d, gewaehlt }: { d: DokumentZeile; gewaehlt: boolean }) {
  const ziel = useDokumentZiel();
  return (
    <tr className={`va-dok${gewaehlt ? ' ist-gewaehlt' : ''}`} role="row" data-zeile={d.id}>
      <th scope="row" role="rowheader"><span className="va-dokname"><Icon name={dokumentIcon(d)} klein /><Link className={`va-betreff va-kuerzen${d.storniert ? ' va-gestrichen' : ''}${gewaehlt ? ' va-stark' : ''}`} to={ziel(d.id)} state={BLEIBT} title={d.betreff} aria-current={gewaehlt || undefined}>{d.betreff}</Link>
        {d.anlagen > 0 && <span className="va-kanal" title={t('nAnlagen', d.anlagen)}><Icon name="klammer" klein />{d.anlagen}<span className="kern-sr-only"> {t('anlagen')}</span></span>}</span></th>
      <td role="cell" className="va-klein">{d.typ ?? artwort(d.art)}</td><td role="cell" className="va-klein va-leise"><span className="va-kuerzen" title={korrespondent(d)}>{korrespondent(d)}</span></td>
      <td role="cell" className="va-klein"><Datum kurz wert={d.datum} /></td><td role="cell"><Stand d={d} /></td><td role="cell" className="zahl va-klein va-leise">{d.versionNummer}</td>
    </tr>
  );
}

/** All Dokumente, newest first, to choose many at once. */
function NachDatum({ x, gewaehlt }: { x: Container; gewaehlt: string | undefined }) {
  const ziel = useDokumentZiel();
  const [verschieben, setVerschieben] = useState(false);
  const [wohin, setWohin] = useState('');
  const liste = useListe(api.listDokumente, { filter: ['text', 'art'], fest: x.typ === 'akte' ? { akteId: [x.o.id] } : { vorgangId: [x.o.id] }, praefix: 'd.' });
  const spalten: ListenSpalte<DokumentZeile>[] = [
    { name: 'betreff', titel: t('betreff'), sort: 'betreff', kopf: true, schmal: 'voll', text: (d) => d.betreff, zelle: (d) => <span className="va-dokname"><Icon name={dokumentIcon(d)} klein /><Link className="va-betreff" to={ziel(d.id)} state={BLEIBT}>{d.betreff}</Link></span> },
    { name: 'art', titel: t('art'), schmal: 'weg', text: (d) => d.typ ?? artwort(d.art), zelle: (d) => <span className="va-klein">{d.typ ?? artwort(d.art)}</span> },
    { name: 'von', titel: t('vonAn'), text: korrespondent, zelle: (d) => <span className="va-klein va-leise">{korrespondent(d)}</span> },
    { name: 'datum', titel: t('datum'), sort: 'datum', zahl: true, text: (d) => d.datum, zelle: (d) => <Datum className="va-klein" wert={d.datum} /> },
    { name: 'stand', titel: t('stand'), text: (d) => (d.entwurf ? t('entwurf') : d.finalisiert ? t('finalisiert') : ''), zelle: (d) => <Stand d={d} /> },
  ];
  const darfVerschieben = liste.auswahl.eintraege.length > 0 && liste.auswahl.eintraege.every((d) => d.rechte.includes('dokument.verschieben'));
  return (
    <Tafel titel={t('nachDatum')} titelVersteckt className="va-tafel--nackt">
      {wohin && <Innen><Ergebnis>{t('verschoben', wohin)}</Ergebnis></Innen>}
      <Liste titel={t('nDokumente', liste.gesamt ?? 0)} liste={liste} idVon={(d) => d.id} nameVon={(d) => d.betreff} spalten={spalten} dateiname="dokumente" gewaehlt={(d) => d.id === gewaehlt}
        filter={[{ name: 'text', titel: t('suche'), art: 'text' }, { name: 'art', titel: t('art'), art: 'auswahl', wahl: (['eingang', 'ausgang', 'intern'] as const).map((a) => ({ wert: a, titel: artwort(a) })) }]}
        aktionen={darfVerschieben && <Button klein icon="verschieben" onClick={() => setVerschieben(true)}>{t('verschieben')}</Button>} />
      {verschieben && <DokumentVerschieben dokumente={liste.auswahl.eintraege} offen onSchliessen={() => setVerschieben(false)} onFertig={(wohin) => { liste.auswahl.leeren(); liste.anfang?.(); setWohin(wohin); }} />}
    </Tafel>
  );
}
