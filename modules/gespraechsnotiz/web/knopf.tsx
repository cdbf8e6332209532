import { lazy, Suspense, useState } from 'react';
import { Button } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { t } from './texte.ts';

const Notiz = lazy(() => import('./notiz.tsx'));
/** Whether an expired session has left a draft behind: then it is shown again at once. */
const hatEntwurf = () => sessionStorage.getItem('va-formular:gespraechsnotiz') !== null;

export default function Gespraechsnotiz() {
  const [offen, setOffen] = useState(hatEntwurf);
  // Once opened it stays: whoever closes it by mistake finds what they had typed.
  const [geladen, setGeladen] = useState(offen);
  const oeffne = () => { setGeladen(true); setOffen(true); };
  useTaste('t', t('titel'), oeffne, { ort: 'ueberall' });
  return (
    <>
      <Button art="leicht" nurIcon icon="stift" taste="t" onClick={oeffne}>{t('titel')}</Button>
      {geladen && <Suspense><Notiz offen={offen} onSchliessen={() => setOffen(false)} /></Suspense>}
    </>
  );
}
