import type { ComponentProps } from 'react';
import { Button } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import type { Eintrag } from '#platform/web/module.ts';
import { name } from './texte.ts';
import { AktenplaneinheitWahl } from './wahl.tsx';

const t = katalog({ dazu: ['Sachgebiet hinzufügen', 'Add a subject'], weg: [(was: string) => `${was} entfernen`, (was: string) => `Remove ${was}`], leer: ['Noch kein Sachgebiet gewählt.', 'No subject chosen yet.'] });

/** The subjects of a Vertretung: units of the plan, each with all that stands below. */
export default function Sachgebiete({ gewaehlt, onWahl }: ComponentProps<Eintrag<'vertretung.sachgebiet'>['Inhalt']>) {
  return (
    <div className="va-unter">
      {gewaehlt.length === 0 ? <p className="va-leise">{t('leer')}</p> : (
        <ul className="va-zeilenliste">{gewaehlt.map((g) => <li key={g.id}><span>{g.bezeichnung}</span><Button art="leicht" klein nurIcon icon="weg" onClick={() => onWahl(gewaehlt.filter((x) => x.id !== g.id))}>{t('weg', g.bezeichnung)}</Button></li>)}</ul>
      )}
      <AktenplaneinheitWahl label={t('dazu')} wert={undefined} onWahl={(e) => { if (e && !gewaehlt.some((g) => g.id === e.id)) onWahl([...gewaehlt, { id: e.id, bezeichnung: name(e) }]); }} />
    </div>
  );
}
