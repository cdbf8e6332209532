import { Suspense } from 'react';
import { Laden, Tafel } from '#platform/web/kern/index.ts';
import { NichtGefunden, Schutz } from '#platform/web/schale/fehlerseite.tsx';
import { useSlot } from '#platform/web/sitzung.tsx';
import { useObjekt } from './rahmen.tsx';

/** What happened to the object, told by the module that keeps the history. */
export function Component() {
  const { typ, o } = useObjekt();
  const verlauf = useSlot('objekt.verlauf')[0];
  if (!verlauf) return <NichtGefunden />;
  return (
    <div className={`va-verlaufseite ${typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-rollen'}`}>
      <Tafel titel={verlauf.titel()} titelVersteckt><Schutz><Suspense fallback={<Laden />}><verlauf.Inhalt objekt={o.id} ohne={o.pfad.map((p) => p.id)} /></Suspense></Schutz></Tafel>
    </div>
  );
}
