import './protokoll.css';
import { Link } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Aktenzeichen, Icon, Leer, Unsichtbar, Zeit } from '#platform/web/kern/index.ts';
import { Liste, useListe, type Filter, type ListenSpalte } from '#platform/web/liste/index.ts';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { api, type Verlaufseintrag } from '../contract.ts';
import { t } from './texte.ts';

type E = Verlaufseintrag;
const FILTER = ['akteur', 'art', 'von', 'bis'] as const;

/** The history of one object, or without `objekt` that of the Mandant: who, when, what, from what to what. */
export function Eintraege({ titel, objekt, ohne = [] }: { titel: string; objekt?: string; ohne?: readonly string[] | undefined }) {
  const praefix = objekt === undefined ? '' : 'v.';
  const liste = useListe(api.listEreignisse, { filter: FILTER, praefix, ...(objekt !== undefined && { fest: { objekt } }) });
  const { data } = useAbfrage(api.getEreignisfilter, { query: objekt === undefined ? {} : { objekt } });
  const filter: Filter[] = [
    ...(objekt === undefined ? [] : [{ name: 'akteur', titel: t('wer'), art: 'auswahl' as const, wahl: (data?.akteure ?? []).map(({ id, name }) => ({ wert: id, titel: name })) }]),
    { name: 'art', titel: t('art'), art: 'mehrfach', wahl: (data?.arten ?? []).map(({ art, bezeichnung }) => ({ wert: art, titel: bezeichnung })) },
    { name: 'von', titel: t('von'), art: 'datum' }, { name: 'bis', titel: t('bis'), art: 'datum' },
  ];
  const spalten: ListenSpalte<E>[] = [
    { name: 'zeit', titel: t('zeit'), sort: 'zeit', breite: 8, zelle: (e) => <Zeit wert={e.zeit} />, text: (e) => zeitpunkt(e.zeit) },
    { name: 'was', titel: t('was'), kopf: true, schmal: 'voll', zelle: (e) => <Satz eintrag={e} ohne={objekt === undefined ? ohne : [objekt, ...ohne]} />, text: (e) => [`${e.wer.name} ${e.text}`, ...neues(e).map((a) => `${a.bezeichnung}: ${a.alt ?? t('nichts')} → ${a.neu ?? t('nichts')}`)].join('; ') },
    { name: 'siegel', titel: t('siegel'), breite: 4, schmal: 'weg', zelle: (e) => <Siegelzeichen versiegelt={e.versiegelt} />, text: (e) => (e.versiegelt ? t('versiegelt') : t('nochNicht')) },
  ];
  return <Liste titel={titel} liste={liste} idVon={(e: E) => String(e.id)} spalten={spalten} filter={filter} dateiname="protokoll" leer={<Leer icon="uhr">{t('leer')}</Leer>} />;
}

function Satz({ eintrag: e, ohne }: { eintrag: E; ohne: readonly string[] }) {
  const andere = e.objekte.filter((o) => !ohne.includes(o.id) && (o.titel !== null || o.kennzeichen !== null));
  return (
    <div className="va-verlauf">
      <p><span className="va-stark">{e.wer.name}</span> {e.text}{e.vertreten && <>, {t('inVertretung', e.vertreten.name)}</>}{e.weg === 'api' && <span className="va-leise"> ({t('ueberApi')})</span>}</p>
      <Aenderungen eintrag={e} />
      {e.verdeckt && <p className="va-klein va-leise">{t('verdeckt')}</p>}
      {andere.length > 0 && (
        <ul className="va-verlauf__objekte" aria-label={t('betrifft')}>
          {andere.slice(0, 4).map((o) => {
            const name = <>{o.kennzeichen && <Aktenzeichen wert={o.kennzeichen} />} {o.titel}</>;
            return <li key={o.id}><span className="va-leise">{o.bezeichnung}</span> {o.pfad ? <Link to={o.pfad}>{name}</Link> : name}</li>;
          })}
          {e.weitereObjekte + Math.max(0, andere.length - 4) > 0 && <li className="va-leise">{t('weitere', e.weitereObjekte + Math.max(0, andere.length - 4))}</li>}
        </ul>
      )}
    </div>
  );
}

/** Changes that the sentence has not told already. */
const neues = ({ aenderungen, text }: E) => (aenderungen.every((a) => text.includes(`${a.bezeichnung} von `)) ? [] : aenderungen);

/** Old struck through, new beside it; the words say it for who does not see the line. */
function Aenderungen({ eintrag }: { eintrag: E }) {
  const liste = neues(eintrag);
  if (liste.length === 0) return null;
  return (
    <dl className="va-verlauf__werte">
      {liste.map(({ feld, bezeichnung, alt, neu }, i) => (
        <div key={`${feld} ${i}`}>
          <dt>{bezeichnung}</dt>
          <dd>{alt !== null && <><Unsichtbar>{t('vorher')}: </Unsichtbar><del>{alt}</del> </>}<Unsichtbar>{t('nachher')}: </Unsichtbar>{neu === null ? <span className="va-leise">{t('nichts')}</span> : <ins>{neu}</ins>}</dd>
        </div>
      ))}
    </dl>
  );
}

const Siegelzeichen = ({ versiegelt }: { versiegelt: boolean }) => (
  <span className={versiegelt ? 'va-verlauf__siegel' : 'va-leise'} title={versiegelt ? t('versiegelt') : t('nochNicht')}><Icon name={versiegelt ? 'schild' : 'uhr'} klein /><Unsichtbar>{versiegelt ? t('versiegelt') : t('nochNicht')}</Unsichtbar></span>
);
