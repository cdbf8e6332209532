import { useEffect, useState } from 'react';

/** True where the preview has no room beside the list (as in styles: 56rem). */
export function useSchmal() {
  const abfrage = () => matchMedia('(max-width: 56rem)');
  const [schmal, setSchmal] = useState(() => abfrage().matches);
  useEffect(() => { const q = abfrage(); const h = () => setSchmal(q.matches); q.addEventListener('change', h); return () => q.removeEventListener('change', h); }, []);
  return schmal;
}
