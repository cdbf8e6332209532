import './posteingang.css';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { api as ablage } from '#modules/ablage/contract.ts';
import { downloadUrl, upload } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Checkbox, Fehler, Field, Fortschritt, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl } from '#platform/web/text.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { Abwurf, DateiFeld } from '#platform/web/upload/index.ts';
import { oeffnePdf } from '#platform/web/viewer/pdf.ts';
import type { Vorlage } from '#platform/web/viewer/typen.ts';
import { api } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { t } from './texte.ts';

const s = katalog({
  titel: ['Scan aufteilen', 'Split a scan'], hilfe: ['Ein PDF, das mehrere Briefe enthält. Der Scan selbst wird unverändert aufbewahrt.', 'A PDF that holds several letters. The scan itself is kept unchanged.'], seiten: ['Seiten', 'Pages'], seite: [(n: number) => `Seite ${n}`, (n: number) => `Page ${n}`],
  anfang: [(n: number) => `Seite ${n}: hier beginnt ein Brief`, (n: number) => `Page ${n}: a letter begins here`], beginnt: ['neuer Brief', 'new letter'], briefe: ['Briefe', 'Letters'], anlegen: [(n: number) => `${mehrzahl(n, 'Eingang', 'Eingänge')} anlegen`, (n: number) => `Create ${mehrzahl(n, 'item', 'items')}`], bereich: [(von: number, bis: number) => (von === bis ? `Seite ${von}` : `Seiten ${von} bis ${bis}`), (von: number, bis: number) => (von === bis ? `Page ${von}` : `Pages ${von} to ${bis}`)],
  datum: ['Posteingangsdatum', 'Date of receipt'], eigener: ['mein Korb', 'my basket'], laedt: ['Der Scan wird übertragen', 'The scan is being transferred'], eine: ['Das PDF hat nur eine Seite; es ist schon ein Brief.', 'The PDF has one page only; it already is one letter.'], jede: ['Jede Seite ein Brief', 'Each page a letter'],
});
type Scan = { inhaltId: string; vorlage: Vorlage };

