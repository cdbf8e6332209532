import type { api } from '../contract.ts';

/** The number at the rail is asked on every page: its operation by name alone, so that the contract (and zod) need not be loaded first. */
export const stapelzahl = { operationId: 'listStapel', method: 'GET', path: '/scanstelle/stapel', summary: '', access: 'scanstapel.sehen', returns: undefined as never } as unknown as typeof api.listStapel;
