import { useState } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Dialog, Fehler, Field } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { tagVon } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import type { Einheit } from './einheiten.tsx';
import { t } from './texte.ts';

const s = katalog({
  aufloesen: ['Auflösen', 'Dissolve'], frage: [(was: string) => `${was} auflösen?`, (was: string) => `Dissolve ${was}?`], tag: ['Letzter Tag', 'Last day'], fehlt: ['Bitte ein Datum eingeben', 'Please enter a date'], zurueck: ['Auflösung zurücknehmen', 'Take dissolution back'],
  text: ['Danach gibt sie keine Rechte mehr, und ihr Kennzeichen wird frei. Akten, Verlauf und Zuordnungen bleiben.', 'Afterwards it gives no rights, and its code becomes free. Files, history and assignments stay.'],
  menschen: [(n: number) => `${t('personen', n)} ${n === 1 ? 'ist' : 'sind'} hier zugeordnet und ${n === 1 ? 'verliert' : 'verlieren'}, was nur dadurch erreichbar ist.`, (n: number) => `${t('personen', n)} assigned here will lose what is reached by this alone.`],
});

/** A unit ends on a day; it is never deleted. The way back is the same button until somebody else has its Kennzeichen. */
export function Aufloesen({ einheit }: { einheit: Einheit }) {
  const { id, version, kennzeichen, bezeichnung, gueltigBis, anzahlBenutzer } = einheit;
  const [offen, setOffen] = useState(false);
  const [tag, setTag] = useState(tagVon(new Date()));
  const aendern = useAuftrag(api.updateOrganisationseinheit, { nachher: () => setOffen(false) });
  const setze = (bis: string | null) => aendern.starten({ params: { id }, ifMatch: version, body: { gueltigBis: bis } });
  if (gueltigBis !== null) return <>{aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}<Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => setze(null)}>{s('zurueck')}</Button></>;
  return (
    <>
      <Button klein icon="weg" onClick={() => { aendern.vergessen(); setOffen(true); }}>{s('aufloesen')}</Button>
      <Dialog titel={s('frage', `${kennzeichen} ${bezeichnung}`)} offen={offen} onSchliessen={() => setOffen(false)} aktion={<Button art="haupt" laeuft={aendern.laeuft} onClick={() => tag && setze(tag)}>{s('aufloesen')}</Button>}>
        <p>{s('text')}</p>
        {anzahlBenutzer > 0 && <p>{s('menschen', anzahlBenutzer)}</p>}
        <Field type="date" label={s('tag')} value={tag} onChange={(e) => setTag(e.target.value)} fehler={tag ? undefined : s('fehlt')} />
        {aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </>
  );
}
