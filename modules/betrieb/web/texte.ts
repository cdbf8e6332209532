import { katalog, mehrzahl, zahl } from '#platform/web/text.ts';

export const t = katalog({
  betrieb: ['Betrieb', 'Operations'],
  keinGescheiterter: ['Kein Auftrag ist endgültig fehlgeschlagen.', 'No job has failed for good.'], ansehen: ['Ansehen', 'Show'],
  gescheitert: [(n: number) => mehrzahl(n, 'Auftrag ist endgültig fehlgeschlagen', 'Aufträge sind endgültig fehlgeschlagen'), (n: number) => mehrzahl(n, 'job has failed for good', 'jobs have failed for good')],
  gescheitertText: ['Sie werden nicht von selbst wiederholt: Ursache beheben, dann erneut ausführen.', 'They are not repeated by themselves: mend the cause, then run them again.'],
  lage: ['Lage', 'State'], version: ['Verbundakte', 'Verbundakte'], datenbank: ['Datenbank', 'Database'], postgres: [(f: string, g: string) => `PostgreSQL ${f}, ${g}`, (f: string, g: string) => `PostgreSQL ${f}, ${g}`],
  stand: ['Stand der Datenbank', 'Database migrations'], migrationen: [(n: number) => mehrzahl(n, 'Migration', 'Migrationen'), (n: number) => mehrzahl(n, 'migration', 'migrations')], laeuftSeit: ['Datenbank läuft seit', 'Database running since'],
  warteschlange: ['Warteschlange', 'Queue'], wartet: ['warten', 'waiting'], geplant: ['geplant', 'scheduled'], inArbeit: ['in Arbeit', 'running'], tot: ['fehlgeschlagen', 'failed'], seit: ['ältester seit', 'oldest since'], keiner: ['keine', 'none'],
  auftraege: ['Aufträge im Hintergrund', 'Background jobs'], auftrag: ['Auftrag', 'Job'], nummer: [(n: string) => `Nr. ${n}`, (n: string) => `No. ${n}`], mandant: ['Verwaltung', 'Authority'], zustand: ['Zustand', 'State'], versuche: ['Versuche', 'Attempts'], von: [(a: number, b: number) => `${zahl(a)} von ${zahl(b)}`, (a: number, b: number) => `${zahl(a)} of ${zahl(b)}`],
  naechster: ['nächster Versuch', 'next attempt'], geaendert: ['Geändert', 'Changed'], angelegt: ['Angelegt', 'Created'], fehler: ['Fehler', 'Error'],
  wartend: ['wartet', 'waiting'], laeuft: ['läuft', 'running'], fehlgeschlagen: ['fehlgeschlagen', 'failed'], nochmal: ['Erneut ausführen', 'Run again'], verwerfen: ['Verwerfen', 'Discard'],
  wirdAusgefuehrt: [(name: string) => `${name} wird erneut ausgeführt`, (name: string) => `${name} will run again`], verworfen: [(name: string) => `${name} ist verworfen`, (name: string) => `${name} is discarded`],
  leer: ['Es ist nichts zu tun: Alle Aufträge sind erledigt.', 'Nothing to do: all jobs are done.'], nurFehlgeschlagen: ['Endgültig fehlgeschlagen', 'Failed for good'], alle: ['Alle', 'All'], suchen: ['Auftrag suchen', 'Find job'],
  verwerfenFrage: ['Auftrag verwerfen?', 'Discard job?'], verwerfenText: ['Was dieser Auftrag tun sollte, bleibt ungetan.', 'What this job should have done stays undone.'],
  abfragen: ['Langsame Abfragen der letzten sieben Tage', 'Slow queries of the last seven days'], abfrage: ['Abfrage', 'Query'], keineLangsam: ['Keine Abfrage der Datenbank hat lange gedauert.', 'No query of the database took long.'],
  mal: [(n: string) => `${n} ×`, (n: string) => `${n} ×`], wieOft: ['Wie oft', 'How often'], mittel: ['Im Mittel', 'On average'], laengste: ['Längste', 'Longest'], zusammen: ['Zusammen', 'In total'], zuletzt: ['zuletzt', 'last'], api: ['Anwendung', 'Application'], worker: ['Hintergrund', 'Background'],
  ms: [(n: string) => `${n} ms`, (n: string) => `${n} ms`], s: [(n: string) => `${n} s`, (n: string) => `${n} s`], nurMeiste: [(n: number) => `Gezeigt sind die ${zahl(n)}, die zusammen am längsten dauerten.`, (n: number) => `Shown are the ${zahl(n)} that took longest in total.`],
  ablage: ['Ablage', 'Store'], inhalte: ['Inhalte', 'Contents'], menge: [(n: number, g: string) => `${mehrzahl(n, 'Inhalt', 'Inhalte')}, ${g}`, (n: number, g: string) => `${mehrzahl(n, 'content', 'contents')}, ${g}`], letztePruefung: ['Letzte Prüfung', 'Last check'], nie: ['noch keine', 'none yet'],
  pruefung: [(g: number, a: number) => `${zahl(g)} von ${zahl(a)} geprüft`, (g: number, a: number) => `${zahl(g)} of ${zahl(a)} checked`], jetztPruefen: ['Jetzt prüfen', 'Check now'], pruefungLaeuft: ['Die Prüfung läuft', 'The check is running'],
  gut: ['Jeder geprüfte Inhalt ist vorhanden und unverändert.', 'Every content that was checked is there and unchanged.'], schlecht: [(f: number, v: number) => `${mehrzahl(f, 'Inhalt fehlt', 'Inhalte fehlen')}, ${mehrzahl(v, 'ist verändert', 'sind verändert')}`, (f: number, v: number) => `${zahl(f)} missing, ${zahl(v)} changed`],
  ausSicherung: ['Diese Dateien lassen sich aus der Sicherung zurückholen; der Ort ist ihr Pfad in der Ablage.', 'Bring these files back from the backup; the place is their path in the store.'], datei: ['Datei', 'File'], ort: ['Ort in der Ablage', 'Place in the store'], befund: ['Befund', 'Finding'], fehlt: ['fehlt', 'missing'], veraendert: ['verändert', 'changed'],
});
