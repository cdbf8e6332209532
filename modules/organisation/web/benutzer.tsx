import './verwaltung.css';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Formular, useFormular } from '#platform/web/formular/index.ts';
import { Angaben, Badge, Button, Dialog, Ergebnis, Fehler, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { api, BenutzerAngaben, type BenutzerId, type RolleId } from '../contract.ts';
import { standVon } from './benutzer-liste.tsx';
import { PersonFelder } from './benutzer-neu.tsx';
import { Einmalkennwort } from './einmalkennwort.tsx';
import { RollenWahl } from './rollenwahl.tsx';
import { t } from './texte.ts';
import { ZuordnungWahl, type Zuordnung } from './zuordnung.tsx';

const s = katalog({
  person: ['Person', 'Person'], konto: ['Konto', 'Account'], heimat: ['Verwaltet von', 'Kept by'], andere: ['einer anderen Verwaltung', 'another authority'], hier: ['dieser Verwaltung', 'this authority'],
  zuruecksetzen: ['Kennwort zurücksetzen', 'Reset password'], zuruecksetzenFrage: [(name: string) => `Kennwort von ${name} zurücksetzen?`, (name: string) => `Reset the password of ${name}?`], zuruecksetzenText: ['Das bisherige Kennwort gilt nicht mehr, und alle Sitzungen enden sofort. Sie erhalten ein Einmalkennwort.', 'The present password becomes invalid and all sessions end at once. You get a one-time password.'],
  sperren: ['Sperren', 'Lock'], sperrenFrage: [(name: string) => `${name} sperren?`, (name: string) => `Lock ${name}?`], sperrenText: ['Alle Sitzungen und Zugangstoken enden sofort. Was die Person getan hat, bleibt und wird weiter mit ihrem Namen gezeigt.', 'All sessions and tokens end at once. What the person did stays and keeps being shown under the name.'], entsperren: ['Entsperren', 'Unlock'],
  uebernehmen: ['Übernehmen', 'Apply'], selbst: ['Das sind Sie selbst. Ihr Kennwort ändern Sie unter „Mein Konto“.', 'This is you. You change your password under “My account”.'],
});
type Benutzer = Answer<typeof api.getBenutzer>;

export function Component() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAbfrage(api.getBenutzer, { params: { id: id as BenutzerId } });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  const stand = standVon(data);
  return (
    <Seite>
      <Seitenkopf titel={data.name} zurueck={{ pfad: '/verwaltung/benutzer', titel: t('benutzer') }} neben={<Badge ton={stand.ton}>{stand.wort}</Badge>} />
      <div className="va-spaltenpaar">
        <div>
          <Tafel titel={s('person')}><Innen><PersonFormular key={data.version} benutzer={data} /></Innen></Tafel>
          <Tafel titel={t('einheiten')} zahl={data.organisationseinheiten.length}><Innen><Zuordnungen key={data.version} benutzer={data} /></Innen></Tafel>
        </div>
        <div>
          <Kontotafel benutzer={data} />
          <Tafel titel={t('rollen')} zahl={data.rollen.length}><Innen><Rollenzuweisung key={data.version} benutzer={data} /></Innen></Tafel>
        </div>
      </div>
    </Seite>
  );
}
const darfAendern = (b: Benutzer) => b.rechte.includes('benutzer.verwalten');

function PersonFormular({ benutzer }: { benutzer: Benutzer }) {
  const { id, version, titel, vorname, nachname, funktion, email, telefon } = benutzer;
  const aendern = useAuftrag(api.updateBenutzer);
  const f = useFormular({
    schema: BenutzerAngaben.partial({ titel: true, vorname: true, funktion: true, email: true, telefon: true }), start: { titel, vorname, nachname, funktion, email, telefon },
    // An emptied field is a value, too.
    senden: (w) => aendern.ausfuehren({ params: { id }, ifMatch: version, body: { titel: '', vorname: '', funktion: '', email: null, telefon: null, ...w } }),
  });
  if (!darfAendern(benutzer)) return <PersonFelder feld={f.feld} gesperrt />;
  return <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}><PersonFelder feld={f.feld} /></Formular>;
}

