import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { CallInput, NamedOperation } from '#platform/contract.ts';
import { call } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Dialog, Fehler, Hinweis, TextArea, type IconName } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api, type DokumentZeile, type Hindernis, type Objekttyp, type Status } from '../contract.ts';
import { statuswort, t } from './texte.ts';

export const pfadVon = { akte: (id: string) => `/akten/${id}`, vorgang: (id: string) => `/vorgaenge/${id}`, dokument: (id: string) => `/dokumente/${id}` } satisfies Record<Objekttyp, (id: string) => string>;
/** The tab or pane changes, the focus stays where the reader is. */
export const BLEIBT = { fokus: 'bleibt' } as const;

const toene: Partial<Record<Status, 'info' | 'neutral'>> = { in_bearbeitung: 'info' };
export const Statusmarke = ({ status, zdaAm }: { status: Status; zdaAm?: string | null }) =>
  <Badge ton={toene[status] ?? 'neutral'} {...(status === 'zda' && { icon: 'schloss' as const })}>{statuswort(status)}{status === 'zda' && zdaAm ? ` ${datum(zdaAm)}` : ''}</Badge>;

/** What kind of paper it is, at a glance. */
export function dokumentIcon(d: Pick<DokumentZeile, 'datei' | 'medium'>): IconName {
  const mime = d.datei?.mime ?? '';
  if (!d.datei && d.medium !== 'elektronisch') return 'papier';
  if (mime === 'message/rfc822' || mime === 'application/vnd.ms-outlook') return 'mail';
  if (mime.startsWith('image/')) return 'bild';
  return /sheet|excel|csv/.test(mime) ? 'tabelle' : 'dok';
}
export const korrespondent = (d: Pick<DokumentZeile, 'art' | 'absender' | 'empfaenger' | 'bearbeiter'>) =>
  (d.art === 'eingang' ? d.absender : d.art === 'ausgang' ? d.empfaenger : []).join(', ') || (d.art === 'eingang' ? '' : d.bearbeiter?.kurz ?? '');

/** Written after the page has been shown; that it may fail concerns nobody. */
export function useGesehen(typ: Objekttyp, id: string | undefined) {
  const { nurLesen } = useSitzung();
  useEffect(() => { if (id && !nurLesen) void call(api.createZuletztGesehen, { params: { typ, id } }).catch(() => undefined); }, [typ, id, nurLesen]);
}

export function MerkStern({ typ, id, gemerkt }: { typ: Objekttyp; id: string; gemerkt: boolean }) {
  const { nurLesen } = useSitzung();
  const an = useAuftrag(api.createMerkung), aus = useAuftrag(api.deleteMerkung);
  if (nurLesen) return null;
  return <Button art="leicht" klein nurIcon icon="stern" className={gemerkt ? 'ist-gemerkt' : ''} aria-pressed={gemerkt} laeuft={an.laeuft || aus.laeuft} onClick={() => (gemerkt ? aus : an).starten({ params: { typ, id } })}>{gemerkt ? t('gemerkt') : t('merken')}</Button>;
}

/** A permanent address that can be mailed, with the number people know (UX-09). */
export function useLinkKopieren(kennzeichen: string, betreff: string, pfad: string) {
  const [kopiert, setKopiert] = useState(false);
  useEffect(() => { if (kopiert) { const uhr = setTimeout(() => setKopiert(false), 4000); return () => clearTimeout(uhr); } return undefined; }, [kopiert]);
  return { kopiert, kopiere: () => void navigator.clipboard.writeText(`${kennzeichen} ${betreff}\n${location.origin}${pfad}`).then(() => setKopiert(true)) };
}

/** Why something cannot be done, each reason with what it names (ST-06). */
export const Hindernisse = ({ liste }: { liste: readonly Hindernis[] }) => (
  <Hinweis ton="warnung" titel={t('hindernisse')}>
    <ul className="va-hindernisse">{liste.map((h) => <li key={h.code + h.text}>{h.text}{(h.objekte?.length ?? 0) > 0 && <ul>{h.objekte!.map((o) => <li key={o.id}><Link to={pfadVon[o.typ as Objekttyp](o.id)}>{o.bezeichnung}</Link></li>)}</ul>}</li>)}</ul>
  </Hinweis>
);

type GrundProps<O extends NamedOperation> = {
  titel: string; knopf: string; text: ReactNode; operation: O; input: (grund: string) => CallInput<O>;
  hindernisse?: readonly Hindernis[]; offen: boolean; onSchliessen(): void; nachher?: () => void; ohneGrund?: boolean; /** Something in `children` must be chosen first. */ gesperrt?: boolean; children?: ReactNode;
};
/** One question that the law asks: the reason. Shows first what stands against it. */
export function GrundDialog<O extends NamedOperation>({ titel, knopf, text, operation, input, hindernisse = [], offen, onSchliessen, nachher, ohneGrund = false, gesperrt = false, children }: GrundProps<O>) {
  const [grund, setGrund] = useState('');
  const auftrag = useAuftrag(operation, { nachher: () => { onSchliessen(); setGrund(''); nachher?.(); } });
  const gehindert = hindernisse.length > 0;
  return (
    <Dialog titel={titel} offen={offen} onSchliessen={onSchliessen} nurLesen={gehindert}
      aktion={!gehindert && <Button art="haupt" laeuft={auftrag.laeuft} disabled={gesperrt || (!ohneGrund && grund.trim() === '')} onClick={() => void auftrag.ausfuehren(input(grund)).catch(() => undefined)}>{knopf}</Button>}>
      {gehindert ? <Hindernisse liste={hindernisse} /> : <>
        <p>{text}</p>
        {children}
        {!ohneGrund && <TextArea label={t('grund')} value={grund} onChange={(e) => setGrund(e.target.value)} />}
      </>}
      {auftrag.fehler !== null && <Fehler kompakt fehler={auftrag.fehler} />}
    </Dialog>
  );
}
