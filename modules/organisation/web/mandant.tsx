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
import { t } from './texte.ts';

const s = katalog({
  neu: ['Verwaltung aufnehmen', 'Take in authority'], aufnehmen: ['Aufnehmen', 'Take in'], angaben: ['Angaben', 'Details'], bezeichnungHilfe: ['etwa Landkreis, Stadt, Gemeinde', 'e.g. county, town, municipality'], kuerzelHilfe: ['Zwei Großbuchstaben; kennzeichnet Objekte dieser Verwaltung', 'Two capital letters; marks objects of this authority'], farbe: ['Farbe', 'Colour'],
  kennung: ['Behördenkennung', 'Authority identifier'], ars: ['Amtlicher Regionalschlüssel', 'Official regional code'], arsHilfe: ['Zwölf Ziffern', 'Twelve digits'], zeitzone: ['Zeitzone', 'Time zone'], erste: ['Erste Administration', 'First administrator'], ersteText: ['Sie legt Organisationseinheiten und Benutzer an. Inhalte dieser Verwaltung sieht der Betrieb nicht.', 'Creates units and users. The operator does not see the contents of this authority.'],
  aufgenommen: [(name: string) => `${name} ist aufgenommen`, (name: string) => `${name} has been taken in`], zurListe: ['Zu den Verwaltungen', 'To the authorities'], ruht: ['stillgelegt', 'closed'], stilllegen: ['Stilllegen', 'Close'], wieder: ['Wieder in Betrieb nehmen', 'Reopen'], stillFrage: [(name: string) => `${name} stilllegen?`, (name: string) => `Close ${name}?`], stillText: ['Niemand kann sich dort mehr anmelden, laufende Sitzungen enden sofort. Alle Daten bleiben.', 'Nobody can log in there, running sessions end at once. All data stays.'],
});
const farbnamen = katalog({ violett: ['Violett', 'Violet'], tuerkis: ['Türkis', 'Turquoise'], orange: ['Orange', 'Orange'], blau: ['Blau', 'Blue'], hellblau: ['Hellblau', 'Light blue'], gruen: ['Grün', 'Green'], limette: ['Limette', 'Lime'], gelb: ['Gelb', 'Yellow'] });
type Mandant = Answer<typeof api.getMandant>;
type Neu = Answer<typeof api.createMandant>;
const Werte = MandantAngaben.partial({ bezeichnung: true, behoerdenkennung: true, ars: true });
const NeueWerte = Werte.extend({ anmeldename: z.string().trim().min(1).max(100).regex(/^\S+$/u), vorname: z.string().trim().max(100).optional(), nachname: z.string().trim().min(1).max(100), email: z.email().optional() });

export function Component() {
  const { id } = useParams();
  const { data, error } = useAbfrage(api.getMandant, { params: { id: id as MandantId } }, { aktiv: id !== undefined });
  if (error) return <Fehler fehler={error} />;
  if (id === undefined) return <Aufnahme />;
  return data ? <Bearbeiten key={data.version} mandant={data} /> : <Laden />;
}

type Feldname = 'name' | 'bezeichnung' | 'kuerzel' | 'behoerdenkennung' | 'ars' | 'zeitzone';
function Grundfelder({ feld, farbe, kuerzel, onFarbe, lesen = false }: { feld(name: Feldname): object; farbe: string; kuerzel: string; onFarbe(farbe: string): void; lesen?: boolean }) {
  return (
    <>
      <Felder>
        <Field label={t('name')} readOnly={lesen} {...feld('name')} breit />
        <Field label={t('bezeichnung')} freiwillig hinweis={s('bezeichnungHilfe')} readOnly={lesen} {...feld('bezeichnung')} />
        <Field label={t('kuerzel')} hinweis={s('kuerzelHilfe')} maxLength={2} readOnly={lesen} {...feld('kuerzel')} />
        <Field label={s('kennung')} freiwillig readOnly={lesen} {...feld('behoerdenkennung')} />
        <Field label={s('ars')} freiwillig hinweis={s('arsHilfe')} inputMode="numeric" readOnly={lesen} {...feld('ars')} />
        <Field label={s('zeitzone')} readOnly={lesen} {...feld('zeitzone')} />
      </Felder>
      <fieldset><legend className="va-klein">{s('farbe')}</legend>
        <div className="va-farbwahl">{farben.map((f) => <label key={f}><input type="radio" className="kern-form-check__radio" name="farbe" value={f} checked={f === farbe} disabled={lesen} onChange={() => onFarbe(f)} /><span aria-hidden="true"><Kuerzel mandant={{ name: '', kuerzel: kuerzel || 'AB', farbe: f }} /></span>{farbnamen(f)}</label>)}</div>
      </fieldset>
    </>
  );
}

