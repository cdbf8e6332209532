import './protokoll.css';
import { Outlet } from 'react-router';
import { Reiter, Seite, Seitenkopf } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { t } from './texte.ts';

/** For the revision: everything that happened in the Mandant, and the proof that nothing of it was changed. */
export function Component() {
  const { darf } = useSitzung();
  const reiter = [
    ...(darf('protokoll.lesen') ? [{ pfad: '/verwaltung/protokoll', titel: t('eintraege'), icon: 'uhr' as const, ende: true }] : []),
    ...(darf('protokoll.pruefen') ? [{ pfad: '/verwaltung/protokoll/pruefung', titel: t('pruefung'), icon: 'schild' as const }] : []),
  ];
  return (
    <Seite>
      <Seitenkopf titel={t('protokoll')} />
      {reiter.length > 1 && <Reiter name={t('protokoll')} eintraege={reiter} />}
      <Outlet />
    </Seite>
  );
}
