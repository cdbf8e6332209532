import { Suspense, useEffect, useRef, useState } from 'react';
import { Navigate, Outlet, useLocation, useNavigate, useNavigation as useUebergang } from 'react-router';
import { ApiError, beiAblauf } from '../client.ts';
import { setze } from '../einstellungen.ts';
import { beobachteTitel } from '../kern/flaeche.tsx';
import { Fehler, Laden } from '../kern/hinweis.tsx';
import { sichtPfad } from '../sicht.ts';
import { SitzungGeber, sitzungsPort, useIch } from '../sitzung.tsx';
import { Kopf } from './kopf.tsx';
import { Leiste } from './leiste.tsx';
import { Sichtband } from './sichtband.tsx';
import { Sprung } from './sprung.tsx';
import { katalog } from '../text.ts';

const t = katalog({ zurueck: ['Zurück in die eigene Sicht', 'Back to my own view'] });

/** After a change of page the focus is in its content and its title is read; within a page (tabs, lists, `fokus: 'bleibt'`) the focus stays. */
function useFokus() {
  const { pathname, state } = useLocation() as { pathname: string; state: { fokus?: string } | null };
  const vorher = useRef(pathname);
  useEffect(() => {
    if (vorher.current === pathname) return;
    vorher.current = pathname;
    if (state?.fokus === 'bleibt') return;
    const main = document.getElementById('inhalt');
    main?.scrollTo(0, 0);
    window.scrollTo(0, 0);
    main?.focus({ preventScroll: true });
  }, [pathname, state]);
}
/** The title of the new page for screen readers; not on the first load, when the browser says it. */
function Ansage() {
  const [titel, setTitel] = useState('');
  const erste = useRef(true);
  useEffect(() => beobachteTitel((neu) => { if (erste.current) erste.current = !neu; else setTitel(neu); }), []);
  return <p className="kern-sr-only" role="status">{titel}</p>;
}
/** Links to pages whose code is on its way show that something happens. */
const Balken = () => (useUebergang().state === 'idle' ? null : <div className="va-balken" aria-hidden="true" />);

/** The frame around every page of a logged-in person. */
export function Rahmen() {
  const ort = useLocation();
  const navigate = useNavigate();
  const { data: ich, error, refetch } = useIch();
  const port = sitzungsPort();
  const zurueck = encodeURIComponent(ort.pathname + ort.search);
  useFokus();
  useEffect(() => { if (ich?.einstellungen) setze(ich.einstellungen); }, [ich]);
  useEffect(() => beiAblauf(() => { if (ich && port) void navigate(`${port.anmeldung}?zurueck=${zurueck}&grund=ablauf`, { replace: true }); }), [ich, port, navigate, zurueck]);

  if (error instanceof ApiError && error.status === 401 && port) return <Navigate to={`${port.anmeldung}${ort.pathname === '/' ? '' : `?zurueck=${zurueck}`}`} replace />;
  if (error) return <main className="va-mitte va-allein"><h1 className="kern-sr-only">Verbundakte</h1><Fehler fehler={error} nochmal={sichtPfad ? undefined : () => void refetch()} />{sichtPfad && <p><a href="/">{t('zurueck')}</a></p>}</main>;
  if (!ich) return <Laden />;
  if (ich.kennwortAendern && port) return <Navigate to={`${port.kennwort}?zurueck=${zurueck}`} replace />;
  // A guest has no desk here: he begins with all that is shared with him.
  if (ich.sicht?.art === 'bei' && ort.pathname === '/') return <Navigate to="/akten" replace />;
  return (
    <SitzungGeber ich={ich}>
      <Sprung />
      <Balken />
      <div className="va-rahmen">
        {ich.sicht && <Sichtband sicht={ich.sicht} />}
        <Kopf />
        <Leiste />
        <main id="inhalt" className="va-main" tabIndex={-1}><Suspense fallback={<Laden />}><Outlet /></Suspense></main>
      </div>
      <Ansage />
    </SitzungGeber>
  );
}
