import './verwaltung.css';
import type { ReactNode } from 'react';
import { Field, Rollen } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({ suchen: ['Suchen', 'Search'] });

/** A tree at the left, what is chosen in it at the right; on narrow screens one after the other. */
export const Zweiteilig = ({ name, offen, suche, baum, children }: { name: string; offen: boolean; suche?: { wert: string; platzhalter: string; onWert(wert: string): void; daneben?: ReactNode }; baum: ReactNode; children: ReactNode }) => (
  <div className="va-zweiteilig" data-offen={offen ? '' : undefined}>
    <div className="va-spalte va-zweiteilig__baum">
      {suche ? <div className="va-zweiteilig__suche"><Field type="search" label={t('suchen')} versteckt placeholder={suche.platzhalter} value={suche.wert} autoComplete="off" onChange={(e) => suche.onWert(e.target.value)} />{suche.daneben}</div> : <span />}
      <Rollen name={name}>{baum}</Rollen>
    </div>
    <div className="va-zweiteilig__rechts va-rollen">{children}</div>
  </div>
);
