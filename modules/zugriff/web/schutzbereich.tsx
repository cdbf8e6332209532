import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Verlauf } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, ButtonLink, Ergebnis, Fehler, Hinweis, Icon, Innen, Laden, Leer, Leise, Pfad, Tabelle, Tafel, Zeit, type IconName, type Spalte } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, type SchutzbereichId } from '../contract.ts';
import { Berechtigte } from './berechtigte.tsx';
import { Erteilen } from './erteilen.tsx';
import { Stufenmarke } from './gruende.tsx';
import { Schutzklasse } from './klasse.tsx';
import { Sperrhinweis } from './sperre.tsx';
import { bereichPfad, matrixPfad, personPfad } from './pfade.ts';
import { t } from './texte.ts';
import { Aenderung } from './vorschau.tsx';

type Bereich = Answer<typeof api.getSchutzbereich>;
type Freigabe = Bereich['freigaben'][number];
const icons: Record<Freigabe['subjektArt'], IconName> = { oe: 'oe', rolle: 'schluessel', person: 'person' };

export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAbfrage(api.getSchutzbereich, { params: { id: id as SchutzbereichId } });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return <Ansicht key={data.id} bereich={data} />;
}

function Ansicht({ bereich }: { bereich: Bereich }) {
  const geerbte = bereich.freigaben.filter((f) => f.geerbt);
  return (
    <>
      <Link className="va-zurueck va-nurschmal" to="/verwaltung/schutzbereiche"><Icon name="zurueck" klein />{t('zurueck')}</Link>
      {bereich.pfad.length > 1 && <Pfad name={t('pfad')} teile={bereich.pfad.map((p, i) => ({ titel: p.bezeichnung, ...(i < bereich.pfad.length - 1 && { pfad: bereichPfad(p.id) }) }))} />}
      <div className="va-reihe"><h2 className="va-tor__titel">{bereich.bezeichnung}</h2>{bereich.organisationseinheit && <Badge icon="oe">{t('federfuehrung')}</Badge>}<ButtonLink art="leicht" klein to={matrixPfad({ unter: bereich.id })}>{t('matrix')}</ButtonLink></div>
      {bereich.sperre && <Sperrhinweis sperre={bereich.sperre} selbst />}
      <Eigene bereich={bereich} />
      {bereich.parentId !== null && <Schutzklasse bereich={bereich} />}
      {bereich.parentId !== null && <Vererbung bereich={bereich} geerbte={geerbte} />}
      <Berechtigte typ="schutzbereich" id={bereich.id} />
      <Verlauf objekt={bereich.id} />
    </>
  );
}

const wem = (f: Freigabe) => f.subjekt.name ?? t('weg');
/** What is granted here: give, take back, and take that back; each after what it would do. */
function Eigene({ bereich }: { bereich: Bereich }) {
  const [erteilen, setErteilen] = useState(false);
  const [erteilt, setErteilt] = useState<Freigabe>();
  const [entzogen, setEntzogen] = useState<Freigabe>();
  const [wieder, setWieder] = useState<Freigabe>();
  const knopf = useRef<HTMLButtonElement>(null);
  const zurueck = useAuftrag(api.grantFreigabe, { nachher: () => { setWieder(undefined); setEntzogen(undefined); } });
  const darf = bereich.rechte.includes('zugriff.verwalten');
  const eigene = bereich.freigaben.filter((f) => !f.geerbt);
  const bodyVon = ({ subjektArt, subjekt, stufe, gueltigVon, gueltigBis, grund }: Freigabe) => ({ subjektArt, subjekt: subjekt.id, stufe, gueltigVon, gueltigBis, grund });
  return (
    <Tafel titel={t('hier')} zahl={eigene.length} aktionen={darf && !erteilen && <Button ref={knopf} art="haupt" klein icon="plus" onClick={() => { setErteilen(true); setErteilt(undefined); setEntzogen(undefined); }}>{t('erteilen')}</Button>}>
      {erteilen && <Innen><Erteilen schutzId={bereich.id} onFertig={(f) => { setErteilen(false); setErteilt(f); }} onAbbrechen={() => { setErteilen(false); requestAnimationFrame(() => knopf.current?.focus()); }} /></Innen>}
      {(erteilt || entzogen) && <Innen><Geschehen key={erteilt?.id ?? entzogen?.id} rueckgaengig={entzogen?.subjekt.name ? () => setWieder(entzogen) : undefined}>{erteilt ? `${wem(erteilt)}: ${t(erteilt.stufe)}` : t('entzogen', wem(entzogen!))}</Geschehen></Innen>}
      {eigene.length === 0 ? !erteilen && <Leer>{t('niemand')}</Leer> : <Freigaben titel={t('hier')} freigaben={eigene} onEntzogen={(f) => { setEntzogen(f); setErteilt(undefined); }} />}
      <Aenderung titel={t('erteilenFrage')} offen={wieder !== undefined} vorhaben={wieder && { art: 'erteilen', id: bereich.id, ...bodyVon(wieder) }} knopf={t('erteilen')} laeuft={zurueck.laeuft} fehler={zurueck.fehler}
        onTun={() => wieder && zurueck.starten({ params: { id: bereich.id }, body: bodyVon(wieder) })} onSchliessen={() => setWieder(undefined)} />
    </Tafel>
  );
}

