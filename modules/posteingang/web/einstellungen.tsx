import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Field, Innen, Laden, Leer, Seite, Seitenkopf, Tabelle, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import type { z } from 'zod';
import type { Ausnahme, Posteinstellungen } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { t } from './texte.ts';

const s = katalog({
  titel: ['Zentraler Korb und Fristen', 'Central basket and periods'], verwaltung: ['Verwaltung', 'Administration'], speichern: ['Speichern', 'Save'], gespeichert: ['Gespeichert', 'Saved'],
  hilfe: ['Hierhin kommt, was ohne Organisationseinheit eintrifft: Dateien unmittelbar im überwachten Ordner und Eingänge, die ein Programm ohne Angabe anlegt. Dort wartet es, bis es verteilt ist.', 'Where post goes that names no office: files directly in the watched folder, and items that a program creates without saying. It waits there to be distributed.'],
  oben: ['oberste Organisationseinheit', 'top of the authority'],
  fristZentral: ['Zu verteilen binnen Stunden', 'To be distributed within hours'], fristOe: ['Im Korb zu übernehmen binnen Stunden', 'To be taken from a basket within hours'], fristHilfe: ['Es zählen Stunden an Werktagen: 24 Stunden sind ein Werktag. Danach steht der Eingang als überfällig in der Liste, und die Poststelle oder die Leitung erfährt es. Gilt für Eingänge, die ab jetzt eintreffen oder weitergegeben werden.', 'Hours on working days count. After that the item is shown as overdue, and the mail room or the head of the office is told. Holds for what arrives or is passed on from now on.'],
  vernichtung: ['Inhalt von Zurückgewiesenem aufbewahren, Monate', 'Keep content of rejected items, months'],
  ausnahmen: ['Nicht zentral zu öffnen', 'Not to be opened centrally'], ausnahmenHilfe: ['Was im zentralen Korb läge und eines dieser Merkmale in Anschrift, Absender, Betreff oder Dateiname trägt, geht ungeöffnet in den Korb der genannten Stelle. Die Poststelle sieht nur die Angaben, nie den Inhalt.', 'What would lie in the central basket and bears one of these words goes unopened to the office named. The mail room sees metadata, never content.'],
  keine: ['Noch keine Ausnahme: zum Beispiel Personalrat, Gleichstellung, Submission, Wahl, Verschlusssachen.', 'No exception yet.'], bezeichnung: ['Bezeichnung', 'Name'], merkmale: ['Merkmale, je Zeile eines', 'Words, one a line'], stelle: ['Öffnen darf', 'May open'], neu: ['Ausnahme hinzufügen', 'Add exception'], aendern: ['Ändern', 'Change'], loeschen: ['Löschen', 'Delete'],
});
type Einstellungen = z.infer<typeof Posteinstellungen>;
type Eintrag = z.infer<typeof Ausnahme>;

export function Component() {
  const { data, error, refetch } = useAbfrage(api.getPosteingangEinstellungen, {});
  return (
    <Seite>
      <Seitenkopf titel={t('posteingang')} zurueck={{ pfad: '/verwaltung', titel: s('verwaltung') }} />
      <div className="va-mitte">
        <Tafel titel={s('titel')}>{error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : <Innen><Formular data={data} /></Innen>}</Tafel>
        <Ausnahmen />
      </div>
    </Seite>
  );
}

function Formular({ data }: { data: Einstellungen }) {
  const [f, setF] = useState({ oe: data.organisationseinheit?.id as string ?? '', zentral: String(data.fristZentral), imKorb: String(data.fristOe), monate: String(data.vernichtungMonate) });
  const speichern = useAuftrag(api.updatePosteingangEinstellungen);
  const feld = (n: keyof typeof f) => ({ type: 'number' as const, min: 1, value: f[n], onChange: (ev: { target: { value: string } }) => setF({ ...f, [n]: ev.target.value }) });
  const los = () => speichern.starten({ ifMatch: data.version, body: { organisationseinheitId: (f.oe || null) as never, fristZentral: Number(f.zentral), fristOe: Number(f.imKorb), vernichtungMonate: Number(f.monate) } });
  return (
    <form className="va-korbwahl" onSubmit={(ev) => { ev.preventDefault(); los(); }}>
      <p className="va-leise">{s('hilfe')}</p>
      <OeWahl label={t('korb')} leer={s('oben')} wert={f.oe} onWahl={(oe) => setF({ ...f, oe })} />
      <Field label={s('fristZentral')} {...feld('zentral')} /><Field label={s('fristOe')} {...feld('imKorb')} />
      <p className="va-klein va-leise">{s('fristHilfe')}</p>
      <Field label={s('vernichtung')} {...feld('monate')} />
      {speichern.fehler !== null && <Fehler kompakt fehler={speichern.fehler} />}
      <span className="va-reihe"><Button type="submit" art="haupt" laeuft={speichern.laeuft}>{s('speichern')}</Button>{speichern.ergebnis && <Ergebnis>{s('gespeichert')}</Ergebnis>}</span>
    </form>
  );
}

