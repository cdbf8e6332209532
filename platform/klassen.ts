/** Protected classes: need to know, every read is recorded, and a Betreff only for those who may read. */
export const klassen = ['personal', 'sozial', 'gesundheit', 'steuer', 'personalrat', 'vs_nfd'] as const;
export type Klasse = (typeof klassen)[number];
export const klassennamen: Record<Klasse, string> = { personal: 'Personaldaten', sozial: 'Sozialdaten', gesundheit: 'Gesundheitsdaten', steuer: 'Steuerdaten', personalrat: 'Personalrat', vs_nfd: 'VS-NfD' };
