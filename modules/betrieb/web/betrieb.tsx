import './betrieb.css';
import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Angaben, Fehler, Hinweis, Innen, Laden, Seite, Seitenkopf, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { groesse, zahl } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { Abfragen } from './abfragen.tsx';
import { Ablage } from './ablage.tsx';
import { Auftraege } from './auftraege.tsx';
import { t } from './texte.ts';
import { Virenschutz } from './virenschutz.tsx';

/** For the people who run the installation: what is stuck, what is damaged, what runs. */
export function Component() {
  const { darf } = useSitzung();
  return (
    <Seite>
      <Seitenkopf titel={t('betrieb')} />
      <div className="va-zwischen">
        <Gescheitert />
        <Sicherung />
        <div className="va-betrieb-lage">
          <Lage />
          {darf('ablage.pruefen') && <Ablage />}
        </div>
        {darf('ablage.pruefen') && <Virenschutz />}
        <Auftraege />
        {darf('betrieb.abfragen.sehen') && <Abfragen />}
      </div>
    </Seite>
  );
}

/** What needs a person comes first; everything else runs by itself. */
function Gescheitert() {
  const { data } = useAbfrage(api.listJobs, { query: { zustand: ['fehlgeschlagen'], limit: 1 } }, { alle: 10_000 });
  if (!data) return null;
  if (data.gesamt === 0) return <Hinweis ton="gut">{t('keinGescheiterter')}</Hinweis>;
  return <Hinweis ton="gefahr" titel={t('gescheitert', data.gesamt)} aktion={<Link to="?zustand=fehlgeschlagen" state={{ fokus: 'bleibt' }}>{t('ansehen')}</Link>}>{t('gescheitertText')}</Hinweis>;
}

/** A backup that does not come is seen here before it is needed. */
function Sicherung() {
  const { data } = useAbfrage(api.getBetriebslage, {}, { alle: 10_000 });
  if (!data) return null;
  if (data.sicherung === null) return <Hinweis ton="warnung" titel={t('ohneSicherung')}>{t('ohneSicherungText')}</Hinweis>;
  return data.sicherung.veraltet ? <Hinweis ton="gefahr" titel={t('veraltet')}>{t('veraltetText')}</Hinweis> : null;
}

function Lage() {
  const { data, error, refetch } = useAbfrage(api.getBetriebslage, {}, { alle: 10_000 });
  const namen = { wartend: t('wartet'), geplant: t('geplant'), laeuft: t('inArbeit'), fehlgeschlagen: t('tot') };
  return (
    <Tafel titel={t('lage')}>
      <Innen>
        {error ? <Fehler kompakt fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : <Angaben daten={[
          { titel: t('version'), wert: `${data.version} (Node ${data.node})` },
          { titel: t('datenbank'), wert: t('postgres', data.datenbank.fassung, groesse(data.datenbank.bytes)) },
          { titel: t('stand'), wert: `${t('migrationen', data.datenbank.migrationen)}, ${data.datenbank.letzteMigration}` },
          { titel: t('laeuftSeit'), wert: <Zeit wert={data.datenbank.seit} /> },
          ...(data.sicherung ? [
            { titel: t('gesichertBis'), wert: data.sicherung.bis ? <><Zeit wert={data.sicherung.bis} /> ({data.sicherung.dauernd ? t('laufend') : t('einzeln')})</> : t('nie') },
            { titel: t('grundsicherung'), wert: data.sicherung.grundsicherung ? <Zeit wert={data.sicherung.grundsicherung} /> : t('nie') },
          ] : []),
          ...data.warteschlange.map(({ zustand, anzahl, aeltester }) => ({
            titel: `${t('warteschlange')}: ${namen[zustand]}`, wert: anzahl === 0 ? t('keiner') : <>{zahl(anzahl)}{aeltester && zustand !== 'geplant' && <>, {t('seit')} <Zeit wert={aeltester} /></>}</>,
          })),
        ]} />}
      </Innen>
    </Tafel>
  );
}
