import './zugriff.css';
import { useEffect, useState, type ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { call } from '#platform/web/client.ts';
import { Button, Dialog, Fehler, Hinweis, Laden, Leise, Tabelle } from '#platform/web/kern/index.ts';
import { zahl } from '#platform/web/text.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, type Vorhaben, type Vorschau } from '../contract.ts';
import { Stufenmarke } from './gruende.tsx';
import { w } from './warum-texte.ts';

type Props = {
  titel: string; text?: string | undefined; offen: boolean;
  /** What would be done; undefined: nothing is chosen yet. */
  vorhaben: Vorhaben | undefined;
  knopf: string; laeuft: boolean; fehler: unknown; onTun(): void; onSchliessen(): void; children?: ReactNode;
};
/** Before every change of rights: what it would do, to whom, in how much; then the confirmation. */
export function Aenderung({ titel, text, offen, vorhaben, knopf, laeuft, fehler, onTun, onSchliessen, children }: Props) {
  const [bereit, setBereit] = useState<string>();
  const key = vorhaben && JSON.stringify(vorhaben);
  return (
    <Dialog breit titel={titel} offen={offen} onSchliessen={onSchliessen} aktion={<Button art="haupt" laeuft={laeuft} disabled={key === undefined || bereit !== key} onClick={onTun}>{knopf}</Button>}>
      {text && <p>{text}</p>}
      {children}
      {vorhaben && <Folgen key={key} vorhaben={vorhaben} onBereit={() => setBereit(key)} />}
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
    </Dialog>
  );
}

function Folgen({ vorhaben, onBereit }: { vorhaben: Vorhaben; onBereit(): void }) {
  const { mutate, data, error } = useMutation({ mutationFn: (body: Vorhaben) => call(api.previewFreigabe, { body } as never), onSuccess: onBereit });
  useEffect(() => { mutate(vorhaben); }, [mutate]); // one for each change: the parent keys it
  if (error) return <Fehler kompakt fehler={error} />;
  return data ? <Ergebnisse vorschau={data} /> : <Laden was={w('rechnet')} />;
}

const GEZEIGT = 8;
const richtung = ({ verlieren, gewinnen }: Vorschau) => [verlieren ? w('verliert', verlieren) : '', gewinnen ? w('gewinnt', gewinnen) : ''].filter(Boolean).join(', ');
function Ergebnisse({ vorschau }: { vorschau: Vorschau }) {
  const [alle, setAlle] = useState(false);
  const { personen, objekte, bereiche, verlieren, gewinnen, ab } = vorschau;
  if (personen.length === 0) return <Hinweis titel={w('wuerde')}>{w('niemand')}</Hinweis>;
  const zeilen = (alle ? personen : personen.slice(0, GEZEIGT)).flatMap((p) => p.wechsel.map((c, i) => ({ ...c, id: `${p.id} ${i}`, name: p.name, funktion: p.funktion })));
  const weitere = verlieren + gewinnen > 0 ? personen.length - GEZEIGT : 0;
  return (
    <>
      <Hinweis ton={verlieren ? 'warnung' : 'info'} titel={richtung(vorschau)}>
        {w('umfangText', bereiche)}{objekte.length > 0 && `: ${objekte.map((o) => w('objekte', zahl(o.anzahl), o.label)).join(', ')}`}{ab && ` · ${w('ab', datum(ab.slice(0, 10)))}`}
      </Hinweis>
      <Tabelle titel={w('wuerde')} zeilen={zeilen} schluessel={(z) => z.id} spalten={[
        { name: 'name', titel: w('person'), kopf: true, schmal: 'voll', zelle: (z) => <>{z.name} <Leise>{z.funktion}</Leise></> },
        { name: 'wechsel', titel: w('bisherDanach'), schmal: 'voll', zelle: (z) => <span className="va-wechsel">{z.von ? <Stufenmarke stufe={z.von} /> : <Leise>{w('nichts')}</Leise>}<span aria-label={w('dann')}>→</span>{z.nach ? <Stufenmarke stufe={z.nach} /> : <b>{w('nichts')}</b>}</span> },
        { name: 'wo', titel: w('wo'), schmal: 'voll', zelle: (z) => <span className="va-klein">{z.beispiele.join(', ')}{z.bereiche > z.beispiele.length && ` ${w('undBereiche', z.bereiche - z.beispiele.length)}`}</span> },
        { name: 'objekte', titel: w('anzahlObjekte'), zahl: true, zelle: (z) => <>{zahl(z.objekte)} <span className="va-wechsel__wort">{w('anzahlObjekte')}</span></> },
      ]} />
      {!alle && weitere > 0 && <p><Button art="leicht" klein onClick={() => setAlle(true)}>{w('alleZeigen', personen.length)}</Button></p>}
      {alle && verlieren + gewinnen > personen.length && <Leise>{w('nurErste', personen.length)}</Leise>}
    </>
  );
}
