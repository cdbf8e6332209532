import { Link } from 'react-router';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api as ablage } from '#modules/ablage/contract.ts';
import { call, upload } from '#platform/web/client.ts';
import { Fehler, Icon, Innen, Leer, Tafel } from '#platform/web/kern/index.ts';
import { Abwurf, DateiKnopf, Uebertragungen, useUpload } from '#platform/web/upload/index.ts';
import { groesse } from '#platform/web/text.ts';
import { api, type Dokument } from '../contract.ts';
import { betreffAus } from './email.ts';
import { useObjekt } from './rahmen.tsx';
import { dokumentIcon } from './teile.tsx';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** Anlagen and Schriftstücke of a Dokument. */
export function Component() {
  const { o } = useObjekt();
  const d = o as Dokument;
  const client = useQueryClient();
  const [fehler, setFehler] = useState<unknown>();
  const uploads = useUpload((datei, opt) => upload(ablage.uploadInhalt, {}, datei, opt), { gleichzeitig: 2, nachJeder: (inhalt, datei) => void lege(inhalt.id, datei.name) });
  async function lege(inhaltId: string, name: string) {
    try { await call(api.createDokument, { body: { parentId: d.id as never, betreff: betreffAus(name), formate: [{ inhaltId }] } }); setFehler(undefined); } catch (e) { setFehler(e); } finally { void client.invalidateQueries(); }
  }
  const darf = !d.storniert && !d.finalisiert && d.rechte.includes('dokument.bearbeiten');
  return (
    <Tafel titel={t('anlagen')} zahl={d.teile.length} aktionen={darf && <DateiKnopf klein art="leicht" onDateien={uploads.hinzu}>{tf('ablegen')}</DateiKnopf>}>
      {darf && <Abwurf onDateien={uploads.hinzu} text={t('anlagen')} />}
      {d.teile.length === 0 && uploads.liste.length === 0 ? <Leer icon="klammer">{t('nAnlagen', 0)}</Leer> : (
        <ul className="va-planliste va-teilliste">{d.teile.map((teil) => (
          <li key={teil.id} data-zeile={teil.id}><Link to={`/dokumente/${teil.id}`}><Icon name={dokumentIcon(teil)} klein /><span className={teil.storniert ? 'va-gestrichen' : undefined}>{teil.betreff}</span><span className="va-klein va-leise">{teil.kennzeichen}{teil.datei && ` · ${teil.datei.dateiname}, ${groesse(teil.datei.groesse)}`}</span></Link></li>
        ))}</ul>
      )}
      {(uploads.liste.length > 0 || fehler !== undefined) && <Innen><Uebertragungen uploads={uploads} />{fehler !== undefined && <Fehler kompakt fehler={fehler} />}</Innen>}
    </Tafel>
  );
}
