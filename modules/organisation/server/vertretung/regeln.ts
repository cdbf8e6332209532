import { defineErrors } from '#platform/server/errors.ts';

export const VertretungErrors = defineErrors('vertretung', {
  selbst: { status: 422, title: 'Niemand kann sich selbst vertreten' },
  zeitraum_verkehrt: { status: 422, title: 'Der letzte Tag liegt vor dem ersten' },
  in_der_vergangenheit: { status: 422, title: 'Eine Vertretung kann nicht in der Vergangenheit beginnen' },
  person_unbekannt: { status: 422, title: 'Diese Person gibt es hier nicht' },
  person_gesperrt: { status: 409, title: 'Der Zugang dieser Person ist gesperrt' },
  umfang_unpassend: { status: 422, title: 'Vertreten lässt sich nur, was die Person selbst hat: ihre Rollen, ihre Organisationseinheiten, ein bestehendes Sachgebiet' },
  klassen_nur_selbst: { status: 422, title: 'Geschützte Klassen gibt nur die vertretene Person selbst in eine Vertretung' },
  nicht_an_sich: { status: 409, title: 'Eine Vertretung für andere kann niemand an sich selbst geben; bitte jemand anderen darum' },
  schon_vertretung: { status: 409, title: 'Diese Person vertritt in dieser Zeit schon; beenden Sie zuerst die bestehende Vertretung oder wählen Sie eine andere Zeit' },
  im_kreis: { status: 409, title: 'Die beiden würden sich in derselben Zeit gegenseitig vertreten' },
  vertreter_abwesend: { status: 409, title: 'Diese Person wird in dieser Zeit selbst vertreten; eine Vertretung der Vertretung gibt es nicht' },
  rang_vergeben: { status: 409, title: 'An dieser Stelle der Reihenfolge steht in dieser Zeit schon jemand' },
  schon_vorn: { status: 409, title: 'Vor dieser Vertretung steht niemand' },
  einheit_aufgeloest: { status: 409, title: 'Diese Organisationseinheit ist aufgelöst; in ihr gibt es nichts mehr zu vertreten' },
  zu_viele: { status: 409, title: 'Mehr als neun Vertretungen zugleich sind nicht möglich' },
  schon_beendet: { status: 409, title: 'Diese Vertretung ist schon beendet' },
});

/** Days, both included; `bis` null: until it is ended. */
export type Zeitraum = { readonly von: string; readonly bis: string | null };
export const umfangarten = ['alles', 'rolle', 'oe', 'sachgebiet'] as const;
export type Umfang = { readonly art: (typeof umfangarten)[number]; readonly ids: readonly string[] };
export type Eintrag = { readonly benutzerId: string; readonly vertreterId: string; readonly rang: number; readonly zeitraum: Zeitraum; readonly umfang: Umfang };

const ENDE = '9999-12-31';
export const isZugleich = (a: Zeitraum, b: Zeitraum) => a.von <= (b.bis ?? ENDE) && b.von <= (a.bis ?? ENDE);
/** Whether two cover the same in part. Of different kinds nobody can say that they do not. */
export const isSelberUmfang = (a: Umfang, b: Umfang) => a.art !== b.art || a.art === 'alles' || a.ids.some((id) => b.ids.includes(id));
const ihre = <E extends Eintrag>(alle: readonly E[], { benutzerId, zeitraum, umfang }: Omit<Eintrag, 'rang'>) => alle.filter((e) => e.benutzerId === benutzerId && isZugleich(e.zeitraum, zeitraum) && isSelberUmfang(e.umfang, umfang));

export const isRangVergeben = (v: Eintrag, alle: readonly Eintrag[]) => ihre(alle, v).some((e) => e.rang === v.rang);
/** Behind all with whom it would share time and extent. */
export const naechsterRang = (alle: readonly Eintrag[], neu: Omit<Eintrag, 'rang'>) => Math.max(0, ...ihre(alle, neu).map((e) => e.rang)) + 1;

/**
 * What stands against it. `alle`: those not ended, at least of both people. Nobody who is represented himself represents anybody, so that no Vertretung hands
 * on another's and none closes a ring; that somebody who represents falls ill later is no obstacle: the next in order takes over.
 */
export function findHindernis(neu: Eintrag, alle: readonly Eintrag[], heute: string): Exclude<keyof typeof VertretungErrors, 'byConstraint'> | undefined {
  const { benutzerId, vertreterId, zeitraum } = neu;
  if (benutzerId === vertreterId) return 'selbst';
  if (zeitraum.bis !== null && zeitraum.bis < zeitraum.von) return 'zeitraum_verkehrt';
  if (zeitraum.von < heute) return 'in_der_vergangenheit';
  const zugleich = alle.filter((e) => isZugleich(e.zeitraum, zeitraum));
  if (zugleich.some((e) => e.benutzerId === benutzerId && e.vertreterId === vertreterId)) return 'schon_vertretung';
  if (zugleich.some((e) => e.benutzerId === vertreterId && e.vertreterId === benutzerId)) return 'im_kreis';
  if (zugleich.some((e) => e.benutzerId === vertreterId)) return 'vertreter_abwesend';
  if (neu.rang > 9) return 'zu_viele';
  if (isRangVergeben(neu, alle)) return 'rang_vergeben';
  return undefined;
}

const davor = <E extends Eintrag>(v: Eintrag, alle: readonly E[]) => ihre(alle, v).filter((e) => e.rang < v.rang);
/** Who stands directly before it in the order. */
export const findDavor = <E extends Eintrag>(v: Eintrag, alle: readonly E[]): E | undefined => davor(v, alle).toSorted((a, b) => b.rang - a.rang)[0];
/** Its place among those with whom it shares time and extent: who stood before them alone, or has ended, is nobody before it. */
export const stelleOf = (v: Eintrag, alle: readonly Eintrag[]): number => new Set(davor(v, alle).map((e) => e.rang)).size + 1;

/** The next in order act only while all before them cannot: `verhindert` because represented themselves, or locked. `laufende`: those of today. */
export const findVorrangige = <E extends Eintrag>(v: Eintrag, laufende: readonly E[], verhindert: (personId: string) => boolean): E[] =>
  laufende.filter((e) => e.benutzerId === v.benutzerId && e.rang < v.rang && isSelberUmfang(e.umfang, v.umfang) && !verhindert(e.vertreterId));