/** The result, with the focus on it: the form or the row it comes from is gone. */
function Geschehen({ rueckgaengig, children }: { rueckgaengig: (() => void) | undefined; children: string }) {
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.focus(); }, []);
  return <div ref={hier} tabIndex={-1}><Ergebnis rueckgaengig={rueckgaengig}>{children}</Ergebnis></div>;
}

const zeitlage = ({ gueltigVon, gueltigBis }: Freigabe) => (gueltigBis && new Date(gueltigBis) <= new Date() ? t('abgelaufen') : gueltigVon && new Date(gueltigVon) > new Date() ? t('kuenftig') : undefined);
/** When, by whom, for how long and why it was given. */
const Umstaende = ({ f }: { f: Freigabe }) => (
  <><Zeit wert={f.erteilt} /> <Leise>{t('erteiltText', f.erteiltVon?.name ?? null, f.gueltigVon && datum(f.gueltigVon), f.gueltigBis && datum(f.gueltigBis))}{f.grund && ` · „${f.grund}“`}</Leise> {zeitlage(f) && <Badge ton="warnung">{zeitlage(f)}</Badge>}</>
);

/** `onEntzogen`: those given here, which can be taken back here; otherwise each says where it comes from. */
function Freigaben({ titel, freigaben, onEntzogen }: { titel: string; freigaben: readonly Freigabe[]; onEntzogen?: (freigabe: Freigabe) => void }) {
  const herkunft = onEntzogen === undefined;
  const [frage, setFrage] = useState<Freigabe>();
  const entziehen = useAuftrag(api.revokeFreigabe, { nachher: () => { setFrage(undefined); if (frage) onEntzogen?.(frage); } });
  const spalten: Spalte<Freigabe>[] = [
    { name: 'wem', titel: t('wem'), kopf: true, schmal: 'voll', zelle: (f) => <span className="va-reihe"><Icon name={icons[f.subjektArt]} klein /><span>{f.subjektArt === 'person' && f.subjekt.name ? <Link className="va-betreff" to={personPfad(f.subjekt.id)}>{f.subjekt.name}</Link> : f.subjekt.name ?? <i>{t('weg')}</i>} <Leise>{t(f.subjektArt)}</Leise></span></span> },
    { name: 'stufe', titel: t('stufe'), zelle: (f) => <Stufenmarke stufe={f.stufe} /> },
    ...(herkunft ? [{ name: 'herkunft', titel: t('herkunft'), schmal: 'voll' as const, zelle: (f: Freigabe) => <Link to={bereichPfad(f.schutzbereich.id)} state={{ fokus: 'bleibt' }}>{f.schutzbereich.bezeichnung}</Link> }] : []),
    { name: 'erteilt', titel: t('erteilt'), schmal: 'voll', zelle: (f) => <Umstaende f={f} /> },
    ...(herkunft ? [] : [{
      name: 'aktion', titel: t('aktion'), zahl: true,
      zelle: (f: Freigabe) => f.rechte.includes('zugriff.verwalten') && <Button art="leicht" klein icon="weg" aria-label={t('entziehenVon', wem(f))} onClick={() => { entziehen.vergessen(); setFrage(f); }}>{t('entziehen')}</Button>,
    }]),
  ];
  return (
    <>
      <Tabelle titel={titel} zeilen={freigaben} spalten={spalten} schluessel={(f) => f.id} />
      <Aenderung titel={frage ? t('entziehenFrage', wem(frage)) : ''} offen={frage !== undefined} vorhaben={frage && { art: 'entziehen', id: frage.id }} knopf={t('entziehen')} laeuft={entziehen.laeuft} fehler={entziehen.fehler}
        onTun={() => frage && entziehen.starten({ params: { id: frage.id } })} onSchliessen={() => setFrage(undefined)} />
    </>
  );
}

function Vererbung({ bereich, geerbte }: { bereich: Bereich; geerbte: readonly Freigabe[] }) {
  const [frage, setFrage] = useState(false);
  const aendern = useAuftrag(api.updateSchutzbereich, { nachher: () => setFrage(false) });
  const darf = bereich.rechte.includes('zugriff.verwalten');
  const { erbt } = bereich;
  const fragen = () => { aendern.vergessen(); setFrage(true); };
  return (
    <Tafel titel={t('geerbt')} zahl={geerbte.length} aktionen={darf && (erbt ? <Button klein icon="schloss" onClick={fragen}>{t('abschneiden')}</Button> : <Button klein icon="zurueckholen" onClick={fragen}>{t('zulassen')}</Button>)}>
      {!erbt ? <Innen><Hinweis ton="warnung">{t('erbtNicht')}</Hinweis></Innen> : geerbte.length === 0 ? <Leer>{t('nichtsGeerbt')}</Leer> : <Freigaben titel={t('geerbt')} freigaben={geerbte} />}
      <Aenderung titel={erbt ? t('abschneidenFrage', bereich.bezeichnung) : t('zulassenFrage', bereich.bezeichnung)} text={t(erbt ? 'abschneidenText' : 'zulassenText')} offen={frage} vorhaben={{ art: 'aendern', id: bereich.id, erbt: !erbt }}
        knopf={t(erbt ? 'abschneiden' : 'zulassen')} laeuft={aendern.laeuft} fehler={aendern.fehler} onTun={() => aendern.starten({ params: { id: bereich.id }, ifMatch: bereich.version, body: { erbt: !erbt } })} onSchliessen={() => setFrage(false)} />
    </Tafel>
  );
}
