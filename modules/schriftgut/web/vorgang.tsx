import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, ButtonLink, Ergebnis, Fehler, Laden } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type Vorgang } from '../contract.ts';
import { aufbewahrungText, laufzeitText } from './akte.tsx';
import { BLEIBT, GrundDialog, Statusmarke, useGesehen } from './teile.tsx';
import { Objektkopf, Objektseite, StornoHinweis, StornoMarke } from './rahmen.tsx';
import { t } from './texte.ts';
import { VorgangVerschieben } from './verschieben.tsx';

export function Component() {
  const { id = '' } = useParams();
  const { data: v, error, refetch } = useAbfrage(api.getVorgang, { params: { id: id as never } });
  useGesehen('vorgang', v?.id);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!v) return <Laden />;
  return <Objektseite key={v.id} x={{ typ: 'vorgang', o: v }} kopf={<Kopf v={v} />} />;
}

function Kopf({ v }: { v: Vorgang }) {
  const { darf } = useSitzung();
  const [dialog, setDialog] = useState<'schliessen' | 'oeffnen' | 'verschieben'>();
  const [ergebnis, setErgebnis] = useState('');
  const zu = () => setDialog(undefined);
  const zurueckholen = useAuftrag(api.deleteStornoVorgang);
  const hat = (recht: string) => v.rechte.includes(`vorgang.${recht}`);
  const offen = v.status === 'in_bearbeitung' && !v.storniert;
  const x = { typ: 'vorgang' as const, o: v };
  return (
    <Objektkopf x={x} marken={<><StornoMarke x={x} />{!v.storniert && <Statusmarke status={v.status} zdaAm={v.zdaAm} />}</>}
      hinweis={<><StornoHinweis x={x} zurueck={hat('stornieren') && <Button art="leicht" klein icon="zurueckholen" laeuft={zurueckholen.laeuft} onClick={() => zurueckholen.starten({ params: { id: v.id as never } })}>{t('stornoZuruecknehmen')}</Button>} />{ergebnis && <Ergebnis>{t('verschoben', ergebnis)}</Ergebnis>}</>}
      daten={[
        { titel: t('akte'), wert: v.akte && <Link to={`/akten/${v.akte.id}`}>{v.akte.aktenzeichen} {v.akte.betreff}</Link> }, { titel: t('federfuehrung'), wert: `${v.federfuehrung.kennzeichen} ${v.federfuehrung.bezeichnung}`, breit: true },
        { titel: t('bearbeitung'), wert: v.bearbeiter?.name, breit: true }, { titel: t('laufzeit'), wert: laufzeitText(v), breit: true }, { titel: t('aufbewahrung'), wert: aufbewahrungText(v.aussonderung), breit: true },
      ]}
      reiter={[
        { pfad: `/vorgaenge/${v.id}`, titel: t('inhalt'), zahl: v.anzahl.dokumente, ende: true }, { pfad: `/vorgaenge/${v.id}/angaben`, titel: t('angaben') },
        { pfad: `/vorgaenge/${v.id}/beteiligte`, titel: t('beteiligte'), zahl: v.kontakte.length || undefined }, { pfad: `/vorgaenge/${v.id}/verweise`, titel: t('verweise'), zahl: v.verweise.length || undefined },
      ]}
      aktionen={<>
        {offen && hat('bearbeiten') && darf('dokument.anlegen') && <ButtonLink klein icon="plus" to={`/vorgaenge/${v.id}?ablegen=ja`} state={BLEIBT}>{t('neuesDokument')}</ButtonLink>}
        {offen && hat('verschieben') && <Button klein icon="verschieben" onClick={() => setDialog('verschieben')}>{t('verschieben')}</Button>}
        {offen && hat('abschliessen') && <Button klein icon="haken" onClick={() => setDialog('schliessen')}>{t('schliessen')}</Button>}
        {v.status === 'zda' && hat('wiedereroeffnen') && <Button klein icon="zurueckholen" onClick={() => setDialog('oeffnen')}>{t('oeffnen')}</Button>}
      </>}
      menue={<>
        {offen && hat('bearbeiten') && <li><Link to={`/vorgaenge/${v.id}/bearbeiten`} state={BLEIBT}>{t('bearbeiten')}</Link></li>}
        {offen && hat('anlegen') && <li><Link to={`/vorgaenge/neu?vorgang=${v.id}`}>{t('teilvorgangAnlegen')}</Link></li>}
      </>}
      dialoge={<>
        <GrundDialog titel={t('schliessenVorgang')} knopf={t('schliessenVorgang')} ohneGrund text={t('schliessenText')} operation={api.closeVorgang} offen={dialog === 'schliessen'} onSchliessen={zu} hindernisse={v.hindernisse.schliessen} input={() => ({ params: { id: v.id as never }, body: {} })} />
        <GrundDialog titel={t('oeffnen')} knopf={t('oeffnen')} text={`${v.kennzeichen} ${v.betreff}`} operation={api.reopenVorgang} offen={dialog === 'oeffnen'} onSchliessen={zu} hindernisse={v.hindernisse.wiedereroeffnen} input={(grund) => ({ params: { id: v.id as never }, body: { grund } })} />
        {dialog === 'verschieben' && <VorgangVerschieben v={v} offen onSchliessen={zu} onFertig={setErgebnis} />}
      </>} />
  );
}
