import { lazy, Suspense } from 'react';
import { Laden } from '../kern/hinweis.tsx';
import type { BetrachterProps } from './betrachter.tsx';

const Innen = lazy(() => import('./betrachter.tsx'));
/** The document viewer; its code comes when the first document is opened, PDF.js with the first PDF. */
export const Betrachter = (props: BetrachterProps) => <Suspense fallback={<section className="va-schau"><Laden /></section>}><Innen {...props} /></Suspense>;
export type { BetrachterProps } from './betrachter.tsx';
export type { Email, Quelle } from './typen.ts';
