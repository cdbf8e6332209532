/**
 * The part of the address that names a context: `/fuer/<Vertretung>` or `/bei/<Mandant>`; empty in one's own. It is set once, by the load of the page:
 * entering and leaving is a full load, so that nothing of one context is kept in another.
 */
export const sichtPfad = /^\/(?:fuer|bei)\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\/|$)/.exec(globalThis.location?.pathname ?? '')?.[0] ?? '';
