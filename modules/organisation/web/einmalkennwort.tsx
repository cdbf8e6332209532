import { useState } from 'react';
import { Button, Hinweis } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({
  titel: ['Einmalkennwort', 'One-time password'], text: ['Es wird nur jetzt gezeigt. Geben Sie es persönlich oder am Telefon weiter; bei der ersten Anmeldung ist ein eigenes zu wählen.', 'It is shown only now. Hand it over in person or by telephone; at the first login an own one has to be chosen.'],
  kopieren: ['Kopieren', 'Copy'], kopiert: ['Kopiert', 'Copied'], weg: ['Das Einmalkennwort wurde schon gezeigt', 'The one-time password has been shown already'], wegText: ['Ist es verloren, vergeben Sie ein neues.', 'If it is lost, give a new one.'],
});

/** The only moment in which it can be read; null when a repeated request made nothing new. */
export function Einmalkennwort({ fuer, kennwort }: { fuer: string; kennwort: string | null }) {
  const [kopiert, setKopiert] = useState(false);
  if (kennwort === null) return <Hinweis ton="warnung" titel={t('weg')}>{t('wegText')}</Hinweis>;
  return (
    <Hinweis ton="gut" titel={`${t('titel')}: ${fuer}`} aktion={<Button klein icon="link" onClick={() => void navigator.clipboard.writeText(kennwort).then(() => setKopiert(true))}>{kopiert ? t('kopiert') : t('kopieren')}</Button>}>
      <code className="va-einmal">{kennwort}</code><br />{t('text')}
    </Hinweis>
  );
}
