import { Conflict, defineErrors } from '#platform/server/errors.ts';
import { formatZeit } from '#platform/server/zeit.ts';

export const VerbundErrors = defineErrors('verbundfreigabe', {
  verwaltung_nicht_da: { status: 409, title: 'Diese Verwaltung gehört nicht (mehr) zum Verbund oder ist stillgelegt' },
  eigene_verwaltung: { status: 422, title: 'In der eigenen Verwaltung wird über Schutzbereiche freigegeben, nicht über den Verbund' },
  empfaenger_unbekannt: { status: 422, title: 'Diese Stelle oder Person kann dort nicht (mehr) angesprochen werden' },
  zeitraum_verkehrt: { status: 422, title: 'Das Ende muss nach dem Anfang liegen und in der Zukunft' },
  zu_lang: { status: 422, title: 'Geteilt wird höchstens für zwei Jahre; danach wird neu entschieden' },
  schon_beendet: { status: 409, title: 'Das Teilen ist schon beendet' },
});
/** Says until when it is shared already: what was given stays what it is until somebody ends it. */
export const SchonGeteilt = ({ empfaenger, stufe, von, bis }: { empfaenger: string; stufe: string; von: string; bis: string }, jetzt: Date) =>
  Conflict('verbundfreigabe.schon_geteilt', `Das ist mit ${empfaenger} schon geteilt: Stufe „${stufe}“${new Date(von) > jetzt ? ` ab ${tag(von)}` : ''} bis ${tag(bis)}. Soll etwas anderes gelten, beenden Sie diese Freigabe zuerst; sonst wählen Sie einen Zeitraum danach`, { von, bis });
const tag = (zeit: string) => formatZeit(new Date(zeit), { dateStyle: 'medium' });

export const NotzugriffErrors = defineErrors('notzugriff', {
  eigener_antrag: { status: 409, title: 'Den eigenen Notzugriff kann niemand genehmigen; eine zweite Person muss ihn sehen' },
  aus_einer_hand: { status: 409, title: 'Eines der beiden Konten hat in den letzten 30 Tagen das andere eingerichtet, oder dieselbe Person beide: Das sind keine zwei Personen. Genehmigen kann jemand anderes oder die Administration der Verwaltung' },
  schon_entschieden: { status: 409, title: 'Über diesen Notzugriff ist schon entschieden' },
  schon_beendet: { status: 409, title: 'Dieser Notzugriff ist schon beendet' },
  verwaltung_nicht_da: { status: 409, title: 'Diese Verwaltung gehört nicht (mehr) zum Verbund oder ist stillgelegt' },
});

export const HOECHSTENS_TAGE = 731;
export type Seite = 'eigner' | 'empfaenger';
type Zeitraum = { von: string; bis: string; beendet_am: string | null };

/** Where a shared thing stands at that moment. */
export function zustandOf({ von, bis, beendet_am }: Zeitraum, jetzt: Date): 'kuenftig' | 'laeuft' | 'abgelaufen' | 'beendet' {
  if (beendet_am !== null) return 'beendet';
  if (jetzt < new Date(von)) return 'kuenftig';
  return jetzt < new Date(bis) ? 'laeuft' : 'abgelaufen';
}

/** Begins now or later, ends later than it begins, in at most two years. */
export function requireZeitraum(von: Date, bis: Date, jetzt: Date): void {
  if (bis <= von || bis <= jetzt) throw VerbundErrors.zeitraum_verkehrt();
  if (bis.getTime() - von.getTime() > HOECHSTENS_TAGE * 86_400_000) throw VerbundErrors.zu_lang();
}

type Notzugriffszeit = { von: string | null; bis: string | null; beendet: string | null };
export function notzugriffszustandOf({ von, bis, beendet }: Notzugriffszeit, jetzt: Date): 'beantragt' | 'abgelehnt' | 'laeuft' | 'beendet' {
  if (von === null) return beendet === null ? 'beantragt' : 'abgelehnt';
  return beendet === null && jetzt < new Date(bis!) ? 'laeuft' : 'beendet';
}
