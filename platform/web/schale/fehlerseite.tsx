import { Component as ReactComponent, type ReactNode } from 'react';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button, ButtonLink } from '../kern/button.tsx';
import { Seitenkopf } from '../kern/flaeche.tsx';
import { Fehler, fehlertext, Hinweis } from '../kern/hinweis.tsx';
import { ApiError } from '../client.ts';
import { katalog } from '../text.ts';

const t = katalog({
  titel: ['Diese Seite ließ sich nicht zeigen', 'This page could not be shown'],
  gibtEsNicht: ['Diese Seite gibt es nicht', 'This page does not exist'],
  gibtEsNichtRat: ['Die Adresse ist falsch geschrieben, oder die Seite gehört zu einem Bereich, den Sie nicht sehen.', 'The address is misspelt, or the page belongs to an area you may not see.'],
  neueFassung: ['Es gibt eine neue Fassung der Verbundakte', 'There is a new version of Verbundakte'],
  neueFassungRat: ['Gespeichertes ist da. Laden Sie die Seite neu, dann geht es weiter.', 'What was saved is there. Load the page again to go on.'],
  geschehen: ['In der Anzeige ist ein Fehler aufgetreten. Gespeichertes ist davon nicht berührt.', 'An error occurred in the display. What was saved is not affected.'],
  rat: ['Laden Sie die Seite neu. Hilft das nicht, gehen Sie zum Schreibtisch und sagen Sie der Betreuung, was Sie tun wollten.', 'Load the page again. If that does not help, go to the desk and tell your support what you wanted to do.'],
  neuLaden: ['Neu laden', 'Load again'], schreibtisch: ['Zum Schreibtisch', 'To the desk'],
  bereich: ['Dieser Bereich ließ sich nicht zeigen.', 'This area could not be shown.'],
});
const chunkFehlt = (fehler: unknown) => fehler instanceof TypeError && /dynamically imported module|module script/i.test(fehler.message);

/** Every route has this: what happened, what was kept, what to do. The frame stays. */
export function RoutenFehler() {
  const fehler = useRouteError();
  if (isRouteErrorResponse(fehler) && fehler.status === 404) return <NichtGefunden />;
  if (fehler instanceof ApiError) return <><Seitenkopf titel={fehlertext(fehler).titel} /><Fehler fehler={fehler} nochmal={() => location.reload()} /></>;
  const neu = chunkFehlt(fehler);
  return (
    <>
      <Seitenkopf titel={neu ? t('neueFassung') : t('titel')} />
      <div className="va-mitte">
        <Hinweis ton={neu ? 'info' : 'gefahr'} laut titel={neu ? undefined : t('geschehen')}>{neu ? t('neueFassungRat') : t('rat')}</Hinweis>
        <p className="va-reihe"><Button art="haupt" onClick={() => location.reload()}>{t('neuLaden')}</Button><ButtonLink to="/" reloadDocument>{t('schreibtisch')}</ButtonLink></p>
      </div>
    </>
  );
}
export const NichtGefunden = () => <><Seitenkopf titel={t('gibtEsNicht')} /><div className="va-mitte"><p>{t('gibtEsNichtRat')}</p><p><ButtonLink art="haupt" to="/">{t('schreibtisch')}</ButtonLink></p></div></>;

/** Around what a module puts into a place of another: its failure stays its own. */
export class Schutz extends ReactComponent<{ children: ReactNode }, { gefallen: boolean }> {
  override state = { gefallen: false };
  static getDerivedStateFromError() { return { gefallen: true }; }
  override render() { return this.state.gefallen ? <Hinweis ton="gefahr">{t('bereich')}</Hinweis> : this.props.children; }
}
