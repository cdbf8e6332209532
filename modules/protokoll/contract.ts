import { operations } from '#platform/contract.ts';

export const api = operations({});
