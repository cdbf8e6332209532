import { useState } from 'react';
import { z } from 'zod';
import { ApiError } from '#platform/web/client.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Aktenzeichen, Angaben, Badge, Baum, Button, ButtonLink, Checkbox, Datum, Dialog, Eckdaten, Ergebnis, Fehler, Field, Filterleiste, Fortschritt, farben, Hinweis, Innen, Kuerzel, Laden, Leer, Markiert, Menue, Pfad, Radios, Reiter, Rollen, Seite, Seitenkopf, Select, Tabelle, Tafel, TextArea, Zahl, Zeit, type Knoten } from '#platform/web/kern/index.ts';
import { Abwurf, DateiFeld, Uebertragungen, useUpload } from '#platform/web/upload/index.ts';

const zeilen = [
  { id: '1', az: '634.30-2026/0118', betreff: 'Baulastenauskunft, Flurstück 112/4', absender: 'Notarin Dr. Henrike Vollmer', datum: '2026-11-26' },
  { id: '2', az: '631.20-2026/0347', betreff: 'Verwaltungsgebührenfestsetzungsverfahrensnachforderungsangelegenheit Lindenstraße 14', absender: 'Architekturbüro Jansen + Roth', datum: '2026-11-20' },
  { id: '3', az: '631.90-2026/0021', betreff: 'Rechnung 2026-0914', absender: 'Prüfingenieur Dipl.-Ing. Pohl', datum: '2026-12-03' },
];
const plan: Knoten[] = [{ id: '6', titel: '6 Bau, Verkehr, Umwelt', kinder: [{ id: '63', titel: '63 Bauordnung', pfad: '/63', zusatz: '118 Akten', kinder: [{ id: '631.20', titel: '631.20 Einzelne Bauvorhaben', pfad: '/631' }] }] }, { id: '7', titel: '7 Öffentliche Einrichtungen, Wirtschaftsförderung', kinder: [] }];
const schema = z.object({ betreff: z.string().min(1).max(40), art: z.enum(['antrag', 'anfrage']), datum: z.iso.date().optional(), notiz: z.string().max(500).optional(), eilt: z.boolean().optional() });

