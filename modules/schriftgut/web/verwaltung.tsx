import { useState } from 'react';
import { z } from 'zod';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Checkbox, Ergebnis, Fehler, Field, Innen, Laden, Leer, Seite, Seitenkopf, Select, Tabelle, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { api, Feldtyp, Objekttyp, type Erweiterungsfeld, type Pflichtfeld } from '../contract.ts';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

const typwort = { text: () => tf('typText'), zahl: () => tf('typZahl'), datum: () => tf('typDatum'), codeliste: () => tf('typCodeliste'), person: () => tf('typPerson'), verweis: () => tf('typVerweis') };
const objektwort = { akte: () => t('akte'), vorgang: () => t('vorgang'), dokument: () => t('dokument') };

/** The Mandant's own fields, mandatory details, depth (MD-05, MD-06, ST-01). */
export function Component() {
  const felder = useAbfrage(api.listErweiterungsfelder, { query: {} });
  const einstellungen = useAbfrage(api.getSchriftgutEinstellungen, {});
  const [offen, setOffen] = useState<Erweiterungsfeld | 'neu'>();
  const fehler = felder.error ?? einstellungen.error;
  if (fehler) return <Fehler fehler={fehler} />;
  if (!felder.data || !einstellungen.data) return <Laden />;
  return (
    <Seite>
      <Seitenkopf titel={tf('felderTitel')} neben={tf('felderText')} />
      <div className="va-mitte">
        <Tafel titel={tf('eigeneFelder')} zahl={felder.data.eintraege.length} aktionen={<Button klein icon="plus" onClick={() => setOffen('neu')}>{tf('feldAnlegen')}</Button>}>
          {offen && <Innen><Feldformular key={offen === 'neu' ? 'neu' : offen.id} feld={offen === 'neu' ? undefined : offen} onFertig={() => setOffen(undefined)} /></Innen>}
          {felder.data.eintraege.length === 0 && !offen ? <Leer icon="tabelle">{tf('keineFelder')}</Leer> : felder.data.eintraege.length > 0 && <Tabelle titel={tf('eigeneFelder')} zeilen={felder.data.eintraege} schluessel={(f) => f.id} spalten={[
            { name: 'bezeichnung', titel: tf('bezeichnung'), kopf: true, zelle: (f) => <>{f.bezeichnung} {f.stillgelegt && <Badge ton="warnung">{tf('stillgelegt')}</Badge>}</> },
            { name: 'typ', titel: tf('objekttyp'), zelle: (f) => objektwort[f.objekttyp]() }, { name: 'datentyp', titel: tf('datentyp'), zelle: (f) => typwort[f.datentyp]() }, { name: 'schluessel', titel: tf('schluessel'), schmal: 'weg', zelle: (f) => <code>{f.schluessel}</code> },
            { name: 'aktion', titel: '', zahl: true, zelle: (f) => <Button art="leicht" klein icon="stift" onClick={() => setOffen(f)}>{tf('feldAendern')}<span className="kern-sr-only"> {f.bezeichnung}</span></Button> },
          ]} />}
        </Tafel>
        <Einstellungen key={einstellungen.data.version} stand={einstellungen.data} felder={felder.data.eintraege} />
      </div>
    </Seite>
  );
}

const zeilen = (codes: { code: string; bezeichnung: string }[]) => codes.map((c) => `${c.code} = ${c.bezeichnung}`).join('\n');
const codesAus = (text: string) => text.split('\n').map((z) => z.trim()).filter(Boolean).map((z) => { const [code, ...rest] = z.split('='); return { code: code!.trim(), bezeichnung: rest.join('=').trim() || code!.trim() }; });
const Werte = z.object({ objekttyp: Objekttyp, schluessel: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/), datentyp: Feldtyp, bezeichnung: z.string().trim().min(1).max(200), beschreibung: z.string().max(1000).optional(), codes: z.string().optional(), stillgelegt: z.boolean().optional() });

