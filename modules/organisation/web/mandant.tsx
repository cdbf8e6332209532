import './verwaltung.css';
import { useState } from 'react';
import { useParams } from 'react-router';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, ButtonLink, Dialog, Ergebnis, Fehler, Field, Innen, Kuerzel, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, farben, MandantAngaben, type MandantId } from '../contract.ts';
import { Einmalkennwort } from './einmalkennwort.tsx';
import { amFeld, FremdeAenderung, useStand } from './entwurf.tsx';
import { t } from './texte.ts';
import { Verlauf } from './verlauf.tsx';

const s = katalog({
  neu: ['Mandant anlegen', 'Create Mandant'], angaben: ['Angaben', 'Details'], bezeichnungHilfe: ['etwa Landkreis, Stadt, Gemeinde', 'e.g. county, town, municipality'], kuerzelHilfe: ['Zwei Großbuchstaben', 'Two capital letters'], farbe: ['Farbe', 'Colour'],
  kennung: ['Behördenkennung', 'Authority identifier'], kennungHilfe: ['Präfix:Kennung, wie im DVDV', 'prefix:identifier, as in the DVDV'], ars: ['Amtlicher Regionalschlüssel', 'Official regional code'], arsHilfe: ['Zwölf Ziffern', 'Twelve digits'], erste: ['Erste Administration', 'First administrator'], ersteText: ['Sie legt Organisationseinheiten und Benutzer an. Inhalte dieser Verwaltung sieht der Betrieb nicht.', 'Creates units and users. The operator does not see the contents of this authority.'],
  aufgenommen: [(name: string) => `${name} ist angelegt`, (name: string) => `${name} has been created`], zurListe: ['Zu den Mandanten', 'To the Mandanten'], gleich: ['Die Anmeldung geht, sobald alles eingerichtet ist: in wenigen Sekunden.', 'Logging in works as soon as everything is set up: in a few seconds.'], ruht: ['stillgelegt', 'closed'], stilllegen: ['Stilllegen', 'Close'], wieder: ['Wieder in Betrieb nehmen', 'Reopen'], stillFrage: [(name: string) => `${name} stilllegen?`, (name: string) => `Close ${name}?`], stillText: ['Niemand kann sich dort mehr anmelden, laufende Sitzungen enden sofort. Alle Daten bleiben.', 'Nobody can log in there, running sessions end at once. All data stays.'],
});
const farbnamen = katalog({ violett: ['Violett', 'Violet'], tuerkis: ['Türkis', 'Turquoise'], orange: ['Orange', 'Orange'], blau: ['Blau', 'Blue'], hellblau: ['Hellblau', 'Light blue'], gruen: ['Grün', 'Green'], limette: ['Limette', 'Lime'], gelb: ['Gelb', 'Yellow'] });
type Mandant = Answer<typeof api.getMandant>;
type Neu = Answer<typeof api.createMandant>;
const Werte = MandantAngaben.partial({ bezeichnung: true, behoerdenkennung: true, ars: true });
const NeueWerte = Werte.extend({ anmeldename: z.string().trim().min(1).max(100).regex(/^\S+$/u), vorname: z.string().trim().max(100).optional(), nachname: z.string().trim().min(1).max(100), email: z.email().optional() });

const zumFeld = amFeld({ 'mandant.kuerzel_vergeben': 'kuerzel', 'mandant.name_vergeben': 'name', 'benutzer.anmeldename_vergeben': 'anmeldename' });

export function Component() {
  const { id } = useParams();
  const { data, error, refetch } = useAbfrage(api.getMandant, { params: { id: id as MandantId } }, { aktiv: id !== undefined });
  if (error) return <Seite><Seitenkopf titel={t('mandanten')} zurueck={{ pfad: '/verwaltung/mandanten', titel: t('mandanten') }} /><Fehler fehler={error} nochmal={() => void refetch()} /></Seite>;
  if (id === undefined) return <Aufnahme />;
  return data ? <Bearbeiten key={data.id} mandant={data} /> : <Laden />;
}

type Feldname = 'name' | 'bezeichnung' | 'kuerzel' | 'behoerdenkennung' | 'ars';
type Formular_ = { feld(name: Feldname): object; setze(name: 'kuerzel' | 'farbe', wert: string): void; werte: { kuerzel?: string | undefined; farbe?: string | undefined } };
function Grundfelder({ f: { feld, setze, werte } }: { f: Formular_ }) {
  return (
    <>
      <Felder>
        <Field label={t('name')} {...feld('name')} breit />
        <Field label={t('bezeichnung')} freiwillig hinweis={s('bezeichnungHilfe')} {...feld('bezeichnung')} />
        <Field label={t('kuerzel')} hinweis={s('kuerzelHilfe')} maxLength={2} {...feld('kuerzel')} onChange={(e) => setze('kuerzel', e.target.value.toLocaleUpperCase('de'))} />
        <Field label={s('kennung')} freiwillig hinweis={s('kennungHilfe')} {...feld('behoerdenkennung')} />
        <Field label={s('ars')} freiwillig hinweis={s('arsHilfe')} inputMode="numeric" {...feld('ars')} />
      </Felder>
      <fieldset className="va-farbwahl"><legend className="va-klein va-leise">{s('farbe')}</legend>
        <div>{farben.map((f) => <label key={f}><input type="radio" className="kern-form-check__radio" name="farbe" value={f} checked={f === werte.farbe} onChange={() => setze('farbe', f)} /><span aria-hidden="true"><Kuerzel mandant={{ name: '', kuerzel: werte.kuerzel || 'AB', farbe: f }} /></span>{farbnamen(f)}</label>)}</div>
      </fieldset>
    </>
  );
}

