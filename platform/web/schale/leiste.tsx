import { NavLink } from 'react-router';
import { Icon } from '../kern/icon.tsx';
import { Zahl } from '../kern/text.tsx';
import { alleModule, type NavigationEintrag, type ZahlHook } from '../module.ts';
import { useSitzung, useSlot } from '../sitzung.tsx';
import { katalog } from '../text.ts';

const t = katalog({ bereiche: ['Hauptbereiche', 'Main areas'], verwaltung: ['Verwaltung', 'Administration'] });

export function useNavigation() {
  const { darf, gast } = useSitzung();
  const verwaltet = useSlot('verwaltung.eintrag').length > 0;
  const eigene: NavigationEintrag[] = verwaltet ? [{ titel: () => t('verwaltung'), pfad: '/verwaltung', icon: 'zahnrad', taste: 'v', unten: true }] : [];
  const alle = [...alleModule().flatMap((m) => m.navigation ?? []), ...eigene].filter((e) => darf(e.recht) && (!gast || e.gast)).map((e, i) => ({ e, rang: e.rang ?? 1000 + i })).toSorted((a, b) => a.rang - b.rang).map(({ e }) => e);
  return { haupt: alle.filter((e) => !e.unten), unten: alle.filter((e) => e.unten) };
}
function Anzahl({ useZahl }: { useZahl: ZahlHook }) {
  const zahl = useZahl();
  return zahl && zahl.anzahl > 0 ? <Zahl wert={zahl.anzahl > 999 ? '999+' : zahl.anzahl} wort={zahl.wort} dringend={zahl.dringend ?? false} /> : null;
}
const Eintraege = ({ eintraege, className }: { eintraege: NavigationEintrag[]; className?: string }) => (
  <ul className={className}>
    {eintraege.map(({ pfad, titel, icon, useZahl }) => (
      <li key={pfad}><NavLink to={pfad} end={pfad === '/'}><Icon name={icon} /><span>{titel()}</span>{useZahl && <Anzahl useZahl={useZahl} />}</NavLink></li>
    ))}
  </ul>
);

/** The rail: only what exists and what this person may use. On narrow screens the upper list stands at the bottom, the lower one in the account menu. */
export function Leiste() {
  const { haupt, unten } = useNavigation();
  return <nav className="va-leiste" aria-label={t('bereiche')}><Eintraege eintraege={haupt} />{unten.length > 0 && <Eintraege eintraege={unten} className="va-nurbreit-liste va-nurbreit" />}</nav>;
}
