import { Link } from 'react-router';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { inAllenHaeusern } from '#platform/haeuser-contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { FehlendeHaeuser, Hauslink, Hausmarke } from '#platform/web/haus.tsx';
import { Icon, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { Dorthin } from './erhalten.tsx';
import { t } from './texte.ts';

const MAX = 5;
const listVorgaenge = inAllenHaeusern(schriftgut.listVorgaenge);

/** On the desk: the way to what others share with me, and what is open there; nothing where nobody does. */
export default function Geteiltes() {
  const { data } = useAbfrage(api.listErhalteneVerbundfreigaben, { query: { laeuft: 'true', limit: MAX } });
  const offen = useAbfrage(listVorgaenge, { query: { haus: ['andere'], status: ['in_bearbeitung'], sort: '-geaendertAm', limit: MAX } }, { aktiv: !!data?.gesamt }).data;
  if (!data?.gesamt) return null;
  return (
    <Tafel titel={t('erhalten')} zahl={data.gesamt} aktionen={data.gesamt > MAX && <Link className="va-klein" to="/freigaben/erhalten">{t('mehr', data.gesamt)}</Link>}>
      <ul className="va-liste">
        {data.eintraege.map((f) => <li key={f.id} className="va-nachricht"><span><Dorthin f={f} /><span className="va-klein va-leise"> <Hausmarke haus={f.mandant} kurz /> {f.zweck}</span></span></li>)}
      </ul>
      {offen && <FehlendeHaeuser haeuser={offen.haeuser} />}
      {offen && offen.eintraege.length > 0 && <>
        <h3 className="va-liste__kopf va-klein va-leise">{t('dortOffen', offen.gesamt)}</h3>
        <ul className="va-objektliste">
          {offen.eintraege.map((v) => (
            <li key={v.id}><Hauslink haus={v.haus} pfad={`/vorgaenge/${v.id}`}><Icon name="vorgang" klein /><span className="va-kuerzen" title={v.betreff}>{v.betreff}</span><span className="va-klein va-leise va-kuerzen"><Hausmarke haus={v.haus} kurz /> {v.kennzeichen}</span></Hauslink><Zeit className="va-klein va-leise" wert={v.geaendertAm} /></li>
          ))}
        </ul>
      </>}
    </Tafel>
  );
}
