import { Badge, Button, Leer } from '#platform/web/kern/index.ts';
import type { Seite, Stapel } from '../contract.ts';
import type { Tun } from './pruefung.ts';
import { bildVon } from './seitenleiste.tsx';
import { t } from './texte.ts';

type Props = { stapel: Stapel; seite: Seite; stelle: number; anzahl: number; gross: boolean; onGross(): void; onSeite(um: -1 | 1): void; tun: Tun; offen: boolean };

/** The page as it will be, and what can be done with it. */
export function Blatt({ stapel, seite, stelle, anzahl, gross, onGross, onSeite, tun, offen }: Props) {
  const da = seite.status === 'da';
  return (
    <section className="va-scan__blatt va-schau" aria-label={t('seiteVon', stelle + 1, anzahl)}>
      <div className="va-scan__werkzeug">
        <Button art="leicht" klein nurIcon icon="hoch" taste="k" onClick={() => onSeite(-1)}>{t('vorige')}</Button>
        <span className="va-klein va-scan__stelle">{t('seiteVon', stelle + 1, anzahl)}</span>
        <Button art="leicht" klein nurIcon icon="runter" taste="j" onClick={() => onSeite(1)}>{t('naechste')}</Button>
        {offen && <>
          <Button art="leicht" klein nurIcon icon="drehen" taste="r" onClick={() => tun.drehe(90)}>{t('drehen')}</Button>
          <Button art="leicht" klein icon="seiten" taste="t" disabled={!da} onClick={tun.teile}>{t('teilenKurz')}</Button>
          <Button art="leicht" klein icon="klammer" taste="v" disabled={!seite.briefId} onClick={tun.verbinde}>{t('verbindenKurz')}</Button>
          <Button art="leicht" klein icon={da ? 'papierkorb' : 'zurueckholen'} taste="e" onClick={tun.entferne}>{da ? t('entfernenKurz') : t('wiederKurz')}</Button>
          <Button art="leicht" klein icon="wieder" taste="n" disabled={!da} aria-pressed={seite.nachscan} onClick={tun.merke}>{t('nachscan')}</Button>
          <span className="va-scan__ordnen"><Button art="leicht" klein nurIcon icon="zurueck" taste="<" disabled={!da} onClick={() => tun.verschiebe(-1)}>{t('frueher')}</Button><Button art="leicht" klein nurIcon icon="weiter" taste=">" disabled={!da} onClick={() => tun.verschiebe(1)}>{t('spaeter')}</Button></span>
        </>}
        <span className="va-schub"><Button art="leicht" klein nurIcon icon={gross ? 'minus' : 'plus'} taste="z" aria-pressed={gross} onClick={onGross}>{gross ? t('kleiner') : t('groesser')}</Button></span>
      </div>
      <div className={`va-scan__buehne${gross ? ' ist-gross' : ''}`} tabIndex={0} role="region" aria-label={t('seiteBild', stelle + 1)}>
        {seite.bild ? <img key={seite.id} className={`va-dreh-${seite.drehungHand}`} src={bildVon(stapel, seite, 'seite')} alt={t('seiteVon', stelle + 1, anzahl)} /> : <Leer icon="achtung">{t('unlesbar')}</Leer>}
      </div>
      {(seite.angaben.length > 0 || !da || seite.nachscan) && <p className="va-scan__angaben">
        {!da && <Badge ton="warnung">{seite.status === 'leer' ? t('leerseite') : seite.status === 'trennblatt' ? t('trennblatt') : t('entfernt')}</Badge>}
        {seite.nachscan && <Badge ton="warnung">{t('nachscan')}</Badge>}
        {seite.angaben.map((a, i) => <Badge key={i} ton={a.ton}>{a.text}</Badge>)}
      </p>}
    </section>
  );
}
