import { z } from 'zod';

const zeit = z.iso.datetime({ offset: true });
/** Who tells it; written by the database. */
const absenderId = z.uuid();

/** A shared thing as its owner tells it to the other side: all of it every time, so that a repetition changes nothing. */
export const Freigabenachricht = z.object({
  absenderId, id: z.uuid(), objektTyp: z.enum(['akte', 'vorgang', 'dokument']), objektId: z.uuid(), kennzeichen: z.string().nullable(), empfaengerArt: z.enum(['oe', 'person']), empfaengerId: z.uuid(), empfaengerName: z.string(),
  stufe: z.enum(['sehen', 'lesen', 'bearbeiten']), zweck: z.string(), von: zeit, bis: zeit, beendetAm: zeit.nullable(), beendetSeite: z.enum(['eigner', 'empfaenger']).nullable(),
});
export const Beendigung = z.object({ absenderId, id: z.uuid(), am: zeit });
export const Notzugriffsnachricht = z.object({
  absenderId, id: z.uuid(), zielId: z.uuid(), antragstellerId: z.uuid(), antragstellerName: z.string(), grund: z.string(), stunden: z.number().int(), beantragt: zeit,
  entschiedenVon: z.uuid().nullable(), entschiedenName: z.string().nullable(), von: zeit.nullable(), bis: zeit.nullable(), beendet: zeit.nullable(),
});

export const Zugriffsnachricht = z.object({
  absenderId, operation: z.string(), akteurId: z.uuid(), weg: z.enum(['web', 'api']), korrelationId: z.uuid(), objekte: z.array(z.object({ typ: z.string(), id: z.uuid(), art: z.enum(['gesehen', 'gelesen']) })),
});

/** The jobs as the queue knows them; their work is in jobs.ts. */
export const spiegelnJob = { name: 'verbund.spiegeln', payload: Freigabenachricht } as const;
export const beendenJob = { name: 'verbund.beenden', payload: Beendigung } as const;
export const zugriffJob = { name: 'verbund.zugriff', payload: Zugriffsnachricht } as const;
export const notzugriffJob = { name: 'verbund.notzugriff', payload: Notzugriffsnachricht } as const;