/** A scan is cut into letters: marks where each begins, names, one click. */
export function Component() {
  const navigate = useNavigate();
  const [scan, setScan] = useState<Scan>();
  const [stand, setStand] = useState<{ gesendet: number; gesamt: number }>();
  const [fehler, setFehler] = useState<unknown>();
  const [anfaenge, setAnfaenge] = useState<ReadonlySet<number>>(new Set([1]));
  const [namen, setNamen] = useState<Record<number, { betreff: string; absender: string }>>({});
  const [oe, setOe] = useState('');
  const [datum, setDatum] = useState('');
  const anlegen = useAuftrag(api.createStapel, { nachher: ({ eingaenge }) => void navigate(`/posteingang/${eingaenge[0]?.id ?? ''}`) });
  useEffect(() => () => scan?.vorlage.schliesse(), [scan]);
  async function nimm([datei]: readonly File[]) {
    if (!datei) return;
    setFehler(undefined); setScan(undefined); setStand({ gesendet: 0, gesamt: datei.size }); setAnfaenge(new Set([1])); setNamen({});
    try {
      const { id } = await upload(ablage.uploadInhalt, {}, datei, { fortschritt: (gesendet, gesamt) => setStand({ gesendet, gesamt }) });
      setScan({ inhaltId: id, vorlage: await oeffnePdf(downloadUrl(ablage.downloadInhalt, { params: { id } }), { abbruch: new AbortController().signal }) });
    } catch (e) { setFehler(e); } finally { setStand(undefined); }
  }
  const seiten = scan?.vorlage.seiten ?? 0;
  const erste = [...anfaenge].filter((n) => n <= seiten).toSorted((a, b) => a - b);
  const teile = erste.map((von, i) => ({ von, bis: (erste[i + 1] ?? seiten + 1) - 1 }));
  const los = () => {
    if (!scan || !teile.length || anlegen.laeuft) return;
    anlegen.starten({ body: { inhaltId: scan.inhaltId as never, kanal: 'papier', ...(oe && { organisationseinheitId: oe as never }), ...(datum && { posteingangsdatum: datum }), teile: teile.map(({ von, bis }) => ({ von, bis, ...(namen[von]?.betreff.trim() && { betreff: namen[von].betreff }), ...(namen[von]?.absender.trim() && { absender: namen[von].absender }) })) } });
  };
  useTaste('Strg Eingabe', s('anlegen', teile.length), los, { aktiv: scan !== undefined });
  const benenne = (von: number, feld: 'betreff' | 'absender', wert: string) => setNamen((alle) => ({ ...alle, [von]: { ...(alle[von] ?? { betreff: '', absender: '' }), [feld]: wert } }));
  return (
    <Seite>
      <Abwurf onDateien={(d) => void nimm(d)} mehrere={false} />
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/posteingang', titel: t('posteingang') }} />
      <div className="va-zwischen">
        {!scan && <Tafel titel={s('titel')} titelVersteckt><Innen>
          {stand ? <><p>{s('laedt')}</p><Fortschritt wert={stand.gesendet} von={stand.gesamt} name={s('laedt')} /></> : <DateiFeld onDateien={(d) => void nimm(d)} mehrere={false} accept=".pdf,application/pdf" hinweis={s('hilfe')} />}
          {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
        </Innen></Tafel>}
        {scan && <>
          <Tafel titel={s('seiten')} zahl={seiten} aktionen={<Button klein onClick={() => setAnfaenge(new Set(Array.from({ length: seiten }, (_, i) => i + 1)))}>{s('jede')}</Button>}>
            <ul className="va-stapelseiten">{Array.from({ length: seiten }, (_, i) => i + 1).map((n) => <Blatt key={n} n={n} vorlage={scan.vorlage} anfang={anfaenge.has(n)} onAnfang={(an) => setAnfaenge((alle) => { const neu = new Set(alle); if (an || n === 1) neu.add(n); else neu.delete(n); return neu; })} />)}</ul>
          </Tafel>
          <Tafel titel={s('briefe')} zahl={teile.length}>
            <ul className="va-teile">{teile.map(({ von, bis }) => (
              <li key={von}><span className="va-stark">{s('bereich', von, bis)}</span><Field label={t('betreff')} freiwillig value={namen[von]?.betreff ?? ''} onChange={(e) => benenne(von, 'betreff', e.target.value)} /><Field label={t('absender')} freiwillig value={namen[von]?.absender ?? ''} onChange={(e) => benenne(von, 'absender', e.target.value)} /></li>
            ))}</ul>
            <Innen>
              <div className="va-formular__felder"><OeWahl label={t('korb')} leer={s('eigener')} wert={oe} onWahl={setOe} /><Field type="date" label={s('datum')} freiwillig value={datum} onChange={(e) => setDatum(e.target.value)} /></div>
              {seiten === 1 && <p className="va-klein va-leise">{s('eine')}</p>}
              {anlegen.fehler !== null && <Fehler kompakt fehler={anlegen.fehler} />}
              <div className="va-formular__fuss"><Button art="haupt" taste="Strg Eingabe" laeuft={anlegen.laeuft} onClick={los}>{s('anlegen', teile.length)}</Button></div>
            </Innen>
          </Tafel>
        </>}
      </div>
    </Seite>
  );
}

function Blatt({ n, vorlage, anfang, onAnfang }: { n: number; vorlage: Vorlage; anfang: boolean; onAnfang(an: boolean): void }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const abbruch = new AbortController();
    let adresse: string | undefined;
    vorlage.bild(n, 240, abbruch.signal).then((b) => { if (abbruch.signal.aborted) return; adresse = typeof b === 'string' ? b : URL.createObjectURL(b); setUrl(adresse); }, () => undefined);
    return () => { abbruch.abort(); if (adresse?.startsWith('blob:')) URL.revokeObjectURL(adresse); };
  }, [vorlage, n]);
  return (
    <li className={anfang ? 'ist-anfang' : undefined}>
      <span className="va-stapelseiten__bild">{url ? <img src={url} alt={s('seite', n)} /> : <Laden was={s('seite', n)} />}</span>
      <span className="va-klein">{s('seite', n)}</span>
      <Checkbox label={s('beginnt')} aria-label={s('anfang', n)} checked={anfang} disabled={n === 1} onChange={onAnfang} />
    </li>
  );
}
