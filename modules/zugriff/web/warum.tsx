import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Fehler, Laden, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type Berechtigt, type Warum } from '../contract.ts';
import { Berichte, Gruende, ortText, Stufenmarke, wegText } from './gruende.tsx';
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
      <Gruende titel={w('warum')} gruende={data.gruende} leer={w('keinGrund')} />
      <Berichte url={(format) => downloadUrl(api.exportWarum, { params, query: { format } })} />
      {data.ohneWirkung.length > 0 && <Gruende titel={w('ohneWirkung')} gruende={data.ohneWirkung} leer="" mehr={[{ name: 'weil', titel: w('weil'), schmal: 'voll', zelle: (g) => `${w(g.weil)}${g.wo ? ` (${g.wo.bezeichnung})` : ''}` }]} />}
      <Einzelrechte warum={data} />
      {(darf('zugriff.sehen') || rechte.includes(`${typ}.verwalten`)) && <Berechtigte typ={typ} id={id} />}
    </div>
  );
}

const fehlt = { rolle: 'fehltRolle', stufe: 'fehltStufe', zustand: 'fehltZustand' } as const;
const Einzelrechte = ({ warum }: { warum: Warum }) => (
  <Tafel titel={w('rechte')} zahl={warum.rechte.length}>
    <Tabelle titel={w('rechte')} zeilen={warum.rechte} schluessel={(r) => r.recht} spalten={[
      { name: 'recht', titel: w('recht'), kopf: true, schmal: 'voll', zelle: (r) => r.recht }, { name: 'erlaubt', titel: w('erlaubt'), zelle: (r) => <Badge ton={r.erlaubt ? 'gut' : 'neutral'}>{w(r.erlaubt ? 'ja' : 'nein')}</Badge> },
      { name: 'stufe', titel: w('stufe'), zelle: (r) => <Stufenmarke stufe={r.stufe} /> }, { name: 'rollen', titel: w('rollen'), schmal: 'voll', zelle: (r) => r.rollen.join(', ') }, { name: 'fehlt', titel: w('fehlt'), schmal: 'voll', zelle: (r) => r.fehlt.map((f) => w(fehlt[f])).join('; ') },
    ]} />
  </Tafel>
);

function Berechtigte({ typ, id }: { typ: string; id: string }) {
  const liste = useListe(api.listBerechtigte, { params: { typ, id }, praefix: 'wer.' });
  return (
    <Tafel titel={w('wer')}>
      <Berichte url={(format) => downloadUrl(api.exportBerechtigte, { params: { typ, id }, query: { format } })} />
      <Liste<Berechtigt> titel={w('wer')} liste={liste} idVon={(b) => `${b.art} ${b.id}`} spalten={[
        { name: 'name', titel: w('name'), kopf: true, sort: 'name', schmal: 'voll', zelle: (b) => <>{b.name} <span className="va-klein va-leise">{b.funktion}</span></> },
        { name: 'stufe', titel: w('stufe'), sort: 'stufe', zelle: (b) => <Stufenmarke stufe={b.stufe} /> },
        { name: 'wodurch', titel: w('wodurch'), schmal: 'voll', zelle: (b) => wegText(b.grund) }, { name: 'ort', titel: w('ort'), schmal: 'voll', zelle: (b) => ortText(b.grund) },
      ]} />
    </Tafel>
  );
}
