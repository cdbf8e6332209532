import './aktenplan.css';
import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import { Link, Outlet, useMatch, useSearchParams } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Baum, ButtonLink, Checkbox, Fehler, Field, Laden, Leer, Leise, Menue, Icon, Rollen, Seite, Seitenkopf, type Knoten } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { downloadUrl } from '#platform/web/client.ts';
import { zahl } from '#platform/web/text.ts';
import { heute } from '#platform/web/zeit.ts';
import { api, type AktenplaneinheitKurz } from '../contract.ts';
import { useBaum } from './baum-daten.ts';
import { t } from './texte.ts';

const stelle = (pfad: string) => pfad === '/aktenplan/neu';
const knotenVon = (e: AktenplaneinheitKurz): Knoten => ({
  id: e.id, pfad: `/aktenplan/${e.id}`, titel: <><span className="va-planzeichen">{e.kennzeichen}</span> {e.betreffKurz}</>, leise: e.stillgelegt,
  ...(e.stillgelegt ? { zusatz: e.aufgegangenIn ? t('aufgegangen') : t('stillgelegt') } : e.akten > 0 ? { zusatz: zahl(e.akten) } : {}),
});

/** The plan at the left, the chosen unit at the right; on narrow screens one after the other. */
export function Component() {
  const { darf } = useSitzung();
  const id = useMatch('/aktenplan/:id/*')?.params.id;
  const gewaehlt = id === 'neu' ? undefined : id;
  const [suche, setSuche] = useSearchParams();
  const q = suche.get('q') ?? '';
  const stillgelegte = suche.get('stillgelegte') === 'ja';
  const setze = (name: string, wert: string) => setSuche((alt) => { const neu = new URLSearchParams(alt); if (wert) neu.set(name, wert); else neu.delete(name); return neu; }, { replace: true, state: { fokus: 'bleibt' } });
  const plan = useAbfrage(api.listAktenplaene, { query: { tag: heute() } }).data?.eintraege[0];
  return (
    <Seite fest>
      <Seitenkopf titel={t('aktenplan')} neben={plan && `${plan.bezeichnung}, ${plan.versionsbezeichnung} · ${t('einheiten', plan.einheiten)}`}
        aktionen={darf('aktenplan.verwalten') && <>
          {plan && !stelle(location.pathname) && <ButtonLink klein icon="plus" to="/aktenplan/neu" state={{ fokus: 'bleibt' }}>{t('neueEinheit')}</ButtonLink>}
          <Menue rechts className="va-menue--icon" name={t('weitere')} knopf={<span title={t('weitere')}><Icon name="mehr" klein /></span>}>
            <li><Link to="/verwaltung/aktenplan">{t('verwalten')}</Link></li>
            {plan && <li><Link to={`/verwaltung/aktenplan/${plan.id}/import`}>{t('importieren')}</Link></li>}
            {plan && <li><a href={downloadUrl(api.exportAktenplan, { params: { id: plan.id } })} download="">{t('exportieren')}</a></li>}
          </Menue>
        </>} />
      <div className="va-plan" data-offen={id ? '' : undefined}>
        <div className="va-spalte va-plan__baum">
          <div className="va-plan__suche">
            <Field type="search" label={t('suchen')} versteckt placeholder={t('suchhilfe')} value={q} autoComplete="off" onChange={(e) => setze('q', e.target.value)} />
            <Checkbox label={t('stillgelegteZeigen')} checked={stillgelegte} onChange={(an) => setze('stillgelegte', an ? 'ja' : '')} />
          </div>
          <Rollen name={t('baum')}>{q.trim() ? <Treffer q={q.trim()} stillgelegte={stillgelegte} gewaehlt={gewaehlt} /> : <Planbaum stillgelegte={stillgelegte} gewaehlt={gewaehlt} />}</Rollen>
        </div>
        <div className="va-plan__einheit va-rollen"><Suspense fallback={<Laden />}><Outlet /></Suspense></div>
      </div>
    </Seite>
  );
}

function Planbaum({ stillgelegte, gewaehlt }: { stillgelegte: boolean; gewaehlt: string | undefined }) {
  const { darf } = useSitzung();
  const [offen, setOffen] = useState<ReadonlySet<string>>(new Set());
  const baum = useBaum(offen, stillgelegte, knotenVon);
  const pfad = useAbfrage(api.getAktenplaneinheit, { params: { id: gewaehlt ?? '' } }, { aktiv: gewaehlt !== undefined }).data?.pfad;
  // whoever comes by an address finds the tree open at that place
  useEffect(() => { if (pfad) setOffen((alt) => new Set([...alt, ...pfad.slice(0, -1).map((p) => p.id)])); }, [pfad]);
  if (baum.fehler) return <Fehler fehler={baum.fehler} nochmal={baum.nochmal} />;
  if (baum.laedt) return <Laden />;
  if (!baum.knoten.length) return <Leer icon="plan" aktion={darf('aktenplan.verwalten') && <ButtonLink klein to="/verwaltung/aktenplan">{t('verwalten')}</ButtonLink>}>{t('leererPlan')}</Leer>;
  return <Baum name={t('baum')} knoten={baum.knoten} offen={offen} gewaehlt={gewaehlt}
    onKlapp={(id, auf) => setOffen((alt) => { const neu = new Set(alt); if (auf) neu.add(id); else neu.delete(id); return neu; })} />;
}

const MAX = 100;
function Treffer({ q, stillgelegte, gewaehlt }: { q: string; stillgelegte: boolean; gewaehlt: string | undefined }) {
  const gesucht = useDeferredValue(q);
  const { data, error, refetch } = useAbfrage(api.listAktenplaneinheiten, { query: { suche: gesucht, limit: MAX, ...(stillgelegte && { stillgelegte: 'true' as const }) } }, { behalte: true });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  if (data.gesamt === 0) return <Leer icon="suche">{t('keineTreffer', gesucht)}</Leer>;
  return (
    <>
      <p className="va-plan__anzahl va-klein va-leise" role="status">{t('treffer', data.gesamt)}</p>
      <ul className="va-planliste">
        {data.eintraege.map((e) => (
          <li key={e.id} data-zeile={e.id}>
            <Link to={{ pathname: `/aktenplan/${e.id}`, search: location.search }} aria-current={e.id === gewaehlt ? 'true' : undefined} state={{ fokus: 'bleibt' }}>
              <span className="va-planzeichen">{e.kennzeichen}</span> {e.betreffKurz}
              <Leise>{[...e.pfad.slice(0, -1).map((p) => p.bezeichnung), ...(e.fruehereKennzeichen.length ? [`${t('frueher')}: ${e.fruehereKennzeichen.join(', ')}`] : [])].join(' › ')}</Leise>
            </Link>
          </li>
        ))}
      </ul>
      {data.gesamt > MAX && <p className="va-plan__anzahl va-klein va-leise">{t('mehrTreffer', data.gesamt - MAX)}</p>}
    </>
  );
}
