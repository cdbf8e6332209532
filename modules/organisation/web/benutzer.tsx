import './verwaltung.css';
import { useParams } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, ButtonLink, Ergebnis, Fehler, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { api, BenutzerAngaben, type BenutzerId, type RolleId } from '../contract.ts';
import { standVon } from './benutzer-liste.tsx';
import { PersonFelder } from './benutzer-neu.tsx';
import { FremdeAenderung, useEntwurf, useStand } from './entwurf.tsx';
import { Kontotafel } from './kontotafel.tsx';
import { RollenWahl } from './rollenwahl.tsx';
import { t } from './texte.ts';
import { Verlauf } from './verlauf.tsx';
import { ZuordnungWahl, type Zuordnung } from './zuordnung.tsx';

const s = katalog({ person: ['Person', 'Person'], rollen: ['Rollen übernehmen', 'Apply roles'], zuordnung: ['Zuordnung übernehmen', 'Apply units'] });
type Benutzer = Answer<typeof api.getBenutzer>;

export function Component() {
  const { id = '' } = useParams();
  const seiten = useSlot('benutzer.aktion');
  const { data, error, refetch } = useAbfrage(api.getBenutzer, { params: { id: id as BenutzerId } });
  if (error) return <Seite><Seitenkopf titel={t('benutzer')} zurueck={{ pfad: '/verwaltung/benutzer', titel: t('benutzer') }} /><Fehler fehler={error} nochmal={() => void refetch()} /></Seite>;
  if (!data) return <Laden />;
  const stand = standVon(data);
  return (
    <Seite key={data.id}>
      <Seitenkopf titel={data.name} zurueck={{ pfad: '/verwaltung/benutzer', titel: t('benutzer') }} neben={<Badge ton={stand.ton}>{stand.wort}</Badge>} aktionen={seiten.map(({ pfad, titel }) => <ButtonLink key={titel()} klein icon="schild" to={pfad(data.id)}>{titel()}</ButtonLink>)} />
      <div className="va-spaltenpaar">
        <div>
          <Tafel titel={s('person')}><Innen><PersonFormular benutzer={data} /></Innen></Tafel>
          <Tafel titel={t('einheiten')} zahl={data.organisationseinheiten.length}><Innen><Zuordnungen benutzer={data} /></Innen></Tafel>
        </div>
        <div>
          <Kontotafel benutzer={data} />
          <Tafel titel={t('rollen')} zahl={data.rollen.length}><Innen><Rollenzuweisung benutzer={data} /></Innen></Tafel>
        </div>
      </div>
      <div className="va-zwischen"><Verlauf objekt={data.id} /></div>
    </Seite>
  );
}

const felderVon = ({ titel, vorname, nachname, funktion, email, telefon }: Benutzer) => ({ titel, vorname, nachname, funktion, email, telefon });
function PersonFormular({ benutzer }: { benutzer: Benutzer }) {
  const { stand, start, fremd, uebernimm, abgelehnt } = useStand(benutzer, felderVon);
  const aendern = useAuftrag(api.updateBenutzer);
  const zeige = (neu: Benutzer) => { uebernimm(neu); f.zuruecksetzen(felderVon(neu)); };
  const f = useFormular({
    schema: BenutzerAngaben.partial({ titel: true, vorname: true, funktion: true, email: true, telefon: true }), start,
    // An emptied field is a value, too.
    async senden(w) { zeige(await aendern.ausfuehren({ params: { id: stand.id }, ifMatch: stand.version, body: { titel: '', vorname: '', funktion: '', email: null, telefon: null, ...w } }).catch(abgelehnt)); },
  });
  return (
    <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}>
      {fremd && <FremdeAenderung onLaden={() => zeige(fremd)} />}
      <PersonFelder feld={f.feld} />
    </Formular>
  );
}

const zuordnungenVon = (b: Benutzer): Zuordnung[] => b.organisationseinheiten.map((o) => ({ organisationseinheitId: o.id, leitung: o.leitung }));
function Zuordnungen({ benutzer }: { benutzer: Benutzer }) {
  const { wert, setze, version, ...entwurf } = useEntwurf(benutzer, zuordnungenVon);
  const zuweisen = useAuftrag(api.assignOrganisationseinheiten, { nachher: entwurf.gespeichert });
  return (
    <>
      <ZuordnungWahl wert={wert} onWert={setze} />
      <Uebernahme knopf={s('zuordnung')} entwurf={entwurf} auftrag={zuweisen} onSenden={() => zuweisen.starten({ params: { id: benutzer.id }, ifMatch: version, body: { organisationseinheiten: wert } }, { onError: entwurf.abgelehnt })} />
    </>
  );
}

const rollenVon = (b: Benutzer): RolleId[] => b.rollen.map((r) => r.id).toSorted();
function Rollenzuweisung({ benutzer }: { benutzer: Benutzer }) {
  const { wert, setze, version, ...entwurf } = useEntwurf(benutzer, rollenVon);
  const zuweisen = useAuftrag(api.assignRollen, { nachher: entwurf.gespeichert });
  return (
    <>
      <RollenWahl titel={t('rollen')} gewaehlt={wert} onWahl={(rollen) => setze(rollen.toSorted())} />
      <Uebernahme knopf={s('rollen')} entwurf={entwurf} auftrag={zuweisen} onSenden={() => zuweisen.starten({ params: { id: benutzer.id }, ifMatch: version, body: { rollen: wert } }, { onError: entwurf.abgelehnt })} />
    </>
  );
}

type Auftrag = { laeuft: boolean; ergebnis: unknown; fehler: unknown; vergessen(): void };
type Entwurf = { geaendert: boolean; fremd: boolean; verwerfen(): void };
/** Appears with the first change; afterwards the result stands in its place. */
function Uebernahme({ knopf, entwurf: { geaendert, fremd, verwerfen }, auftrag, onSenden }: { knopf: string; entwurf: Entwurf; auftrag: Auftrag; onSenden(): void }) {
  if (!geaendert) return auftrag.ergebnis ? <Ergebnis>{t('gespeichert')}</Ergebnis> : null;
  const zurueck = () => { auftrag.vergessen(); verwerfen(); };
  return (
    <>
      {fremd ? <FremdeAenderung onLaden={zurueck} /> : auftrag.fehler !== null && <Fehler kompakt fehler={auftrag.fehler} />}
      <div className="va-reihe"><Button klein laeuft={auftrag.laeuft} onClick={onSenden}>{knopf}</Button><Button art="leicht" klein onClick={zurueck}>{t('abbrechen')}</Button></div>
    </>
  );
}