function Formularmuster() {
  const f = useFormular({ schema, start: { betreff: '', art: '' }, senden: async (werte) => { if (werte.betreff === 'belegt') throw new ApiError(422, { code: 'x', title: 'Eingabe ungültig', details: [{ pfad: '/betreff', text: 'Diesen Betreff gibt es schon' }] }); throw new ApiError(500, { code: 'allgemein.unerwartet', instance: '0193-abc' }); }, merken: 'muster' });
  return (
    <Formular formular={f} knopf="Vorgang anlegen" daneben={<Button>Abbrechen</Button>}>
      <Felder>
        <Field label="Betreff" breit {...f.feld('betreff')} hinweis="Kurz, wie auf dem Aktendeckel" />
        <Select label="Art" leer="Bitte wählen" wahl={[{ wert: 'antrag', titel: 'Antrag' }, { wert: 'anfrage', titel: 'Anfrage' }]} {...f.feld('art')} />
        <Field label="Datum des Schreibens" type="date" freiwillig {...f.feld('datum')} />
        <TextArea label="Notiz" breit freiwillig {...f.feld('notiz')} />
        <Checkbox label="Eilt" {...f.haken('eilt')} />
      </Felder>
    </Formular>
  );
}
export function Kit() {
  const [offen, setOffen] = useState(new Set(['6', '63']));
  const [haken, setHaken] = useState(false);
  const [dialog, setDialog] = useState(false);
  const [radio, setRadio] = useState('a');
  const uploads = useUpload(async (datei, { fortschritt }) => { fortschritt(datei.size / 2); if (datei.name.startsWith('x')) throw new ApiError(413, { code: 'zu_gross', title: 'Die Datei ist größer als 2 GB' }); return datei.name; });
  return (
    <main className="va-main"><Seite>
      <Seitenkopf titel="Muster der Bausteine" neben="Donnerstag, 19. November 2026" aktionen={<><Button icon="plus" taste="n">Neuer Vorgang</Button><ButtonLink to="/schau" icon="export">Dateien ablegen</ButtonLink></>} />
      <div className="va-zwischen">
        <div className="va-aktenkopf">
          <Pfad name="Aktenplan" teile={[{ titel: '6 Bau', pfad: '/6' }, { titel: '63 Bauordnung', pfad: '/63' }, { titel: '631.20 Einzelne Bauvorhaben' }]} />
          <div className="va-titelzeile"><Aktenzeichen wert="631.20-2026/0347" /><h2 className="va-h">Neubau Einfamilienhaus</h2><Badge ton="info">in Bearbeitung</Badge></div>
          <Eckdaten daten={[{ titel: 'Federführung', wert: '63.1 Bauordnung' }, { titel: 'Laufzeit', wert: <>seit <Datum wert="2026-10-05" /></>, breit: true }, { titel: 'Leer', wert: null }]} />
          <Reiter name="Ansichten" eintraege={[{ pfad: '/', titel: 'Inhalt', zahl: 18, ende: true }, { pfad: '/verlauf', titel: 'Verlauf' }, { pfad: '/rechte', titel: 'Rechte', icon: 'schild' }]} />
        </div>
        <Tafel titel="Knöpfe und Marken" zahl={12}><Innen>
          <p className="va-reihe"><Button art="haupt" taste="Strg Eingabe">Ablegen und nächsten zeigen</Button><Button>Weiterleiten</Button><Button art="leicht">Nur Kenntnis</Button><Button laeuft>Läuft</Button><Button disabled>Gesperrt</Button><Button klein icon="plus">Klein</Button><Button art="leicht" klein nurIcon icon="lade">Herunterladen</Button></p>
          <p className="va-reihe"><Badge>abgelegt</Badge><Badge ton="info" icon="stift">mitzeichnen</Badge><Badge ton="gut">neu</Badge><Badge ton="warnung" icon="uhr">Antwort fehlt</Badge><Badge ton="gefahr">gesperrt</Badge><Zahl wert={23} wort="offen" /><Zahl wert={3} dringend wort="überfällig" /></p>
          <p className="va-reihe">{farben.map((farbe) => <Kuerzel key={farbe} mandant={{ name: `Landkreis ${farbe}`, kuerzel: farbe.slice(0, 2).toUpperCase(), farbe }} />)}<Kuerzel neutral mandant={{ name: 'Neutral', kuerzel: 'NE' }} /></p>
          <p><Markiert text="Bitte um Auskunft aus dem Baulastenverzeichnis" stellen={[[26, 34]]} /> <Zeit wert="2026-11-19T08:52:00+01:00" /></p>
          <p><a href="/63">Ein Verweis im Text</a>, <kbd>g</kbd> <kbd>a</kbd>, <Ergebnis rueckgaengig={() => undefined}>Das Dokument ist in „02 Beteiligung“.</Ergebnis></p>
          <div className="va-reihe"><Menue knopf="Weitere Aktionen"><li><button type="button">Verschieben</button></li><li><button type="button">Stornieren</button></li></Menue><Button onClick={() => setDialog(true)}>Dialog öffnen</Button></div>
          <Filterleiste name="Ansicht" eintraege={[{ pfad: '?', titel: 'Alle', zahl: 23, aktiv: true }, { pfad: '?a=1', titel: 'Papier', zahl: 9, aktiv: false }]} />
        </Innen></Tafel>
        <Tafel titel="Tabelle" aktionen={<a className="va-klein" href="/63">Zum Posteingang</a>}>
          <Tabelle titel="Eingänge" zeilen={zeilen} schluessel={(z) => z.id} gewaehlt={(z) => z.id === '2'} spalten={[
            { name: 'betreff', titel: 'Betreff, Absender', kopf: true, schmal: 'voll', zelle: (z) => <><a className="va-betreff va-neu" href="/63">{z.betreff}</a><span className="va-klein va-leise va-kuerzen">{z.absender}</span></> },
            { name: 'az', titel: 'Akte', zelle: (z) => <Aktenzeichen wert={z.az} /> }, { name: 'datum', titel: 'Frist', zahl: true, zelle: (z) => <Datum wert={z.datum} kurz /> }]} />
        </Tafel>
        <div className="va-gitter">
          <Tafel titel="Baum"><Baum name="Aktenplan" knoten={plan} offen={offen} gewaehlt="63" onKlapp={(id, auf) => setOffen((alt) => { const neu = new Set(alt); if (auf) neu.add(id); else neu.delete(id); return neu; })} /></Tafel>
          <Tafel titel="Angaben"><Angaben daten={[{ titel: 'Aktenführung', wert: '63.1 Bauordnung' }, { titel: 'Aufbewahrung', wert: 'dauernd, A' }, { titel: 'Geschäftszeichen', wert: '63.1-631.20-2026/0347' }]} /></Tafel>
        </div>
        <Tafel titel="Formular"><Innen><Formularmuster />
          <div className="va-gitter"><div><Checkbox label="Alle auswählen" checked={haken} teil onChange={setHaken} /><Checkbox label="Gewählt" checked onChange={() => undefined} /></div><Radios titel="Dichte" name="d" wert={radio} wahl={[{ wert: 'a', titel: 'Kompakt' }, { wert: 'b', titel: 'Weit', hinweis: 'größere Ziele' }]} onChange={setRadio} /><Field label="Mit Fehler" fehler="Bitte ausfüllen" defaultValue="" /></div>
        </Innen></Tafel>
        <Tafel titel="Zustände"><Innen>
          <Hinweis titel="Hinweis">Die Seite 3 wird noch gelesen.</Hinweis><Hinweis ton="gut">Alle 12 Dateien sind abgelegt.</Hinweis><Hinweis ton="warnung" titel="Bitte prüfen" aktion={<Button klein>Ansehen</Button>}>Diese Datei liegt schon in der Akte.</Hinweis>
          <Fehler kompakt fehler={new ApiError(412, { title: 'veraltet' })} nochmal={() => undefined} /><Fehler kompakt fehler={new ApiError(0, {})} nochmal={() => undefined} />
          <Leer icon="ein" aktion={<Button>Dateien wählen</Button>}>Ihr Korb ist leer.</Leer><Laden /><Fortschritt wert={12} von={30} name="Übertragen" />
        </Innen></Tafel>
        <Abwurf onDateien={uploads.hinzu} /><Tafel titel="Dateien"><Innen><DateiFeld onDateien={uploads.hinzu} /></Innen><Uebertragungen uploads={uploads} /></Tafel>
        <Tafel titel="Rollen"><Rollen name="Lange Liste">Inhalt</Rollen></Tafel>
      </div>
      <Dialog titel="Akte schließen (z. d. A.)" offen={dialog} onSchliessen={() => setDialog(false)} aktion={<Button art="haupt" onClick={() => setDialog(false)}>Schließen und Frist beginnen</Button>}><p>Die Aufbewahrungsfrist beginnt mit dem 31.12.2026. Wieder öffnen braucht einen Grund.</p></Dialog>
    </Seite></main>
  );
}
