import { useState } from 'react';
import type { Answer } from '#platform/contract.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Dialog, Fehler, Innen, Select, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, klassen, type Klasse } from '../contract.ts';

export const k = katalog({
  titel: ['Schutzklasse', 'Protected class'], keine: ['keine', 'none'], aendern: ['Ändern', 'Change'], vonOben: ['von oben', 'from above'], setzen: ['Übernehmen', 'Apply'],
  frage: [(was: string) => `Schutzklasse von „${was}“`, (was: string) => `Protected class of “${was}”`],
  text: ['In einem Schutzbereich mit eigener Klasse gilt nichts von dem, was weiter oben freigegeben ist, auch nicht für die Registratur. Wer nur sehen darf, erfährt keinen Betreff, und jeder Lesezugriff wird aufgezeichnet. Erteilen Sie hier, was bleiben soll.', 'In a protection area with a class of its own nothing counts that is granted above. Whoever may only see learns no subject, and every read is recorded. Grant here what shall remain.'],
  personal: ['Personaldaten', 'Personnel data'], sozial: ['Sozialdaten', 'Social data'], gesundheit: ['Gesundheitsdaten', 'Health data'], steuer: ['Steuerdaten', 'Tax data'], personalrat: ['Personalrat', 'Staff council'], vs_nfd: ['VS – Nur für den Dienstgebrauch', 'Restricted (VS-NfD)'],
});
type Bereich = Answer<typeof api.getSchutzbereich>;

/** The class of a Schutzbereich, its own or from above, and the way to set it. */
export function Schutzklasse({ bereich }: { bereich: Bereich }) {
  const [offen, setOffen] = useState(false);
  const [wahl, setWahl] = useState<Klasse | ''>(bereich.klasse ?? '');
  const aendern = useAuftrag(api.updateSchutzbereich, { nachher: () => setOffen(false) });
  const { wirksameKlasse: wirksam } = bereich;
  return (
    <Tafel titel={k('titel')} aktionen={bereich.rechte.includes('zugriff.verwalten') && <Button klein icon="schloss" onClick={() => { setWahl(bereich.klasse ?? ''); setOffen(true); }}>{k('aendern')}</Button>}>
      <Innen><p>{wirksam ? k(wirksam) : k('keine')} {wirksam && !bereich.klasse && <span className="va-klein va-leise">{k('vonOben')}</span>}</p></Innen>
      <Dialog titel={k('frage', bereich.bezeichnung)} offen={offen} onSchliessen={() => setOffen(false)}
        aktion={<Button art="haupt" laeuft={aendern.laeuft} disabled={wahl === (bereich.klasse ?? '')} onClick={() => aendern.starten({ params: { id: bereich.id }, ifMatch: bereich.version, body: { klasse: wahl || null } })}>{k('setzen')}</Button>}>
        <p>{k('text')}</p>
        <Select label={k('titel')} leer={k('keine')} wahl={klassen.map((wert) => ({ wert, titel: k(wert) }))} value={wahl} onChange={(e) => setWahl(e.target.value as Klasse | '')} />
        {aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </Tafel>
  );
}
