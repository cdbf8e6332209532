import { Suspense, type ReactNode } from 'react';
import { api as ablage } from '#modules/ablage/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { Laden } from '#platform/web/kern/index.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { Betrachter, type Quelle } from '#platform/web/viewer/index.tsx';
import { t } from './texte.ts';

type Datei = { inhaltId: string; dateiname: string; mime: string };
type Props = { datei: Datei; titel: string; kopf?: ReactNode; fuss?: ReactNode; aktionen?: ReactNode };

/** A file beside its metadata: by the module that prepares contents, or as the browser can show it by itself. */
export function DateiAnsicht({ datei, titel, ...rest }: Props) {
  const [ansicht] = useSlot('inhalt.ansicht');
  if (ansicht) return <Suspense fallback={<section className="va-schau"><Laden /></section>}><ansicht.Inhalt key={datei.inhaltId} inhaltId={datei.inhaltId} dateiname={datei.dateiname} titel={titel} {...rest} /></Suspense>;
  const url = downloadUrl(ablage.downloadInhalt, { params: { id: datei.inhaltId as never } });
  return <Betrachter key={datei.inhaltId} titel={titel} quelle={quelleVon(datei.mime, url)} original={{ url, dateiname: datei.dateiname }} {...rest} />;
}
const quelleVon = (mime: string, url: string): Quelle =>
  (mime === 'application/pdf' ? { art: 'pdf', url } : /^image\/(png|jpeg|gif|webp)$/.test(mime) ? { art: 'bild', url } : mime.startsWith('text/') ? { art: 'text', url } : { art: 'keine', grund: t('keineAnsicht') });

/** Nothing to open: on paper, not yet there, or not to be read. */
export const OhneDatei = ({ titel, grund, kopf, fuss }: { titel: string; grund: string; kopf?: ReactNode; fuss?: ReactNode }) => <Betrachter titel={titel} quelle={{ art: 'keine', grund }} kopf={kopf} fuss={fuss} />;
