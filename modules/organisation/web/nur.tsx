import { Outlet } from 'react-router';
import { ButtonLink, Hinweis, Seite, Seitenkopf } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';

const t = katalog({
  titel: ['Diese Seite ist für die Verwaltung', 'This page is for the administration'], text: ['Ihre Rolle hat das Recht dazu nicht. Brauchen Sie es, fragen Sie Ihre Administration.', 'Your role does not hold the right for it. If you need it, ask your administration.'], schreibtisch: ['Zum Schreibtisch', 'To the desk'],
});

/** Around pages of which nothing may be used without a Recht: whoever comes by an address gets no form that could not be sent. */
export function Nur({ recht }: { recht: string }) {
  const { darf } = useSitzung();
  if (darf(recht)) return <Outlet />;
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} />
      <div className="va-mitte"><Hinweis ton="warnung">{t('text')}</Hinweis><p><ButtonLink art="haupt" to="/">{t('schreibtisch')}</ButtonLink></p></div>
    </Seite>
  );
}
