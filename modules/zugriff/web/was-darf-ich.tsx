import { useSitzung } from '#platform/web/sitzung.tsx';
import { Reichweite } from './reichweite.tsx';

/** One's own rights in one place. */
export const Component = () => <Reichweite id={useSitzung().ich.id as never} selbst />;
