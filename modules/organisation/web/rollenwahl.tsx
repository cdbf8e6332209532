import { useAbfrage } from '#platform/web/daten.ts';
import { Checkbox, Fehler } from '#platform/web/kern/index.ts';
import { api, type RolleId } from '../contract.ts';

/** Which Rollen, as checkboxes: there are a handful. */
export function RollenWahl({ titel, gewaehlt, onWahl }: { titel: string; gewaehlt: readonly RolleId[]; onWahl(rollen: RolleId[]): void }) {
  const { data, error } = useAbfrage(api.listRollen, { query: { limit: 200 } });
  if (error) return <Fehler kompakt fehler={error} />;
  return (
    <fieldset>
      <legend className="kern-sr-only">{titel}</legend>
      <div className="va-hakenliste">{data?.eintraege.map((r) => <Checkbox key={r.id} label={r.bezeichnung} checked={gewaehlt.includes(r.id)} onChange={(an) => onWahl(an ? [...gewaehlt, r.id] : gewaehlt.filter((x) => x !== r.id))} />)}</div>
    </fieldset>
  );
}
