import type { Seite, Seitenstatus } from '../contract.ts';
import { describeCodefehler, describeGuete, describeLeer, type Seitenanalyse } from './bild/index.ts';

/** What is kept of a page's analysis. `gerade`: the degrees by which it was straightened; `bild`: size of the picture to look at. */
export type Analyse = Partial<Seitenanalyse> & { gerade?: number | null; bild?: { breite: number; hoehe: number }; fehler?: string };

const name = { qr: 'QR-Code', code128: 'Code 128', datamatrix: 'DataMatrix', patch: 'Patchcode' } as const;
/** A lean that nobody sees is not worth turning every pixel for. */
export const GERADE_AB = 0.3;

/** In words, for whoever looks at the page. */
export function presentAngaben(status: Seitenstatus, a: Analyse): Seite['angaben'] {
  if (a.fehler) return [{ ton: 'gefahr', text: a.fehler }];
  return [
    ...(a.leer && (status === 'leer' || a.leer.grund !== 'inhalt') ? [{ ton: 'neutral' as const, text: describeLeer(a.leer) }] : []),
    ...(a.drehung?.grad ? [{ ton: 'neutral' as const, text: `um ${a.drehung.grad}° gedreht` }] : []),
    ...(a.gerade ? [{ ton: 'neutral' as const, text: `um ${a.gerade.toLocaleString('de-DE', { maximumFractionDigits: 1 })}° gerade gerichtet` }] : []),
    ...(a.codes ?? []).map((c) => ({ ton: 'neutral' as const, text: `${name[c.art]} ${c.wert.startsWith('VA1/') ? '(Deckblatt)' : `„${c.wert.slice(0, 80)}“`}` })),
    ...(a.codefehler ?? []).map((f) => ({ ton: 'warnung' as const, text: describeCodefehler(f) })),
    ...(a.guete?.hinweise ?? []).map((h) => ({ ton: 'warnung' as const, text: describeGuete(h) })),
  ];
}
