import { Suspense } from 'react';
import { useParams } from 'react-router';
import { Laden } from '#platform/web/kern/index.ts';
import { NichtGefunden, Schutz } from '#platform/web/schale/fehlerseite.tsx';
import { useSlot } from '#platform/web/sitzung.tsx';
import { useObjekt } from './rahmen.tsx';

/** A tab that another module has put here. */
export function Component() {
  const x = useObjekt();
  const { reiter } = useParams();
  const eintrag = useSlot('schriftgut.reiter').find((r) => r.pfad === reiter && (!r.typen || r.typen.includes(x.typ)));
  if (!eintrag) return <NichtGefunden />;
  return <div className={x.typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-angabenseite--eins va-rollen'}><Schutz><Suspense fallback={<Laden />}><eintrag.Inhalt typ={x.typ} id={x.o.id} rechte={x.o.rechte} /></Suspense></Schutz></div>;
}
