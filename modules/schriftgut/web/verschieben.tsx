import { useState } from 'react';
import { call } from '#platform/web/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Fehler, TextArea } from '#platform/web/kern/index.ts';
import { api, type DokumentZeile, type Vorgang } from '../contract.ts';
import { t } from './texte.ts';
import { AktenZielWahl, type Ziel } from './ziel-wahl.tsx';

type Props = { offen: boolean; onSchliessen(): void; onFertig?: (wohin: string) => void };
const zielText = (z: Ziel) => `${z.aktenzeichen} ${z.betreff}`;

function Rahmen({ titel, offen, onSchliessen, onFertig, vorgang, grundNoetig, verschiebe }: Props & { titel: string; vorgang: 'frei' | 'ohne'; grundNoetig: boolean; verschiebe(ziel: Ziel, grund: string): Promise<void> }) {
  const client = useQueryClient();
  const [ziel, setZiel] = useState<Ziel>();
  const [grund, setGrund] = useState('');
  const [fehler, setFehler] = useState<unknown>();
  const [laeuft, setLaeuft] = useState(false);
  async function los() {
    if (!ziel) return;
    setLaeuft(true);
    setFehler(undefined);
    try { await verschiebe(ziel, grund); onSchliessen(); onFertig?.(zielText(ziel)); } catch (e) { setFehler(e); } finally { setLaeuft(false); void client.invalidateQueries(); }
  }
  return (
    <Dialog titel={titel} offen={offen} onSchliessen={onSchliessen} aktion={<Button art="haupt" laeuft={laeuft} disabled={!ziel || (grundNoetig && !grund.trim())} onClick={() => void los()}>{t('hierhin')}</Button>}>
      <div className="va-zielwahl"><AktenZielWahl label={t('akte')} wert={ziel} onWahl={setZiel} vorgang={vorgang} autoFocus /></div>
      <TextArea label={t('grund')} freiwillig={!grundNoetig} rows={2} value={grund} onChange={(e) => setGrund(e.target.value)} />
      {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
    </Dialog>
  );
}

/** One or many Dokumente, one after the other; what has moved stays moved when a later one is refused. */
export const DokumentVerschieben = ({ dokumente, ...rest }: Props & { dokumente: readonly Pick<DokumentZeile, 'id' | 'version' | 'betreff'>[] }) => (
  <Rahmen {...rest} titel={`${t('verschieben')}: ${dokumente.length === 1 ? dokumente[0]!.betreff : t('nDokumente', dokumente.length)}`} vorgang="frei" grundNoetig={false}
    verschiebe={async (ziel, grund) => {
      for (const d of dokumente) await call(api.moveDokument, { params: { id: d.id as never }, ifMatch: d.version, body: { ...(ziel.vorgangId ? { vorgangId: ziel.vorgangId as never } : { akteId: ziel.akteId as never }), ...(grund.trim() && { grund }) } });
    }} />
);

export const VorgangVerschieben = ({ v, ...rest }: Props & { v: Vorgang }) => (
  <Rahmen {...rest} titel={`${t('verschieben')}: ${v.betreff}`} vorgang="frei" grundNoetig
    verschiebe={async (ziel, grund) => { await call(api.moveVorgang, { params: { id: v.id as never }, ifMatch: v.version, body: { ...(ziel.vorgangId ? { parentId: ziel.vorgangId as never } : { akteId: ziel.akteId as never }), grund } }); }} />
);
