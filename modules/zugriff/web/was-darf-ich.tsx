import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Fehler, Laden, Seite, Seitenkopf, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import type { Answer } from '#platform/contract.ts';
import { api } from '../contract.ts';
import { Berichte, Gruende, ortText, Stufenmarke, wegText } from './gruende.tsx';
import { t } from './texte.ts';
import { w } from './warum-texte.ts';

type Zeile = Answer<typeof api.listReichweiteVonPerson>['eintraege'][number];
/** One's own rights in one place. */
export function Component() {
  const params = { id: useSitzung().ich.id as never };
  const { data, error, refetch } = useAbfrage(api.getReichweiteVonPerson, { params });
  const liste = useListe(api.listReichweiteVonPerson, { params });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return (
    <Seite>
      <Seitenkopf titel={t('wasIch')} neben={data.person.name} />
      <div className="va-zwischen">
        <Berichte url={(format) => downloadUrl(api.exportReichweiteVonPerson, { params, query: { format } })} />
        <Tafel titel={w('rollen')} zahl={data.rollen.length}><Tabelle titel={w('rollen')} zeilen={data.rollen} schluessel={(r) => r.id} spalten={[{ name: 'rolle', titel: w('rolle'), kopf: true, schmal: 'voll', zelle: (r) => r.bezeichnung }, { name: 'rechte', titel: w('rechte'), schmal: 'voll', zelle: (r) => <span className="va-klein">{r.rechte.join(', ')}</span> }]} /></Tafel>
        <Gruende titel={w('einzeln')} gruende={data.objektfreigaben} leer={w('keine')} />
        <Tafel titel={w('bereiche')}>
          <Liste<Zeile> titel={w('bereiche')} liste={liste} idVon={(z) => z.id} spalten={[
            { name: 'bezeichnung', titel: w('bereich'), kopf: true, sort: 'bezeichnung', schmal: 'voll', zelle: (z) => z.bezeichnung }, { name: 'stufe', titel: w('stufe'), zelle: (z) => <Stufenmarke stufe={z.stufe} /> },
            { name: 'wodurch', titel: w('wodurch'), schmal: 'voll', zelle: (z) => wegText(z.grund) }, { name: 'ort', titel: w('ort'), schmal: 'voll', zelle: (z) => ortText(z.grund) },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
