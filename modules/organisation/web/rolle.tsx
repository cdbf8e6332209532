import './verwaltung.css';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, ButtonLink, Checkbox, Ergebnis, Fehler, Field, Hinweis, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl } from '#platform/web/text.ts';
import { api, type RolleId } from '../contract.ts';
import { amFeld, FremdeAenderung, useStand } from './entwurf.tsx';
import { gruppiere, tatVon, type Recht } from './rechte.ts';
import { t } from './texte.ts';
import { Verlauf } from './verlauf.tsx';

const s = katalog({
  neu: ['Rolle anlegen', 'Create role'], beschreibung: ['Beschreibung', 'Description'], rechte: ['Rechte', 'Rights'], folgt: ['Diese Rolle folgt der Vorgabe des Verbunds', 'This role follows the default of the Verbund'], folgtText: ['Kommen mit einer neuen Fassung Rechte hinzu, hat sie die Rolle von selbst. Sobald Sie hier etwas ändern, gilt Ihre Auswahl.', 'Rights that come with a new version are added by themselves. As soon as you change something here, your choice holds.'],
  weicht: ['Diese Rolle weicht von der Vorgabe des Verbunds ab', 'This role deviates from the default of the Verbund'], weichtText: ['Rechte neuer Fassungen kommen nicht von selbst hinzu.', 'Rights of new versions are not added by themselves.'], zurueck: ['Zur Vorgabe zurück', 'Back to the default'], verwerfen: ['Auswahl verwerfen', 'Discard choice'],
  gewaehlt: [(n: number, von: number) => `${n} von ${mehrzahl(von, 'Recht', 'Rechten')}`, (n: number, von: number) => `${n} of ${mehrzahl(von, 'right', 'rights')}`], keinRecht: ['Ein Recht allein öffnet noch keine Akte: die Person muss sie auch erreichen, durch Organisationseinheit oder Freigabe.', 'A right alone opens no file: the person must reach it as well, by organisational unit or grant.'],
});
type Rolle = Answer<typeof api.getRolle>;
const Werte = z.object({ bezeichnung: z.string().trim().min(1).max(100), beschreibung: z.string().trim().max(500).optional() });

export function Component() {
  const { id } = useParams();
  const neu = id === undefined;
  const rolle = useAbfrage(api.getRolle, { params: { id: id as RolleId } }, { aktiv: !neu });
  const alle = useAbfrage(api.listRechte, {});
  const fehler = rolle.error ?? alle.error;
  if (fehler) return <Seite><Seitenkopf titel={t('rollen')} zurueck={{ pfad: '/verwaltung/rollen', titel: t('rollen') }} /><Fehler fehler={fehler} nochmal={() => { void rolle.refetch(); void alle.refetch(); }} /></Seite>;
  if (!alle.data || (!neu && !rolle.data)) return <Laden />;
  const rechte = alle.data.eintraege;
  return rolle.data ? <Bearbeiten key={rolle.data.id} rolle={rolle.data} alle={rechte} /> : <Anlegen alle={rechte} />;
}

const zumFeld = amFeld({ 'rolle.bezeichnung_vergeben': 'bezeichnung' });

function Anlegen({ alle }: { alle: readonly Recht[] }) {
  const navigate = useNavigate();
  const anlegen = useAuftrag(api.createRolle);
  const [erlaubt, setErlaubt] = useState<readonly string[]>([]);
  const f = useFormular({
    schema: Werte, start: {},
    async senden({ bezeichnung, beschreibung = '' }) { const { id } = await anlegen.ausfuehren({ body: { bezeichnung, beschreibung, erlaubt: [...erlaubt] } }).catch(zumFeld); void navigate(`/verwaltung/rollen/${id}`, { replace: true }); },
  });
  return (
    <Seite>
      <Seitenkopf titel={s('neu')} zurueck={{ pfad: '/verwaltung/rollen', titel: t('rollen') }} />
      <div className="va-zwischen"><Tafel titel={s('neu')} titelVersteckt><Innen>
        <Formular formular={f} knopf={t('anlegen')} daneben={<ButtonLink art="leicht" to="/verwaltung/rollen">{t('abbrechen')}</ButtonLink>}><RolleFelder feld={f.feld} alle={alle} erlaubt={erlaubt} onErlaubt={setErlaubt} /></Formular>
      </Innen></Tafel></div>
    </Seite>
  );
}

