import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { z } from 'zod';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, ButtonLink, Checkbox, Ergebnis, Fehler, Field, Icon, Innen, Laden, Leer, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type OrganisationseinheitId } from '../contract.ts';
import { Aufloesen } from './aufloesen.tsx';
import { baumVon, flach, gueltigkeit, OrganisationseinheitWahl, useEinheiten, type Einheit } from './einheiten.tsx';
import { amFeld, FremdeAenderung, useStand } from './entwurf.tsx';
import { t } from './texte.ts';
import { Verlauf } from './verlauf.tsx';

const s = katalog({
  neu: ['Neue Organisationseinheit', 'New organisational unit'], angaben: ['Angaben', 'Details'], unter: ['Liegt unter', 'Lies below'], oben: ['– oberste Ebene –', '– top level –'], kennzeichenHilfe: ['etwa 63.1', 'e.g. 63.1'], kuerzelHilfe: ['etwa BO', 'e.g. BO'], ab: ['Gültig ab', 'Valid from'], abHilfe: ['leer: von Anfang an', 'empty: from the beginning'],
  adressierbar: ['Andere Verwaltungen dürfen diese Stelle und ihre Leute als Empfänger wählen', 'Other authorities may choose this unit and its people as recipients'],
  menschen: ['Wer hier arbeitet', 'Who works here'], niemand: ['Niemand ist hier zugeordnet.', 'Nobody is assigned here.'], alle: ['Alle in der Liste zeigen', 'Show all in the list'], zurueck: ['Zum Baum', 'To the tree'],
});
const Werte = z.object({
  parentId: z.string().optional(), kennzeichen: z.string().trim().min(1).max(30), bezeichnung: z.string().trim().min(1).max(200), kuerzel: z.string().trim().max(20).optional(), gueltigAb: z.iso.date().optional(), adressierbar: z.boolean().default(false),
});
const zumFeld = amFeld({
  'organisationseinheit.kennzeichen_vergeben': 'kennzeichen', 'organisationseinheit.unter_sich_selbst': 'parentId', 'organisationseinheit.obere_endet': 'parentId', 'organisationseinheit.gueltigkeit_verkehrt': 'gueltigAb',
});

export function Component() {
  const { id } = useParams();
  const [frage] = useSearchParams();
  const { search } = useLocation();
  const neu = id === 'neu';
  const { data, error, refetch } = useAbfrage(api.getOrganisationseinheit, { params: { id: id as OrganisationseinheitId } }, { aktiv: !neu });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!neu && !data) return <Laden />;
  const stand = data && gueltigkeit(data);
  return (
    <>
      <Link className="va-zurueck va-nurschmal" to={{ pathname: '/verwaltung/organisation', search }}><Icon name="zurueck" klein />{s('zurueck')}</Link>
      <div className="va-reihe"><h2 className="va-tor__titel">{data ? `${data.kennzeichen} ${data.bezeichnung}` : s('neu')}</h2>{stand && <Badge ton={stand.ton}>{stand.wort}</Badge>}{data && <span className="va-schub"><Aufloesen key={data.id} einheit={data} /></span>}</div>
      <Tafel titel={s('angaben')}><Innen>{data ? <Bearbeiten key={data.id} einheit={data} /> : <Anlegen key={frage.get('unter')} unter={frage.get('unter') ?? ''} />}</Innen></Tafel>
      {data && <Menschen einheit={data} />}
      {data && <Verlauf objekt={data.id} />}
    </>
  );
}

type Feldname = 'parentId' | 'kennzeichen' | 'bezeichnung' | 'kuerzel' | 'gueltigAb';
type Haken = { name: string; checked: boolean; onChange(an: boolean): void; fehler: string | undefined };
const EinheitFelder = ({ feld, adressierbar, ausser }: { feld(name: Feldname): object & { value: string | number }; adressierbar: Haken; ausser: ReadonlySet<string> }) => (
  <Felder>
    <Field label={t('kennzeichen')} hinweis={s('kennzeichenHilfe')} {...feld('kennzeichen')} />
    <Field label={t('kuerzel')} freiwillig hinweis={s('kuerzelHilfe')} {...feld('kuerzel')} />
    <Field type="date" label={s('ab')} freiwillig hinweis={s('abHilfe')} {...feld('gueltigAb')} />
    <Field label={t('bezeichnung')} {...feld('bezeichnung')} breit />
    <OrganisationseinheitWahl label={s('unter')} leer={s('oben')} ausser={ausser} {...feld('parentId')} breit />
    <div className="breit"><Checkbox label={s('adressierbar')} {...adressierbar} /></div>
  </Felder>
);
type Eingabe = z.output<typeof Werte>;
const bodyVon = ({ parentId, kuerzel = '', gueltigAb, ...w }: Eingabe) => ({ ...w, kuerzel, gueltigAb: gueltigAb ?? null, parentId: (parentId ?? null) as OrganisationseinheitId | null });

