import { useDeferredValue, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Aktenzeichen, Select } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { t } from './texte.ts';

const s = katalog({ platzhalter: ['Aktenzeichen oder Betreff', 'Number or subject'], vorschlaege: ['Akten', 'Files'], nichts: ['Keine offene Akte passt.', 'No open file matches.'], anzahl: [(n: number) => `${n} Akten`, (n: number) => `${n} files`] });
export type AkteZiel = { id: string; aktenzeichen: string; betreff: string };

/** Choose an open Akte by Aktenzeichen or words; without words the ones last worked on. */
export function AkteWahl({ label, wert, onWahl, fehler, feld }: { label: string; wert: AkteZiel | undefined; onWahl(akte: AkteZiel | undefined): void; fehler?: string | undefined; feld?: RefObject<HTMLInputElement | null> }) {
  const id = useId();
  const [text, setText] = useState<string>();
  const [stelle, setStelle] = useState(0);
  const suche = useDeferredValue(text?.trim() ?? '');
  const offen = text !== undefined;
  const { data } = useAbfrage(schriftgut.listAkten, { query: { limit: 15, sort: '-geaendertAm', status: ['in_bearbeitung'], teilakten: 'true', ...(suche && { text: suche }) } }, { aktiv: offen, behalte: true });
  const liste = data?.eintraege ?? [];
  const waehle = (a: AkteZiel | undefined) => { onWahl(a && { id: a.id, aktenzeichen: a.aktenzeichen, betreff: a.betreff }); setText(undefined); setStelle(0); };
  const taste = (ev: KeyboardEvent) => {
    if (ev.key === 'ArrowDown' || ev.key === 'ArrowUp') { ev.preventDefault(); if (!offen) setText(''); else setStelle((n) => Math.max(0, Math.min(liste.length - 1, n + (ev.key === 'ArrowDown' ? 1 : -1)))); }
    if (ev.key === 'Enter' && !ev.ctrlKey && !ev.metaKey) { ev.preventDefault(); if (offen && liste[stelle]) waehle(liste[stelle]); }
    if (ev.key === 'Escape' && offen) { ev.preventDefault(); ev.stopPropagation(); setText(undefined); }
  };
  return (
    <div className={`kern-form-input va-wahlfeld${fehler ? ' kern-form-input--error' : ''}`}>
      <label className="kern-label" htmlFor={id}>{label}</label>
      <input ref={feld} id={id} className="kern-form-input__input" role="combobox" aria-expanded={offen} aria-controls={`${id}-l`} aria-autocomplete="list" aria-activedescendant={offen && liste[stelle] ? `${id}-${stelle}` : undefined} autoComplete="off" placeholder={s('platzhalter')}
        aria-invalid={fehler ? true : undefined} aria-describedby={fehler ? `${id}-f` : undefined} value={text ?? (wert ? `${wert.aktenzeichen} ${wert.betreff}` : '')}
        onChange={(ev) => { setText(ev.target.value); setStelle(0); if (wert) onWahl(undefined); }} onKeyDown={taste} onBlur={() => setText(undefined)} onFocus={(ev) => ev.target.select()} />
      <ul id={`${id}-l`} role="listbox" aria-label={s('vorschlaege')} className="va-wahlfeld__liste" hidden={!offen}>
        {liste.map((a, i) => (
          <li key={a.id} id={`${id}-${i}`} role="option" aria-selected={i === stelle} onPointerDown={(ev) => { ev.preventDefault(); waehle(a); }} onPointerEnter={() => setStelle(i)}>
            <span><Aktenzeichen wert={a.aktenzeichen} /> {a.betreff}</span>
          </li>
        ))}
        {data && liste.length === 0 && <li role="option" aria-selected={false} aria-disabled="true">{s('nichts')}</li>}
      </ul>
      {offen && data && <span className="kern-sr-only" role="status">{s('anzahl', data.gesamt)}</span>}
      {fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}
    </div>
  );
}

/** An open Vorgang of the Akte, a new one, or none. */
export function VorgangWahl({ akte, wert, onWahl }: { akte: AkteZiel; wert: string; onWahl(vorgang: string): void }) {
  const { data } = useAbfrage(schriftgut.listVorgaenge, { query: { akteId: [akte.id], status: ['in_bearbeitung'], limit: 200 } });
  const wahl = (data?.eintraege ?? []).map((v) => ({ wert: v.id as string, titel: `${v.kennzeichen.startsWith(akte.aktenzeichen) ? v.kennzeichen.slice(akte.aktenzeichen.length + 1) : v.kennzeichen} ${v.betreff}` }));
  return <Select label={t('vorgang')} wahl={[...wahl, { wert: 'neu', titel: t('neuerVorgang') }, { wert: '', titel: t('direkt') }]} value={wert} onChange={(e) => onWahl(e.target.value)} />;
}
