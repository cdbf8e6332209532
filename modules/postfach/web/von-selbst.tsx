import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Checkbox, Ergebnis, Fehler, Innen, Laden, Radios, Tafel } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

/** Settings of the Mandant; each change is made at once. */
export function VonSelbst() {
  const { data, error, refetch } = useAbfrage(api.getPosteinstellungen, {});
  const aendern = useAuftrag(api.updatePosteinstellungen);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  const setze = (neu: Partial<Pick<typeof data, 'ablage' | 'automatikAblegen'>>) => aendern.starten({ ifMatch: data.version, body: { ablage: data.ablage, automatikAblegen: data.automatikAblegen, ...neu } });
  return (
    <Tafel titel={t('vonSelbst')} aktionen={aendern.ergebnis && !aendern.laeuft && <Ergebnis>{t('gespeichert')}</Ergebnis>}>
      <Innen>
        <Radios titel={t('ablage')} name="ablage" wert={data.ablage} onChange={(wert) => setze({ ablage: wert as typeof data.ablage })} wahl={[{ wert: 'niemand', titel: t('wahlNiemand') }, { wert: 'mitarbeitende', titel: t('wahlMitarbeitende') }, { wert: 'alle', titel: t('wahlAlle') }]} />
        <Checkbox label={t('automatik')} checked={data.automatikAblegen} onChange={(an) => setze({ automatikAblegen: an })} />
        {aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Innen>
    </Tafel>
  );
}