function Aufnahme() {
  const [neu, setNeu] = useState<Neu>();
  const aufnehmen = useAuftrag(api.createMandant);
  const f = useFormular({
    schema: NeueWerte, start: { farbe: 'blau' },
    async senden({ anmeldename, vorname = '', nachname, email = '', ...mandant }) { setNeu(await aufnehmen.ausfuehren({ body: { ...mandant, administration: { anmeldename, vorname, nachname, email: email || null } } }).catch(zumFeld)); },
  });
  const kopf = { pfad: '/verwaltung/mandanten', titel: t('mandanten') };
  if (neu) return (
    <Seite>
      <Seitenkopf titel={s('aufgenommen', neu.mandant.name)} zurueck={kopf} />
      <div className="va-mitte"><Einmalkennwort fuer={f.werte.anmeldename ?? ''} kennwort={neu.einmalkennwort} /><p className="va-leise">{s('gleich')}</p><div className="va-reihe"><ButtonLink art="haupt" to={kopf.pfad}>{s('zurListe')}</ButtonLink></div></div>
    </Seite>
  );
  return (
    <Seite>
      <Seitenkopf titel={s('neu')} zurueck={kopf} />
      <div className="va-mitte">
        <Tafel titel={s('neu')} titelVersteckt><Innen>
          <Formular formular={f} knopf={t('anlegen')} daneben={<ButtonLink art="leicht" to={kopf.pfad}>{t('abbrechen')}</ButtonLink>}>
            <Grundfelder f={f as Formular_} />
            <h2 className="va-h">{s('erste')}</h2>
            <p className="va-leise">{s('ersteText')}</p>
            <Felder>
              <Field label={t('vorname')} freiwillig {...f.feld('vorname')} />
              <Field label={t('nachname')} {...f.feld('nachname')} />
              <Field label={t('anmeldename')} autoCapitalize="none" spellCheck={false} autoComplete="off" {...f.feld('anmeldename')} />
              <Field label={t('email')} type="email" freiwillig {...f.feld('email')} />
            </Felder>
          </Formular>
        </Innen></Tafel>
      </div>
    </Seite>
  );
}

const felderVon = ({ name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars }: Mandant) => ({ name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars });
function Bearbeiten({ mandant }: { mandant: Mandant }) {
  const { id, version, name, aktiv, art } = mandant;
  const { stand, start, fremd, uebernimm, abgelehnt } = useStand(mandant, felderVon);
  const [frage, setFrage] = useState(false);
  const aendern = useAuftrag(api.updateMandant);
  const schalten = useAuftrag(api.updateMandant, { nachher: () => setFrage(false) });
  const zeige = (neu: Mandant) => { uebernimm(neu); f.zuruecksetzen(felderVon(neu)); };
  const f = useFormular({
    schema: Werte, start,
    async senden(w) { zeige(await aendern.ausfuehren({ params: { id }, ifMatch: stand.version, body: { bezeichnung: '', behoerdenkennung: null, ars: null, ...w } }).catch(abgelehnt).catch(zumFeld)); },
  });
  const schalte = (an: boolean) => schalten.starten({ params: { id }, ifMatch: version, body: { aktiv: an } });
  return (
    <Seite>
      <Seitenkopf titel={name} zurueck={{ pfad: '/verwaltung/mandanten', titel: t('mandanten') }} neben={<><Kuerzel mandant={mandant} />{!aktiv && <Badge>{s('ruht')}</Badge>}</>}
        aktionen={art === 'mandant' && (aktiv ? <Button klein icon="schloss" onClick={() => { schalten.vergessen(); setFrage(true); }}>{s('stilllegen')}</Button> : <Button klein icon="zurueckholen" laeuft={schalten.laeuft} onClick={() => schalte(true)}>{s('wieder')}</Button>)} />
      <div className="va-zwischen">
        {schalten.fehler !== null && !frage && <Fehler kompakt fehler={schalten.fehler} />}
        <Tafel titel={s('angaben')}><Innen>
          <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}>
            {fremd && <FremdeAenderung onLaden={() => zeige(fremd)} />}
            <Grundfelder f={f as Formular_} />
          </Formular>
        </Innen></Tafel>
        <Verlauf objekt={id} />
      </div>
      <Dialog titel={s('stillFrage', name)} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={schalten.laeuft} onClick={() => schalte(false)}>{s('stilllegen')}</Button>}>
        <p>{s('stillText')}</p>{schalten.fehler !== null && <Fehler kompakt fehler={schalten.fehler} />}
      </Dialog>
    </Seite>
  );
}
