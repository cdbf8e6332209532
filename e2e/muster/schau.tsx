import { useSearchParams } from 'react-router';
import { Betrachter, type Quelle } from '#platform/web/viewer/index.tsx';

const mail: Quelle = { art: 'email', email: { von: 'Notarin Dr. Henrike Vollmer <kanzlei@notarin-vollmer.example>', an: ['bauordnung@lk-auental.example'], datum: '2026-11-17T08:12:00+01:00', betreff: 'Auskunft aus dem Baulastenverzeichnis, Flurstück 112/4', text: 'Sehr geehrte Damen und Herren,\n\nbitte teilen Sie mir mit, ob für dieses Grundstück Baulasten eingetragen sind.\n\nMit freundlichen Grüßen\nH. Vollmer', anlagen: [{ name: 'Vollmacht.pdf', groesse: 48_213 }] } };

/** `?pdf=/datei/x.pdf`, `?bild=…`, `?text=…`, `?mail`, `?keine` */
export function Schau() {
  const [frage] = useSearchParams();
  const [pdf, bild, text] = [frage.get('pdf'), frage.get('bild'), frage.get('text')];
  const quelle: Quelle = pdf ? { art: 'pdf', url: pdf } : bild ? { art: 'bild', url: bild } : text ? { art: 'text', url: text } : frage.has('mail') ? mail : { art: 'keine', grund: 'Die Vorschau wird noch erstellt.' };
  return <main className="va-muster-schau"><h1 className="kern-sr-only">Muster</h1><Betrachter titel={pdf ?? bild ?? text ?? 'Auskunft aus dem Baulastenverzeichnis'} quelle={quelle} suche={frage.get('suche') ?? ''} original={{ url: pdf ?? bild ?? text ?? '/', dateiname: 'original' }} /></main>;
}
