import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Verlauf } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Dialog, Ergebnis, Fehler, Hinweis, Icon, Innen, Laden, Leer, Pfad, Tabelle, Tafel, Zeit, type IconName, type Spalte, type Ton } from '#platform/web/kern/index.ts';
import { api, type SchutzbereichId } from '../contract.ts';
import { Erteilen } from './erteilen.tsx';
import { Schutzklasse } from './klasse.tsx';
import { t } from './texte.ts';
import { Vorschau } from './vorschau.tsx';

type Bereich = Answer<typeof api.getSchutzbereich>;
type Freigabe = Bereich['freigaben'][number];
const icons: Record<Freigabe['subjektArt'], IconName> = { oe: 'oe', rolle: 'schluessel', person: 'person' };
const toene: Record<Freigabe['stufe'], Ton> = { sehen: 'neutral', lesen: 'info', bearbeiten: 'gut', verwalten: 'warnung' };
const pfadVon = (id: string) => `/verwaltung/schutzbereiche/${id}`;

export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAbfrage(api.getSchutzbereich, { params: { id: id as SchutzbereichId } });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return <Ansicht key={data.id} bereich={data} />;
}

function Ansicht({ bereich }: { bereich: Bereich }) {
  const [erteilen, setErteilen] = useState(false);
  const [erteilt, setErteilt] = useState<Freigabe>();
  const [entzogen, setEntzogen] = useState<Freigabe>();
  const knopf = useRef<HTMLButtonElement>(null);
  const zurueck = useAuftrag(api.grantFreigabe, { nachher: () => setEntzogen(undefined) });
  const darf = bereich.rechte.includes('zugriff.verwalten');
  const eigene = bereich.freigaben.filter((f) => !f.geerbt), geerbte = bereich.freigaben.filter((f) => f.geerbt);
  const wem = (f: Freigabe) => f.subjekt.name ?? t('weg');
  const gibZurueck = ({ subjektArt, subjekt, stufe }: Freigabe) => zurueck.starten({ params: { id: bereich.id }, body: { subjektArt, subjekt: subjekt.id, stufe } });
  return (
    <>
      <Link className="va-zurueck va-nurschmal" to="/verwaltung/schutzbereiche"><Icon name="zurueck" klein />{t('zurueck')}</Link>
      {bereich.pfad.length > 1 && <Pfad name={t('pfad')} teile={bereich.pfad.map((p, i) => ({ titel: p.bezeichnung, ...(i < bereich.pfad.length - 1 && { pfad: pfadVon(p.id) }) }))} />}
      <div className="va-reihe"><h2 className="va-tor__titel">{bereich.bezeichnung}</h2>{bereich.organisationseinheit && <Badge icon="oe">{t('federfuehrung')}</Badge>}</div>
      <Tafel titel={t('hier')} zahl={eigene.length} aktionen={darf && !erteilen && <Button ref={knopf} art="haupt" klein icon="plus" onClick={() => { setErteilen(true); setErteilt(undefined); setEntzogen(undefined); }}>{t('erteilen')}</Button>}>
        {erteilen && <Innen><Erteilen schutzId={bereich.id} onFertig={(f) => { setErteilen(false); setErteilt(f); }} onAbbrechen={() => { setErteilen(false); requestAnimationFrame(() => knopf.current?.focus()); }} /></Innen>}
        {(erteilt || entzogen) && <Innen><Geschehen key={erteilt?.id ?? entzogen?.id} rueckgaengig={entzogen?.subjekt.name ? () => gibZurueck(entzogen) : undefined}>{erteilt ? `${wem(erteilt)}: ${t(erteilt.stufe)}` : t('entzogen', wem(entzogen!))}</Geschehen>{zurueck.fehler !== null && <Fehler kompakt fehler={zurueck.fehler} />}</Innen>}
        {eigene.length === 0 ? !erteilen && <Leer>{t('niemand')}</Leer> : <Freigaben titel={t('hier')} freigaben={eigene} onEntzogen={(f) => { setEntzogen(f); setErteilt(undefined); }} />}
      </Tafel>
      {bereich.parentId !== null && <Schutzklasse bereich={bereich} />}
      {bereich.parentId !== null && <Vererbung bereich={bereich} geerbte={geerbte} />}
      <Verlauf objekt={bereich.id} />
    </>
  );
}

