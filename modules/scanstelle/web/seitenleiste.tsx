import { useEffect, useRef } from 'react';
import { downloadUrl } from '#platform/web/client.ts';
import { Badge, Icon, Rollen } from '#platform/web/kern/index.ts';
import { api, type Seite, type Stapel } from '../contract.ts';
import { gruppen } from './pruefung.ts';
import { t } from './texte.ts';

export const bildVon = (stapel: Stapel, seite: Seite, groesse: 'daumen' | 'seite') => downloadUrl(api.getScanbild, { params: { id: stapel.id, seiteId: seite.id }, query: { groesse } });
const marke: Record<Exclude<Seite['status'], 'da'>, () => string> = { leer: () => t('leerseite'), trennblatt: () => t('trennblatt'), entfernt: () => t('entfernt'), ersetzt: () => t('ersetzt') };

/** All pages, letter by letter. */
export function Seitenleiste({ stapel, seite, onSeite }: { stapel: Stapel; seite: Seite; onSeite(s: Seite): void }) {
  const offen = useRef<HTMLLIElement>(null);
  useEffect(() => { void offen.current?.scrollIntoView({ block: 'nearest' }); }, [seite.id]);
  const nummern = new Map(stapel.seitenliste.filter((s) => s.status !== 'ersetzt' && s.position >= 0).map((s, i) => [s.id, i + 1]));
  return (
    <div className="va-scan__leiste va-spalte">
      <Rollen name={t('seitenliste')}>
        {gruppen(stapel).map((g) => {
          const brief = stapel.briefliste[g.nummer - 1];
          return (
            <div key={g.seiten[0]!.id} className="va-scan__gruppe">
              <h2 className="va-scan__brief">{g.briefId && brief ? <>{t('brief', g.nummer)}{brief.betreff && <span className="va-leise va-kuerzen"> {brief.betreff}</span>}</> : <span className="va-leise">{t('keinBrief')}</span>}
                {brief && g.briefId && <span className="va-schub">
                  {brief.hinweise.length > 0 && <Icon name="achtung" klein />}
                  {brief.ergebnis === 'in_ordnung' ? <Badge ton="gut">{t('gut')}</Badge> : brief.ergebnis === 'mangel' ? <Badge ton="gefahr">{t('mangel')}</Badge> : brief.stichprobe && stapel.status === 'zu_pruefen' ? <Badge ton="info">{t('ansehen')}</Badge> : null}
                </span>}
              </h2>
              <ul className="va-scan__seiten">{g.seiten.map((s) => (
                <li key={s.id} ref={s.id === seite.id ? offen : undefined} className={s.status === 'da' ? undefined : 'ist-weg'}>
                  <button type="button" aria-current={s.id === seite.id ? 'true' : undefined} onClick={() => onSeite(s)} aria-label={`${t('seiteBild', nummern.get(s.id)!)}${s.status === 'da' ? '' : `, ${marke[s.status]()}`}`}>
                    <span className="va-scan__daumen">{s.bild ? <img loading="lazy" className={`va-dreh-${s.drehungHand}`} src={bildVon(stapel, s, 'daumen')} alt="" /> : <Icon name="achtung" />}</span>
                    <span className="va-klein">{nummern.get(s.id)}{s.status !== 'da' && <> {marke[s.status]()}</>}{s.nachscan && <> {t('nachscan')}</>}</span>
                  </button>
                </li>
              ))}</ul>
            </div>
          );
        })}
      </Rollen>
    </div>
  );
}
