import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vererbbareFelder, type Vererbbar } from '../contract.ts';
import { abweichungenOhneGrund, belegungshindernisse, sortierung, wirksameWerte, type Stufenwerte } from '../server/einheit.ts';

const nothing: Vererbbar = { aussonderungsart: null, aufbewahrungsdauer: null, vertraulichkeit: null, schutzklasse: null };
const werte: fc.Arbitrary<Vererbbar> = fc.record({
  aussonderungsart: fc.constantFrom(null, null, 'A', 'B', 'V', 'nach Absprache'), aufbewahrungsdauer: fc.constantFrom(null, null, 0, 10, 30, 'unbefristet' as const),
  vertraulichkeit: fc.constantFrom(null, null, 'offen' as const, 'vs_nfd' as const), schutzklasse: fc.constantFrom(null, null, 'keine' as const, 'sozial' as const),
});
/** A random tree: each node's parent is an earlier node. */
const tree = fc.array(fc.record({ parent: fc.nat(), werte, gruende: fc.constantFrom({}, { aussonderungsart: 'anders vereinbart' }) }), { minLength: 1, maxLength: 40 })
  .map((nodes) => nodes.map((n, i) => ({ ...n, id: `n${i}`, bezeichnung: `Einheit ${i}`, parent: i === 0 ? null : n.parent % i })));
type Node = { parent: number | null } & Stufenwerte;
const chain = (nodes: readonly Node[], i: number): Node[] => { const node = nodes[i]!; return node.parent === null ? [node] : [...chain(nodes, node.parent), node]; };

test('AP-05: over any tree the value in force is the own one, else the one in force at the upper unit, with its origin', () => {
  fc.assert(fc.property(tree, (nodes) => {
    for (const [i, node] of nodes.entries()) {
      const here = wirksameWerte(chain(nodes, i));
      const above = node.parent === null ? undefined : wirksameWerte(chain(nodes, node.parent));
      for (const feld of vererbbareFelder) {
        if (node.werte[feld] !== null) expect(here[feld]).toEqual({ wert: node.werte[feld], herkunft: { id: node.id, bezeichnung: node.bezeichnung }, grund: (node.gruende as Stufenwerte['gruende'])[feld] ?? null });
        else expect(here[feld]).toEqual(above?.[feld] ?? { wert: null, herkunft: null, grund: null });
      }
    }
  }));
});

test('AP-05: a reason is asked for exactly where the own value differs from the inherited one', () => {
  fc.assert(fc.property(tree, (nodes) => {
    for (const [i, node] of nodes.entries()) {
      const above = node.parent === null ? undefined : wirksameWerte(chain(nodes, node.parent));
      const expected = vererbbareFelder.filter((f) => node.werte[f] !== null && above?.[f].wert != null && above[f].wert !== node.werte[f] && !(node.gruende as Stufenwerte['gruende'])[f]);
      expect(abweichungenOhneGrund(chain(nodes, i))).toEqual(expected);
    }
  }));
  const upper = { id: 'o', bezeichnung: '6', werte: { ...nothing, aufbewahrungsdauer: 10 }, gruende: {} };
  const eigene = { id: 'u', bezeichnung: '61', werte: { ...nothing, aufbewahrungsdauer: 30 }, gruende: {} };
  expect(abweichungenOhneGrund([upper, eigene])).toEqual(['aufbewahrungsdauer']);
  expect(abweichungenOhneGrund([upper, { ...eigene, gruende: { aufbewahrungsdauer: '§ 48 BauO' } }])).toEqual([]);
});

test('AP-04: every reason why no Akte may be created here', () => {
  expect(belegungshindernisse({ kinder: 0, gueltig: true, stillgelegt: false })).toEqual([]);
  expect(belegungshindernisse({ kinder: 2, gueltig: false, stillgelegt: true })).toEqual(['kein_blatt', 'nicht_gueltig', 'stillgelegt']);
});

test('the tree of a decimal plan in order', () => {
  const s0 = sortierung(null, '0'), s00 = sortierung(s0, '00'), s01 = sortierung(s0, '01'), s1 = sortierung(null, '1'), s10 = sortierung(s1, '10'), s2 = sortierung(null, '2'), s000 = sortierung(s00, '000');
  expect([s2, s10, s1, s01, s000, s00, s0].toSorted()).toEqual([s0, s00, s000, s01, s1, s10, s2]);
});
