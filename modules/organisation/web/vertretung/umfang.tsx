import { Suspense, type ComponentType } from 'react';
import { klassen as alleKlassen, klassennamen, type Klasse } from '#platform/klassen.ts';
import { Checkbox, Radios } from '#platform/web/kern/index.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { umfangarten } from '../../contract.ts';
import { t } from './texte.ts';

export type Gebiet = { id: string; bezeichnung: string };
declare module '#platform/web/module.ts' {
  interface Slots {
    /** Chooses the subjects to which a Vertretung is limited: of the module that knows them. */
    'vertretung.sachgebiet': { Inhalt: ComponentType<{ gewaehlt: readonly Gebiet[]; onWahl(gebiete: Gebiet[]): void }> };
  }
}
export type Wahl = { art: (typeof umfangarten)[number]; rolle: readonly string[]; oe: readonly string[]; sachgebiet: readonly Gebiet[]; klassen: readonly Klasse[] };
export const leereWahl: Wahl = { art: 'alles', rolle: [], oe: [], sachgebiet: [], klassen: [] };
export const umfangAus = ({ art, rolle, oe, sachgebiet }: Wahl) => ({ art, ids: art === 'rolle' ? [...rolle] : art === 'oe' ? [...oe] : art === 'sachgebiet' ? sachgebiet.map((g) => g.id) : [] });
export const isUnvollstaendig = (wahl: Wahl) => wahl.art !== 'alles' && umfangAus(wahl).ids.length === 0;

type Person = { rollen: readonly { id: string; bezeichnung: string }[]; organisationseinheiten: readonly { id: string; kennzeichen: string; bezeichnung: string }[] };
const Haken = <W extends string>({ titel, wahl, gewaehlt, onWahl, leer }: { titel: string; wahl: readonly { wert: W; titel: string }[]; gewaehlt: readonly W[]; onWahl(neu: W[]): void; leer?: string }) => (
  <fieldset><legend className="kern-label">{titel}</legend>
    {wahl.length === 0 && <p className="va-leise">{leer}</p>}
    <div className="va-hakenliste">{wahl.map((w) => <Checkbox key={w.wert} label={w.titel} checked={gewaehlt.includes(w.wert)} onChange={(an) => onWahl(an ? [...gewaehlt, w.wert] : gewaehlt.filter((x) => x !== w.wert))} />)}</div>
  </fieldset>
);

/** Of what the absent person has: all of it unless less is chosen; protected classes only when she names them herself. */
export function UmfangWahl({ person, eigene, wahl, onWahl }: { person: Person | undefined; eigene: boolean; wahl: Wahl; onWahl(neu: Wahl): void }) {
  const [gebiete] = useSlot('vertretung.sachgebiet');
  const arten = umfangarten.filter((art) => art !== 'sachgebiet' || gebiete);
  return (
    <>
      <Radios titel={t('umfang')} name="umfang" wert={wahl.art} onChange={(art) => onWahl({ ...wahl, art: art as Wahl['art'] })} wahl={arten.map((wert) => ({ wert, titel: t(wert) }))} />
      {wahl.art === 'rolle' && <Haken titel={t('rollen')} leer={t('keine')} wahl={person?.rollen.map((r) => ({ wert: r.id, titel: r.bezeichnung })) ?? []} gewaehlt={wahl.rolle} onWahl={(rolle) => onWahl({ ...wahl, rolle })} />}
      {wahl.art === 'oe' && <Haken titel={t('einheiten')} leer={t('keine')} wahl={person?.organisationseinheiten.map((o) => ({ wert: o.id, titel: `${o.kennzeichen} ${o.bezeichnung}` })) ?? []} gewaehlt={wahl.oe} onWahl={(oe) => onWahl({ ...wahl, oe })} />}
      {wahl.art === 'sachgebiet' && gebiete && <Suspense><gebiete.Inhalt gewaehlt={wahl.sachgebiet} onWahl={(sachgebiet) => onWahl({ ...wahl, sachgebiet })} /></Suspense>}
      {eigene && <><Haken titel={t('klassen')} wahl={alleKlassen.map((wert) => ({ wert, titel: klassennamen[wert] }))} gewaehlt={wahl.klassen} onWahl={(klassen) => onWahl({ ...wahl, klassen })} /><p className="va-klein va-leise">{t('klassenText')}</p></>}
    </>
  );
}
