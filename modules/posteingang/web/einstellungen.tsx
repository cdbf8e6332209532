import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Innen, Laden, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { t } from './texte.ts';

const s = katalog({
  titel: ['Korb für Post ohne Angabe', 'Basket for post that names no office'], verwaltung: ['Verwaltung', 'Administration'], speichern: ['Speichern', 'Save'], gespeichert: ['Gespeichert', 'Saved'],
  hilfe: ['Hierhin kommt, was ohne Organisationseinheit eintrifft: Dateien unmittelbar im überwachten Ordner und Eingänge, die ein Programm ohne Angabe anlegt.', 'Where post goes that names no office: files directly in the watched folder, and items that a program creates without saying.'],
  oben: ['oberste Organisationseinheit', 'top of the authority'],
});

/** Where post without address goes. */
export function Component() {
  const { data, error, refetch } = useAbfrage(api.getPosteingangEinstellungen, {});
  const [oe, setOe] = useState<string>();
  const speichern = useAuftrag(api.updatePosteingangEinstellungen, { nachher: () => setOe(undefined) });
  const wert = oe ?? data?.organisationseinheit?.id ?? '';
  return (
    <Seite>
      <Seitenkopf titel={t('posteingang')} zurueck={{ pfad: '/verwaltung', titel: s('verwaltung') }} />
      <div className="va-mitte">
        <Tafel titel={s('titel')}>
          {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : (
            <Innen>
              <form className="va-korbwahl" onSubmit={(ev) => { ev.preventDefault(); if (oe) speichern.starten({ ifMatch: data.version, body: { organisationseinheitId: oe as never } }); }}>
                <p className="va-leise">{s('hilfe')}</p>
                <OeWahl label={t('korb')} leer={s('oben')} wert={wert} onWahl={setOe} />
                {speichern.fehler !== null && <Fehler kompakt fehler={speichern.fehler} />}
                <span className="va-reihe"><Button type="submit" art="haupt" disabled={!oe} laeuft={speichern.laeuft}>{s('speichern')}</Button>{speichern.ergebnis && oe === undefined && <Ergebnis>{s('gespeichert')}</Ergebnis>}</span>
              </form>
            </Innen>
          )}
        </Tafel>
      </div>
    </Seite>
  );
}
