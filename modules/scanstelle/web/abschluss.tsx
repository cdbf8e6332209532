import { useState } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Dialog, Ergebnis, Fehler, Field } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type Stapel } from '../contract.ts';
import type { Schritte } from './pruefung.ts';
import { t } from './texte.ts';

/** The one thing that comes next. */
export function Abschluss({ stapel, schritte }: { stapel: Stapel; schritte: Schritte }) {
  const darf = (recht: string) => stapel.rechte.includes(recht);
  const oeffnen = useAuftrag(api.reopenStapelpruefung);
  const naechstes = stapel.status === 'zu_pruefen' && darf('scanstapel.bearbeiten') ? { titel: t('abschliessen'), tun: () => schritte.tu(api.closeStapelpruefung), bereit: stapel.offen.length === 0 }
    : stapel.status === 'geprueft' && darf('scanstapel.freigeben') ? { titel: t('uebernehmen', stapel.briefliste.length), tun: () => schritte.tu(api.transferStapel), bereit: stapel.bereit } : undefined;
  // while steps are still on their way it is asked behind them, and the server says whether all is done
  const los = () => { (document.activeElement as HTMLElement | null)?.blur(); if (naechstes && (naechstes.bereit || schritte.laeuft)) void naechstes.tun(); };
  useTaste('Strg Eingabe', naechstes?.titel ?? t('abschliessen'), los, { aktiv: naechstes !== undefined });
  return (
    <div className="va-fuss">
      {stapel.status === 'geprueft' && <p className="va-klein va-leise" role="status">{stapel.bereit ? stapel.geprueftVon && t('geprueftVon', stapel.geprueftVon.name) : t('schreibt')}</p>}
      {stapel.status === 'uebernommen' && <Ergebnis>{t('uebernommen', stapel.briefliste.length)}</Ergebnis>}
      {stapel.status === 'verworfen' && <p>{t('verworfenWeil')}: {stapel.verwerfungsgrund}</p>}
      {naechstes && <Button art="haupt" taste="Strg Eingabe" laeuft={schritte.laeuft || !naechstes.bereit} onClick={los}>{naechstes.titel}</Button>}
      {oeffnen.fehler !== null && <Fehler kompakt fehler={oeffnen.fehler} />}
      <div className="va-fuss__mehr">
        {stapel.status === 'geprueft' && darf('scanstapel.bearbeiten') && <Button art="leicht" klein icon="zurueckholen" laeuft={oeffnen.laeuft} onClick={() => oeffnen.starten({ params: { id: stapel.id } })}>{t('wiederOeffnen')}</Button>}
        <Verwerfen stapel={stapel} />
      </div>
    </div>
  );
}

export function Verwerfen({ stapel }: { stapel: Stapel }) {
  const [offen, setOffen] = useState(false);
  const [grund, setGrund] = useState('');
  const verwerfen = useAuftrag(api.cancelStapel, { nachher: () => setOffen(false) });
  if (!stapel.rechte.includes('scanstapel.freigeben') || stapel.status === 'uebernommen' || stapel.status === 'verworfen') return null;
  return <>
    <Button art="leicht" klein icon="papierkorb" onClick={() => setOffen(true)}>{t('verwerfen')}</Button>
    <Dialog titel={t('verwerfen')} offen={offen} onSchliessen={() => setOffen(false)} aktion={<Button art="haupt" laeuft={verwerfen.laeuft} onClick={() => { if (grund.trim().length >= 3) verwerfen.starten({ params: { id: stapel.id }, body: { grund } }); }}>{t('verwerfen')}</Button>}>
      <Field label={t('grund')} autoFocus maxLength={1000} value={grund} onChange={(e) => setGrund(e.target.value)} />
      {verwerfen.fehler !== null && <Fehler kompakt fehler={verwerfen.fehler} />}
    </Dialog>
  </>;
}
