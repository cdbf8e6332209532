import { Link, useParams } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { Badge, ButtonDownload, Icon, Leer, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { l } from './einsichten-texte.ts';

type Zugriff = Answer<typeof api.listLesezugriffe>['eintraege'][number];
const wer = (z: Zugriff) => [z.wer.name, z.vertreten && l('fuer', z.vertreten.name), z.bei && l('bei', z.bei)].filter(Boolean).join(' ');
const objekt = (o: Zugriff['objekte'][number]) => (o.kennzeichen === null && o.titel === null ? `${o.typ[0]!.toUpperCase()}${o.typ.slice(1)} ${l('verborgen')}` : [o.kennzeichen, o.titel].filter(Boolean).join(' '));
const spalten: ListenSpalte<Zugriff>[] = [
  { name: 'zeit', titel: l('zeit'), kopf: true, sort: 'zeit', text: (z) => zeitpunkt(z.zeit), zelle: (z) => zeitpunkt(z.zeit) },
  { name: 'wer', titel: l('wer'), schmal: 'voll', text: wer, zelle: (z) => <>{wer(z)}{z.wer.art === 'gast' && <> <Badge ton="info">{l('gast')}</Badge></>}</> },
  { name: 'was', titel: l('was'), schmal: 'voll', text: (z) => z.objekte.map(objekt).join('; '), zelle: (z) => <ul className="va-ohnepunkt">{z.objekte.map((o) => <li key={o.id}><span className="va-leise">{l(o.art)}</span> {objekt(o)}</li>)}{z.anzahl > z.objekte.length && <li className="va-leise">{l('weitere', z.anzahl - z.objekte.length)}</li>}</ul> },
];

/** The reads of a granted look. That one looks is recorded by itself. */
export function Component() {
  const { id = '' } = useParams();
  const liste = useListe(api.listLesezugriffe, { params: { id } });
  return (
    <Seite>
      <Seitenkopf titel={l('zugriffe')} neben={<Link className="va-zurueck" to="/revision/lesezugriffe"><Icon name="zurueck" klein />{l('zurueck')}</Link>} />
      <div className="va-mitte va-mitte--breit">
        <div className="va-reihe"><p className="va-leise">{l('blick')}</p><ButtonDownload klein href={downloadUrl(api.downloadLesezugriffe, { params: { id } })}>{l('herunterladen')}</ButtonDownload></div>
        <Tafel titel={l('zugriffe')} titelVersteckt><Liste titel={l('zugriffe')} liste={liste} idVon={(z) => String(z.id)} spalten={spalten} leer={<Leer icon="auge">{l('keineZugriffe')}</Leer>} /></Tafel>
      </div>
    </Seite>
  );
}
