import { api as organisation } from '#modules/organisation/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Select } from '#platform/web/kern/index.ts';
import { t } from './texte.ts';

/** All offices of the authority, by Kennzeichen. */
export function OeWahl({ label, wert, onWahl, leer = t('waehleOe'), fehler, breit, fokus }: { label: string; wert: string; onWahl(id: string): void; leer?: string; fehler?: string | undefined; breit?: boolean; fokus?: boolean }) {
  const { data } = useAbfrage(organisation.listOrganisationseinheiten, { query: { limit: 200, gueltig: 'true' } });
  return <Select label={label} leer={leer} value={wert} onChange={(e) => onWahl(e.target.value)} fehler={fehler} {...(breit && { breit })} {...(fokus && { autoFocus: true })} wahl={(data?.eintraege ?? []).map((o) => ({ wert: o.id, titel: `${o.kennzeichen} ${o.bezeichnung}` }))} />;
}
