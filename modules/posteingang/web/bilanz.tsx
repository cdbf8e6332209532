import './posteingang.css';
import { Link, useSearchParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Field, Hinweis, Innen, Laden, Leer, Seite, Seitenkopf, Tabelle, Tafel, type Spalte } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog, zahl } from '#platform/web/text.ts';
import { datum, tagVon, zeitpunkt } from '#platform/web/zeit.ts';
import type { z } from 'zod';
import { api, offene, statusse, type Bilanz, type Bilanzpruefung, type Bilanzzahlen, type Differenz } from '../contract.ts';
import { Statistik } from './statistik.tsx';
import { kanalname, t } from './texte.ts';

const s = katalog({
  titel: ['Bilanz des Posteingangs', 'Balance of the inbox'], von: ['von', 'from'], bis: ['bis', 'to'], jeTag: ['Je Tag', 'By day'], jeKanal: ['Je Kanal', 'By channel'], jeKorb: ['Je Korb', 'By basket'], tag: ['Tag', 'Day'], kanal: ['Kanal', 'Channel'],
  eingegangen: ['Eingegangen', 'Received'], abgelegt: ['Abgelegt', 'Filed'], zurueckgewiesen: ['Zurückgewiesen', 'Rejected'], weitergeleitet: ['Nach außen', 'Sent on'], offen: ['Offen', 'Open'], anteil: ['Stand', 'State'], leer: ['In dieser Zeit ist nichts eingegangen.', 'Nothing came in at that time.'],
  gleichung: [(b: Zahlen) => `${zahl(b.eingegangen)} eingegangen = ${zahl(b.abgelegt)} abgelegt + ${zahl(b.zurueckgewiesen)} zurückgewiesen + ${zahl(b.weitergeleitet)} nach außen weitergeleitet + ${zahl(b.offen)} offen`, (b: Zahlen) => `${zahl(b.eingegangen)} received = ${zahl(b.abgelegt)} filed + ${zahl(b.zurueckgewiesen)} rejected + ${zahl(b.weitergeleitet)} sent on + ${zahl(b.offen)} open`],
  schliesst: ['Die Bilanz schließt', 'The balance closes'], schliesstNicht: ['Die Bilanz schließt nicht', 'The balance does not close'], geprueft: [(n: number, z: string) => `${zahl(n)} Eingänge, geprüft ${z}`, (n: number, z: string) => `${zahl(n)} items, checked ${z}`], pruefen: ['Jetzt ganz prüfen', 'Check everything now'], vernichtung: ['Inhalte nach Frist vernichten', 'Destroy content after its period'], nieGeprueft: ['Noch nicht geprüft', 'Not checked yet'],
  rat: ['Bitte den Betrieb verständigen und nichts von Hand berichtigen: Die Nummern, das Protokoll und die Eingänge werden getrennt geschrieben; wo sie sich unterscheiden, wurde etwas an der Anwendung vorbei geändert oder aus einer Sicherung unvollständig zurückgespielt.', 'Please tell those who run the system and correct nothing by hand.'],
});
const arten = katalog({
  nummer_ohne_eingang: ['Nummer vergeben, Eingang fehlt', 'number issued, item missing'], eingang_ohne_nummer: ['Eingang mit nicht vergebener Nummer', 'item with a number never issued'], eingang_ohne_ereignis: ['Eingang ohne Eintrag im Protokoll', 'item without record in the log'],
  ereignis_ohne_eingang: ['Eintrag im Protokoll, Eingang fehlt', 'recorded, item missing'], ereignis_mehrfach: ['Eingang mehrfach im Protokoll angelegt', 'recorded more than once'], stand_weicht_ab: ['Stand und Protokoll sagen Verschiedenes', 'state and log differ'],
} satisfies Record<Differenz['art'], [string, string]>);
type Zahlen = z.infer<typeof Bilanzzahlen>;
const status: Record<Exclude<keyof Zahlen, 'eingegangen'>, readonly string[]> = { abgelegt: ['zugeordnet'], zurueckgewiesen: ['zurueckgewiesen'], weitergeleitet: ['weitergeleitet'], offen: offene };
const felder = ['eingegangen', 'abgelegt', 'zurueckgewiesen', 'weitergeleitet', 'offen'] as const;
const vorTagen = (n: number) => tagVon(new Date(Date.now() - n * 86_400_000).toISOString());

export function Component() {
  const [suche, setSuche] = useSearchParams();
  const [von, bis] = [suche.get('von') ?? vorTagen(6), suche.get('bis') ?? vorTagen(0)];
  const setze = (name: string, wert: string) => { if (wert) setSuche((alt) => { const neu = new URLSearchParams(alt); neu.set(name, wert); return neu; }, { replace: true }); };
  const { darf } = useSitzung();
  const { data, error, refetch } = useAbfrage(api.getPosteingangBilanz, { query: { von, bis } }, { behalte: true });
  /** The list behind a figure. */
  const liste: Liste = (mehr, feld) => {
    const p = new URLSearchParams({ von, bis, ...mehr });
    for (const st of feld === 'eingegangen' ? statusse : status[feld]) p.append('status', st);
    return `/posteingang?${p}`;
  };
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/posteingang', titel: t('posteingang') }} aktionen={<span className="va-zeitraum"><Field type="date" label={s('von')} value={von} max={bis} onChange={(e) => setze('von', e.target.value)} /><Field type="date" label={s('bis')} value={bis} min={von} onChange={(e) => setze('bis', e.target.value)} /></span>} />
      <div className="va-zwischen">
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : <>
          <Pruefung p={data.pruefung} />
          <p className="va-bilanzsatz">{s('gleichung', data.gesamt)}</p>
          {data.gesamt.eingegangen === 0 ? <Leer icon="ein">{s('leer')}</Leer> : <Tafeln data={data} liste={liste} />}
        </>}
        <Statistik von={von} bis={bis} />
        {darf('posteingang.vernichten') && <p><Link to="/posteingang/vernichtung">{s('vernichtung')}</Link></p>}
      </div>
    </Seite>
  );
}

