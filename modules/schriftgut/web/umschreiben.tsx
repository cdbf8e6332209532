import { useState } from 'react';
import { AktenplaneinheitWahl } from '#modules/aktenplan/web/index.ts';
import { Umzugsfolgen } from '#modules/zugriff/web/index.ts';
import { call } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Checkbox, Dialog, Fehler, TextArea } from '#platform/web/kern/index.ts';
import { api, type Akte } from '../contract.ts';
import { t } from './texte.ts';

/** To another unit of the plan (ST-07). */
export function UmschreibenDialog({ a, offen, onSchliessen }: { a: Akte; offen: boolean; onSchliessen(): void }) {
  const [einheit, setEinheit] = useState<Parameters<typeof AktenplaneinheitWahl>[0]['wert']>();
  const [behalten, setBehalten] = useState(false);
  const [grund, setGrund] = useState('');
  const [bereit, setBereit] = useState<string>();
  const auftrag = useAuftrag(api.moveAkte, { nachher: onSchliessen });
  return (
    <Dialog titel={`${t('umschreiben')}: ${a.aktenzeichen}`} offen={offen} onSchliessen={onSchliessen}
      aktion={<Button art="haupt" laeuft={auftrag.laeuft} disabled={!einheit || bereit !== einheit.id || !grund.trim()} onClick={() => auftrag.starten({ params: { id: a.id as never }, ifMatch: a.version, body: { aktenplaneinheitId: einheit!.id, aktenzeichenBehalten: behalten, grund } })}>{t('umschreiben')}</Button>}>
      <AktenplaneinheitWahl label={t('neueEinheit')} wert={einheit} onWahl={setEinheit} belegbar />
      {einheit && <Umzugsfolgen key={einheit.id} frage={async () => [await call(api.previewMoveAkte, { params: { id: a.id as never }, ifMatch: a.version, body: { aktenplaneinheitId: einheit.id, aktenzeichenBehalten: behalten, grund: '–' } })]} onBereit={() => setBereit(einheit.id)} />}
      <Checkbox label={<>{t('azBehalten')}<br /><span className="va-klein va-leise">{t('azBehaltenText')}</span></>} checked={behalten} onChange={setBehalten} />
      <TextArea label={t('grund')} value={grund} onChange={(e) => setGrund(e.target.value)} />
      {auftrag.fehler !== null && <Fehler kompakt fehler={auftrag.fehler} />}
    </Dialog>
  );
}
