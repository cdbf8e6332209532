import { Link } from 'react-router';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, ButtonLink, Fehler, Filterleiste, Laden, Leer, Seite, Seitenkopf, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { Seitenwahl, useListe } from '#platform/web/liste/index.ts';
import type { z } from 'zod';
import { api, type Benachrichtigung } from '../contract.ts';
import { t } from './texte.ts';
import './glocke.css';

export function Component() {
  const liste = useListe(api.listBenachrichtigungen, { filter: ['ungelesen'] });
  const eintraege: readonly z.output<typeof Benachrichtigung>[] = liste.eintraege;
  const gelesen = useAuftrag(api.updateBenachrichtigungen);
  const nurNeue = liste.filterwert('ungelesen')[0] === 'true';
  const neue = eintraege.filter((n) => !n.gelesen);
  return (
    <Seite>
      <Seitenkopf titel={t('glocke')} neben={<Filterleiste name={t('glocke')} eintraege={[{ pfad: '/benachrichtigungen', titel: t('alle'), aktiv: !nurNeue }, { pfad: '/benachrichtigungen?ungelesen=true', titel: t('nurUngelesene'), aktiv: nurNeue }]} />}
        aktionen={<>{neue.length > 0 && <Button art="neben" icon="haken" laeuft={gelesen.laeuft} onClick={() => gelesen.starten({ body: {} })}>{t('alleGelesen')}</Button>}<ButtonLink art="leicht" icon="zahnrad" to="/benachrichtigungen/einstellungen">{t('einstellungen')}</ButtonLink></>} />
      <div className="va-mitte">
        <Tafel titel={t('glocke')} titelVersteckt>
          {liste.fehler ? <Fehler fehler={liste.fehler} nochmal={liste.nochmal} /> : liste.laedt ? <Laden /> : eintraege.length === 0 ? <Leer icon="glocke">{t('leer')}</Leer> : (
            <ul className="va-liste">
              {eintraege.map((n) => (
                <li key={n.id} className={`va-nachricht${n.gelesen ? '' : ' va-nachricht--neu'}`}>
                  {n.pfad === null ? <span>{n.text}</span> : <Eintrag pfad={n.pfad} gelesen={() => (n.gelesen ? undefined : gelesen.ausfuehren({ body: { ids: [n.id] } }))}>{n.text}</Eintrag>}
                  <span className="va-klein va-leise va-fest"><Zeit wert={n.erstellt} /></span>
                </li>
              ))}
            </ul>
          )}
          <Seitenwahl liste={liste} />
        </Tafel>
      </div>
    </Seite>
  );
}

/** Into another context leads a full load, after it has been noted as read. */
function Eintrag({ pfad, gelesen, children }: { pfad: string; gelesen(): Promise<unknown> | undefined; children: string }) {
  if (!/^\/(fuer|bei)\//.test(pfad)) return <Link to={pfad} onClick={() => void gelesen()}>{children}</Link>;
  return <a href={pfad} onClick={(e) => { e.preventDefault(); void Promise.resolve(gelesen()).catch(() => {}).then(() => location.assign(pfad)); }}>{children}</a>;
}
