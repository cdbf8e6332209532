import './aktenplan.css';
import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { ApiError } from '#platform/web/client.ts';
import { Angaben, Button, Ergebnis, Fehler, Field, Hinweis, Innen, Laden, Leer, Seite, Seitenkopf, Select, Tabelle, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import type { Answer } from '#platform/contract.ts';
import { api, type Aktenzeichenregel, type AktenplaneinheitKurz, type Musterteil } from '../contract.ts';
import { name, t } from './texte.ts';
import { AktenplaneinheitWahl } from './wahl.tsx';

const s = katalog({
  titel: ['Aktenzeichen', 'Reference numbers'], regeln: ['Regeln', 'Rules'], mandant: ['Für alle Einheiten', 'For all units'], standard: ['Vorgabe, noch nicht geändert', 'default, not changed yet'], teilbaum: [(e: string) => `Für ${e} und alles darunter`, (e: string) => `For ${e} and all below`],
  beispiel: ['Beispiel', 'Example'], aendern: ['Ändern', 'Change'], fertig: ['Gespeichert', 'Saved'], eigene: ['Eigene Regel für einen Teil des Plans', 'Rule for a part of the plan'], hinzu: ['Bestandteil anfügen', 'Add part'], entfernen: [(w: string) => `${w} entfernen`, (w: string) => `Remove ${w}`], vor: [(w: string) => `${w} nach vorn`, (w: string) => `Move ${w} forward`],
  trennertext: ['Zeichen', 'Character'], stellen: ['Stellen', 'Digits'], je: ['zählt je', 'counts per'], textwert: ['Text', 'Text'], zaehler: ['Zählerstände', 'Counters'], zaehlerLeer: ['Noch wurde kein Aktenzeichen vergeben.', 'No reference number has been issued yet.'],
  stand: ['Stand', 'Count'], jahr: ['Jahr', 'Year'], worueber: ['Zählt für', 'Counts for'], setzen: ['Stand setzen', 'Set counter'], neuerStand: ['Neuer Stand', 'New count'], naechste: ['Die nächste Nummer ist um eins höher. Schon vergebene Aktenzeichen werden übersprungen.', 'The next number is one higher. Numbers already issued are skipped.'], grund: ['Grund', 'Reason'], ungueltig: ['So lässt sich kein Aktenzeichen bilden', 'No reference number can be built like this'],
});
const teile = katalog({
  kennzeichen: ['Kennzeichen', 'Unit number'], trenner: ['Trennzeichen', 'Separator'], text: ['fester Text', 'fixed text'], lfd_nr: ['laufende Nummer', 'running number'], jahr: ['Jahr', 'Year'], oe_kuerzel: ['Kürzel der Organisationseinheit', 'Office code'], zusatz: ['Zusatz', 'Suffix'], laenderkennzeichen: ['Länderkennzeichen', 'Country code'],
  einheit: ['Aktenplaneinheit', 'unit'], einheit_jahr: ['Aktenplaneinheit und Jahr', 'unit and year'], oe: ['Organisationseinheit', 'office'], oe_jahr: ['Organisationseinheit und Jahr', 'office and year'], mandant: ['Mandant', 'authority'], mandant_jahr: ['Mandant und Jahr', 'authority and year'],
});
const neu: Record<Musterteil['art'], Musterteil> = {
  kennzeichen: { art: 'kennzeichen' }, trenner: { art: 'trenner', text: '-' }, text: { art: 'text', text: 'AZ' }, lfd_nr: { art: 'lfd_nr', je: 'einheit_jahr', stellen: 4 }, jahr: { art: 'jahr', stellen: 4 }, oe_kuerzel: { art: 'oe_kuerzel' }, zusatz: { art: 'zusatz' }, laenderkennzeichen: { art: 'laenderkennzeichen' },
};

/** How Aktenzeichen are built, and the counters behind them. */
export function Component() {
  const { data, error } = useAbfrage(api.listAktenzeichenregeln, { query: {} });
  const [einheit, setEinheit] = useState<AktenplaneinheitKurz>();
  if (error) return <Fehler fehler={error} />;
  if (!data) return <Laden />;
  const vorgabe = data.eintraege[0]!;
  const vorhanden = einheit && data.eintraege.find((r) => r.aktenplaneinheitId === einheit.id);
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/aktenplan', titel: t('aktenplan') }} />
      <div className="va-zwischen">
        {data.eintraege.map((r) => <Regel key={r.aktenplaneinheitId ?? ''} regel={r} />)}
        <Tafel titel={s('eigene')}>
          <Innen>
            <AktenplaneinheitWahl label={t('suchen')} wert={einheit} onWahl={setEinheit} />
            {einheit && !vorhanden && <RegelFormular key={einheit.id} regel={{ ...vorgabe, aktenplaneinheitId: einheit.id, version: 0 }} onFertig={() => setEinheit(undefined)} />}
          </Innen>
        </Tafel>
        <Zaehler />
      </div>
    </Seite>
  );
}

