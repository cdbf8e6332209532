import type { ReactNode } from 'react';
import { Badge, ButtonDownload, Innen, Leer, Tabelle, Tafel, type Spalte, type Ton } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import type { Grund } from '../contract.ts';
import { t } from './texte.ts';
import { w } from './warum-texte.ts';

export const toene: Record<Grund['stufe'], Ton> = { sehen: 'neutral', lesen: 'info', bearbeiten: 'gut', verwalten: 'warnung' };
export const Stufenmarke = ({ stufe }: { stufe: Grund['stufe'] }) => <Badge ton={toene[stufe]}>{t(stufe)}</Badge>;

export function wegText({ wie, subjekt }: Pick<Grund, 'wie' | 'subjekt'>) {
  const name = subjekt.name ?? t('weg');
  switch (wie) {
    case 'selbst': return w('selbst');
    case 'rolle': return w('durchRolle', name);
    default: return w(wie, name);
  }
}
export const ortText = ({ ort }: Pick<Grund, 'ort'>) => `${ort.label} ${ort.name ?? `(${w('unsichtbar')})`}`;
const tag = (zeit: string) => datum(zeit.slice(0, 10));
export const fristText = (g: Grund) => [tag(g.seit), g.gueltigVon && w('ab', tag(g.gueltigVon)), g.gueltigBis && w('bis', tag(g.gueltigBis)), g.erteiltVon && w('von', g.erteiltVon.name), g.zweck && `„${g.zweck}“`].filter(Boolean).join(', ');

export const grundspalten = <G extends Grund>(): Spalte<G>[] => [
  { name: 'wodurch', titel: w('wodurch'), kopf: true, schmal: 'voll', zelle: wegText }, { name: 'stufe', titel: w('stufe'), zelle: (g) => <Stufenmarke stufe={g.stufe} /> },
  { name: 'ort', titel: w('ort'), schmal: 'voll', zelle: ortText }, { name: 'seit', titel: w('seit'), schmal: 'voll', zelle: (g) => <span className="va-klein va-leise">{fristText(g)}</span> },
];
type GruendeProps<G> = { titel: string; gruende: readonly G[]; leer: string; mehr?: readonly Spalte<G>[]; kopf?: ReactNode; aktionen?: ReactNode };
export const Gruende = <G extends Grund>({ titel, gruende, leer, mehr = [], kopf, aktionen }: GruendeProps<G>) => (
  <Tafel titel={titel} zahl={gruende.length} aktionen={aktionen}>
    {kopf && <Innen>{kopf}</Innen>}
    {gruende.length ? <Tabelle titel={titel} zeilen={gruende} spalten={[...grundspalten<G>(), ...mehr]} schluessel={(g) => g.id} /> : <Leer>{leer}</Leer>}
  </Tafel>
);
export const Berichte = ({ url }: { url: (format: 'pdf' | 'xlsx') => string }) => <span className="va-reihe"><ButtonDownload klein href={url('pdf')}>{w('pdf')}</ButtonDownload><ButtonDownload klein href={url('xlsx')}>{w('xlsx')}</ButtonDownload></span>;
