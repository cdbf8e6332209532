import { Link } from 'react-router';
import { Icon, Leer, Seite, Seitenkopf } from '../kern/index.ts';
import { useSlot } from '../sitzung.tsx';
import { katalog } from '../text.ts';

const t = katalog({ titel: ['Verwaltung', 'Administration'], leer: ['Für Ihre Rolle gibt es hier nichts zu verwalten.', 'There is nothing to administer here for your role.'] });

/** The pages of the administration that this person may use, each with one sentence. */
export function Component() {
  const eintraege = useSlot('verwaltung.eintrag');
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} />
      {eintraege.length === 0 ? <Leer icon="zahnrad">{t('leer')}</Leer> : (
        <ul className="va-kacheln">{eintraege.map((e) => <li key={e.pfad} className="va-tafel"><Icon name={e.icon} /><Link to={e.pfad}>{e.titel()}</Link><p className="va-klein va-leise">{e.text()}</p></li>)}</ul>
      )}
    </Seite>
  );
}
