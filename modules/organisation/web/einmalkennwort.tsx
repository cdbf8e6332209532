import { useEffect, useRef, useState } from 'react';
import { Button, Hinweis } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({
  titel: ['Einmalkennwort', 'One-time password'], text: ['Es wird nur jetzt gezeigt. Geben Sie es persönlich oder am Telefon weiter; bei der ersten Anmeldung ist ein eigenes zu wählen.', 'It is shown only now. Hand it over in person or by telephone; at the first login an own one has to be chosen.'],
  kopieren: ['Kopieren', 'Copy'], kopiert: ['Kopiert', 'Copied'], weg: ['Das Einmalkennwort wurde schon gezeigt', 'The one-time password has been shown already'], wegText: ['Ist es verloren, vergeben Sie ein neues.', 'If it is lost, give a new one.'],
});

/** What is shown once (a password, a token), with the focus on it: the form or dialog it comes from is gone. */
export function Geheimnis({ titel, wert, text }: { titel: string; wert: string; text: string }) {
  const hier = useRef<HTMLDivElement>(null);
  const [kopiert, setKopiert] = useState(false);
  useEffect(() => { const bild = requestAnimationFrame(() => hier.current?.focus()); return () => cancelAnimationFrame(bild); }, [wert]);
  // Browsers offer the clipboard on https and on the own machine only.
  const kopieren = 'clipboard' in navigator && <Button klein icon={kopiert ? 'haken' : 'link'} onClick={() => void navigator.clipboard.writeText(wert).then(() => setKopiert(true))}>{kopiert ? t('kopiert') : t('kopieren')}</Button>;
  return <div ref={hier} tabIndex={-1} className="va-geheimnis"><Hinweis ton="gut" titel={titel} aktion={kopieren}><code className="va-einmal">{wert}</code><br />{text}</Hinweis></div>;
}

/** The only moment in which it can be read; null when a repeated request made nothing new. */
export const Einmalkennwort = ({ fuer, kennwort }: { fuer: string; kennwort: string | null }) =>
  (kennwort === null ? <Hinweis ton="warnung" titel={t('weg')}>{t('wegText')}</Hinweis> : <Geheimnis titel={`${t('titel')}: ${fuer}`} wert={kennwort} text={t('text')} />);
