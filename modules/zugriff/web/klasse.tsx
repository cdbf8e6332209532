import { useState } from 'react';
import type { Answer } from '#platform/contract.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Innen, Leise, Radios, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, klassen, type Klasse } from '../contract.ts';
import { Aenderung } from './vorschau.tsx';

export const k = katalog({
  titel: ['Schutzklasse', 'Protected class'], keine: ['keine', 'none'], keineText: ['gewöhnliches Schriftgut; was weiter oben freigegeben ist, gilt auch hier', 'ordinary records; what is granted above counts here, too'], aendern: ['Schutzklasse ändern', 'Change class'], vonOben: ['von oben übernommen', 'taken from above'], setzen: ['Schutzklasse übernehmen', 'Apply class'],
  frage: [(was: string) => `Schutzklasse von „${was}“`, (was: string) => `Protected class of “${was}”`],
  text: ['In einem Schutzbereich mit eigener Klasse gilt nichts von dem, was weiter oben freigegeben ist, auch nicht für die Registratur. Wer nur sehen darf, erfährt keinen Betreff, und jeder Lesezugriff wird aufgezeichnet. Erteilen Sie hier, was bleiben soll.', 'In a protection area with a class of its own nothing counts that is granted above. Whoever may only see learns no subject, and every read is recorded. Grant here what shall remain.'],
  personal: ['Personaldaten', 'Personnel data'], sozial: ['Sozialdaten', 'Social data'], gesundheit: ['Gesundheitsdaten', 'Health data'], steuer: ['Steuerdaten', 'Tax data'], personalrat: ['Personalrat', 'Staff council'], vs_nfd: ['VS – Nur für den Dienstgebrauch', 'Restricted (VS-NfD)'],
  personalText: ['Personalakten und was Beschäftigte betrifft (§ 50 BeamtStG)', 'personnel files and what concerns employees'], sozialText: ['Sozialgeheimnis (§ 35 SGB I): Jugendamt, Sozialamt, Jobcenter', 'social secrecy (§ 35 SGB I)'], gesundheitText: ['Daten über Gesundheit (Art. 9 DSGVO), ärztliche Unterlagen', 'data on health (Art. 9 GDPR), medical records'],
  steuerText: ['Steuergeheimnis (§ 30 AO): Gewerbesteuer, Grundsteuer, Hundesteuer', 'tax secrecy (§ 30 AO)'], personalratText: ['Unterlagen der Personalvertretung, die die Dienststelle nicht kennt', 'papers of the staff council that the office does not know'], vs_nfdText: ['nur, wenn die Geheimschutzbeauftragte VS-NfD freigegeben hat', 'only if VS-NfD has been approved'],
});
type Bereich = Answer<typeof api.getSchutzbereich>;

/** The class of a Schutzbereich, its own or from above, and the way to set it. */
export function Schutzklasse({ bereich }: { bereich: Bereich }) {
  const [offen, setOffen] = useState(false);
  const [wahl, setWahl] = useState<Klasse | ''>(bereich.klasse ?? '');
  const aendern = useAuftrag(api.updateSchutzbereich, { nachher: () => setOffen(false) });
  const { wirksameKlasse: wirksam } = bereich;
  const anders = wahl !== (bereich.klasse ?? '');
  return (
    <Tafel titel={k('titel')} aktionen={bereich.rechte.includes('zugriff.verwalten') && <Button klein icon="schloss" onClick={() => { setWahl(bereich.klasse ?? ''); aendern.vergessen(); setOffen(true); }}>{k('aendern')}</Button>}>
      <Innen>{wirksam ? <p className="va-reihe"><Badge ton="warnung" icon="schloss">{k(wirksam)}</Badge><Leise>{bereich.klasse ? k(`${wirksam}Text`) : k('vonOben')}</Leise></p> : <p>{k('keine')} <Leise>{k('keineText')}</Leise></p>}</Innen>
      <Aenderung titel={k('frage', bereich.bezeichnung)} text={k('text')} offen={offen} onSchliessen={() => setOffen(false)} vorhaben={anders ? { art: 'aendern', id: bereich.id, klasse: wahl || null } : undefined}
        knopf={k('setzen')} laeuft={aendern.laeuft} fehler={aendern.fehler} onTun={() => aendern.starten({ params: { id: bereich.id }, ifMatch: bereich.version, body: { klasse: wahl || null } })}>
        <Radios titel={k('titel')} name="klasse" wert={wahl} onChange={(wert) => setWahl(wert as Klasse | '')} wahl={[{ wert: '', titel: k('keine'), hinweis: k('keineText') }, ...klassen.map((wert) => ({ wert, titel: k(wert), hinweis: k(`${wert}Text`) }))]} />
      </Aenderung>
    </Tafel>
  );
}
