import { katalog, mehrzahl } from '#platform/web/text.ts';
import type { Vertretung } from '../../contract.ts';
import { datum, heute } from '#platform/web/zeit.ts';

export const t = katalog({
  titel: ['Vertretung', 'Substitution'], neu: ['Vertretung planen', 'Plan a substitution'], anordnen: ['Vertretung anordnen', 'Order a substitution'], eintragen: ['Vertretung eintragen', 'Enter substitution'],
  mich: ['Wer mich vertritt', 'Who acts for me'], ich: ['Wen ich vertrete', 'For whom I act'], vorbei: ['Beendet', 'Over'],
  michLeer: ['Niemand vertritt Sie. Sind Sie bald nicht da, planen Sie Ihre Vertretung hier.', 'Nobody acts for you. If you will be away soon, plan it here.'], ichLeer: ['Sie vertreten zurzeit niemanden.', 'You act for nobody at present.'],
  wer: ['Wer fehlt?', 'Who is absent?'], durch: ['Wer vertritt?', 'Who substitutes?'], durchMich: ['Wer vertritt Sie?', 'Who substitutes you?'],
  von: ['Erster Tag', 'First day'], bis: ['Letzter Tag', 'Last day'], bisHilfe: ['leer: bis die Vertretung beendet wird', 'empty: until it is ended'], grund: ['Grund', 'Reason'], grundHilfe: ['Alle Beteiligten lesen ihn.', 'Everybody involved reads it.'],
  mehr: ['Umfang', 'Extent'], umfang: ['Was vertreten wird', 'What it covers'], alles: ['Alles, was die Person darf und erreicht', 'All the person may do and reach'], rolle: ['Nur bestimmte Rollen', 'Certain roles only'], oe: ['Nur bestimmte Organisationseinheiten', 'Certain units only'], sachgebiet: ['Nur bestimmte Sachgebiete', 'Certain subjects only'],
  rollen: ['Rollen', 'Roles'], einheiten: ['Organisationseinheiten', 'Units'], keine: ['Diese Person hat hier nichts davon.', 'This person has none of it here.'],
  klassen: ['Auch geschützte Klassen', 'Protected classes as well'], klassenText: ['Ohne Haken sieht die Vertretung nichts davon.', 'Without a tick the substitute sees nothing of it.'],
  immer: ['Rechte vergeben, Anträge genehmigen und weiter vertreten lassen kann niemand für andere.', 'Nobody can grant rights, approve requests or pass on the substitution for somebody else.'],
  geplant: ['geplant', 'planned'], laeuft: ['läuft', 'running'], wartet: ['wartet', 'waiting'], beendet: ['beendet', 'over'], beendetAm: [(tag: string) => `beendet am ${tag}`, (tag: string) => `ended on ${tag}`],
  zuerst: [(wer: string) => `an der Reihe, wenn auch ${wer} fehlt`, (wer: string) => `takes over when ${wer} is absent, too`], stelle: [(n: number) => `an ${n}. Stelle`, (n: number) => `position ${n}`],
  arbeiten: [(wen: string) => `Für ${wen} arbeiten`, (wen: string) => `Work for ${wen}`], vorziehen: ['Nach vorn', 'Move up'], beenden: ['Beenden', 'End'], eingetragenVon: [(wer: string) => `eingetragen von ${wer}`, (wer: string) => `entered by ${wer}`],
  frage: [(wer: string, wen: string) => `Vertretung von ${wen} durch ${wer} beenden?`, (wer: string, wen: string) => `End the substitution of ${wen} by ${wer}?`], frageText: ['Sie endet sofort, auch wenn die Vertretung gerade arbeitet. Was getan wurde, bleibt.', 'It ends at once, even while somebody works in it. What was done stays.'],
  eingetragen: [(wer: string, wann: string) => `${wer} vertritt ${wann}`, (wer: string, wann: string) => `${wer} substitutes ${wann}`], fuer: ['Für', 'For'], zeitraum: ['Zeitraum', 'Period'], stand: ['Stand', 'State'], aktion: ['Aktion', 'Action'], suchhilfe: ['Name', 'Name'],
  ohneKlassen: ['alles', 'everything'], undKlassen: [(n: number) => `auch ${mehrzahl(n, 'geschützte Klasse', 'geschützte Klassen')}`, (n: number) => `also ${mehrzahl(n, 'protected class', 'protected classes')}`], listeLeer: ['Niemand wird vertreten.', 'Nobody is substituted.'],
  heute: ['ab heute', 'from today'], ab: [(tag: string) => `ab ${tag}`, (tag: string) => `from ${tag}`], offen: ['bis auf Weiteres', 'until further notice'], vonBis: [(von: string, bis: string) => `${von} bis ${bis}`, (von: string, bis: string) => `${von} to ${bis}`],
  kurz: [(was: string) => `Umfang: ${was}`, (was: string) => `Extent: ${was}`], ohne: ['ohne geschützte Klassen', 'without protected classes'],
});

export const zeitraumVon = ({ von, bis }: Pick<Vertretung, 'von' | 'bis'>) =>
  (bis === null ? `${von === heute() ? t('heute') : t('ab', datum(von))}, ${t('offen')}` : von === bis ? datum(von) : t('vonBis', datum(von), datum(bis)));
export const umfangVon = ({ umfang, klassen }: Pick<Vertretung, 'umfang' | 'klassen'>) =>
  [umfang.art === 'alles' ? t('ohneKlassen') : umfang.eintraege.map((e) => e.bezeichnung).join(', '), klassen.length > 0 && t('undKlassen', klassen.length)].filter(Boolean).join(', ');
