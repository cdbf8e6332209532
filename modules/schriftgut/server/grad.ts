import type { z } from 'zod';
import type { Geheimhaltungswunsch } from '../contract/grundlagen.ts';
import { SchriftgutErrors } from './errors.ts';

/** Grades above VS-NfD have no place in this system (BE-04). */
export function gradVon(wunsch: z.output<typeof Geheimhaltungswunsch> | undefined) {
  if (wunsch !== undefined && wunsch !== 'offen' && wunsch !== 'vs_nfd') throw SchriftgutErrors.grad_zu_hoch();
  return wunsch;
}
