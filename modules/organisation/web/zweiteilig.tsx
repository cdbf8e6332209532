import './verwaltung.css';
import type { ReactNode } from 'react';
import { Field, Rollen } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { useTippen } from '#platform/web/tippen.ts';

const t = katalog({ suchen: ['Suchen', 'Search'] });
type Suche = { wert: string; platzhalter: string; onWert(wert: string): void; daneben?: ReactNode };

/** A tree at the left, what is chosen in it at the right; on narrow screens one after the other. */
export const Zweiteilig = ({ name, offen, suche, baum, children }: { name: string; offen: boolean; suche?: Suche; baum: ReactNode; children: ReactNode }) => (
  <div className="va-zweiteilig" data-offen={offen ? '' : undefined}>
    <div className="va-spalte va-zweiteilig__baum">
      {suche ? <Suchfeld {...suche} /> : <span />}
      <Rollen name={name}>{baum}</Rollen>
    </div>
    <div className="va-zweiteilig__rechts va-rollen">{children}</div>
  </div>
);
function Suchfeld({ wert, platzhalter, onWert, daneben }: Suche) {
  const { text, tippe, sofort } = useTippen(wert, onWert, 150);
  return <div className="va-zweiteilig__suche"><Field type="search" label={t('suchen')} versteckt placeholder={platzhalter} value={text} autoComplete="off" onChange={(e) => tippe(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter') sofort(); }} />{daneben}</div>;
}
