import './verwaltung.css';
import { Suspense, useEffect, useState } from 'react';
import { Outlet, useMatch, useSearchParams } from 'react-router';
import { Badge, Baum, ButtonLink, Checkbox, Fehler, Laden, Leer, Seite, Seitenkopf, Unsichtbar, type Knoten } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl, zahl } from '#platform/web/text.ts';
import { baumVon, flach, gueltigkeit, useEinheiten, type Ast, type Einheit } from './einheiten.tsx';
import { t } from './texte.ts';
import { Zweiteilig } from './zweiteilig.tsx';

const s = katalog({
  neu: ['Organisationseinheit anlegen', 'Create organisational unit'], suchhilfe: ['Kennzeichen oder Bezeichnung', 'Code or name'], beendete: ['Auch aufgelöste und künftige zeigen', 'Show dissolved and future ones, too'], anzahl: [(n: number) => mehrzahl(n, 'Einheit', 'Einheiten'), (n: number) => mehrzahl(n, 'unit', 'units')],
  leer: ['Noch gibt es keine Organisationseinheit.', 'There is no organisational unit yet.'], keine: ['Keine Organisationseinheit heißt so.', 'No organisational unit has this name.'], baum: ['Organisationseinheiten als Baum', 'Organisational units as a tree'],
});

/** Which branches stay when something is searched: hits, and what leads to them. */
const gefiltert = (aeste: readonly Ast[], passt: (e: Einheit) => boolean): Ast[] => aeste.flatMap((ast) => {
  const kinder = gefiltert(ast.kinder, passt);
  return kinder.length > 0 || passt(ast.einheit) ? [{ ...ast, kinder }] : [];
});

/** The tree at the left, the chosen OE at the right. */
export function Component() {
  const id = useMatch('/verwaltung/organisation/:id')?.params.id;
  const [frage, setFrage] = useSearchParams();
  const beendete = frage.get('beendete') === 'ja';
  const q = frage.get('q') ?? '';
  const setze = (name: string, wert: string) => setFrage((alt) => { const neu = new URLSearchParams(alt); if (wert) neu.set(name, wert); else neu.delete(name); return neu; }, { replace: true, state: { fokus: 'bleibt' } });
  const { data, error, refetch } = useEinheiten({ nurGueltige: !beendete });
  // What is searched and shown at the left stays while walking through it.
  const behalten = new URLSearchParams({ ...(q && { q }), ...(beendete && { beendete: 'ja' }) }).toString();
  const suche = behalten && `?${behalten}`;
  const neu = <ButtonLink art={id ? 'neben' : 'haupt'} klein icon="plus" to={{ pathname: '/verwaltung/organisation/neu', search: id && id !== 'neu' ? `?unter=${id}` : '' }} state={{ fokus: 'bleibt' }}>{s('neu')}</ButtonLink>;
  return (
    <Seite fest>
      <Seitenkopf titel={t('einheiten')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} neben={data && s('anzahl', data.length)} aktionen={neu} />
      <Zweiteilig name={s('baum')} offen={id !== undefined} suche={{ wert: q, platzhalter: s('suchhilfe'), onWert: (wert) => setze('q', wert), daneben: <Checkbox label={s('beendete')} checked={beendete} onChange={(an) => setze('beendete', an ? 'ja' : '')} /> }}
        baum={error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : data ? <Einheitenbaum einheiten={data} q={q} suche={suche} gewaehlt={id} /> : <Laden />}>
        <Suspense fallback={<Laden />}><Outlet /></Suspense>
      </Zweiteilig>
    </Seite>
  );
}

function Einheitenbaum({ einheiten, q, suche, gewaehlt }: { einheiten: readonly Einheit[]; q: string; suche: string; gewaehlt: string | undefined }) {
  const [zu, setZu] = useState<ReadonlySet<string>>(new Set());
  const worte = q.toLocaleLowerCase('de').split(/\s+/).filter(Boolean);
  const aeste = baumVon(einheiten);
  const sichtbar = worte.length ? gefiltert(aeste, (e) => worte.every((w) => `${e.kennzeichen} ${e.bezeichnung} ${e.kuerzel}`.toLocaleLowerCase('de').includes(w))) : aeste;
  const alle = flach(sichtbar);
  // Whoever comes by an address finds the tree open at that place.
  useEffect(() => { setZu((alt) => { const neu = new Set(alt); for (let e = einheiten.find((x) => x.id === gewaehlt); e?.parentId; e = einheiten.find((x) => x.id === e!.parentId)) neu.delete(e.parentId); return neu.size === alt.size ? alt : neu; }); }, [gewaehlt, einheiten]);
  const knoten = (ast: Ast): Knoten => {
    const { einheit: e, kinder } = ast;
    const stand = gueltigkeit(e);
    const zusatz = stand ? <Badge ton={stand.ton}>{stand.wort}</Badge> : e.anzahlBenutzer ? <span title={t('personen', e.anzahlBenutzer)}>{zahl(e.anzahlBenutzer)}<Unsichtbar> {t('personenWort', e.anzahlBenutzer)}</Unsichtbar></span> : undefined;
    return { id: e.id, pfad: `/verwaltung/organisation/${e.id}${suche}`, titel: <><span className="va-oekennzeichen">{e.kennzeichen}</span> {e.bezeichnung}</>, leise: !e.gueltig, ...(zusatz && { zusatz }), ...(kinder.length && { kinder: kinder.map(knoten) }) };
  };
  if (einheiten.length === 0) return <Leer icon="oe">{s('leer')}</Leer>;
  if (alle.length === 0) return <Leer icon="suche">{s('keine')}</Leer>;
  return <Baum name={s('baum')} knoten={sichtbar.map(knoten)} offen={new Set(alle.map((a) => a.einheit.id as string).filter((id) => worte.length > 0 || !zu.has(id)))} gewaehlt={gewaehlt}
    onKlapp={(id, auf) => setZu((alt) => { const neu = new Set(alt); if (auf) neu.delete(id); else neu.add(id); return neu; })} />;
}
