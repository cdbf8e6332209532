import './verwaltung.css';
import { Link } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { Badge, ButtonLink, Kuerzel, Leise, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({ neu: ['Mandant anlegen', 'Create Mandant'], name: ['Mandant', 'Mandant'], kennung: ['Behördenkennung', 'Authority identifier'], ars: ['Regionalschlüssel', 'Regional code'], verbund: ['Verbund', 'Verbund'], ruht: ['stillgelegt', 'closed'] });
type Mandant = Answer<typeof api.getMandant>;
const stand = (m: Mandant) => (m.art === 'verbund' ? s('verbund') : m.aktiv ? t('aktiv') : s('ruht'));

export function Component() {
  const liste = useListe(api.listMandanten, { filter: ['q'] });
  return (
    <Seite>
      <Seitenkopf titel={t('mandanten')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={<ButtonLink art="haupt" klein icon="plus" to="/verwaltung/mandanten/neu">{s('neu')}</ButtonLink>} />
      <div className="va-zwischen">
        <Tafel titel={t('mandanten')} titelVersteckt>
          <Liste<Mandant> titel={t('mandanten')} liste={liste} idVon={(m) => m.id} dateiname="mandanten" filter={[{ name: 'q', titel: t('suchen'), art: 'text' }]} spalten={[
            { name: 'name', titel: s('name'), kopf: true, sort: 'name', schmal: 'voll', zelle: (m) => <span className="va-reihe"><Kuerzel mandant={m} /><Link className="va-betreff va-stark" to={`/verwaltung/mandanten/${m.id}`}>{m.name}</Link>{m.bezeichnung && <Leise>{m.bezeichnung}</Leise>}</span>, text: (m) => m.name },
            { name: 'kuerzel', titel: t('kuerzel'), sort: 'kuerzel', schmal: 'weg', zelle: (m) => m.kuerzel, text: (m) => m.kuerzel },
            { name: 'kennung', titel: s('kennung'), schmal: 'weg', zelle: (m) => m.behoerdenkennung ?? '–', text: (m) => m.behoerdenkennung },
            { name: 'ars', titel: s('ars'), schmal: 'weg', zelle: (m) => m.ars ?? '–', text: (m) => m.ars },
            { name: 'stand', titel: t('stand'), zelle: (m) => <Badge ton={m.art === 'verbund' ? 'info' : m.aktiv ? 'gut' : 'neutral'}>{stand(m)}</Badge>, text: stand },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
