import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, ButtonLink, Checkbox, Fehler, Hinweis, Innen, Laden, Leise, Tafel, TextArea, useTitel } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type Aktenplaneinheit, type AktenplaneinheitKurz, type Zusammenfuehrung } from '../contract.ts';
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
  const ids = [...quellen.keys()];
  const zugriff = useAbfrage(api.getZusammenfuehrung, { params: { id: ziel.id }, query: { quellen: ids } }, { aktiv: ids.length > 0 });
  const gewinnt = zugriff.data?.gewinnt ?? [];
  // What was confirmed, not that: another choice of units may give it to others.
  const [gesehen, setGesehen] = useState<readonly string[]>([]);
  const bestaetigt = gewinnt.every((g) => gesehen.includes(g.schluessel));
  const bereit = ids.length > 0 && grund.trim().length >= 3 && zugriff.data !== undefined && bestaetigt;
  const los = () => { if (bereit && !merge.laeuft) merge.starten({ params: { id: ziel.id }, body: { quellen: ids, grund, bestaetigt: [...gesehen] } }); };
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
        {ids.length > 0 && zugriff.error !== null && <Fehler kompakt fehler={zugriff.error} />}
        {ids.length > 0 && zugriff.data && <Zugriff {...zugriff.data} bestaetigt={bestaetigt} onBestaetigt={(an) => setGesehen(an ? gewinnt.map((g) => g.schluessel) : [])} />}
        {merge.fehler !== null && <Fehler kompakt fehler={merge.fehler} />}
        <div className="va-formular__fuss">
          <Button art="haupt" laeuft={merge.laeuft} disabled={!bereit} onClick={los}>{t('zusammenfuehrenKnopf')}</Button>
          <ButtonLink art="leicht" to={`/aktenplan/${ziel.id}`} state={{ fokus: 'bleibt' }}>{t('abbrechen')}</ButtonLink>
        </div>
      </Innen>
    </Tafel>
  );
}

type Zugriffsfolge = Zusammenfuehrung & { bestaetigt: boolean; onBestaetigt(an: boolean): void };
/** Who would reach the Akten that come, and who keeps what he has: before the click, and the first only with a tick. */
function Zugriff({ gewinnt, behaelt, klassen, bestaetigt, onBestaetigt }: Zugriffsfolge) {
  const liste = (zeilen: readonly { name: string; stufe: keyof typeof stufe }[]) => <ul>{zeilen.map((z) => <li key={`${z.name} ${z.stufe}`}>{z.name}: {t(stufe[z.stufe])}</li>)}</ul>;
  return (
    <>
      {gewinnt.length > 0 ? (
        <Hinweis ton="warnung" titel={t('zugewinn')}>
          {liste(gewinnt)}
          <Checkbox label={t('zugewinnBestaetigen')} checked={bestaetigt} onChange={onBestaetigt} />
        </Hinweis>
      ) : <Hinweis>{t('keinZugewinn')}</Hinweis>}
      {behaelt.length > 0 && <details className="va-klein"><summary>{t('behaelt', behaelt.length)}</summary>{liste(behaelt)}</details>}
      {klassen.length > 0 && <p className="va-klein">{t('klasseBleibt')}</p>}
    </>
  );
}
const stufe = { sehen: 'stufeSehen', lesen: 'stufeLesen', bearbeiten: 'stufeBearbeiten', verwalten: 'stufeVerwalten' } as const;
