import { api } from '#modules/ablage/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Badge, Button, Ergebnis, Fehler, Hinweis, Innen, Laden, Tabelle, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { groesse } from '#platform/web/text.ts';
import { t } from './texte.ts';

/** Whether everything that was stored is still there as it was; what is not, by name and with the way back. */
export function Ablage() {
  const { data, error, refetch } = useAbfrage(api.getAblagePruefung, {}, { alle: 5_000 });
  const pruefen = useAuftrag(api.startAblagePruefung);
  if (error) return <Tafel titel={t('ablage')}><Innen><Fehler kompakt fehler={error} nochmal={() => void refetch()} /></Innen></Tafel>;
  if (!data) return <Tafel titel={t('ablage')}><Laden /></Tafel>;
  const letzte = data.letzte[0];
  const laeuft = letzte !== undefined && letzte.beendet === null;
  const [fehlen, veraendert] = (['fehlt', 'veraendert'] as const).map((art) => data.befunde.filter((b) => b.art === art).length) as [number, number];
  return (
    <Tafel titel={t('ablage')} aktionen={laeuft ? <Ergebnis>{t('pruefungLaeuft')}</Ergebnis> : <Button klein icon="schild" laeuft={pruefen.laeuft} onClick={() => pruefen.starten({ body: { art: 'voll' } })}>{t('jetztPruefen')}</Button>}>
      <Innen>
        {pruefen.fehler !== null && <Fehler kompakt fehler={pruefen.fehler} />}
        {data.befunde.length > 0 ? <Hinweis ton="gefahr" titel={t('schlecht', fehlen, veraendert)}>{t('ausSicherung')}</Hinweis> : letzte?.beendet && <Hinweis ton="gut">{t('gut')}</Hinweis>}
        <Angaben daten={[
          { titel: t('inhalte'), wert: t('menge', data.anzahl, groesse(data.bytes)) },
          { titel: t('letztePruefung'), wert: letzte ? <><Zeit wert={letzte.beendet ?? letzte.begonnen} />, {t('pruefung', letzte.geprueft, letzte.gesamt)}</> : t('nie') },
        ]} />
      </Innen>
      {data.befunde.length > 0 && <Tabelle titel={t('ablage')} zeilen={data.befunde} schluessel={(b) => b.ort} spalten={[
        { name: 'datei', titel: t('datei'), kopf: true, zelle: (b) => b.inhalte.map((i) => i.dateiname).join(', ') || '–' },
        { name: 'befund', titel: t('befund'), breite: 10, zelle: (b) => <Badge ton="gefahr">{t(b.art)}</Badge> },
        { name: 'ort', titel: t('ort'), schmal: 'voll', zelle: (b) => <span className="va-betrieb-ort">{b.ort}</span> },
      ]} />}
    </Tafel>
  );
}
