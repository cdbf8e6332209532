import './schriftgut.css';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { Aktenzeichen, Select } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

const tw = katalog({ vorschlaege: ['Akten und Vorgänge', 'Files and cases'], nichts: ['Keine offene Akte passt.', 'No open file matches.'], anzahl: [(n: number) => `${n} Vorschläge`, (n: number) => `${n} suggestions`], vorgang: ['Vorgang', 'Case'], keiner: ['direkt in der Akte', 'directly in the file'] });
export type Ziel = { akteId: string; aktenzeichen: string; betreff: string; vorgangId?: string | undefined };

type Props = {
  label: string; wert: Ziel | undefined; onWahl(ziel: Ziel | undefined): void;
  /** Also choose a Vorgang of the Akte; `pflicht`: one must be chosen. */
  vorgang?: 'frei' | 'pflicht' | 'ohne'; fehler?: string | undefined; autoFocus?: boolean;
};
/** Choose an open Akte by Aktenzeichen or words, then a Vorgang in it: a combobox with a list, arrows and Enter. */
export function AktenZielWahl({ label, wert, onWahl, vorgang = 'frei', fehler, autoFocus }: Props) {
  const id = useId();
  const [text, setText] = useState<string>();
  const [stelle, setStelle] = useState(0);
  const suche = useDeferredValue(text?.trim() ?? '');
  const offen = text !== undefined;
  const { data } = useAbfrage(api.listAkten, { query: { limit: 12, sort: '-geaendertAm', status: ['in_bearbeitung'], teilakten: 'true', ...(suche && { text: suche }) } }, { aktiv: offen, behalte: true });
  const liste = data?.eintraege ?? [];
  const waehle = (a: (typeof liste)[number] | undefined) => { onWahl(a && { akteId: a.id, aktenzeichen: a.aktenzeichen, betreff: a.betreff }); setText(undefined); setStelle(0); };
  const taste = (ev: KeyboardEvent) => {
    if (ev.key === 'ArrowDown' || ev.key === 'ArrowUp') { ev.preventDefault(); if (!offen) setText(''); else setStelle((n) => Math.max(0, Math.min(liste.length - 1, n + (ev.key === 'ArrowDown' ? 1 : -1)))); }
    if (ev.key === 'Enter' && offen && !ev.ctrlKey) { ev.preventDefault(); if (liste[stelle]) waehle(liste[stelle]); }
    if (ev.key === 'Escape' && offen) { ev.preventDefault(); ev.stopPropagation(); setText(undefined); }
  };
  return (
    <>
      <div className={`kern-form-input va-wahlfeld${fehler ? ' kern-form-input--error' : ''}`}>
        <label className="kern-label" htmlFor={id}>{label}</label>
        <input id={id} className="kern-form-input__input" role="combobox" aria-expanded={offen} aria-controls={`${id}-l`} aria-autocomplete="list" aria-activedescendant={offen && liste[stelle] ? `${id}-${stelle}` : undefined} autoComplete="off" autoFocus={autoFocus}
          placeholder={t('zielHilfe')} aria-invalid={fehler ? true : undefined} aria-describedby={fehler ? `${id}-f` : undefined} value={text ?? (wert ? `${wert.aktenzeichen} ${wert.betreff}` : '')}
          onChange={(ev) => { setText(ev.target.value); setStelle(0); if (wert) onWahl(undefined); }} onKeyDown={taste} onBlur={() => setText(undefined)} onFocus={(ev) => ev.target.select()} />
        <ul id={`${id}-l`} role="listbox" aria-label={tw('vorschlaege')} className="va-wahlfeld__liste" hidden={!offen}>
          {liste.map((a, i) => (
            <li key={a.id} id={`${id}-${i}`} role="option" aria-selected={i === stelle} onPointerDown={(ev) => { ev.preventDefault(); waehle(a); }} onPointerEnter={() => setStelle(i)}>
              <span><Aktenzeichen wert={a.aktenzeichen} /> {a.betreff}</span><span className="va-klein va-leise">{a.aktenplaneinheit.bezeichnung} · {a.federfuehrung.kennzeichen} {a.federfuehrung.bezeichnung}</span>
            </li>
          ))}
          {data && liste.length === 0 && <li role="option" aria-selected={false} aria-disabled="true">{tw('nichts')}</li>}
        </ul>
        {offen && data && <span className="kern-sr-only" role="status">{tw('anzahl', data.gesamt)}</span>}
        {fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}
      </div>
      {wert && vorgang !== 'ohne' && <VorgangWahl akteId={wert.akteId} wert={wert.vorgangId} pflicht={vorgang === 'pflicht'} onWahl={(vorgangId) => onWahl({ ...wert, vorgangId })} />}
    </>
  );
}

/** The open Vorgänge of an Akte, newest first. */
export function VorgangWahl({ akteId, wert, onWahl, pflicht = false, extra = [] }: { akteId: string; wert: string | undefined; onWahl(id: string | undefined): void; pflicht?: boolean; extra?: readonly { wert: string; titel: string }[] }) {
  const { data } = useAbfrage(api.listVorgaenge, { query: { akteId: [akteId], status: ['in_bearbeitung'], sort: '-kennzeichen', limit: 200 } });
  const wahl = [...(data?.eintraege ?? []).map((v) => ({ wert: v.id as string, titel: `${v.kennzeichen.slice((v.akte?.aktenzeichen.length ?? -1) + 1)} ${v.betreff}` })), ...extra];
  return <Select label={tw('vorgang')} {...(!pflicht && { leer: tw('keiner') })} wahl={wahl} value={wert ?? ''} onChange={(e) => onWahl(e.target.value || undefined)} />;
}