function Ausnahmen() {
  const { data, error, refetch } = useAbfrage(api.listAusnahmen, {});
  const [offen, setOffen] = useState<Eintrag | 'neu'>();
  const loeschen = useAuftrag(api.deleteAusnahme);
  return (
    <Tafel titel={s('ausnahmen')} zahl={data?.eintraege.length} aktionen={<Button klein icon="plus" onClick={() => setOffen('neu')}>{s('neu')}</Button>}>
      <Innen><p className="va-leise">{s('ausnahmenHilfe')}</p>{loeschen.fehler !== null && <Fehler kompakt fehler={loeschen.fehler} />}{offen && <Eingabe key={offen === 'neu' ? 'neu' : offen.id} alt={offen === 'neu' ? undefined : offen} onFertig={() => setOffen(undefined)} />}</Innen>
      {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.eintraege.length === 0 ? <Leer icon="schloss">{s('keine')}</Leer> : (
        <Tabelle<Eintrag> titel={s('ausnahmen')} zeilen={data.eintraege} schluessel={(a) => a.id} spalten={[
          { name: 'bezeichnung', titel: s('bezeichnung'), kopf: true, zelle: (a) => a.bezeichnung },
          { name: 'stelle', titel: s('stelle'), zelle: (a) => a.organisationseinheit && `${a.organisationseinheit.kennzeichen} ${a.organisationseinheit.bezeichnung}` },
          { name: 'merkmale', titel: s('merkmale'), zelle: (a) => a.merkmale.join(', ') },
          { name: 'tun', titel: '', zelle: (a) => <span className="va-reihe"><Button klein art="leicht" aria-label={`${a.bezeichnung}: ${s('aendern')}`} onClick={() => setOffen(a)}>{s('aendern')}</Button><Button klein art="leicht" aria-label={`${a.bezeichnung}: ${s('loeschen')}`} onClick={() => loeschen.starten({ params: { id: a.id } })}>{s('loeschen')}</Button></span> },
        ]} />
      )}
    </Tafel>
  );
}
function Eingabe({ alt, onFertig }: { alt: Eintrag | undefined; onFertig(): void }) {
  const [f, setF] = useState({ bezeichnung: alt?.bezeichnung ?? '', oe: alt?.organisationseinheit?.id as string ?? '', merkmale: alt?.merkmale.join('\n') ?? '' });
  const anlegen = useAuftrag(api.createAusnahme, { nachher: onFertig }), aendern = useAuftrag(api.updateAusnahme, { nachher: onFertig });
  const body = { bezeichnung: f.bezeichnung.trim(), organisationseinheitId: f.oe as never, merkmale: f.merkmale.split('\n').map((m) => m.trim()).filter(Boolean) };
  const fehler = anlegen.fehler ?? aendern.fehler;
  return (
    <form className="va-korbwahl" onSubmit={(ev) => { ev.preventDefault(); if (alt) aendern.starten({ params: { id: alt.id }, ifMatch: alt.version, body }); else anlegen.starten({ body }); }}>
      <Field autoFocus label={s('bezeichnung')} value={f.bezeichnung} maxLength={200} onChange={(ev) => setF({ ...f, bezeichnung: ev.target.value })} />
      <OeWahl label={s('stelle')} wert={f.oe} onWahl={(oe) => setF({ ...f, oe })} />
      <TextArea label={s('merkmale')} value={f.merkmale} onChange={(ev) => setF({ ...f, merkmale: ev.target.value })} />
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
      <span className="va-reihe"><Button type="submit" art="haupt" disabled={!body.bezeichnung || !f.oe} laeuft={anlegen.laeuft || aendern.laeuft}>{s('speichern')}</Button><Button art="leicht" onClick={onFertig}>{t('abbrechen')}</Button></span>
    </form>
  );
}
