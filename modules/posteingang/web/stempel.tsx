import { Badge, Datum, Zeit } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum, tagVon, zeitpunkt } from '#platform/web/zeit.ts';
import type { Eingang, EingangZeile } from '../contract.ts';
import { kanalname, t } from './texte.ts';

/** When it reached the authority: the day of the stamp where it was entered later than it came. */
export const Eingangszeit = ({ e, className }: { e: Pick<EingangZeile, 'eingegangen' | 'posteingangsdatum'>; className?: string }) =>
  e.posteingangsdatum === tagVon(e.eingegangen) ? <Zeit wert={e.eingegangen} {...(className && { className })} /> : <Datum kurz wert={e.posteingangsdatum} {...(className && { className })} />;

/** The receipt stamp: on the view, never on the original (PE-02). */
export function Stempel({ e }: { e: Eingang }) {
  const { ich } = useSitzung();
  return (
    <p className="va-stempelzeile">
      <b>{ich.mandant.name}</b><span>{t('eingang')} {e.posteingangsdatum === tagVon(e.eingegangen) ? zeitpunkt(e.eingegangen) : datum(e.posteingangsdatum)}</span><span>{e.nummer}</span><span className="va-leise">{kanalname(e.kanal)}</span>
      {e.stapel && <span className="va-leise">{t('ausStapel', e.stapel.von, e.stapel.bis, e.stapel.seiten)}</span>}
      {e.dublette && <Badge ton="warnung">{e.dublette.nummer ? t('dubletteVon', e.dublette.nummer) : t('dubletteFremd')}</Badge>}
    </p>
  );
}
