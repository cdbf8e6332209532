import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Tafel } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { Dorthin } from './erhalten.tsx';
import { t } from './texte.ts';

const MAX = 5;
/** On the desk: the way to what others share with me; nothing where nobody does. */
export default function Geteiltes() {
  const { data } = useAbfrage(api.listErhalteneVerbundfreigaben, { query: { laeuft: 'true', limit: MAX } });
  if (!data?.gesamt) return null;
  return (
    <Tafel titel={t('erhalten')} zahl={data.gesamt} aktionen={data.gesamt > MAX && <Link className="va-klein" to="/freigaben/erhalten">{t('mehr', data.gesamt)}</Link>}>
      <ul className="va-liste">
        {data.eintraege.map((f) => <li key={f.id} className="va-nachricht"><span><Dorthin f={f} /><span className="va-klein va-leise"> · {f.mandant.name} · {f.zweck}</span></span></li>)}
      </ul>
    </Tafel>
  );
}
