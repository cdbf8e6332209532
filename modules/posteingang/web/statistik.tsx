import { useAbfrage } from '#platform/web/daten.ts';
import { Fehler, Laden, Tabelle, Tafel, type Spalte } from '#platform/web/kern/index.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import { api, type Poststatistik } from '../contract.ts';
import { kanalname, t } from './texte.ts';

const s = katalog({
  verteilung: ['Zeit bis zur Verteilung', 'Time to distribution'], kanal: ['Kanal', 'Channel'], alle: ['alle Kanäle', 'all channels'], stueck: ['Stück', 'Pieces'], wartend: ['noch nicht verteilt', 'not yet distributed'], median: ['Mitte (Median)', 'Median'], p90: ['neun von zehn binnen', 'nine of ten within'],
  alter: ['Alter der offenen Eingänge', 'Age of the open items'], aeltester: ['ältester', 'oldest'], tage: [(n: number) => `${zahl(Math.round(n * 10) / 10)} Tage`, (n: number) => `${zahl(Math.round(n * 10) / 10)} days`], bis: [(n: number) => `unter ${n} T.`, (n: number) => `< ${n} d`], ab: [(n: number) => `ab ${n} T.`, (n: number) => `≥ ${n} d`],
  sofort: ['sofort', 'at once'], minuten: [(n: number) => `${zahl(n)} min`, (n: number) => `${zahl(n)} min`], stunden: [(n: number) => `${zahl(n)} h`, (n: number) => `${zahl(n)} h`],
});
const dauer = (stunden: number | null) => (stunden === null ? '–' : stunden < 1 / 60 ? s('sofort') : stunden < 1 ? s('minuten', Math.round(stunden * 60)) : stunden < 48 ? s('stunden', Math.round(stunden * 10) / 10) : s('tage', stunden / 24));
type Verteilung = Poststatistik['verteilung'][number];
type Alter = Poststatistik['alterDerOffenen'][number];

/** On narrow screens a figure stands beside its word. */
const Wort = ({ w }: { w: string }) => <span className="va-zellwort va-klein va-leise">{w} </span>;

/** By channel and basket; no figure by person (works councils, § 26 BDSG). */
export function Statistik({ von, bis }: { von: string; bis: string }) {
  const { data, error, refetch } = useAbfrage(api.getPosteingangStatistik, { query: { von, bis } }, { behalte: true });
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  const hoechste = Math.max(1, ...data.alterDerOffenen.flatMap((a) => a.stufen));
  const stufe = (i: number) => (i < data.stufenTage.length ? s('bis', data.stufenTage[i]!) : s('ab', data.stufenTage.at(-1)!));
  const stufen = Array.from({ length: data.stufenTage.length + 1 }, (_, i): Spalte<Alter> => ({ name: `stufe${i}`, titel: stufe(i), zahl: true, breite: 6, schmal: 'weg', zelle: (r) => <span className="va-saeule"><svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true"><rect x="0" y={100 - (r.stufen[i]! / hoechste) * 100} width="10" height={(r.stufen[i]! / hoechste) * 100} /></svg>{zahl(r.stufen[i]!)}</span> }));
  return <>
    {data.verteilung.some((v) => v.anzahl + v.wartend > 0) && <Tafel titel={s('verteilung')}>
      <Tabelle<Verteilung> titel={s('verteilung')} zeilen={data.verteilung} schluessel={(r) => r.kanal ?? 'alle'} spalten={[
        { name: 'kanal', titel: s('kanal'), kopf: true, zelle: (r) => (r.kanal ? kanalname(r.kanal) : s('alle')) }, { name: 'anzahl', titel: s('stueck'), zahl: true, breite: 8, schmal: 'voll', zelle: (r) => <><Wort w={s('stueck')} />{zahl(r.anzahl)}</> },
        { name: 'median', titel: s('median'), zahl: true, breite: 10, schmal: 'voll', zelle: (r) => <><Wort w={s('median')} />{dauer(r.medianStunden)}</> }, { name: 'p90', titel: s('p90'), zahl: true, breite: 12, schmal: 'voll', zelle: (r) => <><Wort w={s('p90')} />{dauer(r.p90Stunden)}</> }, { name: 'wartend', titel: s('wartend'), zahl: true, breite: 12, schmal: 'weg', zelle: (r) => zahl(r.wartend) },
      ]} />
    </Tafel>}
    {data.alterDerOffenen.length > 0 && <Tafel titel={s('alter')}>
      <Tabelle<Alter> titel={s('alter')} zeilen={data.alterDerOffenen} schluessel={(r) => r.organisationseinheit.id} spalten={[
        { name: 'korb', titel: t('korb'), kopf: true, zelle: (r) => `${r.organisationseinheit.kennzeichen} ${r.organisationseinheit.bezeichnung}` }, { name: 'anzahl', titel: t('offen'), zahl: true, breite: 6, schmal: 'voll', zelle: (r) => <><Wort w={t('offen')} />{zahl(r.anzahl)}</> },
        ...stufen, { name: 'median', titel: s('median'), zahl: true, breite: 8, schmal: 'voll', zelle: (r) => <><Wort w={s('median')} />{s('tage', r.medianTage)}</> }, { name: 'aeltester', titel: s('aeltester'), zahl: true, breite: 8, schmal: 'voll', zelle: (r) => <><Wort w={s('aeltester')} />{s('tage', r.aeltesterTage)}</> },
      ]} />
    </Tafel>}
  </>;
}
