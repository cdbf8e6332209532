import { katalog } from '../text.ts';

const t = katalog({ sprung: ['Zum Inhalt springen', 'Skip to content'] });
/** The skip link, the first stop of every page. */
export function Sprung() {
  return <a className="va-sprung" href="#inhalt" onClick={(e) => { e.preventDefault(); document.getElementById('inhalt')?.focus(); }}>{t('sprung')}</a>;
}
