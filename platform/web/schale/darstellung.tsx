import { Innen, Radios, Seite, Seitenkopf, Tafel } from '../kern/index.ts';
import { setze, useEinstellungen, type Einstellungen } from '../einstellungen.ts';
import { katalog, setzeSprache, sprache, type Sprache } from '../text.ts';

const t = katalog({
  titel: ['Darstellung', 'Display'], hier: ['Gilt in diesem Browser.', 'Applies to this browser.'],
  thema: ['Helligkeit', 'Brightness'], system: ['Wie das Gerät', 'Like the device'], hell: ['Hell', 'Light'], dunkel: ['Dunkel', 'Dark'],
  dichte: ['Dichte', 'Density'], kompakt: ['Kompakt', 'Compact'], dicht: ['Dicht: mehr auf einen Blick', 'Dense: more at a glance'], weit: ['Weit: größere Ziele', 'Wide: larger targets'],
  tasten: ['Einzelne Buchstaben als Tasten', 'Single letters as keys'], an: ['An', 'On'], aus: ['Aus, nur Tabulator, Pfeile und Eingabe', 'Off, only Tab, arrows and Enter'],
  sprache: ['Sprache', 'Language'],
});

export function Component() {
  const jetzt = useEinstellungen();
  const wahl = <F extends keyof Einstellungen>(feld: F, titel: string, werte: [Einstellungen[F], string][]) =>
    <Radios titel={titel} name={feld} wert={jetzt[feld]} wahl={werte.map(([wert, text]) => ({ wert, titel: text }))} onChange={(wert) => setze({ [feld]: wert })} />;
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} neben={t('hier')} />
      <div className="va-mitte">
        <Tafel titel={t('titel')} titelVersteckt><Innen><div className="va-gitter">
          {wahl('thema', t('thema'), [['system', t('system')], ['light', t('hell')], ['dark', t('dunkel')]])}
          {wahl('dichte', t('dichte'), [['kompakt', t('kompakt')], ['dicht', t('dicht')], ['weit', t('weit')]])}
          {wahl('tasten', t('tasten'), [['an', t('an')], ['aus', t('aus')]])}
          <Radios titel={t('sprache')} name="sprache" wert={sprache()} wahl={[{ wert: 'de', titel: 'Deutsch' }, { wert: 'en', titel: 'English' }]} onChange={(wert) => { setzeSprache(wert as Sprache); location.reload(); }} />
        </div></Innen></Tafel>
      </div>
    </Seite>
  );
}
