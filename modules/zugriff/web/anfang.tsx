import { Leer } from '#platform/web/kern/index.ts';
import { t } from './texte.ts';

export const Component = () => <Leer icon="schild">{t('waehlen')}</Leer>;
