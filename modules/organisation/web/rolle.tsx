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
import { dingVon, gruppiere, tatVon } from './rechte.ts';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Rolle anlegen', 'Create role'], beschreibung: ['Beschreibung', 'Description'], rechte: ['Rechte', 'Rights'], folgt: ['Diese Rolle folgt der Vorgabe des Verbunds', 'This role follows the default of the Verbund'], folgtText: ['Kommen mit einer neuen Fassung Rechte hinzu, hat sie die Rolle von selbst. Sobald Sie hier etwas ändern, gilt Ihre Auswahl.', 'Rights that come with a new version are added by themselves. As soon as you change something here, your choice holds.'],
  weicht: ['Diese Rolle weicht von der Vorgabe des Verbunds ab', 'This role deviates from the default of the Verbund'], weichtText: ['Rechte neuer Fassungen kommen nicht von selbst hinzu.', 'Rights of new versions are not added by themselves.'], zurueck: ['Zur Vorgabe zurück', 'Back to the default'],
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
  if (fehler) return <Fehler fehler={fehler} />;
  if (!alle.data || (!neu && !rolle.data)) return <Laden />;
  return <RolleFormular key={rolle.data?.version ?? 'neu'} rolle={rolle.data} alle={alle.data.eintraege.map((r) => r.recht)} />;
}

function RolleFormular({ rolle, alle }: { rolle: Rolle | undefined; alle: readonly string[] }) {
  const navigate = useNavigate();
  const anlegen = useAuftrag(api.createRolle), aendern = useAuftrag(api.updateRolle);
  const vorher = new Set(rolle?.erlaubt);
  const [erlaubt, setErlaubt] = useState<ReadonlySet<string>>(vorher);
  const anders = erlaubt.size !== vorher.size || [...vorher].some((r) => !erlaubt.has(r));
  const lesen = rolle !== undefined && !rolle.rechte.includes('rolle.verwalten');
  const f = useFormular({
    schema: Werte, start: { bezeichnung: rolle?.bezeichnung, beschreibung: rolle?.beschreibung },
    async senden({ bezeichnung, beschreibung = '' }) {
      if (rolle) await aendern.ausfuehren({ params: { id: rolle.id }, ifMatch: rolle.version, body: { bezeichnung, beschreibung, ...(anders && { erlaubt: [...erlaubt] }) } });
      else void navigate(`/verwaltung/rollen/${(await anlegen.ausfuehren({ body: { bezeichnung, beschreibung, erlaubt: [...erlaubt] } })).id}`, { replace: true });
    },
  });
  const zurueckZurVorgabe = () => rolle && aendern.starten({ params: { id: rolle.id }, ifMatch: rolle.version, body: { erlaubt: null } });
  return (
    <Seite>
      <Seitenkopf titel={rolle?.bezeichnung ?? s('neu')} zurueck={{ pfad: '/verwaltung/rollen', titel: t('rollen') }} neben={rolle && <p className="va-leise">{t('personen', rolle.anzahlBenutzer)}</p>} />
      <div className="va-zwischen">
        <Tafel titel={s('rechte')} zahl={<span className="va-klein va-leise">{s('gewaehlt', erlaubt.size, alle.length)}</span>}>
          <Innen>
            {rolle?.schluessel && (rolle.abweichend ? <Hinweis ton="warnung" titel={s('weicht')} aktion={!lesen && <Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={zurueckZurVorgabe}>{s('zurueck')}</Button>}>{s('weichtText')}</Hinweis>
              : <Hinweis titel={s('folgt')}>{s('folgtText')}</Hinweis>)}
            <Formular formular={f} knopf={rolle ? t('speichern') : t('anlegen')} daneben={<>{rolle && aendern.ergebnis && !f.geaendert && !anders && <Ergebnis>{t('gespeichert')}</Ergebnis>}<ButtonLink art="leicht" to="/verwaltung/rollen">{t('abbrechen')}</ButtonLink></>}>
              <Felder>
                <Field label={t('bezeichnung')} readOnly={lesen} {...f.feld('bezeichnung')} />
                <Field label={s('beschreibung')} freiwillig readOnly={lesen} {...f.feld('beschreibung')} />
              </Felder>
              <p className="va-klein va-leise">{s('keinRecht')}</p>
              <div className="va-rechteliste">{gruppiere(alle).map(({ ding, rechte }) => <Gruppe key={ding} ding={ding} rechte={rechte} erlaubt={erlaubt} gesperrt={lesen} onErlaubt={setErlaubt} />)}</div>
            </Formular>
          </Innen>
        </Tafel>
      </div>
    </Seite>
  );
}

function Gruppe({ ding, rechte, erlaubt, gesperrt, onErlaubt }: { ding: string; rechte: readonly string[]; erlaubt: ReadonlySet<string>; gesperrt: boolean; onErlaubt(neu: ReadonlySet<string>): void }) {
  const setze = (welche: readonly string[], an: boolean) => { const neu = new Set(erlaubt); for (const recht of welche) if (an) neu.add(recht); else neu.delete(recht); onErlaubt(neu); };
  const an = rechte.filter((recht) => erlaubt.has(recht)).length;
  return (
    <fieldset>
      <legend>{rechte.length > 2 ? <Checkbox label={<b>{ding}</b>} checked={an === rechte.length} teil={an > 0} disabled={gesperrt} onChange={(alle) => setze(rechte, alle)} /> : ding}</legend>
      {rechte.map((recht) => <Checkbox key={recht} label={tatVon(recht)} aria-label={`${dingVon(recht)}: ${tatVon(recht)}`} checked={erlaubt.has(recht)} disabled={gesperrt} onChange={(wahl) => setze([recht], wahl)} />)}
    </fieldset>
  );
}
