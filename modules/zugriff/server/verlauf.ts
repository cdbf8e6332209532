import type { VerlaufEreignis } from '#platform/server/extension.ts';

const STUFEN: Record<string, string> = { sehen: 'sehen', lesen: 'lesen', bearbeiten: 'bearbeiten', verwalten: 'verwalten' };

/** What each Ereignis of this module says in a history; ids in `daten` have been replaced by names where they are known. */
export const verlaufstexte: Record<string, (e: VerlaufEreignis) => string> = {
  'schutzbereich.angelegt': ({ objekte }) => ((objekte.schutzbereich?.length ?? 0) > 1 ? `hat ${objekte.schutzbereich!.length} Schutzbereiche angelegt` : 'hat einen Schutzbereich angelegt'),
  'schutzbereich.geaendert': () => 'hat einen Schutzbereich geändert',
  'freigabe.erteilt': ({ daten }) => `hat für ${daten.subjekt} die Freigabe „${STUFEN[daten.stufe as string]}“ erteilt`,
  'freigabe.entzogen': ({ daten }) => `hat für ${daten.subjekt} die Freigabe „${STUFEN[daten.stufe as string]}“ entzogen`,
};
