import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Aktenzeichen, ButtonLink, Fehler, Laden, Leer, Tabelle, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

const tt = katalog({ titel: ['Meine offenen Vorgänge', 'My open cases'], leer: ['Ihnen ist kein offener Vorgang zugeordnet.', 'No open case is assigned to you.'], alle: ['Alle meine Akten', 'All my files'] });

/** On the desk: the Vorgänge I work on, last changed first (UX-01). */
export default function MeineVorgaenge() {
  const { data, error, refetch } = useAbfrage(api.listVorgaenge, { query: { eigene: 'true', status: ['in_bearbeitung'], sort: '-geaendertAm', limit: 12 } });
  return (
    <Tafel titel={tt('titel')} zahl={data?.gesamt} aktionen={<ButtonLink art="leicht" klein to="/akten?eigene=true">{tt('alle')}</ButtonLink>}>
      {error ? <Fehler kompakt fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.gesamt === 0 ? <Leer icon="vorgang">{tt('leer')}</Leer> : (
        <Tabelle titel={tt('titel')} zeilen={data.eintraege} schluessel={(v) => v.id} spalten={[
          { name: 'betreff', titel: t('vorgang'), kopf: true, schmal: 'voll', zelle: (v) => <Link className="va-betreff" to={`/vorgaenge/${v.id}`}>{v.betreff}</Link> },
          { name: 'akte', titel: t('akte'), zelle: (v) => v.akte && <Link className="va-betreff va-klein" to={`/akten/${v.akte.id}`}><Aktenzeichen wert={v.akte.aktenzeichen} /> <span className="va-nurbreit">{v.akte.betreff}</span></Link> },
          { name: 'geaendert', titel: t('geaendert'), zahl: true, breite: 8, zelle: (v) => <Zeit className="va-klein va-leise" wert={v.geaendertAm} /> },
        ]} />
      )}
    </Tafel>
  );
}
