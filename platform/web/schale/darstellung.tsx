import { Innen, Radios, Seite, Seitenkopf, Tafel } from '../kern/index.ts';
import { setze, useEinstellungen, type Einstellungen } from '../einstellungen.ts';
import { sitzungsPort } from '../sitzung.tsx';
import { katalog, setzeSprache, sprache, type Sprache } from '../text.ts';

const t = katalog({
  titel: ['Darstellung', 'Display'], hier: ['Gilt für Ihr Konto.', 'Applies to your account.'],
  thema: ['Helligkeit', 'Brightness'], system: ['Wie das Gerät', 'Like the device'], hell: ['Hell', 'Light'], dunkel: ['Dunkel', 'Dark'],
  dichte: ['Dichte', 'Density'], kompakt: ['Kompakt', 'Compact'], dicht: ['Dicht: mehr auf einen Blick', 'Dense: more at a glance'], weit: ['Weit: größere Ziele', 'Wide: larger targets'],
  tasten: ['Einzelne Buchstaben als Tasten', 'Single letters as keys'], an: ['An', 'On'], aus: ['Aus, nur Tabulator, Pfeile und Eingabe', 'Off, only Tab, arrows and Enter'],
  sprache: ['Sprache', 'Language'],
});

export function Component() {
  const jetzt = useEinstellungen();
  const aendere = (neu: Partial<Einstellungen>) => { setze(neu); void sitzungsPort()?.merkeEinstellungen(neu).catch(() => undefined); };
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} neben={t('hier')} />
      <div className="va-mitte">
        <Tafel titel={t('titel')} titelVersteckt><Innen><div className="va-gitter">
          <Radios titel={t('thema')} name="darstellung" wert={jetzt.darstellung} wahl={[{ wert: 'system', titel: t('system') }, { wert: 'hell', titel: t('hell') }, { wert: 'dunkel', titel: t('dunkel') }]} onChange={(wert) => aendere({ darstellung: wert as Einstellungen['darstellung'] })} />
          <Radios titel={t('dichte')} name="dichte" wert={jetzt.dichte} wahl={[{ wert: 'kompakt', titel: t('kompakt') }, { wert: 'dicht', titel: t('dicht') }, { wert: 'weit', titel: t('weit') }]} onChange={(wert) => aendere({ dichte: wert as Einstellungen['dichte'] })} />
          <Radios titel={t('tasten')} name="tasten" wert={jetzt.tastenkuerzel ? 'an' : 'aus'} wahl={[{ wert: 'an', titel: t('an') }, { wert: 'aus', titel: t('aus') }]} onChange={(wert) => aendere({ tastenkuerzel: wert === 'an' })} />
          <Radios titel={t('sprache')} name="sprache" wert={sprache()} wahl={[{ wert: 'de', titel: 'Deutsch' }, { wert: 'en', titel: 'English' }]} onChange={(wert) => { setzeSprache(wert as Sprache); location.reload(); }} />
        </div></Innen></Tafel>
      </div>
    </Seite>
  );
}
