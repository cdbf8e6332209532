import { defineErrors } from '#platform/server/errors.ts';

export const FreigabeErrors = defineErrors('freigabe', {
  subjekt_unbekannt: { status: 422, title: 'Wem das freigegeben werden soll, gibt es hier nicht' },
  selbst: { status: 409, title: 'Sich selbst kann niemand etwas freigeben; bitte jemand anderen darum' },
});
export const SchutzbereichErrors = defineErrors('schutzbereich', {
  wurzel: { status: 409, title: 'Über dem obersten Schutzbereich ist nichts, was er erben könnte' },
});
