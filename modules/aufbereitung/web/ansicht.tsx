import { Suspense, type ReactNode } from 'react';
import { api as ablage } from '#modules/ablage/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { Fehler, Laden } from '#platform/web/kern/index.ts';
import type { InhaltAnsichtProps } from '#platform/web/module.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { Betrachter } from '#platform/web/viewer/index.tsx';
import { useAufbereitung, useQuelle } from './daten.ts';
import { Aufbereitungsstand } from './stand.tsx';

/** A stored content: the viewer, and above the stage what is being done or could not be done with it. */
export default function Ansicht({ inhaltId, dateiname, titel, suche, markiere, kopf, fuss, aktionen }: InhaltAnsichtProps): ReactNode {
  const { data, error, refetch } = useAufbereitung(inhaltId);
  const quelle = useQuelle(data);
  const hinweise = useSlot('inhalt.hinweis');
  if (error) return <section className="va-schau"><Fehler fehler={error} nochmal={() => void refetch()} /></section>;
  if (!data || !quelle) return <section className="va-schau"><Laden /></section>;
  return (
    <Betrachter titel={titel} quelle={quelle} original={{ url: downloadUrl(ablage.downloadInhalt, { params: { id: inhaltId } }), dateiname }}
      {...(suche !== undefined && { suche })} {...(markiere !== undefined && { markiere })} kopf={<>{kopf}<Suspense>{hinweise.map(({ Inhalt }, i) => <Inhalt key={i} inhaltId={inhaltId} format={data.format} />)}</Suspense><Aufbereitungsstand aufbereitung={data} /></>} fuss={fuss} aktionen={aktionen} />
  );
}
