import { sql } from 'kysely';
import type { Aktenplanbelegung } from '#modules/aktenplan/server/index.ts';
import type { Inhaltsverwendung, Schutzobjekt } from '#platform/server/extension.ts';
import type { Stufe } from '#platform/server/policy.ts';
import { tables } from '#platform/server/tx.ts';
import { readBereich } from './bereich.ts';
import { isEtwasEingestuft } from './einstufung.ts';
import { getAktenKurz, getDokumenteKurz, getVorgaengeKurz } from './kurz.ts';
import { aktePolicy, dokumentPolicy, vorgangPolicy } from './policy.ts';
import type { SchriftgutTables } from './tables.gen.ts';

const db = tables<SchriftgutTables>();

/** The Recht that stands for a Stufe where somebody asks for that alone. */
const rechtFuer = <T extends string>(typ: T) => (stufe: Stufe) => `${typ}.${stufe}` as const;

export const schutzobjekte: Schutzobjekt[] = [
  {
    typ: 'akte', label: 'Akte',
    kurz: async (tx, ids) => new Map([...await getAktenKurz(tx, ids)].map(([id, a]) => [id, { titel: a.betreff, kennzeichen: a.aktenzeichen, pfad: `/akten/${id}`, geschuetzt: a.geschuetzt }])),
    authorize: async (tx, stufe, id) => ({ schutzId: (await aktePolicy.authorize(tx, rechtFuer('akte')(stufe), id)).schutz_id }),
    sichtbare: async (tx) => db.read(tx).selectFrom('schriftgut.akte').select('id').where(await aktePolicy.visible(tx, 'akte.sehen')),
    bereich: (tx, ids) => readBereich(tx, 'akte', ids),
    eingestuft: (tx, schutzIds) => isEtwasEingestuft(tx, 'schriftgut.akte', schutzIds),
    auskunft: { ...aktePolicy.auskunft, recht: rechtFuer('akte') },
  },
  {
    typ: 'vorgang', label: 'Vorgang',
    kurz: async (tx, ids) => new Map([...await getVorgaengeKurz(tx, ids)].map(([id, v]) => [id, { titel: v.betreff, kennzeichen: v.kennzeichen, pfad: `/vorgaenge/${id}`, geschuetzt: v.geschuetzt }])),
    authorize: async (tx, stufe, id) => ({ schutzId: (await vorgangPolicy.authorize(tx, rechtFuer('vorgang')(stufe), id)).schutz_id }),
    sichtbare: async (tx) => db.read(tx).selectFrom('schriftgut.vorgang').select('id').where(await vorgangPolicy.visible(tx, 'vorgang.sehen')),
    bereich: (tx, ids) => readBereich(tx, 'vorgang', ids),
    eingestuft: (tx, schutzIds) => isEtwasEingestuft(tx, 'schriftgut.vorgang', schutzIds),
    auskunft: { ...vorgangPolicy.auskunft, recht: rechtFuer('vorgang') },
  },
  {
    typ: 'dokument', label: 'Dokument',
    kurz: async (tx, ids) => new Map([...await getDokumenteKurz(tx, ids)].map(([id, d]) => [id, { titel: d.betreff, kennzeichen: d.kennzeichen, pfad: `/dokumente/${id}`, geschuetzt: d.geschuetzt }])),
    authorize: async (tx, stufe, id) => ({ schutzId: (await dokumentPolicy.authorize(tx, rechtFuer('dokument')(stufe), id)).schutz_id }),
    sichtbare: async (tx) => db.read(tx).selectFrom('schriftgut.dokument').select('id').where(await dokumentPolicy.visible(tx, 'dokument.sehen')),
    bereich: (tx, ids) => readBereich(tx, 'dokument', ids),
    eingestuft: (tx, schutzIds) => isEtwasEingestuft(tx, 'schriftgut.dokument', schutzIds),
    auskunft: { ...dokumentPolicy.auskunft, recht: rechtFuer('dokument') },
  },
];

export const inhaltsverwendung: Inhaltsverwendung = {
  typ: 'dokument',
  async find(tx, inhaltIds) {
    if (!inhaltIds.length) return new Map();
    const rows = await db.read(tx).selectFrom('schriftgut.format').select(['inhalt_id', 'dokument_id']).distinct().where('inhalt_id', 'in', [...inhaltIds]).execute();
    return new Map([...Map.groupBy(rows, (r) => r.inhalt_id)].map(([id, uses]) => [id, uses.map((u) => u.dokument_id)]));
  },
  authorizeLesen: (tx, id) => dokumentPolicy.authorize(tx, 'dokument.lesen', id),
};

export const aktenplanBelegung: Aktenplanbelegung = {
  async count(tx, einheitIds, alle) {
    if (!einheitIds.length) return new Map();
    const rows = await db.read(tx).selectFrom('schriftgut.akte').select(['aktenplaneinheit_id', sql<number>`count(*)`.as('anzahl')]).where('aktenplaneinheit_id', 'in', [...einheitIds]).where('parent_id', 'is', null)
      .$if(!alle, (q) => q.where('storniert_am', 'is', null)).where(alle ? () => sql<boolean>`true` : await aktePolicy.visible(tx, 'akte.sehen')).groupBy('aktenplaneinheit_id').execute();
    return new Map(rows.map((r) => [r.aktenplaneinheit_id, r.anzahl]));
  },
  async move(tx, quellen, ziel) {
    if (!quellen.length) return 0;
    const rows = await db.write(tx).updateTable('schriftgut.akte').set((eb) => ({ aktenplaneinheit_id: ziel, version: eb('version', '+', 1), geaendert_am: new Date() })).where('aktenplaneinheit_id', 'in', [...quellen]).returning(['id', 'parent_id']).execute();
    if (rows.length) await tx.record({ art: 'akte.umgeordnet', objekte: { akte: rows.map((r) => r.id), aktenplaneinheit: ziel }, daten: { anzahl: rows.length } });
    return rows.filter((r) => r.parent_id === null).length;
  },
};
