import { useState } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import { BenutzerWahl } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Ergebnis, Fehler, Field, Hinweis, Innen, Leer, Radios, Seite, Seitenkopf, Tafel, TextArea, Zeit, type Ton } from '#platform/web/kern/index.ts';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { zahl } from '#platform/web/text.ts';
import { datum, tagVon } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { l } from './einsichten-texte.ts';

type Einsicht = Answer<typeof api.listEinsichten>['eintraege'][number];
const toene: Record<Einsicht['zustand'], Ton> = { beantragt: 'warnung', abgelehnt: 'neutral', offen: 'gut', abgelaufen: 'neutral' };

/** Who read what: asked for, decided by a second person, looked at. */
export function Component() {
  const [offen, setOffen] = useState(false);
  const { darf } = useSitzung();
  const nimmt = darf('lesezugriff.einsehen');
  const liste = useListe(api.listEinsichten, { alle: 20_000 });
  const spalten: ListenSpalte<Einsicht>[] = [
    { name: 'ziel', titel: l('worueber'), kopf: true, schmal: 'voll', text: (e) => e.ziel.name, zelle: (e) => <>{e.rechte.includes('einsicht.nehmen') ? <Link className="va-betreff" to={`/revision/lesezugriffe/${e.id}`}>{e.ziel.name}</Link> : e.ziel.name}<span className="va-klein va-leise"> · {datum(e.von)} – {datum(e.bis)}</span></> },
    { name: 'grund', titel: l('grund'), schmal: 'voll', text: (e) => e.grund, zelle: (e) => e.grund },
    { name: 'wer', titel: l('beantragt'), sort: 'beantragt', text: (e) => e.beantragtVon, zelle: (e) => <>{e.beantragtVon}<span className="va-klein va-leise"> · <Zeit wert={e.beantragt} /></span></> },
    { name: 'stand', titel: l('stand'), text: (e) => l(e.zustand), zelle: (e) => <><Badge ton={toene[e.zustand]}>{l(e.zustand)}</Badge>{e.zustand === 'offen' && e.giltBis && <span className="va-klein va-leise"> {l('bisTag', datum(e.giltBis))}</span>}</> },
    { name: 'aktion', titel: l('aktion'), zahl: true, schmal: 'voll', zelle: (e) => <Aktionen e={e} /> },
  ];
  return (
    <Seite>
      <Seitenkopf titel={l('titel')} aktionen={nimmt && !offen && <Button art="haupt" icon="auge" onClick={() => setOffen(true)}>{l('beantragen')}</Button>} />
      <div className="va-mitte va-mitte--breit">
        <p className="va-leise">{l('erklaerung')}</p>
        {offen && <Tafel titel={l('beantragen')}><Innen><Antrag onFertig={() => setOffen(false)} /></Innen></Tafel>}
        <Tafel titel={l('antraege')} titelVersteckt><Liste titel={l('antraege')} liste={liste} idVon={(e) => e.id} dateiname="einsichten" spalten={spalten} leer={<Leer icon="auge">{l('keine')}</Leer>} /></Tafel>
        {nimmt && <Nachweis />}
      </div>
    </Seite>
  );
}

function Aktionen({ e }: { e: Einsicht }) {
  const bewilligen = useAuftrag(api.grantEinsicht), ablehnen = useAuftrag(api.cancelEinsicht);
  const fehler = bewilligen.fehler ?? ablehnen.fehler;
  return (
    <span className="va-reihe">
      {e.rechte.includes('einsicht.bewilligen') && <Button klein icon="haken" aria-label={`${l('bewilligen')}: ${e.ziel.name}`} laeuft={bewilligen.laeuft} onClick={() => bewilligen.starten({ params: { id: e.id }, body: {} })}>{l('bewilligen')}</Button>}
      {e.rechte.includes('einsicht.ablehnen') && <Button art="leicht" klein aria-label={`${l('ablehnen')}: ${e.ziel.name}`} laeuft={ablehnen.laeuft} onClick={() => ablehnen.starten({ params: { id: e.id } })}>{l('ablehnen')}</Button>}
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
    </span>
  );
}

