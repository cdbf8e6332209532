import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Badge, Button, ButtonDownload, Checkbox, Fehler, Fortschritt, Hinweis, Innen, Laden, Leer, Tabelle, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { downloadUrl } from '#platform/web/client.ts';
import { groesse, zahl } from '#platform/web/text.ts';
import type { z } from 'zod';
import { api, type Protokollpruefung, type Protokollstand } from '../contract.ts';
import { t } from './texte.ts';

type Stand = z.output<typeof Protokollstand>;
const unfertig = ({ pruefungen, ausgaben }: Stand) => pruefungen.some((p) => p.ergebnis === 'laeuft') || ausgaben.some((a) => a.beendet === null);

/** State of the seals, verification with its result in place, exports for an auditor. */
export function Component() {
  const { data, error, refetch } = useAbfrage(api.getProtokollstand, {}, { alle: 4000 });
  const { darf } = useSitzung();
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return (
    <div className="va-zwischen" aria-busy={unfertig(data) || undefined}>
      <Pruefungen stand={data} />
      <Umfang stand={data} />
      {darf('protokoll.lesen') && <Ausgaben stand={data} />}
    </div>
  );
}

const toene = { laeuft: 'info', unveraendert: 'gut', veraendert: 'gefahr' } as const;

function Pruefungen({ stand: { pruefungen } }: { stand: Stand }) {
  const pruefen = useAuftrag(api.verifyProtokoll);
  const letzte = pruefungen[0];
  return (
    <Tafel titel={t('pruefungen')} aktionen={<Button art="haupt" klein icon="schild" laeuft={pruefen.laeuft || letzte?.ergebnis === 'laeuft'} onClick={() => pruefen.starten({})}>{t('jetztPruefen')}</Button>}>
      <Innen>
        {pruefen.fehler !== null && <Fehler kompakt fehler={pruefen.fehler} />}
        {letzte?.ergebnis === 'laeuft' && <p className="va-reihe" role="status"><Fortschritt wert={letzte.geprueft} von={letzte.gesamt} name={t('pruefe')} /> {t('geprueft', letzte.geprueft, letzte.gesamt)}</p>}
        {letzte?.ergebnis === 'unveraendert' && <Hinweis ton="gut" titel={t('gut', letzte.geprueft)}>{letzte.ohneInhalt > 0 && t('ohneInhalt', letzte.ohneInhalt)}</Hinweis>}
        {letzte?.befund && <Hinweis ton="gefahr" laut titel={`${t('schlecht')}: ${letzte.befund.text}`}>{t('schlechtRat')}</Hinweis>}
        {!letzte && <Leer icon="schild">{t('keinePruefung')}</Leer>}
      </Innen>
      {pruefungen.length > 0 && <Tabelle<Protokollpruefung> titel={t('pruefungen')} zeilen={pruefungen} schluessel={(p) => p.id} spalten={[
        { name: 'zeit', titel: t('zeit'), kopf: true, breite: 10, zelle: (p) => <Zeit wert={p.begonnen} /> },
        { name: 'ergebnis', titel: t('ergebnis'), breite: 8, zelle: (p) => <Badge ton={toene[p.ergebnis]}>{t(p.ergebnis)}</Badge> },
        { name: 'umfang', titel: t('umfang'), zelle: (p) => p.befund?.text ?? t('geprueft', p.geprueft, p.gesamt), schmal: 'voll' },
        { name: 'wer', titel: t('wer'), breite: 12, zelle: (p) => p.wer.name },
      ]} />}
    </Tafel>
  );
}

const Umfang = ({ stand: { eintraege, versiegelt, siegel, schluessel } }: { stand: Stand }) => (
  <Tafel titel={t('stand')}>
    <Innen>
      <Angaben daten={[
        { titel: t('anzahl'), wert: t('davonVersiegelt', versiegelt, eintraege) },
        { titel: t('letztesSiegel'), wert: siegel ? <>{t('siegelNr', siegel.nr)}, <Zeit wert={siegel.zeit} /></> : t('keinSiegel') },
        { titel: t('wurzel'), wert: siegel && <code className="va-protokoll-hash">{siegel.wurzel}</code> },
        { titel: t('schluessel'), wert: <>{schluessel.map((s) => <code key={s.id} className="va-protokoll-hash">{s.schluessel}</code>)}<span className="va-klein va-leise">{t('schluesselRat')}</span></> },
      ]} />
    </Innen>
  </Tafel>
);

function Ausgaben({ stand: { ausgaben } }: { stand: Stand }) {
  const [mitInhalt, setMitInhalt] = useState(true);
  const ausgeben = useAuftrag(api.exportProtokoll);
  return (
    <Tafel titel={t('ausgaben')}>
      <Innen>
        <p className="va-leise">{t('offline')}</p>
        <div className="va-reihe">
          <Checkbox label={t('mitInhalt')} checked={mitInhalt} onChange={setMitInhalt} />
          <Button klein icon="export" laeuft={ausgeben.laeuft} onClick={() => ausgeben.starten({ body: { mitInhalt } })}>{t('ausgeben')}</Button>
        </div>
        {ausgeben.fehler !== null && <Fehler kompakt fehler={ausgeben.fehler} />}
        {ausgaben.length === 0 && <Leer icon="export">{t('keineAusgabe')}</Leer>}
      </Innen>
      {ausgaben.length > 0 && <Tabelle titel={t('ausgaben')} zeilen={ausgaben} schluessel={(a) => a.id} spalten={[
        { name: 'zeit', titel: t('zeit'), kopf: true, breite: 10, zelle: (a) => <Zeit wert={a.begonnen} /> },
        { name: 'inhalt', titel: t('inhalt'), breite: 10, zelle: (a) => (a.mitInhalt ? t('mit') : t('ohne')) },
        { name: 'umfang', titel: t('umfang'), zelle: (a) => (a.beendet === null ? t('wirdErstellt', a.geschrieben, a.gesamt) : `${zahl(a.gesamt)} ${t('eintraege')}, ${groesse(a.groesse)}`) },
        { name: 'wer', titel: t('wer'), breite: 12, zelle: (a) => a.wer.name },
        { name: 'datei', titel: '', breite: 12, zelle: (a) => a.beendet !== null && <ButtonDownload klein href={downloadUrl(api.downloadProtokoll, { params: { id: a.id } })}>{t('herunterladen')}</ButtonDownload> },
      ]} />}
    </Tafel>
  );
}
