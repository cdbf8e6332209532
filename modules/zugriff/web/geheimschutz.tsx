import { useState } from 'react';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Dialog, Fehler, Field, Hinweis, Innen, Laden, Seite, Seitenkopf, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';

const t = katalog({
  titel: ['Geheimschutz', 'Classified information'], verwaltung: ['Verwaltung', 'Administration'], vsnfd: ['VS – Nur für den Dienstgebrauch', 'Restricted (VS-NfD)'], an: ['freigegeben', 'approved'], aus: ['nicht freigegeben', 'not approved'],
  text: ['Solange VS-NfD nicht freigegeben ist, lässt sich nichts so einstufen. Höhere Grade (VS-VERTRAULICH, GEHEIM, STRENG GEHEIM) nimmt die Verbundakte in keinem Fall auf.', 'As long as VS-NfD is not approved nothing can be classified so. Higher grades are refused in any case.'],
  aktenzeichen: ['Aktenzeichen der Freigabe', 'Reference of the approval'], freigabeVom: ['Freigabe vom', 'Approved on'], einschalten: ['VS-NfD freigeben', 'Approve VS-NfD'], ausschalten: ['Freigabe zurücknehmen', 'Withdraw approval'],
  frage: ['Freigabe für VS-NfD zurücknehmen?', 'Withdraw the approval for VS-NfD?'], frageText: ['Das geht nur, wenn kein Schutzbereich der Klasse VS-NfD mehr besteht. Danach lässt sich nichts mehr so einstufen.', 'Only possible when no protection area of class VS-NfD is left. Nothing can be classified so afterwards.'],
  geaendert: ['Zuletzt geändert', 'Last changed'], abbrechen: ['Abbrechen', 'Cancel'],
});
type Stand = Answer<typeof api.getGeheimschutz>;

/** Whether this authority may keep VS-NfD: the Geheimschutzbeauftragte alone says so. */
export function Component() {
  const { data, error, refetch } = useAbfrage(api.getGeheimschutz, {});
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} />
      <div className="va-mitte">{error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : data ? <Freigabe key={data.version} stand={data} /> : <Laden />}</div>
    </Seite>
  );
}

function Freigabe({ stand }: { stand: Stand }) {
  const [frage, setFrage] = useState(false);
  const aus = useAuftrag(api.updateGeheimschutz, { nachher: () => setFrage(false) });
  return (
    <Tafel titel={t('vsnfd')} aktionen={stand.aktiv && <Button klein onClick={() => setFrage(true)}>{t('ausschalten')}</Button>}>
      <Innen>
        <p><Badge ton={stand.aktiv ? 'gut' : 'neutral'}>{t(stand.aktiv ? 'an' : 'aus')}</Badge></p>
        <Hinweis ton="info">{t('text')}</Hinweis>
        {stand.aktiv ? <p>{t('aktenzeichen')}: <b>{stand.aktenzeichen}</b><br />{t('freigabeVom')} <Zeit wert={stand.freigabeVom!} /></p> : <Einschalten stand={stand} />}
        {stand.geaendertAm && <p className="va-klein va-leise">{t('geaendert')}: <Zeit wert={stand.geaendertAm} />{stand.geaendertVon && `, ${stand.geaendertVon.name}`}</p>}
      </Innen>
      <Dialog titel={t('frage')} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={aus.laeuft} onClick={() => aus.starten({ ifMatch: stand.version, body: { aktiv: false } })}>{t('ausschalten')}</Button>}>
        <p>{t('frageText')}</p>{aus.fehler !== null && <Fehler kompakt fehler={aus.fehler} />}
      </Dialog>
    </Tafel>
  );
}

const Werte = z.object({ aktenzeichen: z.string().trim().min(1).max(200), freigabeVom: z.iso.date() });
function Einschalten({ stand }: { stand: Stand }) {
  const an = useAuftrag(api.updateGeheimschutz);
  const f = useFormular({ schema: Werte, start: { aktenzeichen: '', freigabeVom: '' }, senden: async (werte) => { await an.ausfuehren({ ifMatch: stand.version, body: { aktiv: true, ...werte } }); } });
  return (
    <Formular formular={f} knopf={t('einschalten')}>
      <Felder><Field label={t('aktenzeichen')} {...f.feld('aktenzeichen')} /><Field label={t('freigabeVom')} type="date" {...f.feld('freigabeVom')} /></Felder>
    </Formular>
  );
}
