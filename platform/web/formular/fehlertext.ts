import type { z } from 'zod';
import { katalog, zahl } from '../text.ts';

const t = katalog({
  fehlt: ['Bitte ausfüllen', 'Please fill in'], auswahl: ['Bitte eine der Möglichkeiten wählen', 'Please choose one of the options'],
  zuLang: [(n: number) => `Höchstens ${zahl(n)} Zeichen`, (n: number) => `At most ${zahl(n)} characters`], zuKurz: [(n: number) => `Mindestens ${zahl(n)} Zeichen`, (n: number) => `At least ${zahl(n)} characters`],
  zuGross: [(n: number) => `Höchstens ${zahl(n)}`, (n: number) => `At most ${zahl(n)}`], zuKlein: [(n: number) => `Mindestens ${zahl(n)}`, (n: number) => `At least ${zahl(n)}`],
  mindestens: [(n: number) => `Mindestens ${zahl(n)} wählen`, (n: number) => `Choose at least ${zahl(n)}`], hoechstens: [(n: number) => `Höchstens ${zahl(n)} wählen`, (n: number) => `Choose at most ${zahl(n)}`],
  zahl: ['Bitte eine Zahl eingeben', 'Please enter a number'], datum: ['Bitte ein Datum eingeben, zum Beispiel 26.11.2026', 'Please enter a date, for example 26.11.2026'],
  mail: ['Bitte eine E-Mail-Adresse eingeben', 'Please enter an e-mail address'], form: ['Das hat nicht die erwartete Form', 'This does not have the expected form'],
});

/** What zod found, in plain words. Our own messages of `refine` are kept. */
export function feldtext(problem: z.core.$ZodIssue): string {
  switch (problem.code) {
    case 'invalid_type': return problem.expected === 'number' ? t('zahl') : t('fehlt');
    case 'invalid_value': return t('auswahl');
    case 'too_small': {
      const n = Number(problem.minimum);
      return problem.origin === 'string' ? (n <= 1 ? t('fehlt') : t('zuKurz', n)) : problem.origin === 'array' ? t('mindestens', n) : t('zuKlein', n);
    }
    case 'too_big': return problem.origin === 'string' ? t('zuLang', Number(problem.maximum)) : problem.origin === 'array' ? t('hoechstens', Number(problem.maximum)) : t('zuGross', Number(problem.maximum));
    case 'invalid_format': return problem.format === 'email' ? t('mail') : problem.format === 'date' ? t('datum') : problem.format === 'uuid' ? t('auswahl') : problem.format === 'regex' && !problem.message.startsWith('Invalid') ? problem.message : t('form');
    case 'custom': return problem.message || t('form');
    default: return t('form');
  }
}
