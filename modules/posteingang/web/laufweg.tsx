import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Fehler } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { api, type Eingang, type Station } from '../contract.ts';

const s = katalog({
  laufweg: ['Laufweg', 'Trail'], nehmen: ['In Bearbeitung nehmen', 'Take in hand'], zuruecklegen: ['Zurücklegen', 'Put back'], bei: [(n: string) => `In Bearbeitung bei ${n}`, (n: string) => `In hand of ${n}`], beiMir: ['In Ihrer Bearbeitung', 'In your hands'],
  seit: [(z: string) => `seit ${z}`, (z: string) => `since ${z}`], ueberfaellig: ['überfällig', 'overdue'], verschlossen: [(w: string) => `Nicht zentral zu öffnen: ${w}`, (w: string) => `Not to be opened centrally: ${w}`],
});
const schritte = katalog({
  eingegangen: ['eingegangen', 'received'], verteilt: ['verteilt', 'distributed'], uebernommen: ['in Bearbeitung genommen', 'taken'], zurueckgelegt: ['zurückgelegt', 'put back'], weitergegeben: ['weitergegeben', 'passed on'], irrlaeufer: ['Irrläufer', 'stray'],
  abgelegt: ['abgelegt', 'filed'], zurueckgewiesen: ['zurückgewiesen', 'rejected'], weitergeleitet: ['nach außen weitergeleitet', 'sent outside'], wieder_aufgenommen: ['wieder aufgenommen', 'taken up again'], vernichtet: ['Inhalt vernichtet', 'content destroyed'],
});

/** In whose hands it is, and the way to take it or put it back. */
export function Hand({ e }: { e: Eingang }) {
  const { ich } = useSitzung();
  const nehmen = useAuftrag(api.startBearbeitung), zurueck = useAuftrag(api.cancelBearbeitung);
  const darf = e.rechte.includes('eingang.bearbeiten');
  const meins = e.bearbeiter?.id === ich.wessen.id;
  const wechsle = () => { if (darf && !nehmen.laeuft && !zurueck.laeuft) (e.bearbeiter ? zurueck : nehmen).starten({ params: { id: e.id } }); };
  useTaste('b', e.bearbeiter ? s('zuruecklegen') : s('nehmen'), wechsle, { aktiv: darf });
  return (
    <div className="va-hand">
      {e.verschlossen && <Badge ton="warnung">{s('verschlossen', e.verschlossen)}</Badge>}{e.ueberfaellig && <Badge ton="gefahr">{s('ueberfaellig')}</Badge>}
      <span className="va-klein va-leise" title={s('seit', zeitpunkt(e.seit))}>{e.bearbeiter ? (meins ? s('beiMir') : s('bei', e.bearbeiter.name)) : `${e.organisationseinheit.kennzeichen} ${e.organisationseinheit.bezeichnung}`}</span>
      {darf && <Button art="leicht" klein laeuft={nehmen.laeuft || zurueck.laeuft} onClick={wechsle}>{e.bearbeiter ? s('zuruecklegen') : s('nehmen')}</Button>}
      {(nehmen.fehler ?? zurueck.fehler) !== null && <Fehler kompakt fehler={nehmen.fehler ?? zurueck.fehler} />}
    </div>
  );
}

/** Who had it, from when to when, and why. */
export function Laufweg({ e }: { e: Eingang }) {
  const { data } = useAbfrage(api.listStationen, { params: { id: e.id } });
  if (!data) return null;
  const wer = (st: Station) => [st.organisationseinheit && `${st.organisationseinheit.kennzeichen} ${st.organisationseinheit.bezeichnung}`, st.bearbeiter?.name].filter(Boolean).join(', ');
  return (
    <details className="va-laufweg" open={data.eintraege.length > 1}>
      <summary>{s('laufweg')}</summary>
      <ol>{data.eintraege.map((st) => (
        <li key={st.nummer}><span className="va-stark">{wer(st)}</span> <span className="va-klein va-leise">{schritte(st.schritt)} {zeitpunkt(st.von)}{st.durch && st.durch.name !== st.bearbeiter?.name && `, ${st.durch.name}`}</span>{st.grund && <><br /><span className="va-klein">„{st.grund}“</span></>}</li>
      ))}</ol>
    </details>
  );
}
