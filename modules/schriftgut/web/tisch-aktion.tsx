import { ButtonLink } from '#platform/web/kern/index.ts';
import { t } from './texte.ts';

export default function AkteAnlegen() { return <ButtonLink icon="plus" to="/akten/neu">{t('akteAnlegen')}</ButtonLink>; }