/** The result, with the focus on it: the form or the row it comes from is gone. */
function Geschehen({ rueckgaengig, children }: { rueckgaengig: (() => void) | undefined; children: string }) {
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.focus(); }, []);
  return <div ref={hier} tabIndex={-1}><Ergebnis rueckgaengig={rueckgaengig}>{children}</Ergebnis></div>;
}

/** `onEntzogen`: those given here, which can be taken back here; otherwise each says where it comes from. */
function Freigaben({ titel, freigaben, onEntzogen }: { titel: string; freigaben: readonly Freigabe[]; onEntzogen?: (freigabe: Freigabe) => void }) {
  const herkunft = onEntzogen === undefined;
  const entziehen = useAuftrag(api.revokeFreigabe, { nachher: (_, { params }) => { const weg = freigaben.find((f) => f.id === params.id); if (weg) onEntzogen?.(weg); } });
  const spalten: Spalte<Freigabe>[] = [
    { name: 'wem', titel: t('wem'), kopf: true, schmal: 'voll', zelle: (f) => <span className="va-reihe"><Icon name={icons[f.subjektArt]} klein /><span>{f.subjekt.name ?? <i>{t('weg')}</i>} <span className="va-klein va-leise">{t(f.subjektArt)}</span></span></span> },
    { name: 'stufe', titel: t('stufe'), zelle: (f) => <Badge ton={toene[f.stufe]}>{t(f.stufe)}</Badge> },
    herkunft ? { name: 'herkunft', titel: t('herkunft'), schmal: 'voll', zelle: (f) => <Link to={pfadVon(f.schutzbereich.id)} state={{ fokus: 'bleibt' }}>{f.schutzbereich.bezeichnung}</Link> }
      : { name: 'erteilt', titel: t('erteilt'), schmal: 'weg', zelle: (f) => <Zeit wert={f.erteilt} /> },
    ...(herkunft ? [] : [{
      name: 'aktion', titel: t('aktion'), zahl: true,
      zelle: (f: Freigabe) => f.rechte.includes('zugriff.verwalten') && <Button art="leicht" klein icon="weg" laeuft={entziehen.laeuft} aria-label={t('entziehenVon', f.subjekt.name ?? t('weg'))} onClick={() => entziehen.starten({ params: { id: f.id } })}>{t('entziehen')}</Button>,
    }]),
  ];
  return <>{entziehen.fehler !== null && <Innen><Fehler kompakt fehler={entziehen.fehler} /></Innen>}<Tabelle titel={titel} zeilen={freigaben} spalten={spalten} schluessel={(f) => f.id} /></>;
}

function Vererbung({ bereich, geerbte }: { bereich: Bereich; geerbte: readonly Freigabe[] }) {
  const [frage, setFrage] = useState(false);
  const aendern = useAuftrag(api.updateSchutzbereich, { nachher: () => setFrage(false) });
  const schalte = (erbt: boolean) => aendern.starten({ params: { id: bereich.id }, ifMatch: bereich.version, body: { erbt } });
  const darf = bereich.rechte.includes('zugriff.verwalten');
  return (
    <Tafel titel={t('geerbt')} zahl={geerbte.length} aktionen={darf && (bereich.erbt ? <Button klein icon="schloss" onClick={() => setFrage(true)}>{t('abschneiden')}</Button> : <Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => schalte(true)}>{t('zulassen')}</Button>)}>
      {!bereich.erbt ? <Innen><Hinweis ton="warnung">{t('erbtNicht')}</Hinweis></Innen> : geerbte.length === 0 ? <Leer>{t('nichtsGeerbt')}</Leer> : <Freigaben titel={t('geerbt')} freigaben={geerbte} />}
      {aendern.fehler !== null && !frage && <Innen><Fehler kompakt fehler={aendern.fehler} /></Innen>}
      <Dialog titel={t('abschneidenFrage', bereich.bezeichnung)} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={aendern.laeuft} onClick={() => schalte(false)}>{t('abschneiden')}</Button>}>
        <p>{t('abschneidenText')}</p>{frage && <Vorschau vorhaben={{ art: 'aendern', id: bereich.id, erbt: false }} />}{aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </Tafel>
  );
}
