import { Icon } from '../kern/icon.tsx';
import type { Ich } from '../sitzung-port.ts';
import { katalog } from '../text.ts';
import { zeitpunkt } from '../zeit.ts';

const t = katalog({
  fuer: [(wen: string) => `Sie handeln in Vertretung für ${wen}`, (wen: string) => `You act on behalf of ${wen}`],
  bei: [(wo: string) => `Sie sind Gast bei ${wo}. Jeder Zugriff wird dort und bei Ihnen aufgezeichnet`, (wo: string) => `You are a guest of ${wo}. Every access is recorded there and at home`],
  bis: [(wann: string) => `bis ${wann}`, (wann: string) => `until ${wann}`], zurueck: ['Zurück in die eigene Sicht', 'Back to my own view'], wo: ['Sicht', 'View'],
});

/** Across the top as long as one is not in one's own name and house: where one is, until when, and the way back. A full load, so that nothing is carried over. */
export const Sichtband = ({ sicht }: { sicht: NonNullable<Ich['sicht']> }) => (
  <section className="va-sichtband" aria-label={t('wo')}>
    <Icon name={sicht.art === 'fuer' ? 'personen' : 'schild'} klein />
    <p>{sicht.art === 'fuer' ? t('fuer', sicht.bezeichnung) : t('bei', sicht.bezeichnung)}{sicht.bis && <span className="va-leise"> · {t('bis', zeitpunkt(sicht.bis))}</span>}</p>
    <a href="/">{t('zurueck')}</a>
  </section>
);
