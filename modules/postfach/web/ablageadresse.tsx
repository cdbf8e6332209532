import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Dialog, Ergebnis, Fehler, Innen, Laden, Tafel } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';
import './postfach.css';

/** The address of an Akte or a Vorgang, for those who may file there. */
export default function Ablageadresse({ typ, id, rechte }: { typ: string; id: string; rechte: readonly string[] }) {
  const params = { typ: typ as 'akte', id };
  const darf = rechte.includes(`${typ}.bearbeiten`);
  const { data, error, refetch } = useAbfrage(api.getAblageadresse, { params }, { aktiv: darf });
  const anlegen = useAuftrag(api.createAblageadresse, { nachher: () => setFrage(undefined) });
  const abschaffen = useAuftrag(api.deleteAblageadresse, { nachher: () => setFrage(undefined) });
  const [frage, setFrage] = useState<'erneuern' | 'abschaffen'>();
  const [kopiert, setKopiert] = useState(false);
  const fehler = anlegen.fehler ?? abschaffen.fehler;
  return (
    <Tafel titel={t('adresse')}>
      <Innen>
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : !data.moeglich ? <p className="va-leise">{t('adresseNicht')}</p> : data.adresse === null ? <>
          <p>{t('adresseKeine')}</p><Button art="haupt" icon="mail" laeuft={anlegen.laeuft} onClick={() => anlegen.starten({ params, body: {} })}>{t('anlegen')}</Button>
        </> : <>
          <p>{t('adresseText')} {t(data.ablage === 'alle' ? 'allePersonen' : data.ablage)}</p>
          <p className="va-ablageadresse"><code>{data.adresse}</code></p>
          <p className="va-reihe">
            <Button art="haupt" onClick={() => { void navigator.clipboard.writeText(data.adresse!).then(() => setKopiert(true)); }}>{t('kopieren')}</Button>
            <Button onClick={() => setFrage('erneuern')}>{t('erneuern')} …</Button><Button art="leicht" onClick={() => setFrage('abschaffen')}>{t('abschaffen')} …</Button>
            {kopiert && <Ergebnis>{t('kopiert')}</Ergebnis>}
          </p>
          {data.seit && <p className="va-klein va-leise">{t('gilt', datum(data.seit))}</p>}
        </>}
        {fehler !== null && <Fehler kompakt fehler={fehler} />}
        <Dialog titel={frage === 'abschaffen' ? t('abschaffenFrage') : t('erneuernFrage')} offen={frage !== undefined} onSchliessen={() => setFrage(undefined)}
          aktion={frage === 'abschaffen' ? <Button art="haupt" laeuft={abschaffen.laeuft} onClick={() => abschaffen.starten({ params })}>{t('abschaffen')}</Button> : <Button art="haupt" laeuft={anlegen.laeuft} onClick={() => { setKopiert(false); anlegen.starten({ params, body: {} }); }}>{t('erneuern')}</Button>}>
          <p>{frage === 'abschaffen' ? t('abschaffenText') : t('erneuernText')}</p>
        </Dialog>
      </Innen>
    </Tafel>
  );
}
