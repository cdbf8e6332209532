import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, ButtonLink, Checkbox, Fehler, Innen, Laden, Leise, Tafel, TextArea, useTitel } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type Aktenplaneinheit, type AktenplaneinheitKurz } from '../contract.ts';
import { name, t } from './texte.ts';
import { AktenplaneinheitWahl } from './wahl.tsx';

/** Other units end in this one: its own children are proposed, others can be added. */
export function Component() {
  const { id = '' } = useParams();
  const ziel = useAbfrage(api.getAktenplaneinheit, { params: { id } });
  const kinder = useAbfrage(api.listAktenplaneinheiten, { query: { parentId: id, limit: 200 } });
  if (ziel.error) return <Fehler fehler={ziel.error} />;
  if (!ziel.data || !kinder.data) return <Laden />;
  return <Zusammenfuehren key={id} ziel={ziel.data} kinder={kinder.data.eintraege} />;
}

function Zusammenfuehren({ ziel, kinder }: { ziel: Aktenplaneinheit; kinder: readonly AktenplaneinheitKurz[] }) {
  const titel = `${t('zusammenfuehrenKnopf')}: ${name(ziel)}`;
  useTitel(titel);
  const navigate = useNavigate();
  const [quellen, setQuellen] = useState<ReadonlyMap<string, AktenplaneinheitKurz>>(new Map(kinder.map((k) => [k.id, k])));
  const [weitere, setWeitere] = useState<readonly AktenplaneinheitKurz[]>([]);
  const [grund, setGrund] = useState('');
  const merge = useAuftrag(api.mergeAktenplaneinheiten, { nachher: (a) => void navigate(`/aktenplan/${ziel.id}`, { state: { fokus: 'bleibt', ergebnis: t('zusammengefuehrt', a.verschobeneAkten) } }) });
  const bereit = quellen.size > 0 && grund.trim().length >= 3;
  const los = () => { if (bereit && !merge.laeuft) merge.starten({ params: { id: ziel.id }, body: { quellen: [...quellen.keys()], grund } }); };
  useTaste('Strg Eingabe', t('zusammenfuehrenKnopf'), los);
  const setze = (e: AktenplaneinheitKurz, an: boolean) => setQuellen((alt) => { const neu = new Map(alt); if (an) neu.set(e.id, e); else neu.delete(e.id); return neu; });
  return (
    <Tafel titel={titel}>
      <Innen>
        <p>{t('quellenText', name(ziel))}</p>
        <fieldset className="va-radios"><legend>{t('quellen')}</legend>
          {[...kinder, ...weitere].map((e) => <Checkbox key={e.id} label={<>{name(e)}{e.akten > 0 && <> <Leise>{`${e.akten} ${t('akten')}`}</Leise></>}</>} checked={quellen.has(e.id)} onChange={(an) => setze(e, an)} />)}
          {kinder.length + weitere.length === 0 && <p className="va-leise">{t('keineQuelle')}</p>}
        </fieldset>
        <AktenplaneinheitWahl label={t('weitereQuelle')} wert={undefined} onWahl={(e) => { if (e && e.id !== ziel.id && !quellen.has(e.id)) { setWeitere((alle) => [...alle, e]); setze(e, true); } }} />
        <TextArea label={t('grund')} value={grund} onChange={(ev) => setGrund(ev.target.value)} />
        {merge.fehler !== null && <Fehler kompakt fehler={merge.fehler} />}
        <div className="va-formular__fuss">
          <Button art="haupt" laeuft={merge.laeuft} disabled={!bereit} onClick={los}>{t('zusammenfuehrenKnopf')}</Button>
          <ButtonLink art="leicht" to={`/aktenplan/${ziel.id}`} state={{ fokus: 'bleibt' }}>{t('abbrechen')}</ButtonLink>
        </div>
      </Innen>
    </Tafel>
  );
}