function Regel({ regel }: { regel: Aktenzeichenregel }) {
  const [offen, setOffen] = useState(false);
  const [fertig, setFertig] = useState(false);
  return (
    <Tafel titel={regel.einheit ? s('teilbaum', name(regel.einheit)) : s('mandant')} aktionen={<>{fertig && <Ergebnis>{s('fertig')}</Ergebnis>}{!offen && regel.rechte.includes('aktenzeichen.verwalten') && <Button klein icon="stift" onClick={() => { setFertig(false); setOffen(true); }}>{s('aendern')}</Button>}</>}>
      {offen ? <Innen><RegelFormular regel={regel} onFertig={() => { setOffen(false); setFertig(true); }} onAbbrechen={() => setOffen(false)} /></Innen>
        : <Angaben daten={[{ titel: s('beispiel'), wert: <><span className="va-beispiel">{regel.beispiel}</span>{regel.version === 0 && <span className="va-herkunft">{s('standard')}</span>}</> }, { titel: s('regeln'), wert: regel.muster.map((m) => beschreibung(m)).join(' · ') }]} />}
    </Tafel>
  );
}
const beschreibung = (m: Musterteil): string => (m.art === 'trenner' ? `„${m.text}“` : m.art === 'text' ? `„${m.text}“` : m.art === 'lfd_nr' ? `${teile('lfd_nr')} (${s('je')} ${teile(m.je)})` : teile(m.art));

function RegelFormular({ regel, onFertig, onAbbrechen }: { regel: Aktenzeichenregel; onFertig(): void; onAbbrechen?: () => void }) {
  const [muster, setMuster] = useState<Musterteil[]>(regel.muster);
  const speichern = useAuftrag(api.updateAktenzeichenregel, { nachher: onFertig });
  const gruende = speichern.fehler instanceof ApiError ? (speichern.fehler.details as { gruende?: string[] } | undefined)?.gruende : undefined;
  const ersetze = (i: number, m: Musterteil) => setMuster((alle) => alle.map((a, j) => (i === j ? m : a)));
  const nachVorn = (i: number) => setMuster((alle) => alle.map((a, j) => (j === i - 1 ? alle[i]! : j === i ? alle[i - 1]! : a)));
  return (
    <>
      <ol className="va-muster">
        {muster.map((m, i) => (
          <li key={i}>
            <span>{beschreibung(m)}</span>
            {i > 0 && <Button art="leicht" klein nurIcon icon="zurueck" onClick={() => nachVorn(i)}>{s('vor', beschreibung(m))}</Button>}
            <Button art="leicht" klein nurIcon icon="weg" onClick={() => setMuster((alle) => alle.filter((_, j) => j !== i))}>{s('entfernen', beschreibung(m))}</Button>
          </li>
        ))}
      </ol>
      <div className="va-formular__felder">
        <Select label={s('hinzu')} leer="" wahl={(Object.keys(neu) as Musterteil['art'][]).map((art) => ({ wert: art, titel: teile(art) }))} value="" onChange={(e) => { const art = e.target.value as Musterteil['art'] | ''; if (art) setMuster((alle) => [...alle, neu[art]]); }} />
        {muster.map((m, i) => <Teilfelder key={i} teil={m} onTeil={(n) => ersetze(i, n)} />)}
      </div>
      {gruende ? <Hinweis ton="gefahr" laut titel={s('ungueltig')}><ul>{gruende.map((g) => <li key={g}>{g}</li>)}</ul></Hinweis> : speichern.fehler !== null && <Fehler kompakt fehler={speichern.fehler} />}
      <div className="va-formular__fuss">
        <Button art="haupt" laeuft={speichern.laeuft} onClick={() => speichern.starten({ ifMatch: regel.version, body: { aktenplaneinheitId: regel.aktenplaneinheitId, muster } })}>{t('speichern')}</Button>
        {onAbbrechen && <Button art="leicht" onClick={onAbbrechen}>{t('abbrechen')}</Button>}
      </div>
    </>
  );
}

