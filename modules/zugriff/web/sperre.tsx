import { Hinweis } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import type { Sperre } from '../contract.ts';
import { w } from './warum-texte.ts';

/** BE-07: since when, by whom, why, and whether this person gets in all the same. */
export const sperrtext = (s: Sperre) => w('sperre', datum(s.am), s.von?.name ?? null, s.grund);
export const Sperrhinweis = ({ sperre, selbst }: { sperre: Sperre; selbst: boolean }) => (
  <Hinweis ton="gefahr" titel={w('sperreTitel')}>{sperrtext(sperre)} {w(sperre.darf ? selbst ? 'sperreIch' : 'sperreEr' : selbst ? 'sperreIchNicht' : 'sperreErNicht')}</Hinweis>
);
