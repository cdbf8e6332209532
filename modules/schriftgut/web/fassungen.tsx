import { useState } from 'react';
import { api as ablage } from '#modules/ablage/contract.ts';
import { call, downloadUrl, upload } from '#platform/web/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, ButtonDownload, Ergebnis, Fehler, Innen, Laden, Tafel, TextArea, Zeit } from '#platform/web/kern/index.ts';
import { groesse } from '#platform/web/text.ts';
import { Abwurf, DateiKnopf, Uebertragungen, useUpload } from '#platform/web/upload/index.ts';
import { api, type Dokument } from '../contract.ts';
import { useObjekt } from './rahmen.tsx';
import { t } from './texte.ts';

/** All versions with their files; a new one by choosing or dropping a file (ST-04). */
export function Component() {
  const { o } = useObjekt();
  const d = o as Dokument;
  const { data, error } = useAbfrage(api.listVersionen, { params: { id: d.id as never } });
  if (error) return <Fehler fehler={error} />;
  if (!data) return <Laden />;
  const darf = !d.storniert && d.rechte.includes('dokument.bearbeiten');
  return (
    <>
      {darf && <NeueFassung d={d} />}
      {data.eintraege.map((v) => (
        <Tafel key={v.id} titel={`${t('fassung')} ${v.nummer}`} zahl={<>{v.id === d.aktuelleVersion?.id && <Badge ton="info">{t('aktuelle')}</Badge>}{v.abgeschlossenAm && <Badge icon="schloss">{t('abgeschlossen')}</Badge>}</>}>
          <Innen>
            <p className="va-klein va-leise"><Zeit wert={v.erstelltAm} />{v.erstelltVon && `, ${v.erstelltVon.name}`}{v.bemerkung && <><br />{v.bemerkung}</>}</p>
            <ul className="va-formate">{v.formate.map((f) => (
              <li key={f.id}><span><span className="va-bruch">{f.dateiname}</span><br /><span className="va-klein va-leise">{groesse(f.groesse)} · {f.mime}{f.art !== 'original' && ` · ${f.art === 'pdfa' ? 'PDF/A' : f.art}`}<br />SHA-256 <code title={f.sha256}>{f.sha256.slice(0, 16)}…</code></span></span>
                <ButtonDownload klein nurIcon href={downloadUrl(ablage.downloadInhalt, { params: { id: f.inhaltId as never } })} dateiname={f.dateiname}>{f.dateiname}</ButtonDownload></li>
            ))}</ul>
          </Innen>
        </Tafel>
      ))}
    </>
  );
}

function NeueFassung({ d }: { d: Dokument }) {
  const client = useQueryClient();
  const [bemerkung, setBemerkung] = useState('');
  const [fehler, setFehler] = useState<unknown>();
  const [abgelegt, setAbgelegt] = useState<number>();
  const uploads = useUpload((datei, o) => upload(ablage.uploadInhalt, {}, datei, o), { nachJeder: (inhalt) => void lege(inhalt.id) });
  async function lege(inhaltId: string) {
    try {
      const neu = await call(api.createVersion, { params: { id: d.id as never }, body: { formate: [{ inhaltId }], ...(bemerkung.trim() && { bemerkung }) } });
      setAbgelegt(neu.versionNummer ?? 0);
      setBemerkung('');
      setFehler(undefined);
      uploads.leeren();
    } catch (e) { setFehler(e); } finally { void client.invalidateQueries(); }
  }
  return (
    <Tafel titel={t('neueFassung')}>
      <Abwurf onDateien={(dateien) => uploads.hinzu(dateien.slice(0, 1))} text={t('neueFassung')} />
      <Innen>
        <p className="va-klein va-leise">{t('neueFassungText')}</p>
        <TextArea label={t('bemerkung')} freiwillig rows={2} value={bemerkung} onChange={(e) => setBemerkung(e.target.value)} />
        <p className="va-reihe"><DateiKnopf klein mehrere={false} onDateien={uploads.hinzu}>{t('neueFassung')}</DateiKnopf>{abgelegt !== undefined && <Ergebnis>{t('fassungAbgelegt', abgelegt)}</Ergebnis>}</p>
        <Uebertragungen uploads={uploads} />
        {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
      </Innen>
    </Tafel>
  );
}
