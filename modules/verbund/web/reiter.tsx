import { useState } from 'react';
import type { Objekttyp } from '../contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Innen, Laden, Leer, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api } from '../contract.ts';
import { spalten } from './gegeben.tsx';
import { Teilen } from './teilen.tsx';
import { t } from './texte.ts';

/** The tab of an object: with whom it is shared, and the way to share it. */
export default function Geteilt({ typ, id, rechte }: { typ: Objekttyp; id: string; rechte: readonly string[] }) {
  const { darf } = useSitzung();
  const [offen, setOffen] = useState(false);
  const [mit, setMit] = useState<string>();
  const { data, error, refetch } = useAbfrage(api.listVerbundfreigaben, { query: { objektId: id, limit: 100 } });
  const darfTeilen = darf('verbundfreigabe.erteilen') && rechte.includes(`${typ}.bearbeiten`);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return (
    <Tafel titel={t('freigaben')} zahl={data.gesamt} aktionen={darfTeilen && !offen && <Button art="haupt" klein icon="plus" onClick={() => { setOffen(true); setMit(undefined); }}>{t('teilen')}</Button>}>
      {offen && <Innen><Teilen typ={typ} id={id} onFertig={(wem) => { setOffen(false); setMit(wem); }} onAbbrechen={() => setOffen(false)} /></Innen>}
      {mit && <Innen><Ergebnis>{t('geteiltMit', mit)}</Ergebnis></Innen>}
      {data.eintraege.length === 0 ? !offen && <Leer icon="verschieben">{t('nochNicht')}</Leer> : <Tabelle titel={t('freigaben')} zeilen={data.eintraege} schluessel={(f) => f.id} spalten={spalten.filter((s) => s.name !== 'was').map((s, i) => (i === 0 ? { ...s, kopf: true } : s))} />}
    </Tafel>
  );
}
