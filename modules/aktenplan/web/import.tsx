import './aktenplan.css';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { ApiError, upload } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Button, ButtonLink, Ergebnis, Fehler, Filterleiste, Hinweis, Innen, Laden, Seite, Seitenkopf, Tabelle, Tafel, type Ton } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl, zahl } from '#platform/web/text.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { Abwurf, DateiFeld } from '#platform/web/upload/index.ts';
import { useSearchParams } from 'react-router';
import { api, type ImportErgebnis } from '../contract.ts';
import { t, wertText } from './texte.ts';

const s = katalog({
  titel: ['Aktenplan importieren', 'Import filing plan'], hilfe: ['CSV oder XLSX mit den Spalten Kennzeichen und Betreff kurz, dazu nach Bedarf Inhaltsangabe, Übergeordnet, Aussonderungsart, Aufbewahrungsdauer, Gültig von, Gültig bis, Stillgelegt, Querverweise.', 'CSV or XLSX with the columns Kennzeichen and Betreff kurz and, as needed, Inhaltsangabe, Übergeordnet, Aussonderungsart, Aufbewahrungsdauer, Gültig von, Gültig bis, Stillgelegt, Querverweise.'],
  pruefe: ['Die Datei wird geprüft …', 'The file is being checked …'], erst: ['Zuerst wird nur geprüft. Übernommen wird erst, wenn Sie es sagen.', 'First it is only checked. Nothing is taken over until you say so.'],
  uebernehmen: [(n: number) => `${mehrzahl(n, 'Änderung', 'Änderungen')} übernehmen`, (n: number) => `Take over ${mehrzahl(n, 'change', 'changes')}`], andere: ['Andere Datei wählen', 'Choose another file'],
  fehler: [(n: number) => `${mehrzahl(n, 'Fehler', 'Fehler')} in der Datei; so wird nichts übernommen`, (n: number) => `${mehrzahl(n, 'error', 'errors')} in the file; nothing can be taken over`], zeile: ['Zeile', 'Line'], spalte: ['Spalte', 'Column'], text: ['Was nicht stimmt', 'What is wrong'], hinweise: ['Hinweise', 'Notes'],
  alle: ['Alle', 'All'], neu: ['neu', 'new'], geaendert: ['geändert', 'changed'], unveraendert: ['unverändert', 'unchanged'], fehlerhaft: ['fehlerhaft', 'faulty'], pruefung: ['Prüfung', 'Check'], aktion: ['Was geschieht', 'What happens'], aenderungen: ['Änderungen', 'Changes'],
  fertig: [(neu: number, geaendert: number) => `Übernommen: ${zahl(neu)} neu, ${zahl(geaendert)} geändert`, (neu: number, geaendert: number) => `Taken over: ${zahl(neu)} new, ${zahl(geaendert)} changed`], nichts: ['Die Datei und der Aktenplan stimmen überein; es gibt nichts zu übernehmen.', 'File and plan agree; there is nothing to take over.'],
  leer: ['leer', 'empty'], weitere: [(n: number) => `und ${zahl(n)} weitere Zeilen`, (n: number) => `and ${zahl(n)} more lines`],
});
const aktionen = { neu: ['info', 'neu'], geaendert: ['warnung', 'geaendert'], unveraendert: ['neutral', 'unveraendert'], fehler: ['gefahr', 'fehlerhaft'] } as const satisfies Record<string, readonly [Ton, string]>;
type Eintrag = ImportErgebnis['eintraege'][number];
const MAX = 500;

