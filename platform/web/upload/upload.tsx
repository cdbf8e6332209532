import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from '../kern/button.tsx';
import { fehlertext, Fortschritt, Hinweis } from '../kern/hinweis.tsx';
import { Icon } from '../kern/icon.tsx';
import { groesse, katalog, zahl } from '../text.ts';
import { dateienAus, hatDateien } from './dateien.ts';

const t = katalog({
  waehlen: ['Dateien wählen', 'Choose files'], oder: ['oder Dateien, Ordner und E-Mails hierher ziehen', 'or drag files, folders and e-mails here'],
  loslassen: ['Loslassen, um abzulegen', 'Drop to add'],
  verweis: ['Dieses Outlook gibt beim Ziehen nur einen Verweis weiter, nicht die Nachricht. Speichern Sie die E-Mail als Datei und ziehen Sie die Datei hierher.', 'This Outlook hands over only a reference, not the message. Save the e-mail as a file and drag the file here.'],
  stand: [(fertig: string, von: string) => `${fertig} von ${von} übertragen`, (fertig: string, von: string) => `${fertig} of ${von} transferred`],
  wartet: ['wartet', 'waiting'], fertig: ['übertragen', 'transferred'], nochmal: ['Noch einmal', 'Again'], abbrechen: ['Abbrechen', 'Cancel'], entfernen: ['Aus der Liste nehmen', 'Remove from list'],
  hochgeladen: [(name: string) => `${name} übertragen`, (name: string) => `Transfer of ${name}`],
});

export type Uebertragung<T> = { id: string; datei: File; stand: 'wartet' | 'laeuft' | 'fertig' | 'fehler'; gesendet: number; ergebnis?: T; fehler?: unknown };
type Sende<T> = (datei: File, optionen: { fortschritt(gesendet: number): void; signal: AbortSignal; idempotencyKey: string }) => Promise<T>;

/** Many files, three at a time; one that fails stops no other and can be sent again under the same key, so that it never arrives twice. */
export function useUpload<T>(sende: Sende<T>, { gleichzeitig = 3, nachJeder }: { gleichzeitig?: number; nachJeder?: (ergebnis: T, datei: File) => void } = {}) {
  const [liste, setListe] = useState<readonly Uebertragung<T>[]>([]);
  const laufend = useRef(new Map<string, AbortController>());
  const aktuell = useRef({ sende, nachJeder });
  useEffect(() => { aktuell.current = { sende, nachJeder }; });
  const aendere = (id: string, neu: Partial<Uebertragung<T>>) => setListe((alle) => alle.map((u) => (u.id === id ? { ...u, ...neu } : u)));

  useEffect(() => {
    const frei = gleichzeitig - laufend.current.size;
    for (const u of liste.filter((e) => e.stand === 'wartet' && !laufend.current.has(e.id)).slice(0, Math.max(0, frei))) {
      const abbruch = new AbortController();
      laufend.current.set(u.id, abbruch);
      aendere(u.id, { stand: 'laeuft' });
      aktuell.current.sende(u.datei, { fortschritt: (gesendet) => aendere(u.id, { gesendet }), signal: abbruch.signal, idempotencyKey: u.id })
        .then((ergebnis) => { laufend.current.delete(u.id); aendere(u.id, { stand: 'fertig', gesendet: u.datei.size, ergebnis }); aktuell.current.nachJeder?.(ergebnis, u.datei); })
        .catch((fehler: unknown) => { laufend.current.delete(u.id); if ((fehler as Error).name === 'AbortError') setListe((alle) => alle.filter((e) => e.id !== u.id)); else aendere(u.id, { stand: 'fehler', fehler }); });
    }
  }, [liste, gleichzeitig]);
  const offen = liste.some((u) => u.stand === 'wartet' || u.stand === 'laeuft');
  useEffect(() => {
    if (!offen) return;
    const warnen = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', warnen);
    return () => removeEventListener('beforeunload', warnen);
  }, [offen]);
  return {
    liste, offen, fertig: liste.flatMap((u) => (u.ergebnis !== undefined ? [u.ergebnis] : [])),
    hinzu: (dateien: readonly File[]) => setListe((alle) => [...alle, ...dateien.map((datei) => ({ id: crypto.randomUUID(), datei, stand: 'wartet' as const, gesendet: 0 }))]),
    nochmal: (id: string) => aendere(id, { stand: 'wartet', gesendet: 0, fehler: undefined }),
    entferne: (id: string) => { const laeuft = laufend.current.get(id); if (laeuft) laeuft.abort(); else setListe((alle) => alle.filter((u) => u.id !== id)); },
    leeren: () => setListe((alle) => alle.filter((u) => u.stand === 'wartet' || u.stand === 'laeuft')),
  };
}

