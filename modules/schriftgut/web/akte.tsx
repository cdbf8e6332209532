import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, ButtonLink, Checkbox, Fehler, Laden } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { useTaste } from '#platform/web/tasten.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, type Akte } from '../contract.ts';
import { BLEIBT, GrundDialog, Hindernisse, Statusmarke, useGesehen } from './teile.tsx';
import { Objektkopf, Objektseite, StornoHinweis, StornoMarke } from './rahmen.tsx';
import { mediumwort, t } from './texte.ts';
import { UmschreibenDialog } from './umschreiben.tsx';

export function Component() {
  const { id = '' } = useParams();
  const { data: a, error, refetch } = useAbfrage(api.getAkte, { params: { id: id as never } });
  useGesehen('akte', a?.id);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!a) return <Laden />;
  return <Objektseite key={a.id} x={{ typ: 'akte', o: a }} kopf={<Kopf a={a} />} />;
}

/** »2026 bis 2031«, »seit 05.10.2026« while it is open. */
export const laufzeitText = ({ laufzeit: l, status }: Pick<Akte, 'laufzeit' | 'status'>) =>
  (l.beginn === null ? '' : status === 'in_bearbeitung' && !l.endeUebersteuert ? t('seit', datum(l.beginn)) : l.ende === null ? t('seit', datum(l.beginn)) : t('vonBis', datum(l.beginn), datum(l.ende)));
export function aufbewahrungText(a: Akte['aussonderung']) {
  const dauer = a.aufbewahrung.wert === 'unbefristet' ? 'dauernd' : a.aufbewahrung.wert === null ? '' : `${a.aufbewahrung.wert} Jahre`;
  const text = [dauer, a.art.wert].filter(Boolean).join(', ');
  return text ? <>{text}{a.aufbewahrungsende && ` (${datum(a.aufbewahrungsende)})`} {a.aufbewahrung.herkunft && <span className="va-leise va-klein">({t('aus', a.aufbewahrung.herkunft.bezeichnung)})</span>}</> : null;
}

