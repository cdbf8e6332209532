import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Fehler, Laden, Leise, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type Warum } from '../contract.ts';
import { Berechtigte } from './berechtigte.tsx';
import { Berichte, Gruende, Stufenmarke } from './gruende.tsx';
import { k } from './klasse.tsx';
import { Sperrhinweis } from './sperre.tsx';
import { w } from './warum-texte.ts';

type Props = { typ: string; id: string; rechte: readonly string[] };
/** The tab »Rechte« of an object: why one sees it, and, for who administers it, who else does. */
export default function Rechte({ typ, id, rechte }: Props) {
  const { darf } = useSitzung();
  const params = { typ, id };
  const { data, error, refetch } = useAbfrage(api.getWarum, { params, query: {} });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return (
    <div className="va-zwischen">
      {data.sperre && <Sperrhinweis sperre={data.sperre} selbst />}
      <Gruende titel={w('warum')} gruende={data.gruende} leer={w('keinGrund')} kopf={<Leise>{w('stehtIn', data.schutzbereich.bezeichnung)}{data.klasse && ` · ${k(data.klasse)}`}</Leise>} aktionen={<Berichte url={(format) => downloadUrl(api.exportWarum, { params, query: { format } })} />} />
      {data.ohneWirkung.length > 0 && <Gruende titel={w('ohneWirkung')} gruende={data.ohneWirkung} leer="" mehr={[{ name: 'weil', titel: w('weil'), schmal: 'voll', zelle: (g) => `${w(g.weil)}${g.wo ? ` (${g.wo.bezeichnung})` : ''}` }]} />}
      <Einzelrechte warum={data} />
      {(darf('zugriff.sehen') || rechte.includes(`${typ}.verwalten`)) && <Berechtigte typ={typ} id={id} />}
    </div>
  );
}

const fehlt = { rolle: 'fehltRolle', stufe: 'fehltStufe', zustand: 'fehltZustand', sperre: 'fehltSperre' } as const;
const Einzelrechte = ({ warum }: { warum: Warum }) => (
  <Tafel titel={w('rechte')} zahl={warum.rechte.length}>
    <Tabelle titel={w('rechte')} zeilen={warum.rechte} schluessel={(r) => r.recht} spalten={[
      { name: 'recht', titel: w('recht'), kopf: true, schmal: 'voll', zelle: (r) => r.name }, { name: 'erlaubt', titel: w('erlaubt'), zelle: (r) => <Badge ton={r.erlaubt ? 'gut' : 'neutral'}>{w(r.erlaubt ? 'ja' : 'nein')}</Badge> },
      { name: 'stufe', titel: w('brauchtStufe'), zelle: (r) => <Stufenmarke stufe={r.stufe} /> }, { name: 'rollen', titel: w('rollen'), schmal: 'voll', zelle: (r) => r.rollen.join(', ') }, { name: 'fehlt', titel: w('fehlt'), schmal: 'voll', zelle: (r) => r.fehlt.map((f) => w(fehlt[f])).join('; ') },
    ]} />
  </Tafel>
);
