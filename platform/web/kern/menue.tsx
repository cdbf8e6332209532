import { useEffect, useId, useRef, type ReactNode } from 'react';
import { katalog } from '../text.ts';
import { Button } from './button.tsx';

const t = katalog({ abbrechen: ['Abbrechen', 'Cancel'], schliessen: ['Schließen', 'Close'] });

/** Opens below its button, closes by Esc, by a click elsewhere and after a choice; items are links and buttons in a list. */
export function Menue({ knopf, rechts = false, className = '', name, children }: { knopf: ReactNode; rechts?: boolean; className?: string; name?: string; children: ReactNode }) {
  const menue = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const schliessen = (fokus: boolean) => {
      const hatte = menue.current?.contains(document.activeElement);
      if (!menue.current?.open) return;
      menue.current.open = false;
      if (fokus && hatte) menue.current.querySelector('summary')?.focus();
    };
    const klick = (e: PointerEvent) => { if (!menue.current?.contains(e.target as Node)) schliessen(false); };
    const taste = (e: KeyboardEvent) => { if (e.key === 'Escape' && menue.current?.open) { e.stopPropagation(); schliessen(true); } };
    const fokus = (e: FocusEvent) => { if (e.relatedTarget && !menue.current?.contains(e.relatedTarget as Node)) schliessen(false); };
    const element = menue.current;
    document.addEventListener('pointerdown', klick);
    element?.addEventListener('keydown', taste);
    element?.addEventListener('focusout', fokus);
    return () => { document.removeEventListener('pointerdown', klick); element?.removeEventListener('keydown', taste); element?.removeEventListener('focusout', fokus); };
  }, []);
  const gewaehlt = (e: React.MouseEvent) => {
    const ziel = (e.target as Element).closest('a, button');
    if (ziel && !ziel.hasAttribute('data-bleibt') && menue.current) { menue.current.open = false; menue.current.querySelector('summary')?.focus(); }
  };
  return (
    <details className={`va-menue${rechts ? ' va-menue--rechts' : ''} ${className}`} ref={menue}>
      <summary aria-label={name}>{knopf}</summary>
      <ul className="va-menue__liste" onClick={gewaehlt}>{children}</ul>
    </details>
  );
}

/** Modal; only where the law needs a confirmation or one short input is missing. Esc and "Abbrechen" leave everything as it was. */
export function Dialog({ titel, offen, onSchliessen, aktion, nurLesen = false, breit = false, children }: { titel: string; offen: boolean; onSchliessen(): void; aktion?: ReactNode; nurLesen?: boolean; breit?: boolean; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (offen && !element?.open) element?.showModal();
    if (!offen && element?.open) element.close();
  }, [offen]);
  return (
    <dialog ref={dialog} className={`va-dialog${breit ? ' va-dialog--breit' : ''}`} aria-labelledby={id} onClose={onSchliessen} onCancel={onSchliessen}>
      {offen && <>
        <h2 id={id} className="va-h">{titel}</h2>
        <div className="va-dialog__innen">{children}</div>
        <div className="va-dialog__fuss"><Button onClick={onSchliessen}>{nurLesen ? t('schliessen') : t('abbrechen')}</Button>{aktion}</div>
      </>}
    </dialog>
  );
}
