import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Icon } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';
import './glocke.css';

/** At the right of the header: how many are unread. Asked again each minute while the page is open. */
export default function Glocke() {
  const { data } = useAbfrage(api.listBenachrichtigungen, { query: { ungelesen: 'true', limit: 1 } }, { alle: 60_000 });
  const anzahl = data?.gesamt ?? 0;
  return (
    <Link className="kern-btn kern-btn--tertiary va-glocke" to="/benachrichtigungen" title={t('glocke')}>
      <Icon name="glocke" />
      {anzahl > 0 && <span className="va-zahl va-zahl--dringend" aria-hidden="true">{anzahl > 99 ? '99+' : anzahl}</span>}
      <span className="kern-label kern-sr-only">{anzahl > 0 ? t('ungelesen', anzahl) : t('glocke')}</span>
    </Link>
  );
}
