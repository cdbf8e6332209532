import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import type { Haus, Hausstand } from '../haeuser-contract.ts';
import { Hinweis } from './kern/hinweis.tsx';
import { Kuerzel } from './kern/text.tsx';
import { katalog } from './text.ts';

const t = katalog({
  fehlt: [(namen: string) => `Nicht zu erreichen: ${namen}. Was dort liegt, fehlt hier; versuchen Sie es später noch einmal.`, (namen: string) => `Not reached: ${namen}. What lies there is missing here; try again later.`],
  mehr: [(namen: string) => `Nicht gefragt: ${namen}. In einer Liste stehen höchstens zwanzig andere Verwaltungen.`, (namen: string) => `Not asked: ${namen}. A list holds twenty other authorities at most.`],
});

/** The address of something in its house: another house is another context (`sicht.ts`). */
export const imHaus = (haus: Haus | null, pfad: string) => (haus ? `/bei/${haus.id}${pfad}` : pfad);
/** Leads to where a row lies; into another house by a full load, for it is another context. */
export const Hauslink = ({ haus, pfad, ...rest }: { haus: Haus | null; pfad: string } & Omit<ComponentProps<'a'>, 'href'>) => (haus ? <a href={imHaus(haus, pfad)} {...rest} /> : <Link to={pfad} {...rest} />);
/** In whose house a row lies; nothing in the own. */
export const Hausmarke = ({ haus, kurz = false }: { haus: Haus | null; kurz?: boolean }) => haus && <span className="va-haus"><Kuerzel mandant={haus} />{!kurz && <span aria-hidden="true">{haus.name}</span>}</span>;

/** What is missing of a list made of several houses. */
export function FehlendeHaeuser({ haeuser }: { haeuser: readonly Hausstand[] }) {
  const namen = (stand: Hausstand['stand']) => haeuser.filter((h) => h.stand === stand).map((h) => h.name).join(', ');
  const [fehlt, mehr] = [namen('nicht_erreichbar'), namen('ausgelassen')];
  return <>{fehlt && <Hinweis ton="warnung">{t('fehlt', fehlt)}</Hinweis>}{mehr && <Hinweis>{t('mehr', mehr)}</Hinweis>}</>;
}
