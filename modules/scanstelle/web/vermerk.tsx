import './scanstelle.css';
import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Angaben, Badge, ButtonDownload } from '#platform/web/kern/index.ts';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

/** That picture and paper agree: one line, and all of it for whoever wants to know. */
export default function Vermerk({ eingangId }: { eingangId: string }) {
  const { data } = useAbfrage(api.getTransfervermerk, { params: { id: eingangId as never } });
  if (!data) return null;
  const wer = (w: { von: string | null; am: string | null }) => [w.von, w.am && zeitpunkt(w.am)].filter(Boolean).join(', ');
  return (
    <details className="va-vermerk">
      <summary>{t('vermerk')} <Badge ton={data.unveraendert ? 'gut' : 'gefahr'}>{data.unveraendert ? t('vermerkGut') : t('vermerkSchlecht')}</Badge></summary>
      <p>{data.erklaerung}</p>
      <Angaben daten={[
        { titel: t('stapel'), wert: data.stapel.nummer }, { titel: t('station'), wert: data.stapel.station }, { titel: t('profil'), wert: data.stapel.profil }, { titel: t('gescanntVon'), wert: wer(data.gescannt) }, { titel: t('geprueftAm'), wert: wer(data.geprueft) }, { titel: t('uebernommenAm'), wert: wer(data.uebernommen) },
        { titel: t('quellen'), wert: data.quellen.map((q) => `${q.dateiname}, ${t('seiten')} ${q.seiten.join(', ')}`).join('; ') }, { titel: t('aenderungen'), wert: data.aenderungen.join('; ') || t('keine') }, { titel: 'SHA-256', wert: <code className="va-hash">{data.sha256}</code> },
      ]} />
      <ButtonDownload klein href={downloadUrl(api.downloadTransfervermerk, { params: { id: eingangId as never } })}>{t('vermerkDruck')}</ButtonDownload>
    </details>
  );
}