type Liste = (mehr: Record<string, string>, feld: keyof Zahlen) => string;
function Tafeln({ data, liste }: { data: Bilanz; liste: Liste }) {
  return <>
    <Tafel titel={s('jeTag')}><Zahlentafel titel={s('jeTag')} zeilen={data.jeTag} schluessel={(r) => r.tag} kopf={{ titel: s('tag'), zelle: (r) => datum(r.tag) }} mehr={(r) => ({ von: r.tag, bis: r.tag })} liste={liste} /></Tafel>
    <Tafel titel={s('jeKanal')}><Zahlentafel titel={s('jeKanal')} zeilen={data.jeKanal} schluessel={(r) => r.kanal} kopf={{ titel: s('kanal'), zelle: (r) => kanalname(r.kanal) }} mehr={(r) => ({ kanal: r.kanal })} liste={liste} /></Tafel>
    <Tafel titel={s('jeKorb')}><Zahlentafel titel={s('jeKorb')} zeilen={data.jeKorb} schluessel={(r) => r.organisationseinheit.id} kopf={{ titel: t('korb'), zelle: (r) => `${r.organisationseinheit.kennzeichen} ${r.organisationseinheit.bezeichnung}` }} mehr={(r) => ({ organisationseinheitId: r.organisationseinheit.id })} liste={liste} /></Tafel>
  </>;
}
function Zahlentafel<R extends Zahlen>({ titel, zeilen, schluessel, kopf, mehr, liste }: { titel: string; zeilen: readonly R[]; schluessel(r: R): string; kopf: { titel: string; zelle(r: R): string }; mehr(r: R): Record<string, string>; liste: Liste }) {
  const hoechste = Math.max(1, ...zeilen.map((r) => r.eingegangen));
  const spalten: Spalte<R>[] = [
    { name: 'kopf', titel: kopf.titel, kopf: true, zelle: (r) => kopf.zelle(r) },
    ...felder.map((feld): Spalte<R> => ({ name: feld, titel: s(feld), zahl: true, breite: 8, schmal: r0(feld, zeilen) ? 'weg' : 'voll', zelle: (r) => <><span className="va-zellwort va-klein va-leise">{s(feld)} </span>{r[feld] ? <Link to={liste(mehr(r), feld)}>{zahl(r[feld])}</Link> : <span className="va-leise">0</span>}</> })),
    { name: 'balken', titel: s('anteil'), breite: 16, schmal: 'weg', zelle: (r) => <Balken r={r} breite={r.eingegangen / hoechste} /> },
  ];
  return <Tabelle<R> titel={titel} zeilen={zeilen} schluessel={schluessel} spalten={spalten} />;
}
/** Nothing of it anywhere: on narrow screens it is left out. */
const r0 = (feld: keyof Zahlen, zeilen: readonly Zahlen[]) => zeilen.every((r) => r[feld] === 0);
/** The same figures as lengths; for the eye only. */
const Balken = ({ r, breite }: { r: Zahlen; breite: number }) => (
  <svg className="va-bilanzbalken" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    {(['abgelegt', 'zurueckgewiesen', 'weitergeleitet', 'offen'] as const).reduce<{ x: number; teile: React.ReactNode[] }>(({ x, teile }, f) => { const w = (r[f] / r.eingegangen) * 100 * breite; return { x: x + w, teile: [...teile, <rect key={f} className={`va-bilanzbalken--${f}`} x={x} y="0" width={w} height="8" />] }; }, { x: 0, teile: [] }).teile}
  </svg>
);

/** Whether the three witnesses agree; where not, red, which ones, and what to do. */
function Pruefung({ p }: { p: Bilanzpruefung | null }) {
  const { darf } = useSitzung();
  const pruefen = useAuftrag(api.startBilanzpruefung);
  if (!darf('posteingang.pruefen')) return null;
  const knopf = <Button klein laeuft={pruefen.laeuft} onClick={() => pruefen.starten({})}>{s('pruefen')}</Button>;
  return (
    <Tafel titel={p && !p.schliesst ? s('schliesstNicht') : s('schliesst')} titelVersteckt>
      <Innen>
        {!p ? <p className="va-reihe"><span className="va-leise">{s('nieGeprueft')}</span>{knopf}</p>
          : p.schliesst ? <p className="va-reihe"><Ergebnis>{s('schliesst')}</Ergebnis><span className="va-klein va-leise">{s('geprueft', p.eingaenge, zeitpunkt(p.zeit))}</span>{knopf}</p>
            : <Hinweis ton="gefahr" laut titel={s('schliesstNicht')}>
              <ul>{p.differenzen.map((d) => <li key={`${d.art} ${d.jahr}`}><strong>{zahl(d.anzahl)}</strong> {arten(d.art)}: {d.nummern.join(', ')}{d.anzahl > d.nummern.length && ' …'}</li>)}</ul>
              <p>{s('rat')}</p><p className="va-reihe"><span className="va-klein">{s('geprueft', p.eingaenge, zeitpunkt(p.zeit))}</span>{knopf}</p>
            </Hinweis>}
        {pruefen.fehler !== null && <Fehler kompakt fehler={pruefen.fehler} />}
      </Innen>
    </Tafel>
  );
}
