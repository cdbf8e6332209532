import './verwaltung.css';
import { useState } from 'react';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, ButtonLink, Field, Hinweis, Innen, Radios, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, BenutzerAngaben, type RolleId } from '../contract.ts';
import { amFeld } from './entwurf.tsx';
import { Einmalkennwort } from './einmalkennwort.tsx';
import { RollenWahl } from './rollenwahl.tsx';
import { t } from './texte.ts';
import { ZuordnungWahl, type Zuordnung } from './zuordnung.tsx';

const s = katalog({
  titel: ['Benutzer anlegen', 'Create user'], person: ['Person', 'Person'], zugang: ['Zugang', 'Access'], konto: ['Konto', 'Account'], neuesKonto: ['Neues Konto', 'New account'], neuesHilfe: ['mit einem Einmalkennwort', 'with a one-time password'], bestehend: ['Vorhandenes Konto', 'Existing account'],
  bestehendHilfe: ['Die Person arbeitet schon in einer anderen Verwaltung dieses Verbunds und meldet sich mit demselben Kennwort an', 'The person already works in another authority of this Verbund and logs in with the same password'],
  nameHilfe: ['Ohne Leerzeichen; im ganzen Verbund nur einmal', 'Without spaces; unique in the whole Verbund'], angelegt: [(name: string) => `${name} ist angelegt`, (name: string) => `${name} has been created`], weiter: ['Weitere Person anlegen', 'Create another person'], zurPerson: ['Zur Person', 'To the person'],
  verknuepft: ['Die Person meldet sich mit ihrem bisherigen Kennwort an.', 'The person logs in with the existing password.'],
});
const Werte = BenutzerAngaben.partial({ titel: true, vorname: true, funktion: true, email: true, telefon: true }).extend({ anmeldename: z.string().trim().min(1).max(100).regex(/^\S+$/u), art: z.enum(['neu', 'bestehend']) });
const amAnmeldenamen = amFeld({ 'benutzer.anmeldename_vergeben': 'anmeldename', 'benutzer.konto_unbekannt': 'anmeldename', 'benutzer.schon_vorhanden': 'anmeldename' });
type Angelegt = Answer<typeof api.createBenutzer>;

export function Component() {
  const [angelegt, setAngelegt] = useState<Angelegt>();
  if (angelegt) return <Fertig {...angelegt} onWeiter={() => setAngelegt(undefined)} />;
  return <Neu onFertig={setAngelegt} />;
}

function Neu({ onFertig }: { onFertig(angelegt: Angelegt): void }) {
  const anlegen = useAuftrag(api.createBenutzer);
  const [rollen, setRollen] = useState<RolleId[]>([]);
  const [einheiten, setEinheiten] = useState<Zuordnung[]>([]);
  const f = useFormular({
    schema: Werte, start: { art: 'neu' },
    async senden({ art, ...w }) { onFertig(await anlegen.ausfuehren({ body: { ...w, bestehendesKonto: art === 'bestehend', rollen, organisationseinheiten: einheiten } }).catch(amAnmeldenamen)); },
  });
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/verwaltung/benutzer', titel: t('benutzer') }} />
      <div className="va-mitte">
        <Tafel titel={s('titel')} titelVersteckt>
          <Innen>
            <Formular formular={f} knopf={t('anlegen')} daneben={<ButtonLink art="leicht" to="/verwaltung/benutzer">{t('abbrechen')}</ButtonLink>}>
              <h2 className="va-h">{s('person')}</h2>
              <PersonFelder feld={f.feld} />
              <h2 className="va-h">{s('zugang')}</h2>
              <Felder><Field label={t('anmeldename')} hinweis={s('nameHilfe')} autoCapitalize="none" spellCheck={false} autoComplete="off" {...f.feld('anmeldename')} breit /></Felder>
              <Radios titel={s('konto')} {...f.wahl('art')} wahl={[{ wert: 'neu', titel: s('neuesKonto'), hinweis: s('neuesHilfe') }, { wert: 'bestehend', titel: s('bestehend'), hinweis: s('bestehendHilfe') }]} />
              <h2 className="va-h">{t('rollen')}</h2>
              <RollenWahl titel={t('rollen')} gewaehlt={rollen} onWahl={setRollen} />
              <h2 className="va-h">{t('einheiten')}</h2>
              <ZuordnungWahl wert={einheiten} onWert={setEinheiten} />
            </Formular>
          </Innen>
        </Tafel>
      </div>
    </Seite>
  );
}

type Feldname = 'titel' | 'vorname' | 'nachname' | 'funktion' | 'email' | 'telefon';
export const PersonFelder = ({ feld }: { feld(name: Feldname): object }) => (
  <Felder>
    <Field label={t('vorname')} freiwillig {...feld('vorname')} />
    <Field label={t('nachname')} {...feld('nachname')} />
    <Field label={t('titel')} freiwillig {...feld('titel')} />
    <Field label={t('funktion')} freiwillig {...feld('funktion')} />
    <Field label={t('email')} type="email" freiwillig {...feld('email')} />
    <Field label={t('telefon')} type="tel" freiwillig {...feld('telefon')} />
  </Felder>
);

function Fertig({ benutzer, einmalkennwort, onWeiter }: Angelegt & { onWeiter(): void }) {
  const fremd = benutzer.konto?.fremd ?? false;
  return (
    <Seite>
      <Seitenkopf titel={s('angelegt', benutzer.name)} zurueck={{ pfad: '/verwaltung/benutzer', titel: t('benutzer') }} />
      <div className="va-mitte">
        {fremd ? <Hinweis ton="gut">{s('verknuepft')}</Hinweis> : <Einmalkennwort fuer={benutzer.konto?.anmeldename ?? benutzer.name} kennwort={einmalkennwort} />}
        <div className="va-reihe"><Button art="haupt" icon="plus" onClick={onWeiter}>{s('weiter')}</Button><ButtonLink to={`/verwaltung/benutzer/${benutzer.id}`}>{s('zurPerson')}</ButtonLink></div>
      </div>
    </Seite>
  );
}
