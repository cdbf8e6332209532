import './zugriff.css';
import { Link, useSearchParams } from 'react-router';
import { api as organisation } from '#modules/organisation/contract.ts';
import { BenutzerWahl, useEinheiten } from '#modules/organisation/web/index.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, ButtonLink, Hinweis, Icon, Leise, Menue, Seite, Seitenkopf, Tafel, Unsichtbar } from '#platform/web/kern/index.ts';
import { Liste, useListe, type Filter, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSchmal } from '#platform/web/schmal.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, klassen, type Matrixzeile } from '../contract.ts';
import { Berichte, Stufenmarke } from './gruende.tsx';
import { k } from './klasse.tsx';
import { bereichPfad, matrixPfad, personPfad } from './pfade.ts';
import { t } from './texte.ts';

const m = katalog({
  bereich: ['Schutzbereich', 'Protection area'], weitere: ['Weitere', 'Others'], wem: ['Freigegeben für', 'Granted to'], freigaben: ['Freigaben', 'Grants'], eigen: ['Zeigen', 'Show'], nurEigen: ['nur was von oben abweicht', 'only what differs from above'], person: ['Person', 'Person'],
  legende: ['Bedeutung', 'Legend'], hier: ['hier erteilt', 'given here'], geerbt: ['von oben geerbt', 'inherited'], schnitt: ['Vererbung abgeschnitten', 'inheritance cut'], leerZelle: ['keine Freigabe', 'no grant'], vonOben: [(wo: string) => `geerbt von ${wo}`, (wo: string) => `inherited from ${wo}`], bis: [(tag: string) => `bis ${tag}`, (tag: string) => `until ${tag}`],
  darunter: [(n: string) => `${n} darunter`, (n: string) => `${n} below`], nurDarunter: [(n: string, was: string) => `Nur die ${n} unter ${was} zeigen`, (n: string, was: string) => `Show only the ${n} below ${was}`], nurWohin: [(wer: string) => `Nur zeigen, wohin ${wer} kommt`, (wer: string) => `Show only where ${wer} gets to`],
  teil: [(was: string) => `Gezeigt wird „${was}“ mit allem, was darunter liegt.`, (was: string) => `Shown is “${was}” with all below it.`], alles: ['Alles zeigen', 'Show all'], gesperrt: ['Zugriff gesperrt', 'access locked'], oben: ['von oben', 'from above'],
});
type Freigabe = Matrixzeile['freigaben'][number];
const HOECHSTENS = 7;
const reihe = { rolle: 0, oe: 1, person: 2 };

/** Whom the columns are for: those that occur most on this page, Rollen before OEs before people. */
function spaltenVon(zeilen: readonly Matrixzeile[]): Freigabe[] {
  const je = [...Map.groupBy(zeilen.flatMap((z) => z.freigaben), (f) => f.subjekt.id).values()].toSorted((a, b) => b.length - a.length).slice(0, HOECHSTENS).map((f) => f[0]!);
  return je.toSorted((a, b) => reihe[a.subjektArt] - reihe[b.subjektArt] || (a.subjekt.name ?? '').localeCompare(b.subjekt.name ?? '', 'de', { numeric: true }));
}
const nameVon = (f: Freigabe) => f.subjekt.name ?? t('weg');

/** What stands here is marked, what comes from above is pale and says from where. */
const Zelle = ({ f }: { f: Freigabe | undefined }) => (f === undefined ? <span className="va-matrix__leer"><span aria-hidden="true">–</span><Unsichtbar>{m('leerZelle')}</Unsichtbar></span> : (
  <span title={f.geerbt ? m('vonOben', f.von.bezeichnung) : m('hier')}>
    {f.geerbt ? <span className="va-matrix__geerbt"><span aria-hidden="true">↓ </span>{t(f.stufe)}<Unsichtbar>, {m('vonOben', f.von.bezeichnung)}</Unsichtbar></span> : <Stufenmarke stufe={f.stufe} />}
    {f.gueltigBis && <Leise> {m('bis', datum(f.gueltigBis))}</Leise>}
  </span>
));

const Ort = ({ zeile: z, suche }: { zeile: Matrixzeile; suche: boolean }) => (
  <span className="va-matrix__ort" data-ebene={suche ? 0 : Math.min(z.tiefe, 8)}>
    <Link className="va-betreff" to={bereichPfad(z.id)}>{z.bezeichnung}</Link>
    {z.tiefe > 0 && !z.erbt && <Badge icon="schloss">{m('schnitt')}</Badge>}
    {z.klasse ? <Badge ton="warnung" icon="schloss">{k(z.klasse)}</Badge> : z.wirksameKlasse && <Leise>{k(z.wirksameKlasse)} {m('oben')}</Leise>}
    {z.gesperrt && <Badge ton="gefahr" icon="schloss">{m('gesperrt')}</Badge>}
    {z.anzahlUnter > 0 && <Link className="va-matrix__unter" to={matrixPfad({ unter: z.id })} title={m('nurDarunter', zahl(z.anzahlUnter), z.bezeichnung)}>{m('darunter', zahl(z.anzahlUnter))}<Unsichtbar>: {z.bezeichnung}</Unsichtbar></Link>}
    {suche && z.pfad && <Leise>{z.pfad}</Leise>}
  </span>
);

