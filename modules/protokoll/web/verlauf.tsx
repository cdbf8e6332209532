import { Eintraege } from './eintraege.tsx';
import { t } from './texte.ts';

/** The tab »Verlauf« of any object's page (slot `objekt.verlauf`). */
export default function Verlauf({ objekt, ohne }: { objekt: string; ohne?: readonly string[] }) {
  return <Eintraege titel={t('verlauf')} objekt={objekt} ohne={ohne} />;
}
