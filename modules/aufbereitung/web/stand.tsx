import { useId } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Fehler, Fortschritt, Icon, type Ton } from '#platform/web/kern/index.ts';
import { api, type Aufbereitung, type Schritt } from '../contract.ts';
import { isFertig } from './daten.ts';
import { t } from './texte.ts';
import './stand.css';

const toene: Record<Schritt['status'], Ton> = { offen: 'neutral', laeuft: 'info', fertig: 'gut', nicht_noetig: 'neutral', fehlgeschlagen: 'gefahr' };

/** One line that says how it stands; opened, each step with its reason, what to do, and "again" (UX-04, UX-07). */
export function Aufbereitungsstand({ aufbereitung: a }: { aufbereitung: Aufbereitung }) {
  const titel = useId();
  const nochmal = useAuftrag(api.retryAufbereitung);
  const gescheitert = a.schritte.filter((s) => s.status === 'fehlgeschlagen');
  const ocr = a.schritte.find((s) => s.art === 'ocr' && s.status === 'laeuft')?.fortschritt;
  const satz = gescheitert.length ? t('gescheitert', gescheitert.length) : ocr ? t('erkennt', ocr.fertig, ocr.gesamt) : !isFertig(a) ? t('laeuft') : a.seiten ? t('gelesen', a.seiten) : t('fertig');
  return (
    <details className="va-aufber" open={gescheitert.length > 0}>
      <summary id={titel}>
        <Icon name={gescheitert.length ? 'achtung' : isFertig(a) ? 'haken' : 'uhr'} klein />
        <span role="status">{a.formatName && `${a.formatName}, `}{satz}{a.hinweise.length > 0 && ` · ${a.hinweise[0]!.text}`}</span>
        {ocr && <Fortschritt wert={ocr.fertig} von={ocr.gesamt} name={t('schritt.ocr')} />}
      </summary>
      <ul className="va-aufber__schritte" aria-label={t('schritte')}>
        {a.schritte.map((s) => (
          <li key={s.art}>
            <span>{t(`schritt.${s.art}`)}</span><Badge ton={toene[s.status]}>{t(`status.${s.status}`)}</Badge>
            {s.grund && <span className="va-aufber__grund">{s.grund}{s.abhilfe && <> {s.abhilfe}</>}</span>}
            {s.wiederholbar && <Button klein icon="umlauf" laeuft={nochmal.laeuft} onClick={() => nochmal.starten({ params: { id: a.inhaltId }, body: { schritt: s.art } })}>{t('nochmal')}</Button>}
          </li>
        ))}
        {a.hinweise.slice(1).map((h) => <li key={h.code}><span className="va-aufber__grund">{h.text}</span></li>)}
      </ul>
      {nochmal.fehler !== null && <Fehler kompakt fehler={nochmal.fehler} />}
    </details>
  );
}
