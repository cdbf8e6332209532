import { Filterleiste, Leer, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Hausmarke } from '#platform/web/haus.tsx';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { Beenden, kennzeichenVon, Zeitraum, Zustand, type Erhalten } from './teile.tsx';
import { t } from './texte.ts';

/** Into the other Mandant: a full load, for it is another context. */
export const Dorthin = ({ f }: { f: Erhalten }) => (f.zustand === 'laeuft' ? <a className="va-betreff" href={f.pfad}>{kennzeichenVon(f)}</a> : <>{kennzeichenVon(f)}</>);
const spalten: ListenSpalte<Erhalten>[] = [
  { name: 'was', titel: t('was'), kopf: true, text: kennzeichenVon, zelle: (f) => <><Dorthin f={f} /><span className="va-klein va-leise"> · {t(f.objekt.typ)}</span></> },
  { name: 'von', titel: t('von'), schmal: 'voll', text: (f) => f.mandant.name, zelle: (f) => <Hausmarke haus={f.mandant} /> },
  { name: 'zweck', titel: t('zweck'), schmal: 'voll', text: (f) => f.zweck, zelle: (f) => f.zweck },
  { name: 'mit', titel: t('anWen'), schmal: 'weg', text: (f) => f.empfaenger.name, zelle: (f) => f.empfaenger.name },
  { name: 'stufe', titel: t('stufe'), text: (f) => f.stufe, zelle: (f) => t(f.stufe) },
  { name: 'zeitraum', titel: t('zeitraum'), sort: 'bis', text: (f) => `${datum(f.von)} – ${datum(f.bis)}`, zelle: (f) => <Zeitraum f={f} /> },
  { name: 'zustand', titel: t('zustand'), text: (f) => t(f.zustand), zelle: (f) => <Zustand f={f} hier="empfaenger" /> },
  { name: 'aktion', titel: t('aktion'), zahl: true, zelle: (f) => <Beenden f={f} seite="empfaenger" /> },
];

/** What others share with me or my office; of the whole Mandant for who administers. */
export function Component() {
  const { darf } = useSitzung();
  const liste = useListe(api.listErhalteneVerbundfreigaben, { filter: ['laeuft', 'alle'] });
  const ganze = liste.filterwert('alle')[0] === 'true';
  return (
    <Seite>
      <Seitenkopf titel={t('erhalten')} neben={<Filterleiste name={t('freigaben')} eintraege={[{ pfad: '/freigaben/erhalten', titel: t('meine'), aktiv: !ganze }, ...(darf('verbund.verwalten') ? [{ pfad: '/freigaben/erhalten?alle=true', titel: t('ganze'), aktiv: ganze }] : []), { pfad: '/freigaben', titel: t('gegeben'), aktiv: false }]} />} />
      <div className="va-mitte va-mitte--breit"><Tafel titel={t('erhalten')} titelVersteckt><Liste titel={t('erhalten')} liste={liste} idVon={(f) => f.id} dateiname="erhaltene-freigaben" spalten={spalten} leer={<Leer icon="verschieben">{t('nichtsErhalten')}</Leer>} /></Tafel></div>
    </Seite>
  );
}
