import { useAbfrage } from '#platform/web/daten.ts';
import { Checkbox } from '#platform/web/kern/index.ts';
import { api, type RolleId } from '../contract.ts';

/** Which Rollen, as checkboxes: there are a handful. */
export function RollenWahl({ titel, gewaehlt, onWahl, gesperrt = false }: { titel: string; gewaehlt: ReadonlySet<RolleId>; onWahl(rollen: ReadonlySet<RolleId>): void; gesperrt?: boolean }) {
  const rollen = useAbfrage(api.listRollen, { query: { limit: 200 } }).data?.eintraege ?? [];
  const wechsle = (id: RolleId, an: boolean) => { const neu = new Set(gewaehlt); if (an) neu.add(id); else neu.delete(id); onWahl(neu); };
  return (
    <fieldset>
      <legend className="va-klein va-leise">{titel}</legend>
      <div className="va-hakenliste">{rollen.map((r) => <Checkbox key={r.id} label={r.bezeichnung} checked={gewaehlt.has(r.id)} disabled={gesperrt} onChange={(an) => wechsle(r.id, an)} />)}</div>
    </fieldset>
  );
}