function Feldformular({ feld, onFertig }: { feld: Erweiterungsfeld | undefined; onFertig(): void }) {
  const anlegen = useAuftrag(api.createErweiterungsfeld), aendern = useAuftrag(api.updateErweiterungsfeld);
  const f = useFormular({
    schema: Werte, start: { objekttyp: feld?.objekttyp ?? 'akte', schluessel: feld?.schluessel ?? '', datentyp: feld?.datentyp ?? 'text', bezeichnung: feld?.bezeichnung ?? '', beschreibung: feld?.beschreibung ?? '', codes: zeilen(feld?.codes ?? []), stillgelegt: feld?.stillgelegt ?? false },
    async senden({ objekttyp, schluessel, datentyp, bezeichnung, beschreibung, codes, stillgelegt }) {
      const gemeinsam = { bezeichnung, beschreibung: beschreibung || null, codes: codesAus(codes ?? ''), stillgelegt: stillgelegt ?? false };
      if (feld) await aendern.ausfuehren({ params: { id: feld.id }, ifMatch: feld.version, body: gemeinsam }); else await anlegen.ausfuehren({ body: { objekttyp, schluessel, datentyp, ...gemeinsam } });
      onFertig();
    },
  });
  return (
    <Formular formular={f} knopf={feld ? t('speichern') : tf('feldAnlegen')} daneben={<Button art="leicht" onClick={onFertig}>{t('abbrechen')}</Button>}>
      <Felder>
        <Field label={tf('bezeichnung')} {...f.feld('bezeichnung')} />
        {!feld && <><Select label={tf('objekttyp')} wahl={Objekttyp.options.map((o) => ({ wert: o, titel: objektwort[o]() }))} {...f.feld('objekttyp')} /><Select label={tf('datentyp')} wahl={Feldtyp.options.map((d) => ({ wert: d, titel: typwort[d]() }))} {...f.feld('datentyp')} /><Field label={tf('schluessel')} hinweis={tf('schluesselHilfe')} {...f.feld('schluessel')} /></>}
        <Field label={tf('beschreibung')} freiwillig {...f.feld('beschreibung')} />
        {f.werte.datentyp === 'codeliste' && <TextArea label={tf('codes')} hinweis={tf('codesHilfe')} breit {...f.feld('codes')} />}
        {feld && <Checkbox label={tf('stillgelegt')} {...f.haken('stillgelegt')} />}
      </Felder>
    </Formular>
  );
}

/** Names of the fields that can be mandatory; the same as on the server. */
const pflichtfaehig = { 'aussonderung.art': () => t('aussonderungsart'), 'aussonderung.aufbewahrung': () => t('aufbewahrung'), typ: () => t('typ'), bearbeiter: () => t('bearbeitung'), bemerkung: () => t('bemerkung'), datenschutzstufe: () => tf('datenschutzstufe') } as const;

function Einstellungen({ stand, felder }: { stand: { maxTiefe: number; pflichtfelder: Pflichtfeld[]; version: number }; felder: readonly Erweiterungsfeld[] }) {
  const [pflicht, setPflicht] = useState<readonly Pflichtfeld[]>(stand.pflichtfelder);
  const [tiefe, setTiefe] = useState(String(stand.maxTiefe));
  const speichern = useAuftrag(api.updateSchriftgutEinstellungen);
  const hat = (objekttyp: 'akte' | 'vorgang', feld: string) => pflicht.some((p) => p.objekttyp === objekttyp && p.feld === feld);
  const setze = (objekttyp: 'akte' | 'vorgang', feld: string, an: boolean) => setPflicht(an ? [...pflicht, { objekttyp, status: 'zda', feld }] : pflicht.filter((p) => p.objekttyp !== objekttyp || p.feld !== feld));
  const namen = (typ: 'akte' | 'vorgang') => [...Object.entries(pflichtfaehig).map(([feld, name]) => [feld, name()] as const), ...felder.filter((f) => f.objekttyp === typ && !f.stillgelegt).map((f) => [`felder.${f.schluessel}`, f.bezeichnung] as const)];
  return (
    <Tafel titel={tf('pflichtfelder')}><Innen>
      <form className="va-formular" onSubmit={(e) => { e.preventDefault(); speichern.starten({ ifMatch: stand.version, body: { maxTiefe: Number(tiefe), pflichtfelder: [...pflicht] } }); }}>
        <div className="va-gitter">{(['akte', 'vorgang'] as const).map((typ) => (
          <fieldset key={typ} className="va-radios"><legend>{objektwort[typ]()}</legend>{namen(typ).map(([feld, name]) => <Checkbox key={feld} label={name} checked={hat(typ, feld)} onChange={(an) => setze(typ, feld, an)} />)}</fieldset>
        ))}</div>
        <Felder><Field type="number" min={1} max={20} label={tf('maxTiefe')} hinweis={tf('maxTiefeHilfe')} value={tiefe} onChange={(e) => setTiefe(e.target.value)} /></Felder>
        {speichern.fehler !== null && <Fehler kompakt fehler={speichern.fehler} />}
        <p className="va-reihe"><Button type="submit" laeuft={speichern.laeuft}>{t('speichern')}</Button>{speichern.ergebnis && <Ergebnis>{t('gespeichert')}</Ergebnis>}</p>
      </form>
    </Innen></Tafel>
  );
}
