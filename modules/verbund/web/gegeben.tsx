import { Link } from 'react-router';
import { Filterleiste, Leer, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Hausmarke } from '#platform/web/haus.tsx';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { datum } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { Beenden, kennzeichenVon, Zeitraum, Zustand, type Gegeben } from './teile.tsx';
import { t } from './texte.ts';

export const spalten: ListenSpalte<Gegeben>[] = [
  { name: 'was', titel: t('was'), kopf: true, schmal: 'voll', text: kennzeichenVon, zelle: (f) => (f.objekt.pfad ? <Link className="va-betreff" to={f.objekt.pfad}>{kennzeichenVon(f)} {f.objekt.titel}</Link> : <>{kennzeichenVon(f)} <span className="va-leise">{t('verdeckt')}</span></>) },
  { name: 'mit', titel: t('mit'), schmal: 'voll', text: (f) => `${f.empfaenger.name}, ${f.mandant.name}`, zelle: (f) => <>{f.empfaenger.name} <span className="va-klein va-leise"><Hausmarke haus={f.mandant} /></span></> },
  { name: 'zweck', titel: t('zweck'), schmal: 'voll', text: (f) => f.zweck, zelle: (f) => f.zweck },
  { name: 'stufe', titel: t('stufe'), text: (f) => f.stufe, zelle: (f) => t(f.stufe) },
  { name: 'zeitraum', titel: t('zeitraum'), sort: 'bis', text: (f) => `${datum(f.von)} – ${datum(f.bis)}`, zelle: (f) => <Zeitraum f={f} /> },
  { name: 'zustand', titel: t('zustand'), text: (f) => t(f.zustand), zelle: (f) => <Zustand f={f} hier="eigner" /> },
  { name: 'aktion', titel: t('aktion'), zahl: true, zelle: (f) => <Beenden f={f} seite="eigner" /> },
];

/** What the own Mandant gives: to be seen whole, and ended. */
export function Component() {
  const liste = useListe(api.listVerbundfreigaben, { filter: ['laeuft'] });
  const laufende = liste.filterwert('laeuft')[0] === 'true';
  return (
    <Seite>
      <Seitenkopf titel={t('gegeben')} neben={<Filterleiste name={t('freigaben')} eintraege={[{ pfad: '/freigaben', titel: t('alle'), aktiv: !laufende }, { pfad: '/freigaben?laeuft=true', titel: t('laufende'), aktiv: laufende }, { pfad: '/freigaben/erhalten', titel: t('erhalten'), aktiv: false }]} />} />
      <div className="va-mitte va-mitte--breit"><Tafel titel={t('gegeben')} titelVersteckt><Liste titel={t('gegeben')} liste={liste} idVon={(f) => f.id} dateiname="freigaben" spalten={spalten} leer={<Leer icon="verschieben">{t('nichtsGegeben')}</Leer>} /></Tafel></div>
    </Seite>
  );
}