function Zuordnungen({ benutzer }: { benutzer: Benutzer }) {
  const vorher: Zuordnung[] = benutzer.organisationseinheiten.map((o) => ({ organisationseinheitId: o.id, leitung: o.leitung }));
  const [wert, setWert] = useState(vorher);
  const zuweisen = useAuftrag(api.assignOrganisationseinheiten);
  if (!darfAendern(benutzer)) return <ul className="va-zeilenliste">{benutzer.organisationseinheiten.map((o) => <li key={o.id}><span>{o.kennzeichen} {o.bezeichnung}</span>{o.leitung && <Badge>{t('leitung')}</Badge>}</li>)}</ul>;
  const geaendert = JSON.stringify(wert) !== JSON.stringify(vorher);
  return (
    <>
      <ZuordnungWahl wert={wert} onWert={setWert} />
      {zuweisen.fehler !== null && <Fehler kompakt fehler={zuweisen.fehler} />}
      {geaendert && <div className="va-reihe"><Button klein laeuft={zuweisen.laeuft} onClick={() => zuweisen.starten({ params: { id: benutzer.id }, body: { organisationseinheiten: wert } })}>{s('uebernehmen')}</Button><Button art="leicht" klein onClick={() => setWert(vorher)}>{t('abbrechen')}</Button></div>}
    </>
  );
}

function Rollenzuweisung({ benutzer }: { benutzer: Benutzer }) {
  const vorher = benutzer.rollen.map((r) => r.id);
  const [wahl, setWahl] = useState<ReadonlySet<RolleId>>(new Set(vorher));
  const zuweisen = useAuftrag(api.assignRollen);
  const geaendert = wahl.size !== vorher.length || vorher.some((r) => !wahl.has(r));
  return (
    <>
      <RollenWahl titel={t('rollen')} gewaehlt={wahl} onWahl={setWahl} gesperrt={!darfAendern(benutzer)} />
      {zuweisen.fehler !== null && <Fehler kompakt fehler={zuweisen.fehler} />}
      {geaendert && <div className="va-reihe"><Button klein laeuft={zuweisen.laeuft} onClick={() => zuweisen.starten({ params: { id: benutzer.id }, body: { rollen: [...wahl] } })}>{s('uebernehmen')}</Button><Button art="leicht" klein onClick={() => setWahl(new Set(vorher))}>{t('abbrechen')}</Button></div>}
    </>
  );
}

function Kontotafel({ benutzer }: { benutzer: Benutzer }) {
  const { ich } = useSitzung();
  const { id, version, konto, gesperrt, name } = benutzer;
  const [frage, setFrage] = useState<'sperren' | 'kennwort'>();
  const zu = () => setFrage(undefined);
  const zuruecksetzen = useAuftrag(api.resetPasswort, { nachher: zu });
  const aendern = useAuftrag(api.updateBenutzer, { nachher: zu });
  const fehler = zuruecksetzen.fehler ?? aendern.fehler;
  if (!konto) return null;
  const selbst = id === ich.id;
  return (
    <Tafel titel={s('konto')}>
      <Angaben daten={[{ titel: t('anmeldename'), wert: konto.anmeldename }, { titel: s('heimat'), wert: konto.fremd ? s('andere') : s('hier') }]} />
      <Innen>
        {zuruecksetzen.ergebnis && <Einmalkennwort fuer={konto.anmeldename} kennwort={zuruecksetzen.ergebnis.einmalkennwort} />}
        {selbst ? <p className="va-leise">{s('selbst')}</p> : darfAendern(benutzer) && (
          <div className="va-reihe">
            {!konto.fremd && <Button klein icon="wieder" onClick={() => setFrage('kennwort')}>{s('zuruecksetzen')}</Button>}
            {gesperrt ? <Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => aendern.starten({ params: { id }, ifMatch: version, body: { gesperrt: false } })}>{s('entsperren')}</Button>
              : <Button klein icon="schloss" onClick={() => setFrage('sperren')}>{s('sperren')}</Button>}
          </div>
        )}
        {fehler !== null && !frage && <Fehler kompakt fehler={fehler} />}
      </Innen>
      <Dialog titel={s('zuruecksetzenFrage', name)} offen={frage === 'kennwort'} onSchliessen={zu} aktion={<Button art="haupt" laeuft={zuruecksetzen.laeuft} onClick={() => zuruecksetzen.starten({ params: { id } })}>{s('zuruecksetzen')}</Button>}>
        <p>{s('zuruecksetzenText')}</p>{zuruecksetzen.fehler !== null && <Fehler kompakt fehler={zuruecksetzen.fehler} />}
      </Dialog>
      <Dialog titel={s('sperrenFrage', name)} offen={frage === 'sperren'} onSchliessen={zu} aktion={<Button art="haupt" laeuft={aendern.laeuft} onClick={() => aendern.starten({ params: { id }, ifMatch: version, body: { gesperrt: true } })}>{s('sperren')}</Button>}>
        <p>{s('sperrenText')}</p>{aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </Tafel>
  );
}
