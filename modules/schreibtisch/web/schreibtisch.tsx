import { Suspense } from 'react';
import { Link } from 'react-router';
import { Laden, Leer, Seite, Seitenkopf } from '#platform/web/kern/index.ts';
import type { Eintrag } from '#platform/web/module.ts';
import { Schutz } from '#platform/web/schale/fehlerseite.tsx';
import { useSitzung, useSlot } from '#platform/web/sitzung.tsx';
import { useTastenliste } from '#platform/web/tasten.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import { tagLang } from '#platform/web/zeit.ts';

const t = katalog({
  titel: ['Mein Schreibtisch', 'My desk'], titelVon: [(wer: string) => `Schreibtisch von ${wer}`, (wer: string) => `Desk of ${wer}`], ueberblick: ['Überblick', 'Overview'], tasten: ['Tasten', 'Keys'],
  leer: ['Für Ihre Rolle liegt hier nichts. Links stehen die Bereiche, in denen Sie arbeiten.', 'There is nothing here for your role. On the left are the areas you work in.'],
});

export function Component() {
  const { ich } = useSitzung();
  const zaehler = useSlot('schreibtisch.zaehler');
  const bereiche = useSlot('schreibtisch.bereich');
  const aktionen = useSlot('schreibtisch.aktion');
  const breite = bereiche.filter((b) => b.breit);
  const schmale = bereiche.filter((b) => !b.breit);
  return (
    <Seite>
      <Seitenkopf titel={ich.wessen.id === ich.id ? t('titel') : t('titelVon', ich.wessen.name)} neben={tagLang(new Date())} aktionen={aktionen.length > 0 && aktionen.map(({ Inhalt }, i) => <Schutz key={i}><Suspense><Inhalt /></Suspense></Schutz>)} />
      <div className={`va-tisch${breite.length === 0 ? ' va-tisch--eins' : ''}`}>
        {zaehler.length > 0 && <ul className="va-zaehler va-tafel" aria-label={t('ueberblick')}>{zaehler.map((z) => <Schutz key={z.pfad}><Zaehler {...z} /></Schutz>)}</ul>}
        {bereiche.length === 0 && <Leer icon="tisch">{t('leer')}</Leer>}
        {breite.length > 0 && <div>{breite.map((b, i) => <Bereich key={i} {...b} />)}</div>}
        <div>{schmale.map((b, i) => <Bereich key={i} {...b} />)}<Tasten /></div>
      </div>
    </Seite>
  );
}
const Bereich = ({ Inhalt }: Eintrag<'schreibtisch.bereich'>) => <Schutz><Suspense fallback={<section className="va-tafel"><Laden /></section>}><Inhalt /></Suspense></Schutz>;

function Zaehler({ pfad, useZahl }: Eintrag<'schreibtisch.zaehler'>) {
  const wert = useZahl();
  if (!wert) return null;
  return <li className={wert.dringend && wert.anzahl > 0 ? 'ist-ueber' : undefined}><Link to={pfad}><b>{zahl(wert.anzahl)}</b><span>{wert.titel}</span>{wert.hinweis && <small>{wert.hinweis}</small>}</Link></li>;
}

/** Only keys that do something here. */
function Tasten() {
  const liste = useTastenliste();
  const gezeigt = ['/', 'j', 'k', 'n', '?'].flatMap((taste) => liste.findLast((b) => b.taste === taste) ?? []);
  if (gezeigt.length === 0) return null;
  return <section className="va-tafel va-nurbreit" aria-label={t('tasten')}><dl className="va-tasten">{gezeigt.map((b) => <div key={b.taste}><dt><kbd>{b.taste}</kbd></dt><dd>{b.titel}</dd></div>)}</dl></section>;
}
