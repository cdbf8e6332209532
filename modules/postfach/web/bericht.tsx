import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Icon } from '#platform/web/kern/index.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';
import './postfach.css';

/** Of a mail: what was seen of its origin, its signature, its kind. Open where something is wrong. */
export default function Bericht({ inhaltId, format }: { inhaltId: string; format: string | null }) {
  const { data } = useAbfrage(api.getMailbericht, { params: { id: inhaltId as never } }, { aktiv: format === 'eml' });
  const b = data?.bericht;
  if (!b) return null;
  const zeilen = [
    ...b.hinweise.map((h) => ({ ton: h.ton, titel: h.text, mehr: [] as string[] })),
    ...b.signaturen.map((s) => ({ ton: s.ton, titel: s.titel, mehr: s.zeilen })),
    ...(b.verschluesselt ? [{ ton: 'warnung' as const, titel: b.verschluesselt, mehr: [] }] : []),
    ...b.unzustellbar.map((u) => ({ ton: 'warnung' as const, titel: `${t('nichtErreicht')}: ${u.adresse}`, mehr: [u.text] })),
  ];
  if (!zeilen.length && !b.automatik) return null;
  const rang = { gefahr: 0, warnung: 1, info: 2, gut: 3 };
  const sortiert = zeilen.toSorted((x, y) => rang[x.ton] - rang[y.ton]);
  const [erste] = sortiert;
  return (
    <details className={`va-mailbericht va-mailbericht--${erste?.ton ?? 'info'}`} open={erste !== undefined && rang[erste.ton] < 2}>
      <summary><Icon name={erste === undefined || erste.ton === 'info' ? 'info' : erste.ton === 'gut' ? 'haken' : 'achtung'} klein />{b.automatik && <Badge ton="neutral">{b.automatik}</Badge>}<span>{erste ? erste.titel : t('bericht')}</span></summary>
      {(sortiert.length > 1 || (erste && erste.mehr.length > 0)) && <ul aria-label={t('bericht')}>
        {sortiert.map((z, i) => <li key={i}>{i > 0 && <><Icon name={z.ton === 'gut' ? 'haken' : z.ton === 'info' ? 'info' : 'achtung'} klein /><span>{z.titel}</span></>}{z.mehr.map((m) => <span className="va-mailbericht__mehr" key={m}>{m}</span>)}</li>)}
      </ul>}
    </details>
  );
}