/** A file is checked first; what would happen stands in a table; then it is taken over, all or nothing. */
export function Component() {
  const { id = '' } = useParams();
  const client = useQueryClient();
  const plan = useAbfrage(api.listAktenplaene, { query: { limit: 200 } }).data?.eintraege.find((p) => p.id === id);
  const [datei, setDatei] = useState<File>();
  const [ergebnis, setErgebnis] = useState<ImportErgebnis>();
  const [fehler, setFehler] = useState<unknown>();
  const [laeuft, setLaeuft] = useState(false);
  async function sende(gewaehlt: File, dryRun: boolean) {
    setDatei(gewaehlt); setFehler(undefined); setLaeuft(true);
    if (dryRun) setErgebnis(undefined);
    try {
      setErgebnis(await upload(api.importAktenplan, { params: { id }, query: { dryRun: dryRun ? 'true' : 'false' } }, gewaehlt));
      if (!dryRun) void client.invalidateQueries();
    } catch (e) { setFehler(e); } finally { setLaeuft(false); }
  }
  const nimm = (dateien: readonly File[]) => { if (dateien[0]) void sende(dateien[0], true); };
  const anzahl = ergebnis ? ergebnis.neu + ergebnis.geaendert : 0;
  const bereit = ergebnis?.trockenlauf === true && ergebnis.fehler.length === 0 && anzahl > 0;
  const los = () => { if (bereit && datei && !laeuft) void sende(datei, false); };
  useTaste('Strg Eingabe', s('uebernehmen', anzahl), los, { aktiv: bereit });
  return (
    <Seite>
      <Abwurf onDateien={nimm} mehrere={false} />
      <Seitenkopf titel={s('titel')} neben={plan && `${plan.bezeichnung}, ${plan.versionsbezeichnung}`} zurueck={{ pfad: '/verwaltung/aktenplan', titel: t('aktenplaene') }} />
      <div className="va-zwischen">
        <Tafel titel={datei?.name ?? s('pruefung')} aktionen={ergebnis && <Button klein onClick={() => { setDatei(undefined); setErgebnis(undefined); setFehler(undefined); }}>{s('andere')}</Button>}>
          <Innen>
            {!ergebnis && !laeuft && <><p>{s('erst')}</p><DateiFeld onDateien={nimm} mehrere={false} accept=".csv,.txt,.xlsx" hinweis={s('hilfe')} /></>}
            {laeuft && <Laden was={s('pruefe')} />}
            {fehler !== undefined && <Fehler kompakt fehler={fehler} {...(datei && fehler instanceof ApiError && fehler.status !== 422 && { nochmal: () => void sende(datei, true) })} />}
            {ergebnis && !laeuft && <Befund ergebnis={ergebnis} />}
            {ergebnis?.trockenlauf === false && <Ergebnis weiter={<ButtonLink klein to="/aktenplan">{t('zumPlan')}</ButtonLink>}>{s('fertig', ergebnis.neu, ergebnis.geaendert)}</Ergebnis>}
            {bereit && <div className="va-formular__fuss"><Button art="haupt" laeuft={laeuft} taste="Strg Eingabe" onClick={los}>{s('uebernehmen', anzahl)}</Button></div>}
          </Innen>
        </Tafel>
        {ergebnis && ergebnis.eintraege.length > 0 && <Zeilen ergebnis={ergebnis} />}
      </div>
    </Seite>
  );
}

function Befund({ ergebnis: { trockenlauf, fehler, hinweise, neu, geaendert } }: { ergebnis: ImportErgebnis }) {
  return (
    <>
      {fehler.length > 0 && <Hinweis ton="gefahr" laut titel={s('fehler', fehler.length)} />}
      {fehler.length > 0 && <Tabelle titel={s('fehler', fehler.length)} zeilen={fehler.slice(0, MAX)} schluessel={(f) => `${f.zeile} ${f.spalte} ${f.text}`} spalten={[
        { name: 'zeile', titel: s('zeile'), breite: 5, zelle: (f) => <><span className="va-nurschmal-text">{s('zeile')} </span>{f.zeile}</> }, { name: 'spalte', titel: s('spalte'), breite: 12, zelle: (f) => f.spalte ?? '–' }, { name: 'text', titel: s('text'), kopf: true, schmal: 'voll', zelle: (f) => f.text },
      ]} />}
      {hinweise.length > 0 && <Hinweis ton="warnung" titel={s('hinweise')}><ul>{hinweise.slice(0, 20).map((h, i) => <li key={i}>{s('zeile')} {h.zeile}: {h.text}</li>)}</ul>{hinweise.length > 20 && s('weitere', hinweise.length - 20)}</Hinweis>}
      {trockenlauf && fehler.length === 0 && neu + geaendert === 0 && <Hinweis ton="gut">{s('nichts')}</Hinweis>}
    </>
  );
}