function Anlegen({ unter }: { unter: string }) {
  const navigate = useNavigate();
  const anlegen = useAuftrag(api.createOrganisationseinheit);
  const f = useFormular({
    schema: Werte, start: { parentId: unter },
    async senden(w) { const { id } = await anlegen.ausfuehren({ body: bodyVon(w) }).catch(zumFeld); void navigate(`/verwaltung/organisation/${id}`, { replace: true }); },
  });
  return <Formular formular={f} knopf={t('anlegen')} daneben={<ButtonLink art="leicht" to="/verwaltung/organisation">{t('abbrechen')}</ButtonLink>}><EinheitFelder feld={f.feld} adressierbar={f.haken('adressierbar')} ausser={new Set()} /></Formular>;
}

const felderVon = ({ parentId, kennzeichen, bezeichnung, kuerzel, gueltigAb, adressierbar }: Einheit) => ({ parentId: parentId ?? '', kennzeichen, bezeichnung, kuerzel, gueltigAb: gueltigAb ?? '', adressierbar });
function Bearbeiten({ einheit }: { einheit: Einheit }) {
  const alle = useEinheiten({ nurGueltige: false });
  const { stand, start, fremd, uebernimm, abgelehnt } = useStand(einheit, felderVon);
  const aendern = useAuftrag(api.updateOrganisationseinheit);
  const zeige = (neu: Einheit) => { uebernimm(neu); f.zuruecksetzen(felderVon(neu)); };
  const f = useFormular({ schema: Werte, start, async senden(w) { zeige(await aendern.ausfuehren({ params: { id: stand.id }, ifMatch: stand.version, body: bodyVon(w) }).catch(abgelehnt).catch(zumFeld)); } });
  // A unit cannot lie below itself: its own branch is no choice.
  const eigenerAst = flach(baumVon(alle.data ?? [])).find((a) => a.einheit.id === einheit.id);
  const ausser = new Set<string>(eigenerAst ? [eigenerAst, ...flach(eigenerAst.kinder)].map((a) => a.einheit.id) : [einheit.id]);
  return (
    <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}>
      {fremd && <FremdeAenderung onLaden={() => zeige(fremd)} />}
      <EinheitFelder feld={f.feld} adressierbar={f.haken('adressierbar')} ausser={ausser} />
    </Formular>
  );
}

function Menschen({ einheit }: { einheit: Einheit }) {
  const { data, error, refetch } = useAbfrage(api.listBenutzer, { query: { organisationseinheitId: [einheit.id], limit: 20 } });
  const liste = `/verwaltung/benutzer?organisationseinheitId=${einheit.id}`;
  return (
    <Tafel titel={s('menschen')} zahl={data?.gesamt} aktionen={data && data.gesamt > data.eintraege.length && <ButtonLink art="leicht" klein to={liste}>{s('alle')}</ButtonLink>}>
      {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.gesamt === 0 ? <Leer icon="personen">{s('niemand')}</Leer> : (
        <Innen><ul className="va-zeilenliste">
          {data.eintraege.map((b) => (
            <li key={b.id}><span><Link className="va-betreff" to={`/verwaltung/benutzer/${b.id}`}>{b.name}</Link>{b.funktion && <span className="va-klein va-leise"> · {b.funktion}</span>}</span>
              {b.organisationseinheiten.some((o) => o.id === einheit.id && o.leitung) && <Badge ton="info">{t('leitung')}</Badge>}{b.gesperrt && <Badge ton="gefahr">{t('gesperrt')}</Badge>}</li>
          ))}
        </ul></Innen>
      )}
    </Tafel>
  );
}
