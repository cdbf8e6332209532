import './aktenplan.css';
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useAbfrage } from '#platform/web/daten.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type AktenplaneinheitKurz } from '../contract.ts';
import { hindernis, name } from './texte.ts';

const t = katalog({
  platzhalter: ['Kennzeichen oder Wort', 'Number or word'], nichts: ['Keine Einheit passt.', 'No unit matches.'],
  vorschlaege: ['Vorschläge', 'Suggestions'],
  anzahl: [(n: number) => `${n} Vorschläge`, (n: number) => `${n} suggestions`],
});
type Props = {
  label: string; wert: AktenplaneinheitKurz | undefined; onWahl(einheit: AktenplaneinheitKurz | undefined): void;
  /** Only units that take new Akten. */
  belegbar?: boolean;
  fehler?: string | undefined; hinweis?: string; breit?: boolean; autoFocus?: boolean;
};

/** Choose a unit by typing its Kennzeichen or a word: a combobox with a list, arrows and Enter. */
export function AktenplaneinheitWahl({ label, wert, onWahl, belegbar = false, fehler, hinweis, breit, autoFocus }: Props) {
  const id = useId();
  const feld = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string>();
  const [stelle, setStelle] = useState(0);
  const suche = useDeferredValue(text?.trim() ?? '');
  const offen = text !== undefined;
  const { data } = useAbfrage(api.listAktenplaneinheiten, { query: { limit: 20, ...(suche && { suche }), ...(belegbar && { belegbar: 'true' as const }) } }, { aktiv: offen, behalte: true });
  const liste = data?.eintraege ?? [];
  const waehle = (e: AktenplaneinheitKurz | undefined) => { onWahl(e); setText(undefined); setStelle(0); };
  const taste = (ev: KeyboardEvent) => {
    if (ev.key === 'ArrowDown' || ev.key === 'ArrowUp') { ev.preventDefault(); if (!offen) setText(''); else setStelle((n) => Math.max(0, Math.min(liste.length - 1, n + (ev.key === 'ArrowDown' ? 1 : -1)))); }
    if (ev.key === 'Enter' && offen && !ev.ctrlKey) { ev.preventDefault(); if (liste[stelle]) waehle(liste[stelle]); }
    if (ev.key === 'Escape' && offen) { ev.stopPropagation(); setText(undefined); }
  };
  return (
    <div className={`kern-form-input va-wahlfeld${breit ? ' breit' : ''}${fehler ? ' kern-form-input--error' : ''}`}>
      <label className="kern-label" htmlFor={id}>{label}</label>
      {hinweis && <span className="va-feld__hinweis" id={`${id}-h`}>{hinweis}</span>}
      <input ref={feld} id={id} className="kern-form-input__input" role="combobox" autoFocus={autoFocus} aria-expanded={offen} aria-controls={`${id}-l`} aria-autocomplete="list" autoComplete="off" placeholder={t('platzhalter')}
        aria-activedescendant={offen && liste[stelle] ? `${id}-${stelle}` : undefined} aria-invalid={fehler ? true : undefined} aria-describedby={[hinweis && `${id}-h`, fehler && `${id}-f`].filter(Boolean).join(' ') || undefined}
        value={text ?? (wert ? name(wert) : '')} onChange={(ev) => { setText(ev.target.value); setStelle(0); if (wert) onWahl(undefined); }} onKeyDown={taste} onBlur={() => setText(undefined)} onFocus={(ev) => ev.target.select()} />
      <ul id={`${id}-l`} role="listbox" aria-label={t('vorschlaege')} className="va-wahlfeld__liste" hidden={!offen}>
        {liste.map((e, i) => (
          <li key={e.id} id={`${id}-${i}`} role="option" aria-selected={i === stelle} onPointerDown={(ev) => { ev.preventDefault(); waehle(e); }} onPointerEnter={() => setStelle(i)}>
            <span><span className="va-planzeichen">{e.kennzeichen}</span> {e.betreffKurz}</span>
            <span className="va-klein va-leise">{[e.pfad.slice(0, -1).map((p) => p.bezeichnung).join(' › '), belegbar ? '' : e.hindernisse.filter((h) => h !== 'kein_blatt').map(hindernis).join(' ')].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
        {data && liste.length === 0 && <li role="option" aria-selected={false} aria-disabled="true">{t('nichts')}</li>}
      </ul>
      {offen && data && <span className="kern-sr-only" role="status">{t('anzahl', data.gesamt)}</span>}
      {fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}
    </div>
  );
}