const anzeige = (feld: string, wert: unknown): string => {
  if (wert === null || wert === undefined || wert === '' || (Array.isArray(wert) && !wert.length)) return s('leer');
  if (Array.isArray(wert)) return wert.join(', ');
  if (feld === 'aussonderungsart' || feld === 'aufbewahrungsdauer' || feld === 'vertraulichkeit' || feld === 'schutzklasse') return wertText(feld, wert as never);
  return typeof wert === 'object' ? Object.values(wert).join('; ') || s('leer') : wert === true ? 'ja' : wert === false ? 'nein' : String(wert);
};
const feldname = (feld: string) => (['kennzeichen', 'betreffKurz', 'inhaltsangabe', 'aussonderungsart', 'aufbewahrungsdauer', 'vertraulichkeit', 'schutzklasse', 'querverweise', 'gueltigVon', 'gueltigBis', 'stillgelegt'].includes(feld) ? t(feld as 'kennzeichen') : t('grund'));

function Zeilen({ ergebnis }: { ergebnis: ImportErgebnis }) {
  const [suche] = useSearchParams();
  const nur = suche.get('nur') as Eintrag['aktion'] | null;
  const gezeigt = ergebnis.eintraege.filter((e) => !nur || e.aktion === nur);
  const zaehle = (aktion: Eintrag['aktion']) => ergebnis.eintraege.filter((e) => e.aktion === aktion).length;
  return (
    <Tafel titel={s('pruefung')} zahl={ergebnis.eintraege.length} aktionen={<Filterleiste name={s('aktion')} eintraege={[
      { pfad: '?', titel: s('alle'), zahl: ergebnis.eintraege.length, aktiv: !nur },
      ...(['neu', 'geaendert', 'unveraendert', 'fehler'] as const).filter((a) => zaehle(a) > 0).map((a) => ({ pfad: `?nur=${a}`, titel: s(aktionen[a][1]), zahl: zaehle(a), aktiv: nur === a })),
    ]} />}>
      <Tabelle<Eintrag> titel={s('pruefung')} zeilen={gezeigt.slice(0, MAX)} schluessel={(e) => String(e.zeile)} spalten={[
        { name: 'zeile', titel: s('zeile'), zahl: true, breite: 5, schmal: 'weg', zelle: (e) => e.zeile },
        { name: 'einheit', titel: t('kennzeichen'), kopf: true, zelle: (e) => <span className={`va-planstufe va-planstufe--${Math.min(e.ebene, 6)}`}><span className="va-planzeichen">{e.kennzeichen}</span> {e.betreffKurz}</span> },
        { name: 'aktion', titel: s('aktion'), breite: 10, zelle: (e) => <Badge ton={aktionen[e.aktion][0]}>{s(aktionen[e.aktion][1])}</Badge> },
        { name: 'aenderungen', titel: s('aenderungen'), schmal: 'voll', zelle: (e) => e.aenderungen.length > 0 && <ul className="va-klein">{e.aenderungen.map((a) => <li key={a.feld}>{feldname(a.feld)}: <del>{anzeige(a.feld, a.alt)}</del> → {anzeige(a.feld, a.neu)}</li>)}</ul> },
      ]} />
      {gezeigt.length > MAX && <p className="va-plan__anzahl va-klein va-leise">{s('weitere', gezeigt.length - MAX)}</p>}
    </Tafel>
  );
}
