import { useQueries } from '@tanstack/react-query';
import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import { Outlet, useMatch, useSearchParams } from 'react-router';
import { Zweiteilig } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { call } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Baum, ButtonLink, Fehler, Icon, Laden, Leer, Seite, Seitenkopf, Unsichtbar, type Knoten } from '#platform/web/kern/index.ts';
import { zahl } from '#platform/web/text.ts';
import { api, type SchutzbereichId } from '../contract.ts';
import { matrixPfad } from './pfade.ts';
import { t } from './texte.ts';

type Bereich = Answer<typeof api.listSchutzbereiche>['eintraege'][number];
/** All below one Schutzbereich, page by page: a branch of the tree is shown whole. */
async function holeKinder(id: string, signal: AbortSignal): Promise<Bereich[]> {
  const alle: Bereich[] = [];
  for (let cursor: string | undefined; ;) {
    const seite = await call(api.listSchutzbereiche, { query: { parentId: [id as SchutzbereichId], limit: 200, ...(cursor && { cursor }) } }, signal);
    alle.push(...seite.eintraege);
    if (!seite.weiter) return alle;
    cursor = seite.weiter;
  }
}

/** The tree at the left, grants of the chosen Schutzbereich at the right. */
export function Component() {
  const id = useMatch('/verwaltung/schutzbereiche/:id')?.params.id;
  const [frage, setFrage] = useSearchParams();
  const q = frage.get('q') ?? '';
  return (
    <Seite fest>
      <Seitenkopf titel={t('schutzbereiche')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={<ButtonLink klein icon="schild" to={matrixPfad()}>{t('matrix')}</ButtonLink>} />
      <Zweiteilig name={t('baum')} offen={id !== undefined} suche={{ wert: q, platzhalter: t('suchhilfe'), onWert: (wert) => setFrage(wert ? { q: wert } : {}, { replace: true, state: { fokus: 'bleibt' } }) }}
        baum={q.trim() ? <Treffer q={q.trim()} gewaehlt={id} /> : <Bereichsbaum gewaehlt={id} />}>
        <Suspense fallback={<Laden />}><Outlet /></Suspense>
      </Zweiteilig>
    </Seite>
  );
}

const knotenVon = (b: Bereich, suche = ''): Knoten => ({
  id: b.id, pfad: `/verwaltung/schutzbereiche/${b.id}${suche}`, titel: <>{b.organisationseinheit && <Icon name="oe" klein />} {b.erbt || b.parentId === null ? null : <><Icon name="schloss" klein /><Unsichtbar>{t('erbtNicht')}: </Unsichtbar></>} {b.bezeichnung}</>,
  ...(b.anzahlFreigaben > 0 && { zusatz: <span title={t('anzahl', b.anzahlFreigaben)}><span aria-hidden="true">{zahl(b.anzahlFreigaben)}</span><Unsichtbar>{t('anzahl', b.anzahlFreigaben)}</Unsichtbar></span> }),
});

/** Children are asked for when a branch is opened. */
function Bereichsbaum({ gewaehlt }: { gewaehlt: string | undefined }) {
  const [offen, setOffen] = useState<ReadonlySet<string>>(new Set());
  const wurzel = useAbfrage(api.listSchutzbereiche, { query: {} });
  const pfad = useAbfrage(api.getSchutzbereich, { params: { id: gewaehlt as SchutzbereichId } }, { aktiv: gewaehlt !== undefined }).data?.pfad;
  const oben = wurzel.data?.eintraege;
  // The root is open from the start; whoever comes by an address finds the tree open at that place.
  useEffect(() => { setOffen((alt) => new Set([...alt, ...(oben ?? []).map((b) => b.id), ...(pfad ?? []).slice(0, -1).map((p) => p.id)])); }, [oben, pfad]);
  const gefragt = [...offen];
  const antworten = useQueries({ queries: gefragt.map((id) => ({ queryKey: [api.listSchutzbereiche.operationId, 'unter', id], queryFn: ({ signal }: { signal: AbortSignal }) => holeKinder(id, signal) })) });
  if (wurzel.error) return <Fehler fehler={wurzel.error} nochmal={() => void wurzel.refetch()} />;
  if (!oben) return <Laden />;
  if (oben.length === 0) return <Leer icon="schild">{t('leer')}</Leer>;
  const kinder = new Map(gefragt.map((id, i) => [id, antworten[i]?.data ?? []]));
  const ast = (b: Bereich): Knoten => ({ ...knotenVon(b), ...(b.anzahlUnter > 0 && { kinder: (kinder.get(b.id) ?? []).map(ast) }) });
  return <Baum name={t('baum')} knoten={oben.map(ast)} offen={offen} gewaehlt={gewaehlt} onKlapp={(id, auf) => setOffen((alt) => { const neu = new Set(alt); if (auf) neu.add(id); else neu.delete(id); return neu; })} />;
}

function Treffer({ q, gewaehlt }: { q: string; gewaehlt: string | undefined }) {
  const gesucht = useDeferredValue(q);
  const { data, error, refetch } = useAbfrage(api.listSchutzbereiche, { query: { q: gesucht, limit: 100 } }, { behalte: true });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  if (data.gesamt === 0) return <Leer icon="suche">{t('keine')}</Leer>;
  return (
    <>
      <Baum name={t('baum')} knoten={data.eintraege.map((b) => knotenVon(b, `?q=${encodeURIComponent(q)}`))} offen={new Set()} onKlapp={() => {}} gewaehlt={gewaehlt} />
      {data.gesamt > data.eintraege.length && <p className="va-klein va-leise">{t('mehr', data.gesamt - data.eintraege.length)}</p>}
    </>
  );
}
