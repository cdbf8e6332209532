import { Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { InhaltAnsicht } from '#modules/aufbereitung/web/index.ts';
import { SitzungGeber } from '#platform/web/sitzung.tsx';

/** Somebody without any Recht: what other modules show above a content is not here. */
const NIEMAND = { rechte: [], sicht: null } as unknown as Parameters<typeof SitzungGeber>[0]['ich'];

/** `?id=…`: a stored content as pages of the product show it; the test answers for the API. */
export function Inhalt() {
  const [frage] = useSearchParams();
  return <main className="va-muster-schau"><h1 className="kern-sr-only">Muster</h1><SitzungGeber ich={NIEMAND}><Suspense><InhaltAnsicht inhaltId={frage.get('id') ?? ''} dateiname="Scan 4711.tif" titel="Rückfrage zur Gebäudehöhe" /></Suspense></SitzungGeber></main>;
}