const KENNUNG = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const Werte = z.object({ zielArt: z.enum(['objekt', 'person']), adresse: z.string().optional(), person: z.string().optional(), von: z.iso.date(), bis: z.iso.date(), grund: z.string().trim().min(10).max(1000) });
function Antrag({ onFertig }: { onFertig(): void }) {
  const beantragen = useAuftrag(api.requestEinsicht);
  const heute = tagVon(new Date());
  const f = useFormular({
    schema: Werte.superRefine((w, c) => {
      if (w.zielArt === 'objekt' && !KENNUNG.test(w.adresse ?? '')) c.addIssue({ code: 'custom', path: ['adresse'], message: l('adresseFehlt') });
      if (w.zielArt === 'person' && !w.person) c.addIssue({ code: 'custom', path: ['person'], message: l('personFehlt') });
    }),
    start: { zielArt: 'objekt', von: `${heute.slice(0, 4)}-01-01`, bis: heute },
    async senden({ adresse, person, ...rest }) { await beantragen.ausfuehren({ body: { ...rest, zielId: rest.zielArt === 'person' ? person! : KENNUNG.exec(adresse!)![0] } }); onFertig(); },
  });
  return (
    <Formular formular={f} kompakt knopf={l('beantragen')} daneben={<Button art="leicht" klein onClick={onFertig}>{l('abbrechen')}</Button>}>
      <Radios titel={l('worueber')} {...f.wahl('zielArt')} wahl={[{ wert: 'objekt', titel: l('objekt'), hinweis: l('objektText') }, { wert: 'person', titel: l('person'), hinweis: l('personText') }]} />
      {f.werte.zielArt === 'person' ? <BenutzerWahl {...f.wahl('person')} onWahl={(id) => f.setze('person', id)} /> : <Field label={l('adresse')} hinweis={l('adresseHilfe')} {...f.feld('adresse')} />}
      <Felder><Field type="date" label={l('von')} {...f.feld('von')} /><Field type="date" label={l('bis')} {...f.feld('bis')} /></Felder>
      <TextArea label={l('grund')} rows={2} {...f.feld('grund')} />
    </Formular>
  );
}

/** That nothing was changed in what was recorded, and how long it is kept. */
function Nachweis() {
  const [gefragt, setGefragt] = useState(false);
  const pruefung = useAbfrage(api.verifyLesezugriffe, {}, { aktiv: gefragt });
  const frist = useAbfrage(api.getLesefrist, {});
  const aendern = useAuftrag(api.updateLesefrist);
  const da = pruefung.data?.monate.filter((m) => !m.geloescht) ?? [], weg = (pruefung.data?.monate.length ?? 0) - da.length;
  const schlecht = [...(pruefung.data?.befund ? [pruefung.data.befund] : []), ...(pruefung.data?.monate ?? []).flatMap((m) => (m.befund === null ? [] : [`${datum(m.monat).slice(3)}: ${m.befund}`]))];
  const anzahl = da.reduce((n, m) => n + m.anzahl, 0);
  return (
    <Tafel titel={l('nachweis')} aktionen={<Button klein icon="schild" laeuft={pruefung.isFetching} onClick={() => { if (gefragt) void pruefung.refetch(); else setGefragt(true); }}>{l('pruefen')}</Button>}>
      <Innen>
        {pruefung.error !== null && <Fehler kompakt fehler={pruefung.error} />}
        {pruefung.data && (schlecht.length ? <Hinweis ton="gefahr" laut titel={l('veraendert')}>{schlecht.map((text) => <p key={text}>{text}</p>)}</Hinweis> : <Ergebnis>{l('unveraendert', zahl(anzahl), da.length)}{weg > 0 && ` ${l('geloescht', weg)}`}</Ergebnis>)}
        {frist.data && <Frist key={frist.data.version} monate={frist.data.monate} laeuft={aendern.laeuft} onAendern={(monate) => aendern.starten({ ifMatch: frist.data!.version, body: { monate } })} />}
        {aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Innen>
    </Tafel>
  );
}
function Frist({ monate, laeuft, onAendern }: { monate: number; laeuft: boolean; onAendern(monate: number): void }) {
  const [wert, setWert] = useState(String(monate));
  const neu = Number(wert);
  const gilt = Number.isInteger(neu) && neu >= 3 && neu <= 120;
  return (
    <div className="va-reihe">
      <Field type="number" min={3} max={120} label={l('frist')} hinweis={l('fristHilfe')} value={wert} fehler={gilt ? undefined : l('fristFehler')} onChange={(e) => setWert(e.target.value)} />
      {gilt && neu !== monate && <Button klein laeuft={laeuft} onClick={() => onAendern(neu)}>{l('speichern')}</Button>}
    </div>
  );
}
