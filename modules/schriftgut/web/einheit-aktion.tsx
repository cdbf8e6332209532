import type { AktenplaneinheitKurz } from '#modules/aktenplan/contract.ts';
import { ButtonLink } from '#platform/web/kern/index.ts';
import { t } from './texte.ts';

/** On the page of a unit that takes Akten. */
export default function AkteHier({ einheit }: { einheit: Pick<AktenplaneinheitKurz, 'id' | 'hindernisse'> }) {
  return einheit.hindernisse.length ? null : <ButtonLink klein icon="plus" to={`/akten/neu?einheit=${einheit.id}`}>{t('akteAnlegen')}</ButtonLink>;
}
