import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { katalog } from '../text.ts';

const t = katalog({ aufklappen: ['aufklappen', 'expand'], zuklappen: ['zuklappen', 'collapse'] });
export type Knoten = { id: string; titel: ReactNode; pfad?: string; zusatz?: ReactNode; /** undefined: a leaf; []: has children that `onKlapp` loads. */ kinder?: readonly Knoten[]; leise?: boolean };
type Zeile = { knoten: Knoten; ebene: number; eltern: string | undefined; stelle: number; von: number };

function sichtbare(knoten: readonly Knoten[], offen: ReadonlySet<string>, ebene = 1, eltern?: string): Zeile[] {
  return knoten.flatMap((k, i) => [{ knoten: k, ebene, eltern, stelle: i + 1, von: knoten.length }, ...(k.kinder && offen.has(k.id) ? sichtbare(k.kinder, offen, ebene + 1, k.id) : [])]);
}

type Props = { name: string; knoten: readonly Knoten[]; offen: ReadonlySet<string>; onKlapp(id: string, auf: boolean): void; gewaehlt?: string | undefined; onWahl?: (knoten: Knoten) => void };
/** A tree as ARIA describes it: one stop for Tab, arrows walk and open, Enter opens the address. The caller keeps what is open (and loads children then). */
export function Baum({ name, knoten, offen, onKlapp, gewaehlt, onWahl }: Props) {
  const baum = useRef<HTMLUListElement>(null);
  const zeilen = sichtbare(knoten, offen);
  const [fokus, setFokus] = useState<string>();
  const stop = zeilen.some((z) => z.knoten.id === fokus) ? fokus : zeilen.some((z) => z.knoten.id === gewaehlt) ? gewaehlt : zeilen[0]?.knoten.id;
  const gehe = (id: string | undefined) => { if (id) { setFokus(id); baum.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus(); } };

  const taste = (e: KeyboardEvent, zeile: Zeile, i: number) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const { knoten: k } = zeile;
    const auf = offen.has(k.id);
    const tun: Record<string, () => void> = {
      ArrowDown: () => gehe(zeilen[i + 1]?.knoten.id), ArrowUp: () => gehe(zeilen[i - 1]?.knoten.id),
      Home: () => gehe(zeilen[0]?.knoten.id), End: () => gehe(zeilen.at(-1)?.knoten.id),
      ArrowRight: () => (k.kinder && !auf ? onKlapp(k.id, true) : k.kinder && gehe(zeilen[i + 1]?.eltern === k.id ? zeilen[i + 1]?.knoten.id : undefined)),
      ArrowLeft: () => (k.kinder && auf ? onKlapp(k.id, false) : gehe(zeile.eltern)),
      Enter: () => (e.currentTarget.querySelector('a') ?? (onWahl && { click: () => onWahl(k) }))?.click(),
      ' ': () => (onWahl ? onWahl(k) : k.kinder && onKlapp(k.id, !auf)),
    };
    if (tun[e.key]) { e.preventDefault(); e.stopPropagation(); tun[e.key]!(); }
  };
  return (
    <ul className={`va-baumliste${zeilen.length > 200 ? ' va-baumliste--lang' : ''}`} role="tree" aria-label={name} ref={baum}>
      {zeilen.map((zeile, i) => {
        const { knoten: k, ebene } = zeile;
        const auf = offen.has(k.id);
        return (
          <li key={k.id} role="treeitem" data-id={k.id} data-ebene={Math.min(ebene, 8)} aria-level={ebene} aria-setsize={zeile.von} aria-posinset={zeile.stelle} aria-expanded={k.kinder ? auf : undefined}
            aria-selected={k.id === gewaehlt} tabIndex={k.id === stop ? 0 : -1} onFocus={() => setFokus(k.id)} onKeyDown={(e) => taste(e, zeile, i)} className={k.leise ? 'va-leise' : undefined}>
            {k.kinder ? <span className="va-baumliste__klapp" aria-hidden="true" title={auf ? t('zuklappen') : t('aufklappen')} onClick={() => onKlapp(k.id, !auf)} /> : <span className="va-baumliste__blatt" aria-hidden="true" />}
            {k.pfad ? <Link to={k.pfad} tabIndex={-1} state={{ fokus: 'bleibt' }}>{k.titel}</Link> : <span className="va-baumliste__titel" onClick={() => (onWahl ? onWahl(k) : k.kinder && onKlapp(k.id, !auf))}>{k.titel}</span>}
            {k.zusatz && <span className="va-klein va-leise va-baumliste__zusatz">{k.zusatz}</span>}
          </li>
        );
      })}
    </ul>
  );
}
