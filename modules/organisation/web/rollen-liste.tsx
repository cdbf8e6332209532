import './verwaltung.css';
import { Link } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { Badge, ButtonLink, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Rolle anlegen', 'Create role'], matrix: ['Rollen und Rechte im Überblick', 'Roles and rights at a glance'], rolle: ['Rolle', 'Role'], beschreibung: ['Beschreibung', 'Description'], rechte: ['Rechte', 'Rights'], herkunft: ['Herkunft', 'Origin'], vorgabe: ['Vorgabe des Verbunds', 'default of the Verbund'], abweichend: ['abweichend', 'deviating'], eigene: ['eigene', 'own'],
});
type Rolle = Answer<typeof api.getRolle>;
const herkunft = (r: Rolle) => (r.schluessel === null ? s('eigene') : r.abweichend ? s('abweichend') : s('vorgabe'));

export function Component() {
  const liste = useListe(api.listRollen);
  return (
    <Seite>
      <Seitenkopf titel={t('rollen')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={<><ButtonLink klein icon="schild" to="/verwaltung/rollen/matrix">{s('matrix')}</ButtonLink><ButtonLink art="haupt" klein icon="plus" to="/verwaltung/rollen/neu">{s('neu')}</ButtonLink></>} />
      <div className="va-zwischen">
        <Tafel titel={t('rollen')} titelVersteckt>
          <Liste<Rolle> titel={t('rollen')} liste={liste} idVon={(r) => r.id} dateiname="rollen" spalten={[
            { name: 'bezeichnung', titel: s('rolle'), kopf: true, sort: 'bezeichnung', schmal: 'voll', zelle: (r) => <Link className="va-betreff va-stark" to={`/verwaltung/rollen/${r.id}`}>{r.bezeichnung}</Link>, text: (r) => r.bezeichnung },
            { name: 'beschreibung', titel: s('beschreibung'), schmal: 'voll', zelle: (r) => <span className="va-leise">{r.beschreibung}</span>, text: (r) => r.beschreibung },
            { name: 'herkunft', titel: s('herkunft'), zelle: (r) => <Badge ton={r.abweichend ? 'warnung' : 'neutral'}>{herkunft(r)}</Badge>, text: herkunft },
            { name: 'rechte', titel: s('rechte'), zahl: true, zelle: (r) => zahl(r.erlaubt.length), text: (r) => r.erlaubt.length },
            { name: 'benutzer', titel: t('benutzer'), zahl: true, zelle: (r) => (r.anzahlBenutzer ? <Link to={`/verwaltung/benutzer?rolleId=${r.id}`}>{zahl(r.anzahlBenutzer)}</Link> : '0'), text: (r) => r.anzahlBenutzer },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
