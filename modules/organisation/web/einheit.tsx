import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, ButtonLink, Ergebnis, Fehler, Field, Icon, Innen, Laden, Leer, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, type OrganisationseinheitId } from '../contract.ts';
import { flach, baumVon, OrganisationseinheitWahl, useEinheiten, type Einheit } from './einheiten.tsx';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Neue Organisationseinheit', 'New organisational unit'], angaben: ['Angaben', 'Details'], unter: ['Liegt unter', 'Lies below'], oben: ['– oberste Ebene –', '– top level –'], kennzeichenHilfe: ['etwa 63.1', 'e.g. 63.1'], kuerzelHilfe: ['etwa BO', 'e.g. BO'],
  ab: ['Gültig ab', 'Valid from'], bis: ['Gültig bis', 'Valid until'], bisHilfe: ['Danach gibt sie keine Rechte mehr, und ihr Kennzeichen wird frei. Akten bleiben.', 'Afterwards it gives no rights, and its code becomes free. Files stay.'], beendet: [(tag: string) => `Beendet am ${tag}`, (tag: string) => `Ended on ${tag}`],
  menschen: ['Wer hier arbeitet', 'Who works here'], niemand: ['Niemand ist hier zugeordnet.', 'Nobody is assigned here.'], alle: ['Alle in der Liste zeigen', 'Show all in the list'], zurueck: ['Zum Baum', 'To the tree'],
});
const Werte = z.object({
  parentId: z.string().optional(), kennzeichen: z.string().trim().min(1).max(30), bezeichnung: z.string().trim().min(1).max(200), kuerzel: z.string().trim().max(20).optional(), gueltigAb: z.iso.date().optional(), gueltigBis: z.iso.date().optional(),
});

export function Component() {
  const { id } = useParams();
  const [frage] = useSearchParams();
  const neu = id === 'neu';
  const { data, error } = useAbfrage(api.getOrganisationseinheit, { params: { id: id as OrganisationseinheitId } }, { aktiv: !neu });
  if (error) return <Fehler fehler={error} />;
  if (!neu && !data) return <Laden />;
  return (
    <>
      <Link className="va-zurueck va-nurschmal" to="/verwaltung/organisation"><Icon name="zurueck" klein />{s('zurueck')}</Link>
      <div className="va-reihe"><h2 className="va-tor__titel">{data ? `${data.kennzeichen} ${data.bezeichnung}` : s('neu')}</h2>{data && !data.gueltig && data.gueltigBis && <Badge>{s('beendet', datum(data.gueltigBis))}</Badge>}</div>
      <Tafel titel={s('angaben')}><Innen><EinheitFormular key={data ? `${data.id} ${data.version}` : frage.get('unter') ?? 'neu'} einheit={data} unter={frage.get('unter')} /></Innen></Tafel>
      {data && <Menschen einheit={data} />}
    </>
  );
}

function EinheitFormular({ einheit, unter }: { einheit: Answer<typeof api.getOrganisationseinheit> | undefined; unter: string | null }) {
  const navigate = useNavigate();
  const alle = useEinheiten();
  const anlegen = useAuftrag(api.createOrganisationseinheit), aendern = useAuftrag(api.updateOrganisationseinheit);
  const lesen = einheit !== undefined && !einheit.rechte.includes('organisationseinheit.verwalten');
  const f = useFormular({
    schema: Werte,
    start: einheit ? { parentId: einheit.parentId, kennzeichen: einheit.kennzeichen, bezeichnung: einheit.bezeichnung, kuerzel: einheit.kuerzel, gueltigAb: einheit.gueltigAb, gueltigBis: einheit.gueltigBis } : { parentId: unter ?? '' },
    async senden({ parentId, kuerzel = '', gueltigAb = null, gueltigBis = null, ...w }) {
      const body = { ...w, kuerzel, gueltigAb, gueltigBis, parentId: (parentId ?? null) as OrganisationseinheitId | null };
      if (einheit) await aendern.ausfuehren({ params: { id: einheit.id }, ifMatch: einheit.version, body });
      else void navigate(`/verwaltung/organisation/${(await anlegen.ausfuehren({ body })).id}`, { replace: true, state: { fokus: 'bleibt' } });
    },
  });
  // A unit cannot lie below itself: its own branch is no choice.
  const eigenerAst = flach(baumVon(alle.data ?? [])).find((a) => a.einheit.id === einheit?.id);
  const ausser = new Set<string>(eigenerAst ? [eigenerAst, ...flach(eigenerAst.kinder)].map((a) => a.einheit.id) : []);
  const felder = (
    <Felder>
      <Field label={t('kennzeichen')} hinweis={s('kennzeichenHilfe')} readOnly={lesen} {...f.feld('kennzeichen')} />
      <Field label={t('kuerzel')} freiwillig hinweis={s('kuerzelHilfe')} readOnly={lesen} {...f.feld('kuerzel')} />
      <Field label={t('bezeichnung')} readOnly={lesen} {...f.feld('bezeichnung')} breit />
      <OrganisationseinheitWahl label={s('unter')} leer={s('oben')} ausser={ausser} disabled={lesen} {...f.feld('parentId')} breit />
      <Field type="date" label={s('ab')} freiwillig readOnly={lesen} {...f.feld('gueltigAb')} />
      <Field type="date" label={s('bis')} freiwillig hinweis={s('bisHilfe')} readOnly={lesen} {...f.feld('gueltigBis')} />
    </Felder>
  );
  if (lesen) return felder;
  return <Formular formular={f} knopf={einheit ? t('speichern') : t('anlegen')} daneben={<>{aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}{!einheit && <ButtonLink art="leicht" to="/verwaltung/organisation">{t('abbrechen')}</ButtonLink>}</>}>{felder}</Formular>;
}

function Menschen({ einheit }: { einheit: Einheit }) {
  const { data, error } = useAbfrage(api.listBenutzer, { query: { organisationseinheitId: [einheit.id], limit: 20 } });
  const liste = `/verwaltung/benutzer?organisationseinheitId=${einheit.id}`;
  return (
    <Tafel titel={s('menschen')} zahl={data?.gesamt ?? 0} aktionen={data && data.gesamt > 0 && <ButtonLink art="leicht" klein to={liste}>{s('alle')}</ButtonLink>}>
      {error ? <Fehler fehler={error} /> : !data ? <Laden /> : data.gesamt === 0 ? <Leer icon="personen">{s('niemand')}</Leer> : (
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
