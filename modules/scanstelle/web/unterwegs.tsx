import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api as ablage } from '#modules/ablage/contract.ts';
import { call, upload } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Button, Fehler, Field, Fortschritt, Hinweis, Innen, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { groesse } from '#platform/web/text.ts';
import { DateiKnopf } from '#platform/web/upload/index.ts';
import { api, type Stapel } from '../contract.ts';
import { Verwerfen } from './abschluss.tsx';
import { t } from './texte.ts';

/** Before there is anything to check: how far it is, or what it waits for. */
export function Unterwegs({ stapel }: { stapel: Stapel }) {
  const { hindernis } = stapel;
  const hinnehmbar = hindernis && ['manifest', 'seitenzahl', 'ohne_manifest'].includes(hindernis.art) && stapel.rechte.includes('scanstapel.bearbeiten');
  return (
    <div className="va-mitte">
      {hindernis ? <Hinweis ton="warnung" titel={hindernis.art === 'wartet' ? t('wartetTitel') : t('passtNicht')}>{hindernis.text}</Hinweis>
        : (stapel.status === 'eingetroffen' || stapel.status === 'zerlegt') && <Tafel titel={t('liestTitel')}><Innen><p role="status">{t('liest', stapel.gelesen, stapel.seiten)}</p><Fortschritt wert={stapel.gelesen} von={stapel.seiten} name={t('liestTitel')} /></Innen></Tafel>}
      {stapel.status === 'verworfen' && <Hinweis ton="info" titel={t('verworfenWeil')}>{stapel.verwerfungsgrund}</Hinweis>}
      {hinnehmbar && <Hinnehmen stapel={stapel} />}
      <Tafel titel={t('rohdateien')} zahl={stapel.rohdateien.length} aktionen={<>{hindernis && <Nachreichen stapel={stapel} />}<Verwerfen stapel={stapel} /></>}>
        <ul className="va-dateien va-dateien--tafel">{stapel.rohdateien.map((d) => <li key={d.id}><span className="va-kuerzen">{d.dateiname} <span className="va-klein va-leise">{groesse(d.groesse)}{d.seiten !== null && `, ${d.seiten} ${t('seiten')}`}</span></span>{d.fehler && <span className="va-feld__fehler">{d.fehler}</span>}</li>)}</ul>
      </Tafel>
      <Tafel titel={t('stapelangaben')}><Innen><Angaben daten={[{ titel: t('profil'), wert: stapel.profil }, { titel: t('station'), wert: stapel.station }, { titel: t('gescanntVon'), wert: stapel.gescanntVon }, { titel: t('korb'), wert: `${stapel.organisationseinheit.kennzeichen} ${stapel.organisationseinheit.bezeichnung}` }, { titel: t('eingetroffen'), wert: <Zeit wert={stapel.eingetroffen} /> }, { titel: t('erwartet'), wert: stapel.erwarteteSeiten }]} /></Innen></Tafel>
    </div>
  );
}

function Hinnehmen({ stapel }: { stapel: Stapel }) {
  const [grund, setGrund] = useState('');
  const weiter = useAuftrag(api.closeStapelhindernis);
  return (
    <form className="va-scan__felder" onSubmit={(e) => { e.preventDefault(); weiter.starten({ params: { id: stapel.id }, body: { grund } }); }}>
      <Field label={t('abweichungGrund')} maxLength={1000} value={grund} onChange={(e) => setGrund(e.target.value)} />
      {weiter.fehler !== null && <Fehler kompakt fehler={weiter.fehler} />}
      <span><Button type="submit" disabled={grund.trim().length < 3} laeuft={weiter.laeuft}>{t('abweichung')}</Button></span>
    </form>
  );
}

function Nachreichen({ stapel }: { stapel: Stapel }) {
  const client = useQueryClient();
  const [laeuft, setLaeuft] = useState(false);
  const [fehler, setFehler] = useState<unknown>();
  async function nimm(dateien: readonly File[]) {
    setLaeuft(true); setFehler(undefined);
    try {
      const ids = [];
      for (const datei of dateien) ids.push((await upload(ablage.uploadInhalt, {}, datei, {})).id);
      if (ids.length) await call(api.createStapeldateien, { params: { id: stapel.id }, body: { art: 'scan', inhaltIds: ids }, idempotencyKey: crypto.randomUUID() });
      await client.invalidateQueries();
    } catch (e) { setFehler(e); } finally { setLaeuft(false); }
  }
  return <>{fehler !== undefined && <Fehler kompakt fehler={fehler} />}<DateiKnopf klein laeuft={laeuft} onDateien={(d) => void nimm(d)}>{t('dateiNachreichen')}</DateiKnopf></>;
}
