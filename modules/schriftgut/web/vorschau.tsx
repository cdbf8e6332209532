import { useState } from 'react';
import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Button, ButtonLink, Fehler, Icon, Laden } from '#platform/web/kern/index.ts';
import { nah } from '#platform/web/zeit.ts';
import { api, type Dokument } from '../contract.ts';
import { DateiAnsicht, OhneDatei } from './datei-ansicht.tsx';
import { artwort, t } from './texte.ts';

/** A Dokument read beside the list it stands in. */
export function Vorschau({ id, onSchliessen }: { id: string; onSchliessen(): void }) {
  const { data: d, error, refetch } = useAbfrage(api.getDokument, { params: { id: id as never } });
  if (error) return <section className="va-schau va-nurbreit"><Fehler fehler={error} nochmal={() => void refetch()} /></section>;
  if (!d) return <section className="va-schau va-nurbreit"><Laden /></section>;
  return <div className="va-schau va-nurbreit va-vorschau"><Dokumentansicht d={d} fuss={<Fuss d={d} />} aktionen={<>
    <ButtonLink art="leicht" klein nurIcon icon="weiter" to={`/dokumente/${d.id}`}>{t('oeffne')}</ButtonLink><Button art="leicht" klein nurIcon icon="weg" onClick={onSchliessen}>{t('abbrechen')}</Button></>} /></div>;
}

/** The file of the chosen version, the versions above it. */
export function Dokumentansicht({ d, fuss, aktionen }: { d: Dokument; fuss?: React.ReactNode; aktionen?: React.ReactNode }) {
  const [versionId, setVersionId] = useState<string>();
  const mehrere = (d.versionNummer ?? 0) > 1;
  const versionen = useAbfrage(api.listVersionen, { params: { id: d.id as never } }, { aktiv: mehrere && d.rechte.includes('dokument.lesen') }).data?.eintraege;
  const gezeigt = versionen?.find((v) => v.id === versionId) ?? d.aktuelleVersion;
  const datei = gezeigt?.formate[0];
  const kopf = versionen && mehrere && (
    <div className="va-versionen" role="group" aria-label={t('fassungen')}>
      {versionen.map((v) => (
        <button key={v.id} type="button" className="va-version" aria-current={v.id === gezeigt?.id ? 'true' : undefined} onClick={() => setVersionId(v.id)} title={v.bemerkung ?? undefined}>
          {v.id === d.aktuelleVersion?.id && d.finalisiert && <Icon name="schloss" klein />}{v.id === gezeigt?.id ? `${t('fassung')} ${v.nummer}` : `${v.nummer}, ${nah(v.erstelltAm)}`}
        </button>
      ))}
    </div>
  );
  if (datei) return <DateiAnsicht datei={datei} titel={d.betreff} kopf={kopf} fuss={fuss} aktionen={aktionen} />;
  const grund = !d.rechte.includes('dokument.lesen') ? t('nichtLesbar') : d.medium !== 'elektronisch' && d.standort ? t('papier', d.standort) : t('keineDatei');
  return <OhneDatei titel={d.betreff} grund={grund} kopf={kopf} fuss={fuss} />;
}

function Fuss({ d }: { d: Dokument }) {
  const wer = d.art === 'eingang' ? d.absender : d.empfaenger;
  return (
    <div className="va-schaufuss">
      <p className="va-klein"><span className="va-leise">{d.kennzeichen} · {artwort(d.art)}{d.typ ? `, ${d.typ}` : ''}</span> {wer.join(', ')}{d.fremdesGeschaeftszeichen && <span className="va-leise"> · {d.fremdesGeschaeftszeichen}</span>}</p>
      {d.teile.length > 0 && <ul className="va-teile">{d.teile.map((teil) => <li key={teil.id}><Icon name="klammer" klein /><Link to={`/dokumente/${teil.id}`}>{teil.betreff}</Link></li>)}</ul>}
    </div>
  );
}
