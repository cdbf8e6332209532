import type { BenutzerId } from '#modules/organisation/contract.ts';
import { Vertretungen } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Eckdaten, Fehler, Hinweis, Innen, Laden, Leise, Seite, Seitenkopf, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { zahl } from '#platform/web/text.ts';
import { api, stufen, type Personreichweite } from '../contract.ts';
import { Berichte, fristText, Gruende, ortText, Stufenmarke, wegText } from './gruende.tsx';
import { k } from './klasse.tsx';
import { sperrtext } from './sperre.tsx';
import { t } from './texte.ts';
import { w } from './warum-texte.ts';

type Zeile = Answer<typeof api.listReichweiteVonPerson>['eintraege'][number];
type Props = { id: BenutzerId; selbst: boolean; zurueck?: { pfad: string; titel: string } };
/** All that a person may do and reach, and by what: of oneself, or of somebody else for who keeps the Schutzbereiche. */
export function Reichweite({ id, selbst, zurueck }: Props) {
  const params = { id };
  const { data, error, refetch } = useAbfrage(api.getReichweiteVonPerson, { params });
  const kopf = { ...(zurueck && { zurueck }) };
  if (error) return <Seite><Seitenkopf titel={w('person')} {...kopf} /><Fehler fehler={error} nochmal={() => void refetch()} /></Seite>;
  if (!data) return <Laden />;
  return (
    <Seite>
      <Seitenkopf titel={selbst ? t('wasIch') : w('wasDarf', data.person.name)} neben={[selbst ? data.person.name : '', data.person.funktion].filter(Boolean).join(', ')} {...kopf} aktionen={<Berichte url={(format) => downloadUrl(api.exportReichweiteVonPerson, { params, query: { format } })} />} />
      <div className="va-zwischen">
        {data.person.gesperrt && <Hinweis ton="warnung" titel={w('kontoGesperrt')}>{w('kontoGesperrtText')}</Hinweis>}
        <Zugehoerigkeit person={data} />
        {data.objektfreigaben.length > 0 && <Gruende titel={w('einzeln')} gruende={data.objektfreigaben} leer={w('keine')} />}
        <Vertretungen {...data.vertretungen} />
        <Bereiche id={id} />
      </div>
    </Seite>
  );
}

const Zugehoerigkeit = ({ person: { rollen, organisationseinheiten, anzahl, gesperrt } }: { person: Personreichweite }) => (
  <>
    <Tafel titel={w('ueberblick')}><Innen>
      <Eckdaten daten={[
        { titel: w('einheiten'), wert: organisationseinheiten.map((o) => `${o.name}${o.wie === 'leitung' ? ` (${w('alsLeitung')})` : o.wie === 'unter' ? ` (${w('alsUnter')})` : ''}`).join(', ') },
        ...stufen.toReversed().map((s) => ({ titel: w('bereicheMit', t(s)), wert: anzahl[s] ? zahl(anzahl[s]) : '' })), { titel: w('verwehrt'), wert: gesperrt ? zahl(gesperrt) : '' },
      ]} />
    </Innen></Tafel>
    <Tafel titel={w('rollenRechte')} zahl={rollen.length}>
      <Tabelle titel={w('rollenRechte')} zeilen={rollen} schluessel={(r) => r.id} spalten={[
        { name: 'rolle', titel: w('rolle'), kopf: true, schmal: 'voll', breite: 14, zelle: (r) => <b>{r.bezeichnung}</b> },
        { name: 'rechte', titel: w('rechte'), schmal: 'voll', zelle: (r) => <Rechteliste rechte={r.rechte} /> },
      ]} />
    </Tafel>
  </>
);
/** »Akten: lesen, bearbeiten«: what each is about stands once. */
function Rechteliste({ rechte }: { rechte: Personreichweite['rollen'][number]['rechte'] }) {
  const teile = Map.groupBy(rechte.map(({ name }) => name.split(': ')), ([ding]) => ding);
  return <span className="va-klein">{[...teile].map(([ding, taten], i) => <span key={ding}>{i > 0 && ' · '}<b>{ding}</b> {taten.map(([, ...tat]) => tat.join(': ')).join(', ')}</span>)}</span>;
}

function Bereiche({ id }: { id: BenutzerId }) {
  const liste = useListe(api.listReichweiteVonPerson, { params: { id }, filter: ['q', 'stufe'] });
  return (
    <Tafel titel={w('bereiche')}>
      <Liste<Zeile> titel={w('bereiche')} liste={liste} idVon={(z) => z.id} filter={[{ name: 'q', titel: w('bereich'), art: 'text', platzhalter: t('suchhilfe') }, { name: 'stufe', titel: w('stufe'), art: 'mehrfach', wahl: stufen.map((wert) => ({ wert, titel: t(wert) })) }]} spalten={[
        { name: 'bezeichnung', titel: w('bereich'), kopf: true, sort: 'bezeichnung', schmal: 'voll', zelle: (z) => <>{z.bezeichnung} {z.klasse && <Badge ton="warnung" icon="schloss">{k(z.klasse)}</Badge>}{z.pfad && <><br /><Leise>{z.pfad}</Leise></>}{z.sperre && <><br /><Leise>{sperrtext(z.sperre)} {w(z.sperre.darf ? 'sperreEr' : 'sperreErNicht')}</Leise></>}</> },
        { name: 'stufe', titel: w('stufe'), zelle: (z) => (z.sperre && !z.sperre.darf ? <Badge ton="gefahr" icon="schloss">{w('gesperrt')}</Badge> : <Stufenmarke stufe={z.stufe} />) },
        { name: 'wodurch', titel: w('wodurch'), schmal: 'voll', zelle: (z) => wegText(z.grund) }, { name: 'ort', titel: w('ort'), schmal: 'voll', zelle: (z) => ortText(z.grund) },
        { name: 'seit', titel: w('seit'), schmal: 'voll', zelle: (z) => <Leise>{fristText(z.grund)}</Leise> },
      ]} />
    </Tafel>
  );
}
