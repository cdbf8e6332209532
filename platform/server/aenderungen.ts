export type Aenderung = { feld: string; alt: unknown; neu: unknown };

/** What a change changed, as it stands in an Ereignis (xdomea HistorienProtokollInformation: MetadatumName, AlterWert, NeuerWert). Fields absent from `neu` are untouched. */
export function diff<T extends object>(alt: T, neu: Partial<T>, felder: readonly (keyof T & string)[]): Aenderung[] {
  return felder.filter((feld) => neu[feld] !== undefined && JSON.stringify(alt[feld] ?? null) !== JSON.stringify(neu[feld] ?? null))
    .map((feld) => ({ feld, alt: alt[feld] ?? null, neu: neu[feld] ?? null }));
}
