import './schriftgut.css';
import { inAllenHaeusern } from '#platform/haeuser-contract.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Hauslink, Hausmarke, FehlendeHaeuser } from '#platform/web/haus.tsx';
import { Icon, Laden, Leer, Tafel, Zeit, type IconName } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type Objekttyp } from '../contract.ts';
import { pfadVon } from './teile.tsx';

const tt = katalog({ gesehen: ['Zuletzt gesehen', 'Last seen'], gemerkt: ['Gemerkt', 'Favourites'], leer: ['Noch nichts geöffnet.', 'Nothing opened yet.'] });
const ueberall = { gesehen: inAllenHaeusern(api.listZuletztGesehen), gemerkt: inAllenHaeusern(api.listMerkliste) };
type Merkliste = Answer<typeof ueberall.gesehen>;
const icons: Record<Objekttyp, IconName> = { akte: 'akte', vorgang: 'vorgang', dokument: 'dok' };

/** On the desk: favourites, and what I looked at last. */
export default function Gesehen() {
  const gesehen = useAbfrage(ueberall.gesehen, { query: { limit: 10 } }).data;
  const gemerkt = useAbfrage(ueberall.gemerkt, { query: {} }).data;
  return <>
    {gemerkt && gemerkt.eintraege.length > 0 && <Tafel titel={tt('gemerkt')} zahl={gemerkt.eintraege.length}><Objektliste eintraege={gemerkt.eintraege.slice(0, 8)} ohneZeit /></Tafel>}
    <Tafel titel={tt('gesehen')}>{gesehen && <FehlendeHaeuser haeuser={gesehen.haeuser} />}{!gesehen ? <Laden /> : gesehen.eintraege.length === 0 ? <Leer icon="uhr">{tt('leer')}</Leer> : <Objektliste eintraege={gesehen.eintraege} />}</Tafel>
  </>;
}
const Objektliste = ({ eintraege, ohneZeit = false }: { eintraege: Merkliste['eintraege']; ohneZeit?: boolean }) => (
  <ul className="va-objektliste">{eintraege.map((e) => (
    <li key={e.id} data-zeile={e.id}><Hauslink haus={e.haus} pfad={pfadVon[e.typ](e.id)}><Icon name={icons[e.typ]} klein /><span className="va-kuerzen" title={e.betreff}>{e.betreff}</span><span className="va-klein va-leise va-kuerzen"><Hausmarke haus={e.haus} kurz /> {e.kennzeichen}</span></Hauslink>{!ohneZeit && <Zeit className="va-klein va-leise" wert={e.zeit} />}</li>
  ))}</ul>
);
