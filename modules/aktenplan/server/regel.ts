import type { Musterteil } from '../contract.ts';

/** How Aktenzeichen look where the Mandant has set nothing: 631.20-2026/0347. */
export const STANDARDMUSTER: readonly Musterteil[] = [
  { art: 'kennzeichen' }, { art: 'trenner', text: '-' }, { art: 'jahr', stellen: 4 }, { art: 'trenner', text: '/' }, { art: 'lfd_nr', je: 'einheit_jahr', stellen: 4 },
];

const SEPARATOR = /^[\p{P}\p{S}\s]+$/u;

/** What is wrong with a rule, in German; empty: it is good. Each reason is one that would let two Akten get the same, or an unreadable, Aktenzeichen. */
export function pruefeMuster(muster: readonly Musterteil[]): string[] {
  const gruende: string[] = [];
  const hat = (art: Musterteil['art']) => muster.some((t) => t.art === art);
  const anzahl = (art: Musterteil['art']) => muster.filter((t) => t.art === art).length;
  const nummer = muster.find((t) => t.art === 'lfd_nr');
  if (!hat('kennzeichen')) gruende.push('Das Kennzeichen der Aktenplaneinheit fehlt.');
  if (!nummer) gruende.push('Die laufende Nummer fehlt; ohne sie gleichen sich die Aktenzeichen.');
  for (const art of ['kennzeichen', 'lfd_nr', 'jahr', 'oe_kuerzel', 'zusatz', 'laenderkennzeichen'] as const) if (anzahl(art) > 1) gruende.push('Ein Bestandteil kommt doppelt vor.');
  if (nummer?.je.endsWith('_jahr') && !hat('jahr')) gruende.push('Die Nummer beginnt jedes Jahr neu, also muss das Jahr im Aktenzeichen stehen.');
  if (nummer?.je.startsWith('oe') && !hat('oe_kuerzel')) gruende.push('Die Nummer zählt je Organisationseinheit, also muss deren Kürzel im Aktenzeichen stehen.');
  muster.forEach((teil, i) => {
    if (teil.art !== 'trenner') {
      const danach = muster[i + 1];
      if (danach && danach.art !== 'trenner') gruende.push('Zwischen zwei Bestandteilen fehlt ein Trennzeichen.');
      return;
    }
    if (!SEPARATOR.test(teil.text)) gruende.push(`„${teil.text}“ ist kein Trennzeichen.`);
    if (i === 0 || i === muster.length - 1) gruende.push('Am Anfang und am Ende steht kein Trennzeichen.');
    // AZ-02: the Aktenplan key ends where everyone sees it; points and spaces stand inside it as well
    const amKennzeichen = muster[i - 1]?.art === 'kennzeichen' || muster[i + 1]?.art === 'kennzeichen';
    if (amKennzeichen && !/[^.\s]/u.test(teil.text)) gruende.push('Neben dem Kennzeichen genügt weder Punkt noch Leerzeichen; es muss sichtbar abgesetzt sein, etwa durch „-“ oder „/“.');
    if (muster[i - 1]?.art === 'trenner') gruende.push('Zwei Trennzeichen folgen aufeinander.');
  });
  return [...new Set(gruende)];
}

export type Bestandteile = { kennzeichen: string; jahr: number; lfdNr: number; oeKuerzel?: string | undefined; zusatz?: string | undefined; laenderkennzeichen?: string | undefined };

/** The Aktenzeichen of these parts. A part without a value is left out with the separator before it. */
export function formatAktenzeichen(muster: readonly Musterteil[], teile: Bestandteile): string {
  const wert = (teil: Musterteil): string | undefined => {
    switch (teil.art) {
      case 'kennzeichen': return teile.kennzeichen;
      case 'text': return teil.text;
      case 'lfd_nr': return String(teile.lfdNr).padStart(teil.stellen, '0');
      case 'jahr': return String(teile.jahr).slice(-teil.stellen);
      case 'oe_kuerzel': return teile.oeKuerzel;
      case 'zusatz': return teile.zusatz;
      case 'laenderkennzeichen': return teile.laenderkennzeichen;
      case 'trenner': return undefined;
    }
  };
  let text = '';
  let trenner = '';
  for (const teil of muster) {
    if (teil.art === 'trenner') { trenner = teil.text; continue; }
    const stueck = wert(teil);
    if (stueck === undefined || stueck === '') continue;
    text += (text ? trenner : '') + stueck;
  }
  return text;
}

/** Values that a new Akte must bring because the rule prints them. */
export const fehlendeBestandteile = (muster: readonly Musterteil[], teile: Omit<Bestandteile, 'lfdNr'>): string[] => [
  ...(muster.some((t) => t.art === 'oe_kuerzel') && !teile.oeKuerzel ? ['Kürzel der Organisationseinheit'] : []),
  ...(muster.some((t) => t.art === 'laenderkennzeichen') && !teile.laenderkennzeichen ? ['Länderkennzeichen'] : []),
];

/** What is counted together. */
export function zaehlerschluessel(muster: readonly Musterteil[], { einheitId, oeId, jahr }: { einheitId: string; oeId: string; jahr: number }): string {
  const je = muster.find((t) => t.art === 'lfd_nr')?.je ?? 'einheit_jahr';
  const [was = 'einheit', jaehrlich] = je.split('_');
  const wer = was === 'einheit' ? `:${einheitId}` : was === 'oe' ? `:${oeId}` : '';
  return `${was}${wer}${jaehrlich ? `:${jahr}` : ''}`;
}

export const beispielAktenzeichen = (muster: readonly Musterteil[], kennzeichen = '631.20') =>
  formatAktenzeichen(muster, { kennzeichen, jahr: 2026, lfdNr: 347, oeKuerzel: 'BauO', zusatz: 'A', laenderkennzeichen: 'ST' });
