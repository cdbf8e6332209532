import { useNavigate, useParams, useSearchParams } from 'react-router';
import { z } from 'zod';
import { api as organisation } from '#modules/organisation/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { ButtonLink, Fehler, Field, Laden, Pfad, Select, Tafel, Innen, TextArea, useTitel } from '#platform/web/kern/index.ts';
import { heute } from '#platform/web/zeit.ts';
import { api, Aufbewahrungsdauer, Schutzklasse, Vertraulichkeit, vererbbareFelder, type Aktenplaneinheit, type Vererbbar } from '../contract.ts';
import { name, t, wertText, type Wirksam } from './texte.ts';

/** Creates a unit (below `?unter=`), or changes one. */
export function Component() {
  const { id } = useParams();
  const [suche] = useSearchParams();
  const unter = suche.get('unter') ?? undefined;
  const eigene = useAbfrage(api.getAktenplaneinheit, { params: { id: id ?? '' } }, { aktiv: id !== undefined });
  const parentId = id === undefined ? unter : eigene.data?.parentId ?? undefined;
  const obere = useAbfrage(api.getAktenplaneinheit, { params: { id: parentId ?? '' } }, { aktiv: parentId !== undefined });
  const plan = useAbfrage(api.listAktenplaene, { query: { tag: heute() } });
  const fehler = eigene.error ?? obere.error ?? plan.error;
  if (fehler) return <Fehler fehler={fehler} />;
  if ((id !== undefined && !eigene.data) || (parentId !== undefined && !obere.data) || !plan.data) return <Laden />;
  const aktenplanId = obere.data?.aktenplanId ?? plan.data.eintraege[0]?.id;
  return <EinheitFormular key={id ?? unter ?? ''} e={eigene.data} obere={obere.data} aktenplanId={aktenplanId} />;
}

const optional = z.string().trim().optional();
const Werte = z.object({
  kennzeichen: z.string().trim().min(1).max(50), betreffKurz: z.string().trim().min(1).max(250), inhaltsangabe: optional, querverweise: optional,
  aussonderungsart: optional, vereinbarung: optional, aufbewahrung: z.enum(['jahre', 'unbefristet']).optional(), jahre: z.coerce.number().int().min(0).max(999).optional(),
  vertraulichkeit: Vertraulichkeit.optional(), schutzklasse: Schutzklasse.optional(), gueltigVon: z.iso.date().optional(), gueltigBis: z.iso.date().optional(),
  organisationseinheitId: z.uuid().or(z.literal('')).optional(), grund_aussonderungsart: optional, grund_aufbewahrungsdauer: optional, grund_vertraulichkeit: optional, grund_schutzklasse: optional,
});
type Werte = z.output<typeof Werte>;
const ABV = ['A', 'B', 'V'];

function startwerte(e: Aktenplaneinheit | undefined, obere: Aktenplaneinheit | undefined) {
  const art = e?.aussonderungsart ?? '';
  return {
    kennzeichen: e?.kennzeichen ?? obere?.kennzeichen ?? '', betreffKurz: e?.betreffKurz ?? '', inhaltsangabe: e?.inhaltsangabe ?? '', querverweise: e?.querverweise.map((q) => q.kennzeichen).join(', ') ?? '',
    aussonderungsart: art === '' || ABV.includes(art) ? art : 'text', vereinbarung: ABV.includes(art) ? '' : art,
    aufbewahrung: e?.aufbewahrungsdauer === 'unbefristet' ? 'unbefristet' as const : typeof e?.aufbewahrungsdauer === 'number' ? 'jahre' as const : '' as const, jahre: typeof e?.aufbewahrungsdauer === 'number' ? e.aufbewahrungsdauer : '' as const,
    vertraulichkeit: e?.vertraulichkeit ?? '' as const, schutzklasse: e?.schutzklasse ?? '' as const, organisationseinheitId: e?.organisationseinheitId ?? '' as const, gueltigVon: e?.gueltigVon ?? '', gueltigBis: e?.gueltigBis ?? '',
    ...Object.fromEntries(vererbbareFelder.map((f) => [`grund_${f}`, e?.abweichungsgruende[f] ?? ''])),
  };
}
/** What the fields mean: an empty one is handed down from above. */
function eigeneWerte(w: Partial<Record<keyof Werte, unknown>>): Vererbbar {
  const art = w.aussonderungsart === 'text' ? w.vereinbarung : w.aussonderungsart;
  const dauer = w.aufbewahrung === 'jahre' ? Aufbewahrungsdauer.safeParse(Number(w.jahre)).data : w.aufbewahrung;
  return { aussonderungsart: (art || null) as string | null, aufbewahrungsdauer: (dauer || (dauer === 0 ? 0 : null)) as Vererbbar['aufbewahrungsdauer'], vertraulichkeit: (w.vertraulichkeit || null) as Vererbbar['vertraulichkeit'], schutzklasse: (w.schutzklasse || null) as Vererbbar['schutzklasse'] };
}

