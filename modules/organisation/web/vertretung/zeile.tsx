import { useState } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Dialog, Fehler, type Ton } from '#platform/web/kern/index.ts';
import { api, type Vertretung } from '../../contract.ts';
import { t, umfangVon, zeitraumVon } from './texte.ts';

const toene: Record<Vertretung['zustand'], Ton> = { geplant: 'info', laeuft: 'gut', wartet: 'warnung', beendet: 'neutral' };
export const Stand = ({ v }: { v: Vertretung }) => <Badge ton={toene[v.zustand]}>{t(v.zustand)}</Badge>;
/** Its place in an order of several, and for whom it waits. */
export const reiheVon = (v: Vertretung) => [v.stelle > 1 && t('stelle', v.stelle), v.zustand === 'wartet' && t('zuerst', v.zuerst.map((p) => p.name).join(', '))].filter(Boolean).join(' · ');

/** What may be done with it by whom it is for, who leads and who administers. */
export function Taten({ v }: { v: Vertretung }) {
  const [frage, setFrage] = useState(false);
  const beenden = useAuftrag(api.revokeVertretung, { nachher: () => setFrage(false) });
  const vorziehen = useAuftrag(api.moveVertretung);
  if (!v.rechte.length) return null;
  return (
    <>
      {v.rechte.includes('vertretung.vorziehen') && <Button art="leicht" klein icon="hoch" laeuft={vorziehen.laeuft} aria-label={`${t('vorziehen')}: ${v.vertreter.name}`} onClick={() => vorziehen.starten({ params: { id: v.id } })}>{t('vorziehen')}</Button>}
      <Button art="leicht" klein icon="weg" aria-label={`${t('beenden')}: ${v.vertreter.name}`} onClick={() => { beenden.vergessen(); setFrage(true); }}>{t('beenden')}</Button>
      {vorziehen.fehler !== null && <Fehler kompakt fehler={vorziehen.fehler} />}
      <Dialog titel={t('frage', v.vertreter.name, v.benutzer.name)} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={beenden.laeuft} onClick={() => beenden.starten({ params: { id: v.id } })}>{t('beenden')}</Button>}>
        <p>{t('frageText')}</p>
        {beenden.fehler !== null && <Fehler kompakt fehler={beenden.fehler} />}
      </Dialog>
    </>
  );
}

/** One Vertretung in one's own lists: named by the other person. A live one that is mine to do leads into it. */
export function Zeile({ v, meine }: { v: Vertretung; meine: boolean }) {
  const wer = meine ? v.vertreter.name : v.benutzer.name;
  const reihe = reiheVon(v);
  return (
    <li>
      <span>
        <b>{wer}</b><br />
        <span className="va-klein va-leise">{zeitraumVon(v)} · {umfangVon(v)}{reihe && <> · {reihe}</>}{v.angelegtVon && v.angelegtVon.id !== v.benutzer.id && <> · {t('eingetragenVon', v.angelegtVon.name)}</>}{v.grund && <><br />{v.grund}</>}</span>
      </span>
      <Stand v={v} />
      {!meine && v.zustand === 'laeuft' && <a className="kern-btn kern-btn--secondary va-btn--klein" href={`/fuer/${v.id}`}><span className="kern-label">{t('arbeiten', v.benutzer.name)}</span></a>}
      <Taten v={v} />
    </li>
  );
}
