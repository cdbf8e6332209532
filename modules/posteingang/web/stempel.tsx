import { Badge } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum, zeitpunkt } from '#platform/web/zeit.ts';
import type { Eingang } from '../contract.ts';
import { kanalname, t } from './texte.ts';

/** The receipt stamp: on the view, never on the original (PE-02). */
export function Stempel({ e }: { e: Eingang }) {
  const { ich } = useSitzung();
  return (
    <p className="va-stempelzeile">
      <b>{ich.mandant.name}</b><span>{t('eingang')} {e.kanal === 'papier' ? datum(e.posteingangsdatum) : zeitpunkt(e.eingegangen)}</span><span>{e.nummer}</span><span className="va-leise">{kanalname(e.kanal)}</span>
      {e.stapel && <span className="va-leise">{t('ausStapel', e.stapel.von, e.stapel.bis, e.stapel.seiten)}</span>}
      {e.dublette && <Badge ton="warnung">{e.dublette.nummer ? t('dubletteVon', e.dublette.nummer) : t('dubletteFremd')}</Badge>}
    </p>
  );
}
