import '../verwaltung.css';
import { useState } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api, type Vertretung } from '../../contract.ts';
import { t as w } from '../texte.ts';
import { VertretungFormular } from './formular.tsx';
import { t, zeitraumVon } from './texte.ts';
import { Zeile } from './zeile.tsx';

/** One's own page: who acts for me, for whom I act, and what is over. */
export function Component() {
  const { ich, darf } = useSitzung();
  const { data, error, refetch } = useAbfrage(api.listEigeneVertretungen, {});
  const [offen, setOffen] = useState(false);
  const [fertig, setFertig] = useState<Vertretung>();
  const liste = (eintraege: readonly Vertretung[], leer: string) => (eintraege.length === 0 ? <p className="va-leise">{leer}</p> : <ul className="va-zeilenliste">{eintraege.map((v) => <Zeile key={v.id} v={v} meine={v.benutzer.id === ich.id} />)}</ul>);
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} zurueck={{ pfad: '/konto', titel: w('konto') }} />
      <div className="va-mitte">
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : <>
          <Tafel titel={t('mich')} zahl={data.vertretenDurch.length || undefined} aktionen={darf('vertretung.planen') && !offen && <Button art="haupt" klein icon="plus" onClick={() => { setFertig(undefined); setOffen(true); }}>{t('neu')}</Button>}>
            <Innen>
              {offen && <VertretungFormular eigene onFertig={(v) => { setOffen(false); setFertig(v); }} onAbbrechen={() => setOffen(false)} />}
              {fertig && <Ergebnis>{t('eingetragen', fertig.vertreter.name, zeitraumVon(fertig))}</Ergebnis>}
              {(!offen || data.vertretenDurch.length > 0) && liste(data.vertretenDurch, t('michLeer'))}
            </Innen>
          </Tafel>
          <Tafel titel={t('ich')} zahl={data.vertritt.length || undefined}><Innen>{liste(data.vertritt, t('ichLeer'))}</Innen></Tafel>
          {data.vorbei.length > 0 && <Tafel titel={t('vorbei')}><Innen><ul className="va-zeilenliste">{data.vorbei.map((v) => <li key={v.id}><span>{w('fuerWen', v.vertreter.name, v.benutzer.name)}<br /><span className="va-klein va-leise">{zeitraumVon(v)}{v.beendet && <> · {t('beendetAm', datum(v.beendet))}</>}</span></span></li>)}</ul></Innen></Tafel>}
        </>}
      </div>
    </Seite>
  );
}
