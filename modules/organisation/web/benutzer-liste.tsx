import './verwaltung.css';
import { Link } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, ButtonLink, Seite, Seitenkopf, Tafel, type Ton } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { baumVon, flach, useEinheiten } from './einheiten.tsx';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Benutzer anlegen', 'Create user'], offen: ['Kennwort noch zu ändern', 'Password still to change'], fremd: ['Konto einer anderen Verwaltung', 'Account of another authority'], suchhilfe: ['Name, Funktion, E-Mail', 'Name, function, e-mail'], nurGesperrte: ['gesperrt', 'locked'], nurAktive: ['aktiv', 'active'],
});
type Benutzer = Answer<typeof api.getBenutzer>;
export const standVon = (b: Benutzer): { ton: Ton; wort: string } => (b.gesperrt ? { ton: 'gefahr', wort: t('gesperrt') } : b.konto?.passwortAendern ? { ton: 'warnung', wort: s('offen') } : { ton: 'gut', wort: t('aktiv') });
const einheitenVon = (b: Benutzer) => b.organisationseinheiten.map((o) => `${o.kennzeichen} ${o.bezeichnung}${o.leitung ? ` (${t('leitung')})` : ''}`).join(', ');

export function Component() {
  const liste = useListe(api.listBenutzer, { filter: ['q', 'organisationseinheitId', 'rolleId', 'gesperrt'] });
  const einheiten = flach(baumVon(useEinheiten({ nurGueltige: false }).data ?? []));
  const rollen = useAbfrage(api.listRollen, { query: { limit: 200 } }).data?.eintraege ?? [];
  return (
    <Seite>
      <Seitenkopf titel={t('benutzer')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={<ButtonLink art="haupt" klein icon="plus" to="/verwaltung/benutzer/neu">{s('neu')}</ButtonLink>} />
      <div className="va-zwischen">
        <Tafel titel={t('benutzer')} titelVersteckt>
          <Liste<Benutzer> titel={t('benutzer')} liste={liste} idVon={(b) => b.id} dateiname="benutzer" zeilenKlasse={(b) => (b.gesperrt ? 'va-leise' : '')} filter={[
            { name: 'q', titel: t('suchen'), art: 'text', platzhalter: s('suchhilfe') },
            { name: 'organisationseinheitId', titel: t('einheit'), art: 'auswahl', wahl: einheiten.map(({ einheit: e, ebene }) => ({ wert: e.id, titel: `${'\u2003'.repeat(ebene)}${e.kennzeichen} ${e.bezeichnung}` })) },
            { name: 'rolleId', titel: t('rollen'), art: 'mehrfach', wahl: rollen.map((r) => ({ wert: r.id, titel: r.bezeichnung })) },
            { name: 'gesperrt', titel: t('stand'), art: 'auswahl', wahl: [{ wert: 'false', titel: s('nurAktive') }, { wert: 'true', titel: s('nurGesperrte') }] },
          ]} spalten={[
            { name: 'name', titel: t('name'), kopf: true, sort: 'name', schmal: 'voll', zelle: (b) => <Link className="va-betreff va-stark" to={`/verwaltung/benutzer/${b.id}`}>{[b.nachname, [b.titel, b.vorname].filter(Boolean).join(' ')].filter(Boolean).join(', ')}</Link>, text: (b) => b.name },
            { name: 'funktion', titel: t('funktion'), schmal: 'voll', zelle: (b) => b.funktion, text: (b) => b.funktion },
            { name: 'einheiten', titel: t('einheiten'), schmal: 'voll', zelle: einheitenVon, text: einheitenVon },
            { name: 'rollen', titel: t('rollen'), schmal: 'voll', zelle: (b) => b.rollen.map((r) => r.bezeichnung).join(', '), text: (b) => b.rollen.map((r) => r.bezeichnung).join(', ') },
            { name: 'konto', titel: t('anmeldename'), schmal: 'weg', zelle: (b) => (b.konto ? <>{b.konto.anmeldename}{b.konto.fremd && <> <Badge>{s('fremd')}</Badge></>}</> : '–'), text: (b) => b.konto?.anmeldename },
            { name: 'stand', titel: t('stand'), zelle: (b) => <Badge ton={standVon(b).ton}>{standVon(b).wort}</Badge>, text: (b) => standVon(b).wort },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
