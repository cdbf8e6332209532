import type { Vorlage } from './typen.ts';

/** Prints the pages as pictures of 150 dpi through the browser's own dialog: the PDF never leaves our page, no plug-in is needed. */
export async function drucke(vorlage: Vorlage, fortschritt: (seite: number) => void, abbruch: AbortSignal) {
  const { breite, hoehe } = vorlage.erste;
  const druck = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'va-druck' }));
  const blatt = new CSSStyleSheet();
  blatt.replaceSync(`@page { size: ${breite / 96}in ${hoehe / 96}in; margin: 0; }`);
  const adressen: string[] = [];
  const raeumeAuf = () => { druck.remove(); document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== blatt); for (const a of adressen) URL.revokeObjectURL(a); };
  try {
    for (let seite = 1; seite <= vorlage.seiten; seite++) {
      fortschritt(seite);
      const bild = await vorlage.bild(seite, (breite / 96) * 150, abbruch);
      abbruch.throwIfAborted();
      const img = druck.appendChild(new Image());
      img.src = typeof bild === 'string' ? bild : adressen[adressen.push(URL.createObjectURL(bild)) - 1]!;
      await img.decode().catch(() => undefined);
    }
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, blatt];
    addEventListener('afterprint', raeumeAuf, { once: true });
    window.print();
  } catch (fehler) { raeumeAuf(); throw fehler; }
}
