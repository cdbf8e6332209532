import type { z } from 'zod';
import type { api } from '../contract.ts';

/** The counts at the rail are asked on every page: their operation by name alone, so that the contract (and zod) need not be loaded first. */
export const zahlen = { operationId: 'getPosteingang', method: 'GET', path: '/posteingang', summary: '', access: 'eingang.sehen', returns: undefined as never } as unknown as typeof api.getPosteingang;
export type Zahlen = z.output<typeof api.getPosteingang.returns>;
