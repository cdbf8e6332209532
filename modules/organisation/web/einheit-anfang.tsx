import { Leer } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';

const s = katalog({ waehlen: ['Wählen Sie links eine Organisationseinheit.', 'Choose an organisational unit on the left.'] });
export const Component = () => <Leer icon="oe">{s('waehlen')}</Leer>;