function Kopf({ a }: { a: Akte }) {
  const { darf } = useSitzung();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'schliessen' | 'oeffnen' | 'umschreiben'>();
  const zu = () => setDialog(undefined);
  const zurueckholen = useAuftrag(api.deleteStornoAkte);
  const hat = (recht: string) => a.rechte.includes(`akte.${recht}`);
  const offen = a.status === 'in_bearbeitung' && !a.storniert;
  const darfAblegen = offen && hat('bearbeiten');
  useTaste('n', t('vorgangAnlegen'), () => void navigate(`/vorgaenge/neu?akte=${a.id}`), { aktiv: darfAblegen && darf('vorgang.anlegen') });
  const beteiligt = a.kontakte.find((k) => k.rolle) ?? a.kontakte[0];
  return (
    <Objektkopf x={{ typ: 'akte', o: a }} marken={<><StornoMarke x={{ typ: 'akte', o: a }} />{!a.storniert && <Statusmarke status={a.status} zdaAm={a.zdaAm} />}</>}
      hinweis={<StornoHinweis x={{ typ: 'akte', o: a }} zurueck={hat('stornieren') && <Button art="leicht" klein icon="zurueckholen" laeuft={zurueckholen.laeuft} onClick={() => zurueckholen.starten({ params: { id: a.id } })}>{t('stornoZuruecknehmen')}</Button>} />}
      daten={[
        { titel: t('federfuehrung'), wert: `${a.federfuehrung.kennzeichen} ${a.federfuehrung.bezeichnung}` }, { titel: t('bearbeitung'), wert: a.bearbeiter?.name, breit: true }, { titel: t('laufzeit'), wert: laufzeitText(a), breit: true },
        ...(beteiligt ? [{ titel: beteiligt.rolle ?? t('beteiligte'), wert: beteiligt.name }] : []), { titel: t('medium'), wert: mediumwort(a.medium), breit: true }, { titel: t('aufbewahrung'), wert: aufbewahrungText(a.aussonderung), breit: true },
      ]}
      reiter={[
        { pfad: `/akten/${a.id}`, titel: t('inhalt'), zahl: a.anzahl.dokumente, ende: true }, { pfad: `/akten/${a.id}/angaben`, titel: t('angaben') },
        { pfad: `/akten/${a.id}/beteiligte`, titel: t('beteiligte'), zahl: a.kontakte.length || undefined }, { pfad: `/akten/${a.id}/verweise`, titel: t('verweise'), zahl: a.verweise.length || undefined },
      ]}
      aktionen={<>
        {darfAblegen && darf('dokument.anlegen') && <ButtonLink klein icon="plus" to={`/akten/${a.id}?ablegen=ja`} state={BLEIBT}>{t('neuesDokument')}</ButtonLink>}
        {darfAblegen && darf('vorgang.anlegen') && <ButtonLink klein icon="plus" taste="n" to={`/vorgaenge/neu?akte=${a.id}`}>{t('neuerVorgang')}</ButtonLink>}
        {offen && hat('abschliessen') && <Button klein icon="haken" onClick={() => setDialog('schliessen')}>{t('schliessen')}</Button>}
        {a.status === 'zda' && hat('wiedereroeffnen') && <Button klein icon="zurueckholen" onClick={() => setDialog('oeffnen')}>{t('oeffnen')}</Button>}
      </>}
      menue={<>
        {offen && hat('bearbeiten') && <li><Link to={`/akten/${a.id}/bearbeiten`} state={BLEIBT}>{t('bearbeiten')}</Link></li>}
        {darfAblegen && hat('anlegen') && <li><Link to={`/akten/neu?akte=${a.id}`}>{t('teilakteAnlegen')}</Link></li>}
        {offen && hat('verschieben') && <li><button type="button" onClick={() => setDialog('umschreiben')}>{t('umschreiben')} …</button></li>}
      </>}
      dialoge={<>
        <SchliessenDialog a={a} offen={dialog === 'schliessen'} onSchliessen={zu} />
        <GrundDialog titel={t('oeffnen')} knopf={t('oeffnen')} text={`${a.aktenzeichen} ${a.betreff}`} operation={api.reopenAkte} offen={dialog === 'oeffnen'} onSchliessen={zu} hindernisse={a.hindernisse.wiedereroeffnen} input={(grund) => ({ params: { id: a.id as never }, body: { grund } })} />
        <UmschreibenDialog a={a} offen={dialog === 'umschreiben'} onSchliessen={zu} />
      </>} />
  );
}

function SchliessenDialog({ a, offen, onSchliessen }: { a: Akte; offen: boolean; onSchliessen(): void }) {
  const [mit, setMit] = useState(false);
  const nurVorgaenge = a.hindernisse.schliessen.every((h) => h.code === 'offene_vorgaenge');
  const gehindert = a.hindernisse.schliessen.length > 0 && !(nurVorgaenge && mit);
  const jahre = a.aussonderung.aufbewahrung.wert;
  return (
    <GrundDialog titel={t('schliessenAkte')} knopf={t('schliessenAkte')} ohneGrund text={<>{t('schliessenText')} {typeof jahre === 'number' && t('frist', datum(`${new Date().getFullYear() + jahre}-12-31`))}</>} operation={api.closeAkte} offen={offen} onSchliessen={onSchliessen}
      hindernisse={gehindert && !nurVorgaenge ? a.hindernisse.schliessen : []} gesperrt={gehindert} input={() => ({ params: { id: a.id as never }, body: { mitVorgaengen: mit } })}>
      {nurVorgaenge && a.hindernisse.schliessen.length > 0 && <><Hindernisse liste={a.hindernisse.schliessen} /><Checkbox label={t('mitVorgaengen')} checked={mit} onChange={setMit} /></>}
    </GrundDialog>
  );
}
