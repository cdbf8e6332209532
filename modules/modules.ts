/** Table of contents of the product and its dependency order: a module may import only façades of modules listed above it. */
export const moduleNames = [
  'organisation',     // Verbund, Mandanten, Organisationseinheiten, Benutzer, Rollen, Anmeldung
  'zugriff',          // Schutzbereiche and Freigaben: who reaches what
  'aktenplan',        // Aktenplan, what it hands down, Aktenzeichen
  'ablage',           // content store: bytes, encrypted and synced before any row names them
  'schriftgut',       // Akte, Vorgang, Dokument, Version
  'aufbereitung',     // text, recognition, pictures and PDF of what is stored, by jobs
  'suche',            // full text and Aktenzeichen, under rights
  'vorschlagswesen',  // what a letter says of itself, and where letters like it were filed
  'posteingang',      // every letter: number, time, channel, basket, original; filed from here
  'scanstelle',       // paper: batches, pages, letters, Transfervermerk, where the paper lies and when it goes
  'gespraechsnotiz',  // what is said on the telephone and at the counter, as an Eingang
  'annahme',          // the door for Fachverfahren and portal: deliveries with a manifest, each exactly once
  'postfach',         // e-mail that arrives: mailboxes, addresses of Akten and Vorgänge
  'benachrichtigung', // news at the bell and by mail
  'schreibtisch',     // the start page: slots that modules above fill
  'protokoll',        // history in plain German, sealed and verifiable
  'verbund',          // what Mandanten share, guests, the operator's Notzugriff
  'betrieb',          // what an operator sees: jobs, storage, health
] as const;