function EinheitFormular({ e, obere, aktenplanId }: { e: Aktenplaneinheit | undefined; obere: Aktenplaneinheit | undefined; aktenplanId: string | undefined }) {
  const oes = useAbfrage(organisation.listOrganisationseinheiten, { query: { limit: 200, gueltig: 'true' } }).data?.eintraege ?? [];
  const titel = e ? `${t('bearbeiten')}: ${name(e)}` : obere ? t('unterteilen') : t('neueEinheit');
  useTitel(titel);
  const navigate = useNavigate();
  const geerbt: Wirksam | undefined = obere?.wirksam;
  const anlegen = useAuftrag(api.createAktenplaneinheit), aendern = useAuftrag(api.updateAktenplaneinheit);
  const f = useFormular({
    schema: Werte, start: startwerte(e, obere), merken: `einheit-${e?.id ?? 'neu'}`,
    async senden(w) {
      const werte = eigeneWerte(w);
      const body = {
        kennzeichen: w.kennzeichen, betreffKurz: w.betreffKurz, inhaltsangabe: w.inhaltsangabe || null, ...werte, organisationseinheitId: w.organisationseinheitId || null, gueltigVon: w.gueltigVon ?? null, gueltigBis: w.gueltigBis ?? null,
        querverweise: (w.querverweise ?? '').split(',').map((q) => q.trim()).filter(Boolean),
        abweichungsgruende: Object.fromEntries(vererbbareFelder.flatMap((feld) => { const grund = w[`grund_${feld}`]; return grund && weichtAb(feld, werte, geerbt) ? [[feld, grund]] : []; })),
      };
      const ergebnis = e ? await aendern.ausfuehren({ params: { id: e.id }, ifMatch: e.version, body }) : await anlegen.ausfuehren({ body: { ...body, aktenplanId: aktenplanId!, parentId: obere?.id ?? null } });
      void navigate(`/aktenplan/${ergebnis.id}`, { state: { fokus: 'bleibt' } });
    },
  });
  const werte = eigeneWerte(f.werte);
  const oben = (feld: keyof Vererbbar) => { const g = geerbt?.[feld]; return g?.wert == null ? t('wieOben') : t('wieObenMit', wertText(feld, g.wert)); };
  const grund = (feld: keyof Vererbbar) => weichtAb(feld, werte, geerbt) && <Field label={t('abweichung', t(feld))} {...f.feld(`grund_${feld}`)} />;
  const wahl = <const S extends readonly string[]>(feld: keyof Vererbbar, optionen: S) => optionen.map((wert) => ({ wert, titel: wertText(feld, wert as never) }));
  return (
    <Tafel titel={titel}>
      <Innen>
        {obere && <Pfad name={t('aktenplan')} teile={obere.pfad.map((p) => ({ titel: name(p), pfad: `/aktenplan/${p.id}` }))} />}
        <Formular formular={f} knopf={e ? t('speichern') : t('anlegen')} daneben={<ButtonLink art="leicht" to={e ?? obere ? `/aktenplan/${(e ?? obere)!.id}` : '/aktenplan'} state={{ fokus: 'bleibt' }}>{t('abbrechen')}</ButtonLink>}>
          <Felder>
            <Field label={t('kennzeichen')} {...f.feld('kennzeichen')} autoComplete="off" />
            <Field label={t('betreffKurz')} {...f.feld('betreffKurz')} />
            <Select label={t('zustaendig')} leer={t('keineOe')} wahl={oes.map((o) => ({ wert: o.id, titel: `${o.kennzeichen} ${o.bezeichnung}` }))} {...f.feld('organisationseinheitId')} />
            <TextArea label={t('inhaltsangabe')} freiwillig {...f.feld('inhaltsangabe')} breit />
          </Felder>
          <Felder>
            <Select label={t('aussonderungsart')} leer={oben('aussonderungsart')} wahl={[...wahl('aussonderungsart', ['A', 'B', 'V'] as const), { wert: 'text', titel: t('vereinbart') }]} {...f.feld('aussonderungsart')} />
            {f.werte.aussonderungsart === 'text' && <Field label={t('vereinbarung')} {...f.feld('vereinbarung')} maxLength={100} />}
            {grund('aussonderungsart')}
          </Felder>
          <Felder>
            <Select label={t('aufbewahrungsdauer')} leer={oben('aufbewahrungsdauer')} wahl={[{ wert: 'jahre', titel: t('nachJahren') }, { wert: 'unbefristet', titel: wertText('aufbewahrungsdauer', 'unbefristet') }]} {...f.feld('aufbewahrung')} />
            {f.werte.aufbewahrung === 'jahre' && <Field type="number" min={0} max={999} label={t('jahre')} {...f.feld('jahre')} />}
            {grund('aufbewahrungsdauer')}
          </Felder>
          <Felder>
            <Select label={t('vertraulichkeit')} leer={oben('vertraulichkeit')} wahl={wahl('vertraulichkeit', Vertraulichkeit.options)} {...f.feld('vertraulichkeit')} />
            {grund('vertraulichkeit')}
          </Felder>
          <Felder>
            <Select label={t('schutzklasse')} leer={oben('schutzklasse')} wahl={wahl('schutzklasse', Schutzklasse.options)} {...f.feld('schutzklasse')} />
            {grund('schutzklasse')}
          </Felder>
          <Felder>
            <Field type="date" label={t('gueltigVon')} freiwillig {...f.feld('gueltigVon')} />
            <Field type="date" label={t('gueltigBis')} freiwillig {...f.feld('gueltigBis')} />
            <Field label={t('querverweise')} freiwillig hinweis={t('querverweisHilfe')} {...f.feld('querverweise')} breit />
          </Felder>
        </Formular>
      </Innen>
    </Tafel>
  );
}
const weichtAb = (feld: keyof Vererbbar, werte: Vererbbar, geerbt: Wirksam | undefined) => werte[feld] !== null && geerbt?.[feld].wert != null && geerbt[feld].wert !== werte[feld];
