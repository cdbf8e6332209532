import '../verwaltung.css';
import { useState } from 'react';
import { Button, Ergebnis, Innen, Leer, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { api, type Vertretung } from '../../contract.ts';
import { t as w } from '../texte.ts';
import { VertretungFormular } from './formular.tsx';
import { t, umfangVon, zeitraumVon } from './texte.ts';
import { reiheVon, Stand, Taten } from './zeile.tsx';

const spalten: ListenSpalte<Vertretung>[] = [
  { name: 'fuer', titel: t('fuer'), kopf: true, schmal: 'voll', text: (v) => v.benutzer.name, zelle: (v) => <b>{v.benutzer.name}</b> },
  { name: 'durch', titel: t('titel'), schmal: 'voll', text: (v) => v.vertreter.name, zelle: (v) => <>{v.vertreter.name}{reiheVon(v) && <span className="va-klein va-leise"><br />{reiheVon(v)}</span>}</> },
  { name: 'zeitraum', titel: t('zeitraum'), sort: 'von', schmal: 'voll', text: zeitraumVon, zelle: zeitraumVon },
  { name: 'umfang', titel: t('mehr'), schmal: 'voll', text: umfangVon, zelle: umfangVon },
  { name: 'grund', titel: t('grund'), schmal: 'voll', text: (v) => v.grund, zelle: (v) => <>{v.grund}{v.angelegtVon && v.angelegtVon.id !== v.benutzer.id && <span className="va-klein va-leise"> {t('eingetragenVon', v.angelegtVon.name)}</span>}</> },
  { name: 'stand', titel: t('stand'), text: (v) => t(v.zustand), zelle: (v) => <Stand v={v} /> },
  { name: 'aktion', titel: t('aktion'), zahl: true, zelle: (v) => <Taten v={v} /> },
];

/** All Vertretungen that one may order, and the way to order one when somebody is suddenly absent. */
export function Component() {
  const liste = useListe(api.listVertretungen, { filter: ['q', 'zustand'] });
  const [offen, setOffen] = useState(false);
  const [fertig, setFertig] = useState<Vertretung>();
  return (
    <Seite>
      <Seitenkopf titel={w('vertretungen')} zurueck={{ pfad: '/verwaltung', titel: w('verwaltung') }} aktionen={!offen && <Button art="haupt" klein icon="plus" onClick={() => { setFertig(undefined); setOffen(true); }}>{t('anordnen')}</Button>} />
      <div className="va-zwischen">
        {offen && <Tafel titel={t('anordnen')}><Innen><VertretungFormular eigene={false} onFertig={(v) => { setOffen(false); setFertig(v); }} onAbbrechen={() => setOffen(false)} /></Innen></Tafel>}
        {fertig && <Ergebnis>{t('eingetragen', fertig.vertreter.name, zeitraumVon(fertig))}</Ergebnis>}
        <Tafel titel={w('vertretungen')} titelVersteckt>
          <Liste titel={w('vertretungen')} liste={liste} idVon={(v) => v.id} dateiname="vertretungen" spalten={spalten} leer={<Leer icon="uhr">{t('listeLeer')}</Leer>} zeilenKlasse={(v) => (v.zustand === 'beendet' ? 'va-leise' : '')} filter={[
            { name: 'q', titel: w('suchen'), art: 'text', platzhalter: t('suchhilfe') },
            { name: 'zustand', titel: t('stand'), art: 'mehrfach', wahl: (['laeuft', 'geplant', 'beendet'] as const).map((wert) => ({ wert, titel: t(wert) })) },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
