import { Suspense } from 'react';
import { Laden, Tafel } from '#platform/web/kern/index.ts';
import { Schutz } from '#platform/web/schale/fehlerseite.tsx';
import { useSitzung, useSlot } from '#platform/web/sitzung.tsx';

/** The history of what stands in no Schutzbereich (a person, an office, a Mandant), for who may read it. */
export function Verlauf({ objekt }: { objekt: string }) {
  const { darf } = useSitzung();
  return useSlot('objekt.verlauf').filter((e) => darf(e.rechtOhneSchutz)).map(({ titel, Inhalt }, i) => (
    <Tafel key={i} titel={titel()}><Schutz><Suspense fallback={<Laden />}><Inhalt key={objekt} objekt={objekt} /></Suspense></Schutz></Tafel>
  ));
}
