import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Fehler, Hinweis, Laden, Seite, Seitenkopf, Select, Tafel } from '#platform/web/kern/index.ts';
import { api, Weg } from '../contract.ts';
import { t } from './texte.ts';
import './glocke.css';

export function Component() {
  const { data, error, refetch } = useAbfrage(api.getBenachrichtigungseinstellungen, {});
  const aendern = useAuftrag(api.updateBenachrichtigungseinstellung);
  const wahl = Weg.options.map((wert) => ({ wert, titel: t(wert) }));
  return (
    <Seite>
      <Seitenkopf titel={t('einstellungen')} zurueck={{ pfad: '/benachrichtigungen', titel: t('glocke') }} />
      <div className="va-mitte">
        <Tafel titel={t('einstellungen')} titelVersteckt>
          {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : (
            <>
              {data.email === null && <Hinweis ton="warnung">{t('ohneAdresse')}</Hinweis>}
              {data.eintraege.map((e) => (
                <div className="va-einstellung" key={e.anlass}>
                  <span>{e.titel}</span>
                  <Select label={`${t('weg')}: ${e.titel}`} versteckt wahl={wahl} value={e.weg} onChange={(x) => aendern.starten({ body: { anlass: e.anlass, weg: x.target.value as typeof e.weg } })} />
                </div>
              ))}
              {aendern.fehler ? <Fehler fehler={aendern.fehler} /> : null}
              <p className="va-innen va-klein va-leise" role="status">{t('mailInhalt')}{aendern.ergebnis && !aendern.laeuft ? ` · ${t('gespeichert')}` : ''}</p>
            </>
          )}
        </Tafel>
      </div>
    </Seite>
  );
}
