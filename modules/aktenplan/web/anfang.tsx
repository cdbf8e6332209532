import { useAbfrage } from '#platform/web/daten.ts';
import { ButtonLink, Leer } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { heute } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

/** Nothing is chosen yet. */
export function Component() {
  const { darf } = useSitzung();
  const plaene = useAbfrage(api.listAktenplaene, { query: { tag: heute() } }).data;
  if (plaene?.gesamt === 0) return <Leer icon="plan" aktion={darf('aktenplan.verwalten') && <ButtonLink art="haupt" to="/verwaltung/aktenplan/neu">{t('planAnlegen')}</ButtonLink>}>{t('keinPlan')}</Leer>;
  return <Leer icon="plan">{t('waehlen')}</Leer>;
}
