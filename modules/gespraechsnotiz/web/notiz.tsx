import '#modules/aktenplan/web/index.ts'; // how the field that finds an Akte looks
import { useEffect, useRef, useState } from 'react';
import { Link, useMatch } from 'react-router';
import type { z } from 'zod';
import { OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import { AkteWahl, VorgangWahl, type AkteZiel } from '#modules/posteingang/web/index.ts';
import { api as schriftgut } from '#modules/schriftgut/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Checkbox, Dialog, Ergebnis, Field, Select, TextArea } from '#platform/web/kern/index.ts';
import { api, GespraechsnotizAnlegen, notizkanaele, type Gespraechsnotiz } from '../contract.ts';
import { t } from './texte.ts';

const Werte = GespraechsnotizAnlegen.omit({ ziel: true });
type Ziel = z.input<typeof GespraechsnotizAnlegen>['ziel'];
type Ort = { akte: AkteZiel | undefined; vorgang: string };

/** The Akte or Vorgang whose page is open: most calls are about what lies on the desk. */
function useOrtDerSeite(aktiv: boolean): Ort {
  const akteId = useMatch('/akten/:id/*')?.params.id, vorgangId = useMatch('/vorgaenge/:id/*')?.params.id;
  const istId = (id: string | undefined): id is string => id !== undefined && id !== 'neu';
  const vorgang = useAbfrage(schriftgut.getVorgang, { params: { id: vorgangId as never } }, { aktiv: aktiv && istId(vorgangId) }).data;
  const akte = useAbfrage(schriftgut.getAkte, { params: { id: (vorgang?.akte?.id ?? akteId) as never } }, { aktiv: aktiv && istId(vorgang?.akte?.id ?? akteId) }).data;
  return akte && akte.status === 'in_bearbeitung' ? { akte: { id: akte.id, aktenzeichen: akte.aktenzeichen, betreff: akte.betreff }, vorgang: vorgang?.id ?? '' } : { akte: undefined, vorgang: '' };
}
const zielAus = ({ akte, vorgang }: Ort): Ziel =>
  (akte === undefined ? undefined : vorgang === 'neu' ? { art: 'neuer_vorgang', akteId: akte.id as never } : vorgang ? { art: 'vorgang', vorgangId: vorgang as never } : { art: 'akte', akteId: akte.id as never });

export default function Notiz({ offen, onSchliessen }: { offen: boolean; onSchliessen(): void }) {
  const seite = useOrtDerSeite(offen);
  const [gewaehlt, setGewaehlt] = useState<Ort>();
  const ort = gewaehlt ?? seite;
  const [fertig, setFertig] = useState<Gespraechsnotiz>();
  const anlegen = useAuftrag(api.createGespraechsnotiz);
  const f = useFormular({
    schema: Werte, start: { kanal: 'telefon', rueckruf: false }, merken: 'gespraechsnotiz',
    async senden(werte) { const ziel = zielAus(ort); setFertig(await anlegen.ausfuehren({ body: { ...werte, ...(ziel && { ziel }) } })); f.zuruecksetzen(); setGewaehlt(undefined); },
  });
  return (
    <Dialog titel={t('titel')} offen={offen} breit nurLesen onSchliessen={() => { setFertig(undefined); onSchliessen(); }}>
      {fertig ? <Fertig notiz={fertig} onNaechste={() => setFertig(undefined)} onWeg={() => { setFertig(undefined); onSchliessen(); }} /> : (
        <Formular formular={f} knopf={t('speichern')}>
          <Felder>
            <Field label={t('wer')} placeholder={t('werHilfe')} autoFocus {...f.feld('wer')} />
            <Field label={t('kontakt')} freiwillig inputMode="tel" {...f.feld('kontakt')} />
            <Field label={t('betreff')} breit {...f.feld('betreff')} />
            <TextArea label={t('notiz')} freiwillig rows={4} breit {...f.feld('notiz')} />
            <Field label={t('wunsch')} freiwillig {...f.feld('wunsch')} />
            <Field type="date" label={t('bis')} freiwillig {...f.feld('bis')} />
            <Select label={t('kanal')} wahl={notizkanaele.map((wert) => ({ wert, titel: t(wert) }))} {...f.feld('kanal')} />
          </Felder>
          <Checkbox label={t('rueckruf')} {...f.haken('rueckruf')} />
          <Felder>
            <AkteWahl label={t('akte')} wert={ort.akte} onWahl={(akte) => setGewaehlt({ akte, vorgang: '' })} />
            {ort.akte ? <VorgangWahl akte={ort.akte} wert={ort.vorgang} onWahl={(vorgang) => setGewaehlt({ akte: ort.akte, vorgang })} /> : <OrganisationseinheitWahl label={t('fuer')} leer={t('eigenes')} {...f.feld('organisationseinheitId')} />}
          </Felder>
        </Formular>
      )}
    </Dialog>
  );
}

/** The result stands where the form was; `Esc` closes, as everywhere. */
function Fertig({ notiz: { nummer, eingangId, dokumentId, organisationseinheit: { kennzeichen, bezeichnung } }, onNaechste, onWeg }: { notiz: Gespraechsnotiz; onNaechste(): void; onWeg(): void }) {
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.focus(); }, []);
  return (
    <div ref={hier} tabIndex={-1}>
      <Ergebnis weiter={<Link to={dokumentId ? `/dokumente/${dokumentId}` : `/posteingang/${eingangId}`} onClick={onWeg}>{t('oeffnen')}</Link>}>{dokumentId ? t('abgelegt', nummer) : t('imKorb', nummer, `${kennzeichen} ${bezeichnung}`)}</Ergebnis>
      <p><Button onClick={onNaechste}>{t('naechste')}</Button></p>
    </div>
  );
}