function useSpalten(zeilen: readonly Matrixzeile[], suche: boolean): ListenSpalte<Matrixzeile>[] {
  const schmal = useSchmal();
  const ort: ListenSpalte<Matrixzeile> = { name: 'ort', titel: m('bereich'), kopf: true, sort: 'ort', schmal: 'voll', zelle: (z) => <Ort zeile={z} suche={suche} /> };
  const liste = (freigaben: readonly Freigabe[]) => <span className="va-matrix__liste">{freigaben.map((f) => <span key={f.subjekt.id}>{nameVon(f)}: <Zelle f={f} /></span>)}</span>;
  if (schmal) return [ort, { name: 'freigaben', titel: m('freigaben'), schmal: 'voll', zelle: (z) => liste(z.freigaben) }];
  const subjekte = spaltenVon(zeilen);
  const gezeigt = new Set(subjekte.map((f) => f.subjekt.id));
  const weitere = zeilen.some((z) => z.freigaben.some((f) => !gezeigt.has(f.subjekt.id)));
  return [
    ort, ...subjekte.map((f): ListenSpalte<Matrixzeile> => ({
      name: f.subjekt.id, titel: <Link className="va-matrix__kopf" to={f.subjektArt === 'person' ? personPfad(f.subjekt.id) : matrixPfad({ subjekt: f.subjekt.id })} title={m('nurWohin', nameVon(f))}>{nameVon(f)}</Link>,
      zelle: (z) => <Zelle f={z.freigaben.find((x) => x.subjekt.id === f.subjekt.id)} />,
    })),
    ...(weitere ? [{ name: 'weitere', titel: m('weitere'), zelle: (z: Matrixzeile) => liste(z.freigaben.filter((f) => !gezeigt.has(f.subjekt.id))) }] : []),
  ];
}

/** Rollen and OEs to choose from; a person who was chosen is named by the answer. */
function useSubjekte(zeilen: readonly Matrixzeile[], gewaehlt: string | undefined) {
  const rollen = useAbfrage(organisation.listRollen, { query: { limit: 200 } }).data?.eintraege ?? [];
  const einheiten = useEinheiten().data ?? [];
  const wahl = [...rollen.map((r) => ({ wert: r.id as string, titel: `${t('rolle')} ${r.bezeichnung}` })), ...einheiten.map((e) => ({ wert: e.id as string, titel: `${e.kennzeichen} ${e.bezeichnung}` }))];
  const person = gewaehlt && !wahl.some((x) => x.wert === gewaehlt) ? zeilen.flatMap((z) => z.freigaben).find((f) => f.subjekt.id === gewaehlt)?.subjekt.name ?? m('person') : undefined;
  return person ? [{ wert: gewaehlt!, titel: person }, ...wahl] : wahl;
}

const FILTER = ['q', 'subjekt', 'klasse', 'eigen', 'unter'];
/** Schutzbereiche × whom they are granted to: own, inherited, cut off; page by page through the tree. */
export function Component() {
  const [suche] = useSearchParams();
  const liste = useListe(api.listMatrix, { filter: FILTER, proSeite: 50 });
  const zeilen: readonly Matrixzeile[] = liste.eintraege;
  const [subjekt] = liste.filterwert('subjekt');
  const unter = liste.filterwert('unter')[0] ? zeilen.find((z) => z.id === liste.filterwert('unter')[0]) : undefined;
  const spalten = useSpalten(zeilen, liste.filterwert('q').length > 0);
  const filter: Filter[] = [
    { name: 'q', titel: m('bereich'), art: 'text', platzhalter: t('suchhilfe') }, { name: 'subjekt', titel: m('wem'), art: 'auswahl', wahl: useSubjekte(zeilen, subjekt) },
    { name: 'klasse', titel: k('titel'), art: 'auswahl', wahl: klassen.map((wert) => ({ wert, titel: k(wert) })) }, { name: 'eigen', titel: m('eigen'), art: 'auswahl', wahl: [{ wert: 'true', titel: m('nurEigen') }] },
  ];
  const query = Object.fromEntries(FILTER.flatMap((name) => { const wert = suche.get(name); return wert ? [[name, wert]] : []; }));
  return (
    <Seite>
      <Seitenkopf titel={t('matrixTitel')} zurueck={{ pfad: '/verwaltung/schutzbereiche', titel: t('schutzbereiche') }} aktionen={<Berichte url={(format) => downloadUrl(api.exportMatrix, { query: { ...query, format } } as never)} />} />
      <div className="va-zwischen">
        <Tafel titel={t('matrixTitel')} titelVersteckt className="va-matrix">
          <p className="va-matrix__legende"><b>{m('legende')}:</b> <span><Stufenmarke stufe="lesen" /> {m('hier')}</span> <span><span className="va-matrix__geerbt">↓ {t('lesen')}</span> {m('geerbt')}</span> <span><Icon name="schloss" klein /> {m('schnitt')}</span> <span>– {m('leerZelle')}</span></p>
          {unter && <div className="va-matrix__teil"><Hinweis aktion={<ButtonLink klein to={matrixPfad()}>{m('alles')}</ButtonLink>}>{m('teil', unter.bezeichnung)}</Hinweis></div>}
          <Liste<Matrixzeile> titel={t('matrixTitel')} liste={liste} idVon={(z) => z.id} filter={filter} spalten={spalten} werkzeuge={<Menue rechts name={m('person')} knopf={<><Icon name="person" klein />{m('person')}</>}><li className="va-matrix__person"><BenutzerWahl name="person" wert={subjekt ?? ''} onWahl={(id) => liste.setzeFilter('subjekt', id)} /></li></Menue>} />
        </Tafel>
      </div>
    </Seite>
  );
}
