import { Navigate } from 'react-router';
import { Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { Eintraege } from './eintraege.tsx';
import { t } from './texte.ts';

export function Component() {
  const { darf } = useSitzung();
  if (!darf('protokoll.lesen')) return <Navigate to="pruefung" replace />;
  return <Tafel titel={t('eintraege')} titelVersteckt><Eintraege titel={t('eintraege')} /></Tafel>;
}
