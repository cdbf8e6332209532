import { useState } from 'react';
import { Link } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Dialog, Ergebnis, Fehler, Field, Tafel } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';
import { adresseVon, type Suchzustand } from './zustand.ts';

export function Merken({ zustand }: { zustand: Suchzustand }) {
  const [offen, setOffen] = useState(false);
  const [name, setName] = useState('');
  const auftrag = useAuftrag(api.createGespeicherteSuche, { nachher: () => setOffen(false) });
  if (auftrag.ergebnis && !offen) return <Ergebnis>{t('gemerkt')}</Ergebnis>;
  const merke = () => auftrag.starten({ body: { bezeichnung: name, anfrage: { ...zustand.anfrage, sort: zustand.sort } } });
  return (
    <>
      <Button art="leicht" klein icon="plus" onClick={() => { setName(zustand.q.slice(0, 200)); auftrag.vergessen(); setOffen(true); }}>{t('merken')}</Button>
      <Dialog titel={t('merken')} offen={offen} onSchliessen={() => setOffen(false)} aktion={<Button art="haupt" laeuft={auftrag.laeuft} onClick={merke}>{t('merkenKnopf')}</Button>}>
        <form onSubmit={(e) => { e.preventDefault(); merke(); }}><Field label={t('bezeichnung')} value={name} maxLength={200} required onChange={(e) => setName(e.target.value)} /></form>
        {auftrag.fehler ? <Fehler kompakt fehler={auftrag.fehler} /> : null}
      </Dialog>
    </>
  );
}

/** One's own kept searches, on the desk and before a search; nothing where there are none. */
export function GemerkteSuchen() {
  const { data } = useAbfrage(api.listGespeicherteSuchen, {});
  const loeschen = useAuftrag(api.deleteGespeicherteSuche);
  if (!data?.eintraege.length) return null;
  return (
    <Tafel titel={t('gemerkte')} zahl={data.gesamt}>
      <ul className="va-liste">
        {data.eintraege.map((s) => (
          <li key={s.id} className="va-gemerkt"><Link to={adresseVon(s.anfrage)}>{s.bezeichnung}</Link>
            <Button art="leicht" klein nurIcon icon="weg" onClick={() => loeschen.starten({ params: { id: s.id } })}>{t('vergessen', s.bezeichnung)}</Button></li>
        ))}
      </ul>
      {loeschen.fehler ? <Fehler kompakt fehler={loeschen.fehler} /> : null}
    </Tafel>
  );
}
