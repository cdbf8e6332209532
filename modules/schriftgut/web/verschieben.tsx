import { useState } from 'react';
import { Umzugsfolgen } from '#modules/zugriff/web/index.ts';
import type { Objektumzug } from '#modules/zugriff/contract.ts';
import { call } from '#platform/web/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Fehler, TextArea } from '#platform/web/kern/index.ts';
import { api, type DokumentZeile, type Vorgang } from '../contract.ts';
import { t } from './texte.ts';
import { AktenZielWahl, type Ziel } from './ziel-wahl.tsx';

type Props = { offen: boolean; onSchliessen(): void; onFertig?: (wohin: string) => void };
const dokumentZiel = (z: Ziel) => (z.vorgangId ? { vorgangId: z.vorgangId as never } : { akteId: z.akteId as never });
const vorgangZiel = (z: Ziel) => (z.vorgangId ? { parentId: z.vorgangId as never } : { akteId: z.akteId as never });
const zielText = (z: Ziel) => `${z.aktenzeichen} ${z.betreff}`;

function Rahmen({ titel, offen, onSchliessen, onFertig, vorgang, grundNoetig, frage, verschiebe }: Props & { titel: string; vorgang: 'frei' | 'ohne'; grundNoetig: boolean; frage(ziel: Ziel): Promise<Objektumzug[]>; verschiebe(ziel: Ziel, grund: string): Promise<void> }) {
  const client = useQueryClient();
  const [ziel, setZiel] = useState<Ziel>();
  const [bereit, setBereit] = useState<string>();
  const [grund, setGrund] = useState('');
  const [fehler, setFehler] = useState<unknown>();
  const [laeuft, setLaeuft] = useState(false);
  const ort = ziel && (ziel.vorgangId ?? ziel.akteId);
  async function los() {
    if (!ziel) return;
    setLaeuft(true);
    setFehler(undefined);
    try { await verschiebe(ziel, grund); onSchliessen(); onFertig?.(zielText(ziel)); } catch (e) { setFehler(e); } finally { setLaeuft(false); void client.invalidateQueries(); }
  }
  return (
    <Dialog titel={titel} offen={offen} onSchliessen={onSchliessen} aktion={<Button art="haupt" laeuft={laeuft} disabled={!ziel || bereit !== ort || (grundNoetig && !grund.trim())} onClick={() => void los()}>{t('hierhin')}</Button>}>
      <div className="va-zielwahl"><AktenZielWahl label={t('akte')} wert={ziel} onWahl={setZiel} vorgang={vorgang} autoFocus /></div>
      {ziel && <Umzugsfolgen key={ort} frage={() => frage(ziel)} onBereit={() => setBereit(ort)} />}
      <TextArea label={t('grund')} freiwillig={!grundNoetig} rows={2} value={grund} onChange={(e) => setGrund(e.target.value)} />
      {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
    </Dialog>
  );
}

/** One or many Dokumente, one after the other; what has moved stays moved when a later one is refused. */
export const DokumentVerschieben = ({ dokumente, ...rest }: Props & { dokumente: readonly Pick<DokumentZeile, 'id' | 'version' | 'betreff'>[] }) => (
  <Rahmen {...rest} titel={`${t('verschieben')}: ${dokumente.length === 1 ? dokumente[0]!.betreff : t('nDokumente', dokumente.length)}`} vorgang="frei" grundNoetig={false}
    frage={async (ziel) => {
      const alle: Objektumzug[] = [];
      for (const d of dokumente) alle.push(await call(api.previewMoveDokument, { params: { id: d.id as never }, ifMatch: d.version, body: dokumentZiel(ziel) }));
      return alle;
    }}
    verschiebe={async (ziel, grund) => {
      for (const d of dokumente) await call(api.moveDokument, { params: { id: d.id as never }, ifMatch: d.version, body: { ...dokumentZiel(ziel), ...(grund.trim() && { grund }) } });
    }} />
);

export const VorgangVerschieben = ({ v, ...rest }: Props & { v: Vorgang }) => (
  <Rahmen {...rest} titel={`${t('verschieben')}: ${v.betreff}`} vorgang="frei" grundNoetig
    frage={async (ziel) => [await call(api.previewMoveVorgang, { params: { id: v.id as never }, ifMatch: v.version, body: { ...vorgangZiel(ziel), grund: '–' } })]}
    verschiebe={async (ziel, grund) => { await call(api.moveVorgang, { params: { id: v.id as never }, ifMatch: v.version, body: { ...vorgangZiel(ziel), grund } }); }} />
);
