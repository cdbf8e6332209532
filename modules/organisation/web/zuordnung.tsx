import { useState } from 'react';
import { Button, Checkbox } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import type { OrganisationseinheitId } from '../contract.ts';
import { OrganisationseinheitWahl, useEinheiten } from './einheiten.tsx';
import { t } from './texte.ts';

const s = katalog({
  leer: ['Noch keiner Organisationseinheit zugeordnet.', 'Not assigned to any organisational unit yet.'], waehlen: ['Bitte wählen', 'Please choose'], dazu: ['Weitere Organisationseinheit', 'Further organisational unit'],
  leitungVon: [(was: string) => `Leitung von ${was}`, (was: string) => `Head of ${was}`], weg: [(was: string) => `${was} entfernen`, (was: string) => `Remove ${was}`],
});
export type Zuordnung = { organisationseinheitId: OrganisationseinheitId; leitung: boolean };

/** The OEs of a person and which of them she leads. Adding and removing happen at once in the form; its button saves. */
export function ZuordnungWahl({ wert, onWert }: { wert: readonly Zuordnung[]; onWert(wert: Zuordnung[]): void }) {
  const { data = [] } = useEinheiten({ nurGueltige: false });
  const [neu, setNeu] = useState('');
  const name = (id: string) => { const e = data.find((x) => x.id === id); return e ? `${e.kennzeichen} ${e.bezeichnung}` : '…'; };
  return (
    <div className="va-gitter">
      {wert.length === 0 && <p className="va-leise">{s('leer')}</p>}
      <ul className="va-zeilenliste">
        {wert.map((z) => (
          <li key={z.organisationseinheitId}>
            <span>{name(z.organisationseinheitId)}</span>
            <Checkbox label={t('leitung')} aria-label={s('leitungVon', name(z.organisationseinheitId))} checked={z.leitung} onChange={(leitung) => onWert(wert.map((x) => (x === z ? { ...z, leitung } : x)))} />
            <Button art="leicht" klein nurIcon icon="weg" onClick={() => onWert(wert.filter((x) => x !== z))}>{s('weg', name(z.organisationseinheitId))}</Button>
          </li>
        ))}
      </ul>
      <OrganisationseinheitWahl label={s('dazu')} leer={s('waehlen')} value={neu} ausser={new Set(wert.map((z) => z.organisationseinheitId))}
        onChange={(e) => { if (e.target.value) onWert([...wert, { organisationseinheitId: e.target.value as OrganisationseinheitId, leitung: false }]); setNeu(''); }} />
    </div>
  );
}