type Annahme = { onDateien(dateien: File[]): void; mehrere?: boolean; accept?: string };
/** The hidden input behind a button: the keyboard's way, the same as dropping. */
export function DateiKnopf({ onDateien, mehrere = true, accept, children, ...knopf }: Annahme & { children?: ReactNode } & Omit<Parameters<typeof Button>[0], 'onClick' | 'children'>) {
  const feld = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={feld} type="file" hidden multiple={mehrere} accept={accept} aria-hidden="true" tabIndex={-1} onChange={(e) => { onDateien([...(e.target.files ?? [])]); e.target.value = ''; }} />
      <Button icon="export" {...knopf} onClick={() => feld.current?.click()}>{children ?? t('waehlen')}</Button>
    </>
  );
}
/** A visible place to drop, with the button for the keyboard. */
export function DateiFeld({ onDateien, mehrere = true, accept, hinweis }: Annahme & { hinweis?: ReactNode }) {
  const id = useId();
  return <div className="va-abwurf" role="group" aria-labelledby={id}><DateiKnopf onDateien={onDateien} mehrere={mehrere} {...(accept && { accept })} /><span id={id} className="va-klein va-leise">{t('oder')}</span>{hinweis && <span className="va-klein va-leise">{hinweis}</span>}</div>;
}

/** While mounted, files may be dropped (or pasted) anywhere on the page; a veil says so while they hover. */
export function Abwurf({ onDateien, text = t('loslassen'), aktiv = true }: Annahme & { text?: string; aktiv?: boolean }) {
  const [ueber, setUeber] = useState(false);
  const [nurVerweis, setNurVerweis] = useState(false);
  const nimm = useRef(onDateien);
  useEffect(() => { nimm.current = onDateien; });
  useEffect(() => {
    if (!aktiv) return;
    const annehmen = async (daten: DataTransfer) => {
      const { dateien, nurVerweis: verweis } = await dateienAus(daten);
      setNurVerweis(verweis);
      if (dateien.length > 0) nimm.current(dateien);
    };
    const drueber = (e: DragEvent) => { if (hatDateien(e.dataTransfer)) { e.preventDefault(); e.dataTransfer!.dropEffect = 'copy'; setUeber(true); } };
    const weg = (e: DragEvent) => { if (e.relatedTarget === null) setUeber(false); };
    const los = (e: DragEvent) => { setUeber(false); if (hatDateien(e.dataTransfer)) { e.preventDefault(); void annehmen(e.dataTransfer!); } };
    const einfuegen = (e: ClipboardEvent) => { if (e.clipboardData && [...e.clipboardData.items].some((i) => i.kind === 'file') && !(e.target as Element | null)?.closest?.('input, textarea')) { e.preventDefault(); void annehmen(e.clipboardData); } };
    document.addEventListener('dragover', drueber);
    document.addEventListener('dragleave', weg);
    document.addEventListener('drop', los);
    document.addEventListener('paste', einfuegen);
    return () => { document.removeEventListener('dragover', drueber); document.removeEventListener('dragleave', weg); document.removeEventListener('drop', los); document.removeEventListener('paste', einfuegen); };
  }, [aktiv]);
  return <>{ueber && <div className="va-abwurf va-abwurf--ganz" aria-hidden="true">{text}</div>}{nurVerweis && <Hinweis ton="warnung" laut aktion={<Button art="leicht" klein nurIcon icon="weg" onClick={() => setNurVerweis(false)}>{t('entfernen')}</Button>}>{t('verweis')}</Hinweis>}</>;
}

/** Progress and outcome of each file, where they were dropped. */
export function Uebertragungen<T>({ uploads, fertigText }: { uploads: ReturnType<typeof useUpload<T>>; fertigText?: (ergebnis: T) => ReactNode }) {
  const { liste } = uploads;
  if (liste.length === 0) return null;
  const fertige = liste.filter((u) => u.stand === 'fertig').length;
  return (
    <>
      <p className="kern-sr-only" role="status">{t('stand', zahl(fertige), zahl(liste.length))}</p>
      <ul className="va-dateien">
        {liste.map((u) => (
          <li key={u.id}>
            <Icon name={u.stand === 'fertig' ? 'haken' : u.stand === 'fehler' ? 'achtung' : 'dok'} klein className={u.stand === 'fertig' ? 'va-icon--gut' : u.stand === 'fehler' ? 'va-icon--schlecht' : ''} />
            <span className="va-kuerzen" title={u.datei.name}>{u.datei.name} <span className="va-klein va-leise">{groesse(u.datei.size)}</span></span>
            <span className="va-reihe">
              {u.stand === 'wartet' && <span className="va-klein va-leise">{t('wartet')}</span>}
              {u.stand === 'fertig' && <span className="va-klein">{(u.ergebnis !== undefined && fertigText?.(u.ergebnis)) || t('fertig')}</span>}
              {u.stand === 'fehler' && <Button art="leicht" klein icon="umlauf" onClick={() => uploads.nochmal(u.id)}>{t('nochmal')}</Button>}
              {u.stand !== 'fertig' && <Button art="leicht" klein nurIcon icon="weg" onClick={() => uploads.entferne(u.id)}>{u.stand === 'fehler' ? t('entfernen') : t('abbrechen')}</Button>}
            </span>
            {u.stand === 'laeuft' && <Fortschritt wert={u.gesendet} von={u.datei.size} name={t('hochgeladen', u.datei.name)} />}
            {u.stand === 'fehler' && <span className="va-feld__fehler">{fehlertext(u.fehler).titel}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
