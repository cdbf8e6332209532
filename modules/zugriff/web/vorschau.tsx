import { useEffect } from 'react';
import { useMutation } from '@tanstack/react-query';
import { call } from '#platform/web/client.ts';
import { Fehler, Hinweis, Laden } from '#platform/web/kern/index.ts';
import { api, type Vorhaben } from '../contract.ts';
import { t } from './texte.ts';
import { w } from './warum-texte.ts';

const GEZEIGT = 12;
/** What a change that is not made yet would do: whom, from which Stufe to which, in how much. */
export function Vorschau({ vorhaben }: { vorhaben: Vorhaben }) {
  const frage = useMutation({ mutationFn: (body: Vorhaben) => call(api.previewFreigabe, { body } as never) });
  const { mutate } = frage;
  const key = JSON.stringify(vorhaben);
  useEffect(() => { mutate(JSON.parse(key) as Vorhaben); }, [key, mutate]);
  if (frage.error) return <Fehler kompakt fehler={frage.error} />;
  if (!frage.data) return <Laden />;
  const { gewinnen, verlieren, personen } = frage.data;
  const stufe = (s: (typeof personen)[number]['wechsel'][number]['von']) => (s === null ? w('nichts') : t(s));
  return (
    <Hinweis ton={verlieren ? 'warnung' : 'info'} titel={w('wuerde')}>
      {personen.length === 0 ? w('niemand') : <p>{[verlieren ? w('verliert', verlieren) : '', gewinnen ? w('gewinnt', gewinnen) : ''].filter(Boolean).join(', ')}</p>}
      <ul className="va-unter">{personen.slice(0, GEZEIGT).map((p) => <li key={p.id}>{p.name}: {p.wechsel.map((c) => w('wechsel', stufe(c.von), stufe(c.nach), c.bereiche, c.objekte)).join('; ')}</li>)}</ul>
      {personen.length > GEZEIGT && <p>{w('weitere', personen.length - GEZEIGT)}</p>}
    </Hinweis>
  );
}
