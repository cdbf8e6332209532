import type { ReactNode } from 'react';
import { Marke } from '#platform/web/schale/marke.tsx';
import { Sprung } from '#platform/web/schale/sprung.tsx';
import { katalog } from '#platform/web/text.ts';

const t = katalog({
  eine: ['Eine Akte.', 'One file.'], viele: ['Viele Verwaltungen.', 'Many authorities.'],
  was: ['Die gemeinsame elektronische Akte der Kreise, Städte und Gemeinden im Verbund. Jede Verwaltung führt ihre eigenen Akten, keine sieht die einer anderen ohne Freigabe.', 'The shared electronic file of the counties, towns and municipalities of the Verbund. Each authority keeps its own files; none sees those of another unless they are shared.'],
  quelloffen: ['Quelloffen unter EUPL-1.2', 'Open source under EUPL-1.2'],
});

/** The page before the frame: neutral, no Mandant dominates. */
export const Tor = ({ verbund, kuerzel = [], children }: { verbund?: string | undefined; kuerzel?: readonly string[]; children: ReactNode }) => (
  <>
    <Sprung />
    <div className="va-tor">
      <main className="va-tor__mitte" id="inhalt" tabIndex={-1}>
        <div className="va-tafel va-tor__karte">
          <div className="va-tor__wir">
            <div className="va-wort"><Marke /><span>Verbundakte</span></div>
            <div><p className="va-tor__spruch">{t('eine')}<br />{t('viele')}</p><p className="va-leise va-tor__text">{t('was')}</p></div>
            <Register kuerzel={kuerzel} />
            <p className="va-klein va-leise">{verbund}</p>
          </div>
          <div className="va-tor__form">{children}</div>
        </div>
      </main>
      <footer className="va-tor__fuss"><span>{t('quelloffen')}</span></footer>
    </div>
  </>
);

/** Files behind each other, one tab per authority, all of the same size; decoration. */
function Register({ kuerzel }: { kuerzel: readonly string[] }) {
  const tabs = (kuerzel.length > 0 ? kuerzel : ['', '', '']).slice(0, 6);
  const schritt = tabs.length > 1 ? 270 / (tabs.length - 1) : 0;
  return (
    <figure aria-hidden="true" className="va-register">
      <svg viewBox="0 0 338 150">
        {tabs.map((text, i) => {
          const x = 5 + i * Math.min(54, schritt);
          const y = 16 + i * 14;
          return (
            <g key={i} className={`va-register__${i + 1}`}>
              <path d={`M1 ${y + 4}a4 4 0 0 1 4-4H${x + 3}l3-11a3 3 0 0 1 3-2h38a3 3 0 0 1 3 2l3 11H333a4 4 0 0 1 4 4V149H1z`} />
              <text x={x + 28} y={y + 1} textAnchor="middle">{text}</text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
