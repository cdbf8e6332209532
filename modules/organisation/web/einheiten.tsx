import { useQuery } from '@tanstack/react-query';
import type { SelectHTMLAttributes, ReactNode } from 'react';
import type { Answer } from '#platform/contract.ts';
import { call } from '#platform/web/client.ts';
import { Select, type Ton } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { datum, tagVon } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';

export type Einheit = Answer<typeof api.getOrganisationseinheit>;

/** All OEs of the Mandant, page by page: some hundred at most. */
export const useEinheiten = ({ nurGueltige = true }: { nurGueltige?: boolean } = {}) => useQuery({
  queryKey: [api.listOrganisationseinheiten.operationId, 'alle', nurGueltige], staleTime: 30_000,
  async queryFn({ signal }) {
    const alle: Einheit[] = [];
    for (let cursor: string | undefined; ;) {
      const seite = await call(api.listOrganisationseinheiten, { query: { limit: 200, ...(nurGueltige && { gueltig: 'true' as const }), ...(cursor && { cursor }) } }, signal);
      alle.push(...seite.eintraege);
      if (!seite.weiter) return alle;
      cursor = seite.weiter;
    }
  },
});

const s = katalog({ aufgeloest: [(tag: string) => `aufgelöst am ${tag}`, (tag: string) => `dissolved on ${tag}`], endet: [(tag: string) => `endet am ${tag}`, (tag: string) => `ends on ${tag}`], beginnt: [(tag: string) => `gilt ab ${tag}`, (tag: string) => `valid from ${tag}`] });
/** What is to be said of a unit that has not always been and will not always be; undefined for the others. */
export function gueltigkeit({ gueltig, gueltigAb, gueltigBis }: Einheit): { ton: Ton; wort: string } | undefined {
  if (gueltigAb && gueltigAb > tagVon(new Date())) return { ton: 'info', wort: s('beginnt', datum(gueltigAb)) };
  if (gueltigBis) return gueltig ? { ton: 'warnung', wort: s('endet', datum(gueltigBis)) } : { ton: 'neutral', wort: s('aufgeloest', datum(gueltigBis)) };
  return undefined;
}

export type Ast = { einheit: Einheit; ebene: number; kinder: Ast[] };
/** The forest in the order of the list; what has lost its parent (ended, filtered) stands at the top. */
export function baumVon(einheiten: readonly Einheit[]): Ast[] {
  const da = new Set(einheiten.map((e) => e.id));
  const unter = Map.groupBy(einheiten, (e) => (e.parentId && da.has(e.parentId) ? e.parentId : ''));
  const aeste = (id: string, ebene: number): Ast[] => (unter.get(id as never) ?? []).map((einheit) => ({ einheit, ebene, kinder: aeste(einheit.id, ebene + 1) }));
  return aeste('', 0);
}
export const flach = (aeste: readonly Ast[]): Ast[] => aeste.flatMap((ast) => [ast, ...flach(ast.kinder)]);

type Props = { label: ReactNode; leer?: string; ausser?: ReadonlySet<string>; hinweis?: ReactNode; fehler?: string | undefined; versteckt?: boolean; freiwillig?: boolean; breit?: boolean } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'>;
/** Choose an OE: a native select in the order of the tree, lower ones indented. */
export function OrganisationseinheitWahl({ ausser, ...rest }: Props) {
  const { data = [] } = useEinheiten({ nurGueltige: false });
  // What is chosen already is named, whether it is valid today or not.
  const wahl = flach(baumVon(data.filter((e) => e.gueltig || e.id === rest.value))).filter(({ einheit }) => !ausser?.has(einheit.id)).map(({ einheit: { id, kennzeichen, bezeichnung }, ebene }) => ({ wert: id as string, titel: `${'\u2003'.repeat(ebene)}${kennzeichen} ${bezeichnung}` }));
  return <Select {...rest} wahl={wahl} />;
}
