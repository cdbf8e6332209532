import './posteingang.css';
import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Aktenzeichen, Fehler, Icon, Laden, Leer, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { api, type EingangZeile } from '../contract.ts';
import { Eingangszeit } from './stempel.tsx';
import { kanalicon, kanalname, t } from './texte.ts';

/** On the desk: what came in for me, the newest first. */
export default function Schreibtisch() {
  const { data, error, refetch } = useAbfrage(api.listEingaenge, { query: { limit: 8 } }, { alle: 60_000 });
  const koerbe = useAbfrage(api.getPosteingang, { query: {} }, { alle: 60_000 }).data?.offenJeKorb ?? [];
  return (
    <Tafel titel={t('meinKorb')} zahl={data?.gesamt} aktionen={<>{koerbe.length > 1 && <nav className="va-filter va-nurbreit" aria-label={t('meinKorb')}>{koerbe.slice(0, 4).map((k) => <Link key={k.organisationseinheit.id} to={`/posteingang?organisationseinheitId=${k.organisationseinheit.id}`}>{k.organisationseinheit.kennzeichen}<span> {k.anzahl}</span></Link>)}</nav>}<Link className="va-klein" to="/posteingang">{t('zumPosteingang')}</Link></>}>
      {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.gesamt === 0 ? <Leer icon="ein">{t('leer')}</Leer> : (
        <Tabelle<EingangZeile> titel={t('neueste')} zeilen={data.eintraege} schluessel={(e) => e.id} spalten={[
          { name: 'betreff', titel: t('betreffAbsender'), kopf: true, zelle: (e) => <span className="va-zweizeilig"><Link className={`va-betreff va-kuerzen${e.status !== 'in_bearbeitung' ? ' va-neu' : ''}`} to={`/posteingang/${e.id}`}>{e.betreff}</Link><span className="va-klein va-leise va-kuerzen">{e.absender || t('ohneAbsender')}</span></span> },
          ...(koerbe.length > 1 ? [{ name: 'korb', titel: t('korb'), schmal: 'weg' as const, breite: 10 as const, zelle: (e: EingangZeile) => <span className="va-kuerzen">{e.organisationseinheit.kennzeichen} {e.organisationseinheit.bezeichnung}</span> }] : []),
          { name: 'ziel', titel: t('akte'), schmal: 'weg', breite: 10, zelle: (e) => (e.vorschlag ? <Aktenzeichen wert={e.vorschlag.akte.aktenzeichen} /> : <span className="va-leise">–</span>) },
          { name: 'kanal', titel: t('weg'), schmal: 'weg', breite: 8, zelle: (e) => <span className="va-reihe va-klein va-leise"><Icon name={kanalicon[e.kanal]} klein />{kanalname(e.kanal)}</span> },
          { name: 'zeit', titel: t('eingang'), zahl: true, breite: 8, zelle: (e) => <Eingangszeit e={e} /> },
        ]} />
      )}
    </Tafel>
  );
}