const felderVon = ({ bezeichnung, beschreibung, erlaubt }: Rolle) => ({ bezeichnung, beschreibung, erlaubt });
function Bearbeiten({ rolle, alle }: { rolle: Rolle; alle: readonly Recht[] }) {
  const { stand, start, fremd, uebernimm, abgelehnt } = useStand(rolle, felderVon);
  const aendern = useAuftrag(api.updateRolle);
  const [wahl, setWahl] = useState<readonly string[]>();
  const erlaubt = wahl ?? start.erlaubt;
  const anders = erlaubt.length !== start.erlaubt.length || start.erlaubt.some((r) => !erlaubt.includes(r));
  const zeige = (neu: Rolle) => { uebernimm(neu); setWahl(undefined); f.zuruecksetzen({ bezeichnung: neu.bezeichnung, beschreibung: neu.beschreibung }); };
  const auftrag = async (body: Parameters<typeof aendern.ausfuehren>[0]['body']) => zeige(await aendern.ausfuehren({ params: { id: stand.id }, ifMatch: stand.version, body }).catch(abgelehnt).catch(zumFeld));
  const f = useFormular({ schema: Werte, start: { bezeichnung: start.bezeichnung, beschreibung: start.beschreibung }, senden: ({ bezeichnung, beschreibung = '' }) => auftrag({ bezeichnung, beschreibung, ...(anders && { erlaubt: [...erlaubt] }) }) });
  return (
    <Seite>
      <Seitenkopf titel={stand.bezeichnung} zurueck={{ pfad: '/verwaltung/rollen', titel: t('rollen') }} neben={t('personen', rolle.anzahlBenutzer)} />
      <div className="va-zwischen">
        <Tafel titel={s('rechte')} zahl={<span className="va-klein va-leise">{s('gewaehlt', alle.filter((r) => erlaubt.includes(r.recht)).length, alle.length)}</span>}><Innen>
          {stand.schluessel && (stand.abweichend ? <Hinweis ton="warnung" titel={s('weicht')} aktion={<Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => void auftrag({ erlaubt: null }).catch(() => {})}>{s('zurueck')}</Button>}>{s('weichtText')}</Hinweis>
            : <Hinweis titel={s('folgt')}>{s('folgtText')}</Hinweis>)}
          <Formular formular={f} knopf={t('speichern')} daneben={<>{aendern.ergebnis && !f.geaendert && !anders && <Ergebnis>{t('gespeichert')}</Ergebnis>}{anders && <Button art="leicht" onClick={() => setWahl(undefined)}>{s('verwerfen')}</Button>}</>}>
            {fremd && <FremdeAenderung onLaden={() => zeige(fremd)} />}
            <RolleFelder feld={f.feld} alle={alle} erlaubt={erlaubt} onErlaubt={setWahl} />
          </Formular>
          {aendern.fehler !== null && f.allgemein === undefined && Object.keys(f.fehler).length === 0 && <Fehler kompakt fehler={aendern.fehler} />}
        </Innen></Tafel>
        <Verlauf objekt={rolle.id} />
      </div>
    </Seite>
  );
}

type Rechtewahl = { alle: readonly Recht[]; erlaubt: readonly string[]; onErlaubt(neu: readonly string[]): void };
const RolleFelder = ({ feld, alle, erlaubt, onErlaubt }: Rechtewahl & { feld(name: 'bezeichnung' | 'beschreibung'): object }) => (
  <>
    <Felder>
      <Field label={t('bezeichnung')} {...feld('bezeichnung')} />
      <Field label={s('beschreibung')} freiwillig {...feld('beschreibung')} />
    </Felder>
    <p className="va-klein va-leise">{s('keinRecht')}</p>
    <div className="va-rechteliste">{gruppiere(alle).map(({ ding, rechte }) => <Gruppe key={ding} ding={ding} alle={rechte} erlaubt={erlaubt} onErlaubt={onErlaubt} />)}</div>
  </>
);

function Gruppe({ ding, alle, erlaubt, onErlaubt }: Rechtewahl & { ding: string }) {
  const setze = (welche: readonly string[], an: boolean) => onErlaubt(an ? [...new Set([...erlaubt, ...welche])] : erlaubt.filter((r) => !welche.includes(r)));
  const ids = alle.map((r) => r.recht);
  const an = ids.filter((recht) => erlaubt.includes(recht)).length;
  return (
    <fieldset>
      <legend>{alle.length > 2 ? <Checkbox label={<b>{ding}</b>} checked={an === alle.length} teil={an > 0} onChange={(wahl) => setze(ids, wahl)} /> : ding}</legend>
      {alle.map((r) => <Checkbox key={r.recht} label={tatVon(r)} aria-label={r.name} checked={erlaubt.includes(r.recht)} onChange={(wahl) => setze([r.recht], wahl)} />)}
    </fieldset>
  );
}