function Aufnahme() {
  const [neu, setNeu] = useState<Neu>();
  const aufnehmen = useAuftrag(api.createMandant);
  const f = useFormular({
    schema: NeueWerte, start: { farbe: 'blau', zeitzone: 'Europe/Berlin' },
    async senden({ anmeldename, vorname = '', nachname, email = '', ...mandant }) { setNeu(await aufnehmen.ausfuehren({ body: { ...mandant, administration: { anmeldename, vorname, nachname, email: email || null } } })); },
  });
  const kopf = { pfad: '/verwaltung/mandanten', titel: t('mandanten') };
  if (neu) return (
    <Seite>
      <Seitenkopf titel={s('aufgenommen', neu.mandant.name)} zurueck={kopf} />
      <div className="va-mitte va-gitter"><Einmalkennwort fuer={f.werte.anmeldename ?? ''} kennwort={neu.einmalkennwort} /><div className="va-reihe"><ButtonLink art="haupt" to={kopf.pfad}>{s('zurListe')}</ButtonLink></div></div>
    </Seite>
  );
  return (
    <Seite>
      <Seitenkopf titel={s('neu')} zurueck={kopf} />
      <div className="va-mitte">
        <Tafel titel={s('neu')} titelVersteckt><Innen>
          <Formular formular={f} knopf={s('aufnehmen')} daneben={<ButtonLink art="leicht" to={kopf.pfad}>{t('abbrechen')}</ButtonLink>}>
            <Grundfelder feld={f.feld} farbe={f.werte.farbe ?? ''} kuerzel={f.werte.kuerzel ?? ''} onFarbe={(wert) => f.setze('farbe', wert)} />
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

function Bearbeiten({ mandant }: { mandant: Mandant }) {
  const { id, version, name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars, zeitzone, aktiv, art } = mandant;
  const lesen = !mandant.rechte.includes('mandant.verwalten');
  const [frage, setFrage] = useState(false);
  const aendern = useAuftrag(api.updateMandant, { nachher: () => setFrage(false) });
  const f = useFormular({
    schema: Werte, start: { name, bezeichnung, kuerzel, farbe, behoerdenkennung, ars, zeitzone },
    senden: (w) => aendern.ausfuehren({ params: { id }, ifMatch: version, body: { bezeichnung: '', behoerdenkennung: null, ars: null, ...w } }),
  });
  const schalte = (an: boolean) => aendern.starten({ params: { id }, ifMatch: version, body: { aktiv: an } });
  const felder = <Grundfelder feld={f.feld} farbe={f.werte.farbe ?? ''} kuerzel={f.werte.kuerzel ?? ''} onFarbe={(wert) => f.setze('farbe', wert)} lesen={lesen} />;
  return (
    <Seite>
      <Seitenkopf titel={name} zurueck={{ pfad: '/verwaltung/mandanten', titel: t('mandanten') }} neben={!aktiv && <Badge>{s('ruht')}</Badge>}
        aktionen={!lesen && art === 'mandant' && (aktiv ? <Button klein icon="schloss" onClick={() => setFrage(true)}>{s('stilllegen')}</Button> : <Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => schalte(true)}>{s('wieder')}</Button>)} />
      <div className="va-mitte">
        <Tafel titel={s('angaben')}><Innen>{lesen ? felder : <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}>{felder}</Formular>}</Innen></Tafel>
      </div>
      <Dialog titel={s('stillFrage', name)} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={aendern.laeuft} onClick={() => schalte(false)}>{s('stilllegen')}</Button>}>
        <p>{s('stillText')}</p>{aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </Seite>
  );
}
