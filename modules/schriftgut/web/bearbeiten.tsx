import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular } from '#platform/web/formular/index.ts';
import { ButtonLink, Checkbox, Field, Innen, Laden, Select, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type Dokument, type KontaktEingabe } from '../contract.ts';
import { alsEingabe, KontakteFeld } from './kontakte-feld.tsx';
import { AllgemeineFelder, AussonderungFelder, aussonderungBody, aussonderungStart, bodyVon, EigeneFelder, Einstufung, feldnamenVon, gemeinsam, Gruppe, laufzeit, startVon, stellen, useEigeneFelder, useMetaFormular } from './metadaten-formular.tsx';
import { useObjekt, type Objekt } from './rahmen.tsx';
import { BLEIBT, pfadVon } from './teile.tsx';
import { artwort, t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** Changes the details of an Akte, Vorgang or Dokument. */
export function Component() {
  const x = useObjekt();
  const felder = useEigeneFelder(x.typ);
  return felder ? <Bearbeiten x={x} felder={felder} /> : <Laden />;
}
const nurDokument = ['art', 'entwurf', 'datumDesSchreibens', 'posteingangsdatum', 'postausgangsdatum', 'fremdesGeschaeftszeichen', 'bezug', 'hier', 'bearbeiterName'] as const;
const dokumentStart = (d: Dokument) => Object.fromEntries(nurDokument.map((n) => [n, d[n] ?? ''])) as Record<string, string | boolean>;
const titel = { akte: () => tf('akteAendern'), vorgang: () => tf('vorgangAendern'), dokument: () => tf('dokumentAendern') };
const updates = { akte: api.updateAkte, vorgang: api.updateVorgang, dokument: api.updateDokument } as const;

function Bearbeiten({ x, felder }: { x: Objekt; felder: NonNullable<ReturnType<typeof useEigeneFelder>> }) {
  const navigate = useNavigate();
  const { gast } = useSitzung();
  const zurueck = x.typ === 'dokument' ? pfadVon.dokument(x.o.id) : `${pfadVon[x.typ](x.o.id)}/angaben`;
  const [kontakte, setKontakte] = useState<KontaktEingabe[]>(x.o.kontakte.map((k) => alsEingabe(k)));
  const [kontakteGeaendert, setGeaendert] = useState(false);
  const aendern = useAuftrag(updates[x.typ] as typeof api.updateAkte);
  const f = useMetaFormular({
    start: { ...startVon(x.o), ...(x.typ === 'dokument' ? dokumentStart(x.o) : aussonderungStart(x.o)) }, pflicht: ['betreff'], merken: `${x.typ}-${x.o.id}`,
    async senden(werte) {
      const namen = ['betreff', ...gemeinsam, ...(x.typ === 'akte' ? stellen : []), ...feldnamenVon(felder), ...(x.typ === 'dokument' ? nurDokument : laufzeit)];
      const body: Record<string, unknown> = { ...bodyVon(werte, namen), ...(x.typ === 'dokument' ? {} : aussonderungBody(werte)), ...(kontakteGeaendert && { kontakte }) };
      if (x.typ === 'dokument' && body['datumDesSchreibens'] === null) delete body['datumDesSchreibens'];
      await aendern.ausfuehren({ params: { id: x.o.id as never }, ifMatch: x.o.version, body: body as never });
      void navigate(zurueck, { state: BLEIBT });
    },
  });
  return (
    <div className={x.typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-angabenseite--eins va-rollen'}>
      <Tafel titel={titel[x.typ]()}><Innen>
        <Formular formular={f} knopf={t('speichern')} daneben={<ButtonLink art="leicht" to={zurueck} state={BLEIBT}>{t('abbrechen')}</ButtonLink>}>
          <Felder><TextArea label={t('betreff')} rows={2} breit {...f.feld('betreff')} /></Felder>
          {x.typ === 'dokument' && <DokumentFelder f={f} teil={x.o.parentId !== null} />}
          <KontakteFeld kontakte={kontakte} arten={x.typ === 'dokument' ? ['absender', 'empfaenger', 'weiterer'] : ['weiterer']} onAendern={(neu) => { setKontakte(neu); setGeaendert(true); }} />
          <Gruppe titel={tf('weitere')} offen><AllgemeineFelder f={f} bearbeiter={x.o.bearbeiter} mitStellen={x.typ === 'akte'} /></Gruppe>
          <EigeneFelder f={f} typ={x.typ} felder={felder} />
          {/* How secret it is and how long it is kept, the owner decides; what a guest sends along is as it was. */}
          {!gast && <Einstufung f={f} />}
          {!gast && x.typ !== 'dokument' && <AussonderungFelder f={f} o={x.o} />}
        </Formular>
      </Innen></Tafel>
    </div>
  );
}

function DokumentFelder({ f, teil }: { f: ReturnType<typeof useMetaFormular>; teil: boolean }) {
  const art = f.werte['art'];
  return (
    <Felder>
      <Select label={t('art')} wahl={(['eingang', 'ausgang', 'intern'] as const).map((a) => ({ wert: a, titel: artwort(a) }))} {...f.feld('art')} disabled={teil} />
      <Field type="date" label={tf('schreiben')} {...f.feld('datumDesSchreibens')} required />
      {art === 'eingang' && <Field type="date" label={tf('posteingang')} {...f.feld('posteingangsdatum')} />}
      {art === 'ausgang' && <Field type="date" label={tf('postausgang')} {...f.feld('postausgangsdatum')} />}
      <Field label={tf('fremdesZeichen')} freiwillig {...f.feld('fremdesGeschaeftszeichen')} /><Field label={tf('bezug')} freiwillig {...f.feld('bezug')} /><Field label={tf('hier')} freiwillig {...f.feld('hier')} /><Field label={tf('bearbeiterName')} freiwillig {...f.feld('bearbeiterName')} />
      {art !== 'eingang' && <Checkbox label={tf('entwurf')} {...f.haken('entwurf')} />}
    </Felder>
  );
}
