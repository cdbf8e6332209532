import { abweichungenOhneGrund, type Stufenwerte } from '#modules/aktenplan/server/index.ts';
import { AkteErrors } from './errors.ts';

/** Whoever departs from what the Aktenplan, Akte or Vorgang above says gives the reason (AP-05). */
export function requireBegruendung(kette: readonly Stufenwerte[]) {
  const ohne = abweichungenOhneGrund(kette);
  if (ohne.length) throw AkteErrors.begruendung_fehlt({ felder: ohne });
}
