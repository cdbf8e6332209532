import { useEffect, useRef, useState, type ChangeEvent, type FormEvent, type ReactNode } from 'react';
import type { z } from 'zod';
import { ApiError } from '../client.ts';
import { Button, Fehler, Hinweis } from '../kern/index.ts';
import { useTaste } from '../tasten.ts';
import { katalog } from '../text.ts';
import { feldtext } from './fehlertext.ts';

const t = katalog({
  pruefen: [(n: number) => (n === 1 ? 'Ein Feld braucht noch eine Angabe' : `${n} Felder brauchen noch eine Angabe`), (n: number) => (n === 1 ? 'One field needs attention' : `${n} fields need attention`)],
  behalten: ['Ihre Eingaben sind noch da.', 'Your input is still there.'], aufgehoben: ['Ihre Eingaben von vor der Anmeldung sind wieder da.', 'Your input from before the login is back.'], haupt: ['Absenden', 'Submit'],
});

type Werte = Record<string, unknown>;
type Optionen<S extends z.ZodType<any, any>> = {
  /** The body's schema from the contract: the same rules as on the server. */
  schema: S;
  start: { [K in keyof z.input<S>]?: z.input<S>[K] | '' | null | undefined };
  senden(werte: z.output<S>): Promise<unknown>;
  /** Keeps the input over a login when the session has ended; name it per form. Leave out for secrets. */
  merken?: string;
};
const wertVon = (ziel: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement) => (ziel instanceof HTMLInputElement && ziel.type === 'number' ? (ziel.value === '' ? '' : ziel.valueAsNumber) : ziel.value);
/** Empty is "not given": contracts say optional, forms have ''. */
const ohneLeere = (werte: Werte): Werte => Object.fromEntries(Object.entries(werte).filter(([, w]) => w !== '' && w !== undefined));

/**
 * A form over a contract: checks with its zod schema, shows the errors of both sides at their fields and moves the focus to the first,
 * and keeps what was typed whatever happens. `feld('betreff')` gives a Field, TextArea or Select its value, name, error.
 */
export function useFormular<S extends z.ZodType<any, any>>({ schema, start, senden, merken }: Optionen<S>) {
  type Feld = keyof z.input<S> & string;
  const formular = useRef<HTMLFormElement>(null);
  const speicher = merken && `va-formular:${merken}`;
  const [gerettet] = useState(() => { const text = speicher && sessionStorage.getItem(speicher); if (speicher) sessionStorage.removeItem(speicher); return text ? (JSON.parse(text) as Werte) : undefined; });
  const [werte, setWerte] = useState<Werte>({ ...start, ...gerettet });
  const [fehler, setFehler] = useState<Record<string, string>>({});
  const [allgemein, setAllgemein] = useState<unknown>();
  const [laeuft, setLaeuft] = useState(false);
  const [versuch, setVersuch] = useState(0);
  useEffect(() => { if (versuch > 0) formular.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(); }, [versuch]);

  const setze = (name: Feld, wert: unknown) => { setWerte((alt) => ({ ...alt, [name]: wert })); setFehler(({ [name]: _, ...rest }) => rest); };
  const zeige = (neu: Record<string, string>) => { setFehler(neu); setVersuch((n) => n + 1); };
  async function absenden() {
    if (laeuft) return;
    setAllgemein(undefined);
    const geprueft = schema.safeParse(ohneLeere(werte));
    if (!geprueft.success) return zeige(Object.fromEntries(geprueft.error.issues.toReversed().map((p) => [p.path.join('.'), feldtext(p)])));
    setLaeuft(true);
    try { await senden(geprueft.data as z.output<S>); setFehler({}); } catch (e) {
      if (e instanceof ApiError && e.status === 401 && speicher) sessionStorage.setItem(speicher, JSON.stringify(werte));
      const felder = e instanceof ApiError && e.status === 422 ? e.felder : [];
      setAllgemein(felder.length > 0 ? undefined : e);
      zeige(Object.fromEntries(felder.map((f) => [f.pfad, f.text])));
    } finally { setLaeuft(false); }
  }
  const gezeigt = useRef(new Set<string>());
  const grund = (name: Feld) => (gezeigt.current.add(name), { name, fehler: fehler[name], value: (werte[name] ?? '') as string | number });
  return {
    werte: werte as Partial<z.input<S>>, fehler, allgemein, laeuft, gerettet: gerettet !== undefined, setze, absenden,
    geaendert: JSON.stringify(ohneLeere(werte)) !== JSON.stringify(ohneLeere(start as Werte)),
    zuruecksetzen: (neu: Optionen<S>['start'] = start) => { setWerte({ ...neu }); setFehler({}); setAllgemein(undefined); },
    /** For Field, TextArea, Select. */
    feld: (name: Feld) => ({ ...grund(name), onChange: (e: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => setze(name, wertVon(e.target)) }),
    /** For Checkbox. */
    haken: (name: Feld) => ({ name, fehler: grund(name).fehler, checked: werte[name] === true, onChange: (an: boolean) => setze(name, an) }),
    /** For Radios. */
    wahl: (name: Feld) => ({ name, fehler: grund(name).fehler, wert: String(werte[name] ?? ''), onChange: (wert: string) => setze(name, wert) }),
    /** Refusals that no field of this form shows. */
    uebrige: () => Object.entries(fehler).filter(([name]) => !gezeigt.current.has(name)).map(([name, text]) => (name ? `${name}: ${text}` : text)),
    bind: { ref: formular, noValidate: true, onSubmit: (e: FormEvent) => { e.preventDefault(); void absenden(); } },
  };
}
type FormularZustand = Pick<ReturnType<typeof useFormular>, 'fehler' | 'allgemein' | 'laeuft' | 'gerettet' | 'uebrige' | 'bind' | 'absenden'>;

/** The form itself: fields, what went wrong, and its one primary button (`Strg Eingabe` presses it). `children` lay themselves out; wrap them in `Felder` for the two-column grid. */
export function Formular({ formular, knopf, daneben, kompakt = false, children }: { formular: FormularZustand; knopf: ReactNode; daneben?: ReactNode; kompakt?: boolean; children: ReactNode }) {
  const { fehler, allgemein, laeuft, gerettet, uebrige, bind, absenden } = formular;
  const anzahl = Object.keys(fehler).length;
  const sonst = uebrige();
  useTaste('Strg Eingabe', typeof knopf === 'string' ? knopf : t('haupt'), () => void absenden());
  return (
    <form className="va-formular" {...bind}>
      {gerettet && <Hinweis>{t('aufgehoben')}</Hinweis>}
      {children}
      {(anzahl > 1 || sonst.length > 0) && <Hinweis ton="gefahr" laut titel={t('pruefen', anzahl)}>{sonst.map((text) => <p key={text}>{text}</p>)}{t('behalten')}</Hinweis>}
      {allgemein !== undefined && <Fehler kompakt fehler={allgemein} />}
      <div className="va-formular__fuss"><Button type="submit" art="haupt" laeuft={laeuft} klein={kompakt}>{knopf}</Button>{daneben}</div>
    </form>
  );
}
export const Felder = ({ children }: { children: ReactNode }) => <div className="va-formular__felder">{children}</div>;
