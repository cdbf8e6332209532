import { z } from 'zod';
import { get, operations, post, put } from '#platform/contract.ts';
import { flag, listAnswer, listQuery } from '#platform/list-contract.ts';

/** nicht: not at all · postfach: at the bell · sofort: and by e-mail at once · taeglich: and by one e-mail in the morning */
export const Weg = z.enum(['nicht', 'postfach', 'sofort', 'taeglich']);
export type Weg = z.infer<typeof Weg>;

export const Benachrichtigung = z.object({
  id: z.uuid(), anlass: z.string(), text: z.string(),
  /** Address of the object in the web; null: the reader may not see it any more. */
  pfad: z.string().nullable(), erstellt: z.iso.datetime(), gelesen: z.boolean(),
});
export const Einstellung = z.object({ anlass: z.string(), titel: z.string(), weg: Weg });
const Einstellungen = z.object({ eintraege: z.array(Einstellung), email: z.string().nullable() });

export const api = operations({
  listBenachrichtigungen: get('/benachrichtigungen', { summary: 'Meine Benachrichtigungen', access: 'angemeldet', selbst: true, query: listQuery(['-erstellt'], { ungelesen: flag.optional() }), returns: listAnswer(Benachrichtigung) }),
  updateBenachrichtigungen: post('/benachrichtigungen/gelesen', { summary: 'Benachrichtigungen als gelesen vermerken; ohne ids alle', access: 'angemeldet', selbst: true, body: z.object({ ids: z.array(z.uuid()).max(200).optional() }), returns: z.object({ ungelesen: z.int() }) }),
  getBenachrichtigungseinstellungen: get('/benachrichtigungen/einstellungen', { summary: 'Worüber und auf welchem Weg ich benachrichtigt werde', access: 'angemeldet', selbst: true, returns: Einstellungen }),
  updateBenachrichtigungseinstellung: put('/benachrichtigungen/einstellungen', { summary: 'Weg für einen Anlass wählen', access: 'angemeldet', selbst: true, body: z.object({ anlass: z.string().min(1).max(100), weg: Weg }), returns: Einstellungen }),
});
