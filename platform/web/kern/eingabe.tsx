import { useEffect, useId, useRef, type ChangeEvent, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';

/** What every field has: label above, hint below it, its error named and tied to it. */
type Rahmen = { label: ReactNode; hinweis?: ReactNode; fehler?: string | undefined; breit?: boolean; freiwillig?: boolean; versteckt?: boolean };
const beschrieben = (id: string, hinweis: unknown, fehler: unknown) => [hinweis && `${id}-h`, fehler && `${id}-f`].filter(Boolean).join(' ') || undefined;

function Feldrahmen({ id, label, hinweis, fehler, breit, freiwillig, versteckt, children }: Rahmen & { id: string; children: ReactNode }) {
  return (
    <div className={`kern-form-input${breit ? ' breit' : ''}${fehler ? ' kern-form-input--error' : ''}`}>
      <label className={`kern-label${versteckt ? ' kern-sr-only' : ''}`} htmlFor={id}>{label}{freiwillig && <span className="kern-label__optional"> (freiwillig)</span>}</label>
      {hinweis && <span className="va-feld__hinweis" id={`${id}-h`}>{hinweis}</span>}
      {children}
      {fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}
    </div>
  );
}
const teile = <P extends Rahmen>({ label, hinweis, fehler, breit, freiwillig, versteckt, ...rest }: P) => ({ rahmen: { label, hinweis, fehler, breit, freiwillig, versteckt } as Rahmen, rest });

export function Field(props: Rahmen & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  const eigene = useId();
  const { rahmen, rest } = teile(props);
  const id = rest.id ?? eigene;
  return <Feldrahmen {...rahmen} id={id}><input {...rest} id={id} className={`kern-form-input__input ${rest.className ?? ''}`} aria-invalid={rahmen.fehler ? true : undefined} aria-describedby={beschrieben(id, rahmen.hinweis, rahmen.fehler)} /></Feldrahmen>;
}

export function TextArea(props: Rahmen & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  const eigene = useId();
  const { rahmen, rest } = teile(props);
  const id = rest.id ?? eigene;
  return <Feldrahmen {...rahmen} id={id}><textarea rows={3} {...rest} id={id} className="kern-form-input__input" aria-invalid={rahmen.fehler ? true : undefined} aria-describedby={beschrieben(id, rahmen.hinweis, rahmen.fehler)} /></Feldrahmen>;
}

export type Wahl = { wert: string; titel: string };
/** A native select: keyboard, screen readers and phones know it. `leer` is the entry for "nothing chosen". */
export function Select({ wahl, leer, ...props }: Rahmen & SelectHTMLAttributes<HTMLSelectElement> & { wahl: readonly Wahl[]; leer?: string; ref?: Ref<HTMLSelectElement> }) {
  const eigene = useId();
  const { rahmen, rest } = teile(props);
  const id = rest.id ?? eigene;
  return (
    <Feldrahmen {...rahmen} id={id}>
      <div className="kern-form-input__select-wrapper">
        <select {...rest} id={id} className="kern-form-input__select" aria-invalid={rahmen.fehler ? true : undefined} aria-describedby={beschrieben(id, rahmen.hinweis, rahmen.fehler)}>
          {leer !== undefined && <option value="">{leer}</option>}
          {wahl.map(({ wert, titel }) => <option key={wert} value={wert}>{titel}</option>)}
        </select>
      </div>
    </Feldrahmen>
  );
}

type CheckboxProps = { label: ReactNode; labelVersteckt?: boolean; teil?: boolean; checked: boolean; onChange(an: boolean, event: ChangeEvent<HTMLInputElement>): void; fehler?: string | undefined }
  & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'type' | 'checked'>;
/** `teil`: some of them, not all (a dash, and "mixed" for screen readers). */
export function Checkbox({ label, labelVersteckt = false, teil = false, onChange, fehler, ...rest }: CheckboxProps) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => { if (box.current) box.current.indeterminate = teil && !rest.checked; }, [teil, rest.checked]);
  const input = <input {...rest} ref={box} id={id} type="checkbox" className="kern-form-check__checkbox" data-teil={(teil && !rest.checked) || undefined} onChange={(e) => onChange(e.target.checked, e)}
    {...(labelVersteckt && { 'aria-label': String(label) })} aria-describedby={fehler ? `${id}-f` : undefined} />;
  if (labelVersteckt) return input;
  return <div className="kern-form-check">{input}<label className="kern-label" htmlFor={id}>{label}</label>{fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}</div>;
}

/** A choice of a few, all visible. */
export function Radios({ titel, name, wert, wahl, onChange, fehler }: { titel: string; name: string; wert: string; wahl: readonly (Wahl & { hinweis?: string })[]; onChange(wert: string): void; fehler?: string | undefined }) {
  const id = useId();
  return (
    <fieldset className="va-radios" aria-describedby={fehler ? `${id}-f` : undefined}>
      <legend>{titel}</legend>
      {wahl.map((w) => (
        <div className="kern-form-check" key={w.wert}>
          <input type="radio" className="kern-form-check__radio" id={`${id}-${w.wert}`} name={name} value={w.wert} checked={w.wert === wert} onChange={() => onChange(w.wert)} />
          <label className="kern-label" htmlFor={`${id}-${w.wert}`}>{w.titel}{w.hinweis && <><br /><span className="va-klein va-leise">{w.hinweis}</span></>}</label>
        </div>
      ))}
      {fehler && <span className="va-feld__fehler" id={`${id}-f`}>{fehler}</span>}
    </fieldset>
  );
}
