import { useParams } from 'react-router';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { Reichweite } from './reichweite.tsx';
import { t } from './texte.ts';

/** »Was darf diese Person?« */
export function Component() {
  const { id = '' } = useParams();
  const { darf } = useSitzung();
  return <Reichweite key={id} id={id as never} selbst={false} zurueck={darf('benutzer.verwalten') ? { pfad: `/verwaltung/benutzer/${id}`, titel: t('zurPerson') } : { pfad: '/verwaltung/schutzbereiche', titel: t('schutzbereiche') }} />;
}
