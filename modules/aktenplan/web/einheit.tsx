import { Suspense, useState, type ReactNode } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Badge, Button, ButtonLink, Dialog, Ergebnis, Fehler, Hinweis, Icon, Laden, Menue, Pfad, Tafel, TextArea, useTitel } from '#platform/web/kern/index.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api, vererbbareFelder, type Aktenplaneinheit } from '../contract.ts';
import { hindernis, name, t, wertText } from './texte.ts';

/** A unit: what it is, what it hands down and from where, what lies in it. */
export function Component() {
  const { id = '' } = useParams();
  const { state } = useLocation() as { state: { ergebnis?: string } | null };
  const { data: e, error, refetch } = useAbfrage(api.getAktenplaneinheit, { params: { id } });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!e) return <Laden />;
  return <Einheit key={e.id} e={e} ergebnis={state?.ergebnis} />;
}

function Einheit({ e, ergebnis }: { e: Aktenplaneinheit; ergebnis: string | undefined }) {
  useTitel(name(e));
  const inhalte = useSlot('aktenplaneinheit.inhalt');
  const aktionen = useSlot('aktenplaneinheit.aktion');
  return (
    <>
      <div className="va-einheitkopf">
        <Link className="va-zurueck va-nurschmal" to="/aktenplan"><Icon name="zurueck" klein />{t('zumPlan')}</Link>
        {e.pfad.length > 1 && <Pfad name={t('aktenplan')} teile={e.pfad.slice(0, -1).map((p) => ({ titel: name(p), pfad: `/aktenplan/${p.id}` }))} />}
        <div className="va-titelzeile">
          <h2><span className="va-planzeichen">{e.kennzeichen}</span> {e.betreffKurz}</h2>
          {e.stillgelegt && <Badge ton="warnung">{e.aufgegangenIn ? t('aufgegangen') : t('stillgelegt')}</Badge>}
          <div className="va-schub">
            {aktionen.map(({ Inhalt }, i) => <Suspense key={i}><Inhalt einheit={e} /></Suspense>)}
            {e.rechte.includes('aktenplan.verwalten') && !e.aufgegangenIn && <Verwalten e={e} />}
          </div>
        </div>
        {ergebnis && <Ergebnis>{ergebnis}</Ergebnis>}
      </div>
      {e.aufgegangenIn
        ? <Hinweis titel={t('aufgegangenIn')} aktion={<ButtonLink klein to={`/aktenplan/${e.aufgegangenIn}`}>{t('zurNeuen')}</ButtonLink>}>{e.stilllegungsgrund}</Hinweis>
        : e.stillgelegt && <Hinweis ton="warnung" titel={t('stillgelegt')}>{[e.stillgelegtAm && datum(e.stillgelegtAm), e.stilllegungsgrund].filter(Boolean).join(': ')}</Hinweis>}
      {inhalte.map(({ Inhalt }, i) => <Suspense key={i} fallback={<Laden />}><Inhalt einheit={e} /></Suspense>)}
      <Tafel titel={t('angaben')}><Angaben daten={angaben(e)} /></Tafel>
      {e.kinder > 0 && <Kinder e={e} />}
    </>
  );
}

function angaben(e: Aktenplaneinheit): { titel: string; wert: ReactNode }[] {
  const zeitraum = [e.gueltigVon && t('ab', datum(e.gueltigVon)), e.gueltigBis && t('bis', datum(e.gueltigBis))].filter(Boolean).join(' ');
  return [
    { titel: t('inhaltsangabe'), wert: e.inhaltsangabe },
    ...vererbbareFelder.map((feld) => {
      const { wert, herkunft, grund } = e.wirksam[feld];
      return { titel: t(feld), wert: wert === null ? <span className="va-leise">{t('nichtFestgelegt')}</span> : <>{wertText(feld, wert)}<span className="va-herkunft">{herkunft?.id === e.id ? t('eigene') : t('aus', herkunft?.bezeichnung ?? '')}{grund && `: ${grund}`}</span></> };
    }),
    { titel: t('gueltig'), wert: zeitraum || t('unbegrenzt') },
    ...(e.aufgegangenIn ? [] : [{ titel: t('akten'), wert: e.hindernisse.length === 0 ? t('belegbar') : e.hindernisse.map(hindernis).join(' ') }]),
    { titel: t('querverweise'), wert: e.querverweise.length ? <ul>{e.querverweise.map((q) => <li key={q.kennzeichen}>{q.ziel ? <Link to={`/aktenplan/${q.ziel.id}`}>{name(q.ziel)}</Link> : <>{q.kennzeichen} <span className="va-klein va-leise">{t('verweisOffen')}</span></>}</li>)}</ul> : null },
    { titel: t('frueher'), wert: e.fruehereKennzeichen.join(', ') },
    { titel: t('kennung'), wert: <code>{e.id}</code> },
  ];
}

