import './schriftgut.css';
import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Icon, Laden, Leer, Tafel, Zeit, type IconName } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type Merkliste, type Objekttyp } from '../contract.ts';
import { pfadVon } from './teile.tsx';

const tt = katalog({ gesehen: ['Zuletzt gesehen', 'Last seen'], gemerkt: ['Gemerkt', 'Favourites'], leer: ['Noch nichts geöffnet.', 'Nothing opened yet.'] });
const icons: Record<Objekttyp, IconName> = { akte: 'akte', vorgang: 'vorgang', dokument: 'dok' };

/** On the desk: favourites, and what I looked at last. */
export default function Gesehen() {
  const gesehen = useAbfrage(api.listZuletztGesehen, { query: { limit: 10 } }).data;
  const gemerkt = useAbfrage(api.listMerkliste, {}).data;
  return <>
    {gemerkt && gemerkt.eintraege.length > 0 && <Tafel titel={tt('gemerkt')} zahl={gemerkt.eintraege.length}><Objektliste eintraege={gemerkt.eintraege.slice(0, 8)} ohneZeit /></Tafel>}
    <Tafel titel={tt('gesehen')}>{!gesehen ? <Laden /> : gesehen.eintraege.length === 0 ? <Leer icon="uhr">{tt('leer')}</Leer> : <Objektliste eintraege={gesehen.eintraege} />}</Tafel>
  </>;
}
const Objektliste = ({ eintraege, ohneZeit = false }: { eintraege: Merkliste['eintraege']; ohneZeit?: boolean }) => (
  <ul className="va-objektliste">{eintraege.map((e) => (
    <li key={e.id} data-zeile={e.id}><Link to={pfadVon[e.typ](e.id)}><Icon name={icons[e.typ]} klein /><span className="va-kuerzen" title={e.betreff}>{e.betreff}</span><span className="va-klein va-leise va-kuerzen">{e.kennzeichen}</span></Link>{!ohneZeit && <Zeit className="va-klein va-leise" wert={e.zeit} />}</li>
  ))}</ul>
);
