import type { Groesse, Quelle, Vorlage } from './typen.ts';

const geladen = (url: string, abbruch: AbortSignal) => new Promise<HTMLImageElement>((ja, nein) => {
  const bild = new Image();
  bild.onload = () => ja(bild);
  bild.onerror = () => nein(new Error('picture not readable'));
  abbruch.addEventListener('abort', () => { bild.src = ''; nein(abbruch.reason as Error); }, { once: true });
  bild.src = url;
});

type Seiten = Extract<Quelle, { art: 'bilder' }>['seiten'];
/** Page images made by the server, or one image of which only the address is known. */
export async function oeffneBilder(quelle: Extract<Quelle, { art: 'bilder' | 'bild' }>, abbruch: AbortSignal): Promise<Vorlage> {
  let seiten: Seiten;
  if (quelle.art === 'bilder') seiten = quelle.seiten;
  else {
    const bild = await geladen(quelle.url, abbruch);
    seiten = [{ url: quelle.url, breite: bild.naturalWidth || 800, hoehe: bild.naturalHeight || 600 }];
  }
  // Page images are scans: shown as large as a sheet of paper, whatever their resolution.
  const schein = (g: Groesse): Groesse => (quelle.art === 'bild' ? g : { breite: 794, hoehe: (794 * g.hoehe) / g.breite });
  const seite = (n: number) => seiten[n - 1]!;
  return {
    seiten: seiten.length, erste: schein(seiten[0] ?? { breite: 794, hoehe: 1123 }),
    groesse: async (n) => schein(seite(n)),
    async zeichne(ziel, n, massstab, drehung, signal) {
      const bild = await geladen(seite(n).url, signal);
      const { breite, hoehe } = schein(seite(n));
      bild.alt = '';
      bild.className = 'va-schau__bild';
      bild.style.width = `${breite * massstab}px`;
      bild.style.height = `${hoehe * massstab}px`;
      bild.style.rotate = `${drehung}deg`;
      ziel.replaceChildren(bild);
      const text = seite(n).text;
      if (text) ziel.append(Object.assign(document.createElement('p'), { className: 'kern-sr-only', textContent: text }));
      return [];
    },
    bild: async (n) => seite(n).url,
    text: async (n) => [{ text: seite(n).text ?? '', ende: true }],
    schliesse: () => {},
  };
}