function Kinder({ e }: { e: Aktenplaneinheit }) {
  const { data } = useAbfrage(api.listAktenplaneinheiten, { query: { parentId: e.id, limit: 200 } });
  return (
    <Tafel titel={t('untereinheiten')} zahl={data?.gesamt}>
      <ul className="va-planliste">{data?.eintraege.map((k) => <li key={k.id}><Link to={`/aktenplan/${k.id}`} state={{ fokus: 'bleibt' }}><span className="va-planzeichen">{k.kennzeichen}</span> {k.betreffKurz}{k.inhaltsangabe && <span className="va-klein va-leise">{k.inhaltsangabe}</span>}</Link></li>)}</ul>
    </Tafel>
  );
}

function Verwalten({ e }: { e: Aktenplaneinheit }) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'stilllegen' | 'loeschen'>();
  const [grund, setGrund] = useState('');
  const fertig = { nachher: () => setDialog(undefined) };
  const stilllegen = useAuftrag(api.closeAktenplaneinheit, fertig), reaktivieren = useAuftrag(api.reopenAktenplaneinheit), loeschen = useAuftrag(api.deleteAktenplaneinheit, { nachher: () => void navigate('/aktenplan') });
  const ziel = { params: { id: e.id }, ifMatch: e.version };
  const fehler = reaktivieren.fehler;
  return (
    <>
      <ButtonLink klein icon="stift" to={`/aktenplan/${e.id}/bearbeiten`} state={{ fokus: 'bleibt' }}>{t('bearbeiten')}</ButtonLink>
      <Menue rechts className="va-menue--icon" name={t('weitere')} knopf={<span title={t('weitere')}><Icon name="mehr" klein /></span>}>
        {!e.stillgelegt && <li><Link to={`/aktenplan/neu?unter=${e.id}`} state={{ fokus: 'bleibt' }}>{t('unterteilen')}</Link></li>}
        {!e.stillgelegt && <li><Link to={`/aktenplan/${e.id}/zusammenfuehren`} state={{ fokus: 'bleibt' }}>{t('zusammenfuehren')}</Link></li>}
        {e.stillgelegt ? <li><button type="button" onClick={() => reaktivieren.starten(ziel)}>{t('reaktivieren')}</button></li> : <li><button type="button" onClick={() => setDialog('stilllegen')}>{t('stilllegen')}</button></li>}
        {e.kinder === 0 && e.akten === 0 && <li><button type="button" onClick={() => setDialog('loeschen')}>{t('loeschen')} …</button></li>}
      </Menue>
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
      <Dialog titel={`${t('stilllegenKnopf')}: ${name(e)}`} offen={dialog === 'stilllegen'} onSchliessen={() => setDialog(undefined)}
        aktion={<Button art="haupt" laeuft={stilllegen.laeuft} disabled={grund.trim().length < 3} onClick={() => stilllegen.starten({ ...ziel, body: { grund } })}>{t('stilllegenKnopf')}</Button>}>
        <p>{t('stilllegenText')}</p>
        <TextArea label={t('grund')} value={grund} onChange={(ev) => setGrund(ev.target.value)} />
        {stilllegen.fehler !== null && <Fehler kompakt fehler={stilllegen.fehler} />}
      </Dialog>
      <Dialog titel={`${t('loeschen')}: ${name(e)}`} offen={dialog === 'loeschen'} onSchliessen={() => setDialog(undefined)} aktion={<Button art="haupt" laeuft={loeschen.laeuft} onClick={() => loeschen.starten(ziel)}>{t('loeschen')}</Button>}>
        <p>{t('loeschenText')}</p>
        {loeschen.fehler !== null && <Fehler kompakt fehler={loeschen.fehler} />}
      </Dialog>
    </>
  );
}
