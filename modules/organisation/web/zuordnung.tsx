import { Button, Checkbox } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import type { OrganisationseinheitId } from '../contract.ts';
import { OrganisationseinheitWahl, useEinheiten } from './einheiten.tsx';
import { t } from './texte.ts';

const s = katalog({
  leer: ['Noch keiner Organisationseinheit zugeordnet.', 'Not assigned to any organisational unit yet.'], waehlen: ['Bitte wählen', 'Please choose'], dazu: ['Organisationseinheit hinzufügen', 'Add organisational unit'], ungueltig: ['gilt heute nicht, gibt keine Rechte', 'not valid today, gives no rights'],
  leitungVon: [(was: string) => `Leitung von ${was}`, (was: string) => `Head of ${was}`], weg: [(was: string) => `${was} entfernen`, (was: string) => `Remove ${was}`],
});
export type Zuordnung = { organisationseinheitId: OrganisationseinheitId; leitung: boolean };

/** The OEs of a person and which of them she leads. Adding and removing happen at once in the form; its button saves. */
export function ZuordnungWahl({ wert, onWert }: { wert: readonly Zuordnung[]; onWert(wert: Zuordnung[]): void }) {
  const { data = [] } = useEinheiten({ nurGueltige: false });
  const finde = (id: string) => data.find((x) => x.id === id);
  const name = (id: string) => { const e = finde(id); return e ? `${e.kennzeichen} ${e.bezeichnung}` : '…'; };
  return (
    <div className="va-unter">
      {wert.length === 0 ? <p className="va-leise">{s('leer')}</p> : (
        <ul className="va-zeilenliste">
          {wert.map((z) => (
            <li key={z.organisationseinheitId}>
              <span>{name(z.organisationseinheitId)}{finde(z.organisationseinheitId)?.gueltig === false && <span className="va-klein va-leise"> · {s('ungueltig')}</span>}</span>
              <Checkbox label={t('leitung')} aria-label={s('leitungVon', name(z.organisationseinheitId))} checked={z.leitung} onChange={(leitung) => onWert(wert.map((x) => (x === z ? { ...z, leitung } : x)))} />
              <Button art="leicht" klein nurIcon icon="weg" onClick={() => onWert(wert.filter((x) => x !== z))}>{s('weg', name(z.organisationseinheitId))}</Button>
            </li>
          ))}
        </ul>
      )}
      <OrganisationseinheitWahl label={s('dazu')} leer={s('waehlen')} value="" ausser={new Set(wert.map((z) => z.organisationseinheitId))}
        onChange={(e) => { if (e.target.value) onWert([...wert, { organisationseinheitId: e.target.value as OrganisationseinheitId, leitung: false }]); }} />
    </div>
  );
}
