import type { Akteur } from '#platform/server/context.ts';

/** To whom a Freigabe is given. */
export type SubjektArt = 'oe' | 'rolle' | 'person';
/** To whom a single object can be given: also to somebody of another Mandant, by their id there or that of their OE. */
export type ObjektsubjektArt = SubjektArt | 'gast';
export type Subjekte = { person: string[]; rolle: string[]; oe: string[]; gast: string[] };

/**
 * By the ids of persons: a machine has that of its Benutzer, and reaches what he reaches; a Vertretung reaches what the absent person reaches. A guest
 * has nothing here but what was given to guests.
 */
export const subjekteOf = ({ art, id, vertretenId, umfang, rollen, organisationseinheiten }: Akteur): Subjekte => (art === 'gast'
  ? { person: [], rolle: [], oe: [], gast: [id, ...organisationseinheiten] }
  : { person: umfang?.persoenlich === false ? [] : [vertretenId ?? id], rolle: [...rollen], oe: [...organisationseinheiten], gast: [] });
export const idsOf = ({ person, rolle, oe, gast }: Subjekte) => [...person, ...rolle, ...oe, ...gast];
export const arten = ({ gast }: Subjekte): ObjektsubjektArt[] => (gast.length ? ['gast'] : ['person', 'rolle', 'oe']);
