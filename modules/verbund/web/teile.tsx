import type { Answer } from '#platform/contract.ts';
import { useState } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Dialog, Fehler, type Ton } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

export type Gegeben = Answer<typeof api.listVerbundfreigaben>['eintraege'][number];
export type Erhalten = Answer<typeof api.listErhalteneVerbundfreigaben>['eintraege'][number];
const toene: Record<Gegeben['zustand'], Ton> = { kuenftig: 'info', laeuft: 'gut', abgelaufen: 'neutral', beendet: 'neutral' };

/** `hier`: the side on which the reader stands. */
export const Zustand = ({ f, hier }: { f: Pick<Gegeben, 'zustand' | 'beendet'>; hier: 'eigner' | 'empfaenger' }) =>
  <Badge ton={toene[f.zustand]}>{f.beendet ? (f.beendet.seite === hier ? t('vonUns') : t('vonDort')) : t(f.zustand)}</Badge>;
export const Zeitraum = ({ f }: { f: Pick<Gegeben, 'von' | 'bis'> }) => <span className="va-fest">{datum(f.von)} – {datum(f.bis)}</span>;
export const kennzeichenVon = (f: Gegeben | Erhalten) => f.objekt.kennzeichen ?? t(f.objekt.typ);

/** Asks before it ends what cannot be resumed by one click. */
export function Beenden({ f, seite }: { f: Gegeben | Erhalten; seite: 'eigner' | 'empfaenger' }) {
  const [frage, setFrage] = useState(false);
  const beenden = useAuftrag(seite === 'eigner' ? api.revokeVerbundfreigabe : api.revokeErhalteneVerbundfreigabe, { nachher: () => setFrage(false) });
  if (!f.rechte.length) return null;
  const wort = seite === 'eigner' ? t('beenden') : t('verzichten');
  return (
    <>
      <Button art="leicht" klein icon="weg" aria-label={`${wort}: ${kennzeichenVon(f)}`} onClick={() => setFrage(true)}>{wort}</Button>
      <Dialog titel={t('beendenFrage', kennzeichenVon(f))} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={beenden.laeuft} onClick={() => beenden.starten({ params: { id: f.id } })}>{wort}</Button>}>
        <p>{seite === 'eigner' ? t('beendenText') : t('verzichtenText')}</p>
        {beenden.fehler !== null && <Fehler kompakt fehler={beenden.fehler} />}
      </Dialog>
    </>
  );
}
