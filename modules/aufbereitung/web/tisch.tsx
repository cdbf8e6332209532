import { Link } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Fehler, Icon, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';
import './stand.css';

/** On the desk: files of mine that could not be read, and why. Nothing failed: no panel. */
export default function Fehlschlaege() {
  const { data, error, refetch } = useAbfrage(api.listFehlschlaege, {}, { alle: 60_000 });
  const nochmal = useAuftrag(api.retryAufbereitung, { nachher: () => void refetch() });
  if (error) return <Tafel titel={t('nichtGelesen')}><Fehler kompakt fehler={error} nochmal={() => void refetch()} /></Tafel>;
  if (!data || data.gesamt === 0) return null;
  return (
    <Tafel titel={t('nichtGelesen')} zahl={data.gesamt}>
      {nochmal.fehler !== null && <Fehler kompakt fehler={nochmal.fehler} />}
      <ul className="va-fehlschlaege">{data.eintraege.slice(0, 8).map((e) => (
        <li key={e.inhaltId}>
          <Icon name="achtung" klein />
          <Link to={e.objekt.pfad} className="va-betreff">{e.objekt.titel}</Link><Zeit className="va-klein va-leise" wert={e.zeit} />
          <span className="va-klein va-leise">{e.schritt}: {e.grund}</span>
          {e.wiederholbar && <Button art="leicht" klein icon="umlauf" laeuft={nochmal.laeuft} onClick={() => nochmal.starten({ params: { id: e.inhaltId }, body: {} })}>{t('nochmal')}<span className="kern-sr-only">: {e.objekt.titel}</span></Button>}
        </li>
      ))}</ul>
    </Tafel>
  );
}