function Teilfelder({ teil, onTeil }: { teil: Musterteil; onTeil(teil: Musterteil): void }) {
  if (teil.art === 'trenner' || teil.art === 'text') return <Field label={`${teile(teil.art)}: ${teil.art === 'trenner' ? s('trennertext') : s('textwert')}`} value={teil.text} maxLength={10} onChange={(e) => onTeil({ ...teil, text: e.target.value })} />;
  if (teil.art === 'lfd_nr') return (
    <>
      <Select label={`${teile('lfd_nr')} ${s('je')}`} wahl={(['einheit', 'einheit_jahr', 'oe', 'oe_jahr', 'mandant', 'mandant_jahr'] as const).map((wert) => ({ wert, titel: teile(wert) }))} value={teil.je} onChange={(e) => onTeil({ ...teil, je: e.target.value as typeof teil.je })} />
      <Field type="number" min={1} max={8} label={`${teile('lfd_nr')}: ${s('stellen')}`} value={teil.stellen} onChange={(e) => onTeil({ ...teil, stellen: e.target.valueAsNumber || 1 })} />
    </>
  );
  if (teil.art === 'jahr') return <Select label={`${teile('jahr')}: ${s('stellen')}`} wahl={[{ wert: '4', titel: '2026' }, { wert: '2', titel: '26' }]} value={String(teil.stellen)} onChange={(e) => onTeil({ ...teil, stellen: e.target.value === '2' ? 2 : 4 })} />;
  return null;
}

type Zaehlerstand = Answer<typeof api.listAktenzeichenzaehler>['eintraege'][number];
function Zaehler() {
  const { data } = useAbfrage(api.listAktenzeichenzaehler, { query: { limit: 200 } });
  const [gewaehlt, setGewaehlt] = useState<Zaehlerstand>();
  const [stand, setStand] = useState('');
  const [grund, setGrund] = useState('');
  const setzen = useAuftrag(api.updateAktenzeichenzaehler, { nachher: () => setGewaehlt(undefined) });
  return (
    <Tafel titel={s('zaehler')} zahl={data?.gesamt}>
      {data?.gesamt === 0 && <Leer>{s('zaehlerLeer')}</Leer>}
      {data && data.gesamt > 0 && <Tabelle<Zaehlerstand> titel={s('zaehler')} zeilen={data.eintraege} schluessel={(z) => z.id} spalten={[
        { name: 'worueber', titel: s('worueber'), kopf: true, zelle: (z) => [teile(z.je), z.bezeichnung].filter(Boolean).join(' ') },
        { name: 'jahr', titel: s('jahr'), zahl: true, breite: 5, zelle: (z) => z.jahr ?? '–' }, { name: 'stand', titel: s('stand'), zahl: true, breite: 6, zelle: (z) => zahl(z.stand) },
        { name: 'aktion', titel: '', zahl: true, zelle: (z) => <Button klein onClick={() => { setGewaehlt(z); setStand(String(z.stand)); setGrund(''); }}>{s('setzen')}</Button> },
      ]} />}
      {gewaehlt && (
        <Innen>
          <p>{[teile(gewaehlt.je), gewaehlt.bezeichnung, gewaehlt.jahr].filter(Boolean).join(' ')}. {s('naechste')}</p>
          <div className="va-formular__felder"><Field type="number" min={0} label={s('neuerStand')} value={stand} onChange={(e) => setStand(e.target.value)} /><TextArea label={s('grund')} value={grund} onChange={(e) => setGrund(e.target.value)} breit /></div>
          {setzen.fehler !== null && <Fehler kompakt fehler={setzen.fehler} />}
          <div className="va-formular__fuss">
            <Button art="haupt" laeuft={setzen.laeuft} disabled={grund.trim().length < 3 || stand === ''} onClick={() => setzen.starten({ body: { je: gewaehlt.je, ...(gewaehlt.je !== 'mandant' && { id: gewaehlt.schluessel.split(':')[1]! }), ...(gewaehlt.jahr !== null && { jahr: gewaehlt.jahr }), stand: Number(stand), grund } })}>{s('setzen')}</Button>
            <Button art="leicht" onClick={() => setGewaehlt(undefined)}>{t('abbrechen')}</Button>
          </div>
        </Innen>
      )}
    </Tafel>
  );
}
