import type { Answer } from '#platform/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Fehler, Hinweis, Innen, Laden, Leise, Tabelle, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { zahl } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

type Abfrage = Answer<typeof api.listLangsameAbfragen>['eintraege'][number];
const MEISTE = 20;
const dauer = (ms: number) => (ms < 10_000 ? t('ms', zahl(ms)) : t('s', zahl(Math.round(ms / 1000))));

/** Which statements keep the database busy: what an operator hands on when the application is slow. */
export function Abfragen() {
  const { data, error, refetch } = useAbfrage(api.listLangsameAbfragen, { query: { limit: MEISTE } }, { alle: 60_000 });
  const zeilen = (data?.eintraege ?? []) as readonly Abfrage[];
  return (
    <Tafel titel={t('abfragen')} zahl={data?.gesamt}>
      {error ? <Innen><Fehler kompakt fehler={error} nochmal={() => void refetch()} /></Innen> : !data ? <Laden /> : zeilen.length === 0 ? <Innen><Hinweis ton="gut">{t('keineLangsam')}</Hinweis></Innen> : (
        <Tabelle titel={t('abfragen')} zeilen={zeilen} schluessel={(a) => a.id} spalten={[
          { name: 'text', titel: t('abfrage'), kopf: true, zelle: (a) => <><details className="va-betrieb-abfrage"><summary>{a.text.slice(0, 140)}{a.text.length > 140 && ' …'}</summary><pre tabIndex={0}>{a.text}</pre></details><Leise>{t('zuletzt')} <Zeit wert={a.zuletzt} />, {a.prozesse.map((p) => t(p)).join(', ')}</Leise></> },
          { name: 'anzahl', titel: t('wieOft'), zahl: true, breite: 8, zelle: (a) => t('mal', zahl(a.anzahl)) },
          { name: 'mittel', titel: t('mittel'), zahl: true, breite: 8, schmal: 'weg', zelle: (a) => dauer(a.mittel) },
          { name: 'laengste', titel: t('laengste'), zahl: true, breite: 8, schmal: 'weg', zelle: (a) => dauer(a.laengste) },
          { name: 'dauer', titel: t('zusammen'), zahl: true, breite: 8, zelle: (a) => dauer(a.dauer) },
        ]} />
      )}
      {data && (data.gesamt ?? 0) > MEISTE && <Innen><Leise>{t('nurMeiste', MEISTE)}</Leise></Innen>}
    </Tafel>
  );
}
