import { useState } from 'react';
import { Link } from 'react-router';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Fehler, Field, Icon, Innen, Leer, Tafel } from '#platform/web/kern/index.ts';
import { Felder } from '#platform/web/formular/index.ts';
import { api } from '../contract.ts';
import { useObjekt } from './rahmen.tsx';
import { pfadVon } from './teile.tsx';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** References to other objects, here or elsewhere; broken ones show as such (ST-09). */
export function Component() {
  const x = useObjekt();
  const entfernen = useAuftrag(api.deleteVerweis);
  const darf = !x.o.storniert && (x.o.rechte as string[]).includes(`${x.typ}.bearbeiten`);
  return (
    <div className={x.typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-rollen'}>
      <Tafel titel={t('verweise')} zahl={x.o.verweise.length}>
        {x.o.verweise.length === 0 ? <Leer icon="link">{tf('keineVerweise')}</Leer> : (
          <ul className="va-planliste va-verweise">{x.o.verweise.map((v) => (
            <li key={v.id}>
              <span><Icon name="link" klein /> {v.zustand === 'aufgeloest' && v.typ && v.zielId ? <Link to={pfadVon[v.typ](v.zielId)}>{v.kennzeichen} {v.betreff}</Link> : <>{v.kennzeichen} <Badge ton={v.zustand === 'extern' ? 'neutral' : 'warnung'}>{v.zustand === 'extern' ? `${tf('extern')}: ${v.behoerde}` : tf('nichtAufloesbar')}</Badge></>}
                {v.bemerkung && <><br /><span className="va-klein va-leise">{v.bemerkung}</span></>}</span>
              {darf && <Button art="leicht" klein nurIcon icon="weg" laeuft={entfernen.laeuft} onClick={() => entfernen.starten({ params: { id: v.id } })}>{`${tf('entfernen')}: ${v.kennzeichen ?? ''}`}</Button>}
            </li>
          ))}</ul>
        )}
      </Tafel>
      {darf && <Neu von={{ typ: x.typ, id: x.o.id }} />}
    </div>
  );
}

function Neu({ von }: { von: { typ: 'akte' | 'vorgang' | 'dokument'; id: string } }) {
  const leer = { zielKennzeichen: '', zielBehoerde: '', bemerkung: '' };
  const [w, setW] = useState(leer);
  const anlegen = useAuftrag(api.createVerweis, { nachher: () => setW(leer) });
  const feld = (name: keyof typeof leer) => ({ value: w[name], onChange: (e: { target: { value: string } }) => setW({ ...w, [name]: e.target.value }) });
  return (
    <Tafel titel={tf('verweisAnlegen')}><Innen>
      <form className="va-formular" onSubmit={(e) => { e.preventDefault(); if (w.zielKennzeichen.trim()) anlegen.starten({ body: { von, zielKennzeichen: w.zielKennzeichen, ...(w.zielBehoerde && { zielBehoerde: w.zielBehoerde }), ...(w.bemerkung && { bemerkung: w.bemerkung }) } }); }}>
        <Felder><Field label={tf('verweisKennzeichen')} {...feld('zielKennzeichen')} /><Field label={tf('verweisBehoerde')} freiwillig {...feld('zielBehoerde')} /><Field label={tf('verweisBemerkung')} freiwillig {...feld('bemerkung')} /></Felder>
        {anlegen.fehler !== null && <Fehler kompakt fehler={anlegen.fehler} />}
        <p><Button type="submit" klein icon="plus" laeuft={anlegen.laeuft} disabled={!w.zielKennzeichen.trim()}>{tf('verweisAnlegen')}</Button></p>
      </form>
    </Innen></Tafel>
  );
}
