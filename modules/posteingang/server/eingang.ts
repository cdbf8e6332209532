import { defineErrors } from '#platform/server/errors.ts';
import { offene, type Eingangsstatus } from '../contract.ts';

export const PosteingangErrors = defineErrors('posteingang', {
  schon_abgelegt: { status: 409, title: 'Jemand anderes hat diesen Eingang inzwischen abgelegt' },
  schon_zurueckgewiesen: { status: 409, title: 'Dieser Eingang ist zurückgewiesen; zum Ablegen bitte erst die Zurückweisung aufheben' },
  schon_weitergeleitet: { status: 409, title: 'Dieser Eingang ist nach außen weitergeleitet; bitte ihn erst wieder aufnehmen' },
  schon_in_bearbeitung: { status: 409, title: 'Jemand anderes hat diesen Eingang in Bearbeitung' },
  vernichtet: { status: 409, title: 'Der Inhalt dieses Eingangs ist nach Ablauf der Frist vernichtet' },
  nicht_in_bearbeitung: { status: 409, title: 'Dieser Eingang ist nicht in Bearbeitung' },
  nur_personen: { status: 422, title: 'In Bearbeitung nehmen können nur Personen' },
  wohin_fehlt: { status: 422, title: 'Dieser Eingang lag noch in keinem anderen Korb; bitte angeben, wohin er gehört' },
  ausnahme_unbekannt: { status: 422, title: 'Diese Ausnahme gibt es nicht mehr' },
  ausnahme_doppelt: { status: 409, title: 'Eine Ausnahme mit dieser Bezeichnung gibt es schon', constraint: 'ausnahme_bezeichnung_eindeutig' },
  schon_ausgefuehrt: { status: 409, title: 'Diese Liste ist schon ausgeführt' },
  schon_beantragt: { status: 409, title: 'Die Vernichtung ist schon beantragt; eine zweite Person muss sie bestätigen' },
  nicht_beantragt: { status: 409, title: 'Diese Vernichtung hat noch niemand beantragt' },
  eigener_antrag: { status: 409, title: 'Den eigenen Antrag kann niemand bestätigen; eine zweite Person muss die Liste sehen' },
  aus_einer_hand: { status: 409, title: 'Eines der beiden Konten hat in den letzten 30 Tagen das andere eingerichtet: Das sind keine zwei Personen. Bestätigen muss jemand anderes' },
  nicht_erledigt: { status: 409, title: 'Dieser Eingang ist noch offen' },
  datei_leer: { status: 422, title: 'Die Datei ist leer; bitte prüfen, ob sie ganz übertragen wurde' },
  korb_fehlt: { status: 422, title: 'Bitte angeben, welche Organisationseinheit zuständig ist' },
  absender_fehlt: { status: 422, title: 'Zum Ablegen braucht der Eingang einen Absender' },
  inhalt_schon_eingegangen: { status: 409, title: 'Aus dieser hochgeladenen Datei wurde schon ein Eingang', constraint: 'eingang_inhalt_einmal' },
});

export const isOffen = (status: Eingangsstatus) => (offene as readonly Eingangsstatus[]).includes(status);
export const formatNummer = (jahr: number, lfdNr: number) => `PE ${jahr}-${String(lfdNr).padStart(6, '0')}`;

/** A title for people from the name of a file: without path, ending and underscores. */
export function betreffAus(dateiname: string): string {
  const name = dateiname.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[_]+/g, ' ').trim();
  return (name || dateiname).slice(0, 500);
}

const ORGANISATION = /\b(gmbh|mbh|ag|kg|ohg|gbr|ug|se|e\. ?v\.|e\. ?g\.|verein|verband|stiftung|kammer|genossenschaft|bank|sparkasse|versicherung|stadt|landkreis|kreis|gemeinde|samtgemeinde|bezirk|land|bund|amt|ministerium|gericht|staatsanwaltschaft|polizei|behörde|büro|kanzlei|praxis|institut|universität|hochschule|schule|klinik|werke?|betrieb|verwaltung|zentrum|agentur|gesellschaft|gruppe|partner)\b|(amt|werke|büro|gericht|verwaltung|verband|behörde|bank|kasse|stelle|ministerium|gesellschaft)(?=\b)/iu;
/** Whether a name is rather that of a person or of an organisation; only a default that people can change. */
export const absenderArtVon = (name: string): 'person' | 'organisation' => (ORGANISATION.test(name) ? 'organisation' : 'person');

/** The Kontakt that »schriftgut« keeps of an Absender given in one line. A name is taken apart only where it is plain. */
export function absenderKontakt(name: string, art: 'person' | 'organisation' | null) {
  const text = name.normalize('NFC').trim().replace(/\s+/g, ' ');
  if ((art ?? absenderArtVon(text)) === 'organisation') return { art: 'absender' as const, institution: text };
  const [nach = '', vor] = text.split(/, ?/, 2);
  if (vor && !text.includes(',', nach.length + 1)) return { art: 'absender' as const, vorname: vor, familienname: nach };
  const [, vorname, familienname] = /^(\p{Lu}[\p{L}\p{M}'-]+) (\p{Lu}[\p{L}\p{M}'-]+)$/u.exec(text) ?? [];
  return vorname && familienname ? { art: 'absender' as const, vorname, familienname } : { art: 'absender' as const, familienname: text };
}
