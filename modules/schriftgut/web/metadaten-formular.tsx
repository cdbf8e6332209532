import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { api as organisation } from '#modules/organisation/contract.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Felder, useFormular } from '#platform/web/formular/index.ts';
import { Field, Select, TextArea } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type Akte, type Dokument, type Objekttyp, type Vorgang } from '../contract.ts';
import { mediumwort, t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** Fields by their dotted path in the body, so that the server's refusals find them: `geheimhaltung.eingestuftAm`. */
type Wert = string | number | boolean | undefined;
const pflichtSchema = (pflicht: readonly string[]) => z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).optional()).superRefine((werte, ctx) => {
  for (const feld of pflicht) if (String(werte[feld] ?? '').trim() === '') ctx.addIssue({ code: 'custom', path: [feld], message: feld });
});
export type MetaFormular = ReturnType<typeof useMetaFormular>;
export const useMetaFormular = ({ start, pflicht, senden, merken }: { start: Record<string, Wert>; pflicht: readonly string[]; senden(werte: Record<string, Wert>): Promise<unknown>; merken: string }) =>
  useFormular({ schema: pflichtSchema(pflicht), start, senden, merken });

/** `{ 'laufzeit.beginn': 'x' }` → `{ laufzeit: { beginn: 'x' } }`; names not given become null (`leere`), so that a cleared field is cleared. */
export function bodyVon(werte: Record<string, Wert>, felder: readonly string[], leere: null | undefined = null): Record<string, unknown> {
  const body: Record<string, any> = {};
  for (const feld of felder) {
    const wert = werte[feld] === '' || werte[feld] === undefined ? leere : werte[feld];
    if (wert === undefined) continue;
    const teile = feld.split('.');
    const letzter = teile.pop()!;
    let ziel = body;
    for (const teil of teile) ziel = ziel[teil] ??= {};
    ziel[letzter] = wert;
  }
  return body;
}

export const gemeinsam = ['typ', 'bemerkung', 'bearbeiterId', 'medium', 'standort', 'geheimhaltung.grad', 'geheimhaltung.einstufungsfrist', 'geheimhaltung.eingestuftAm', 'geheimhaltung.herausgeber', 'geheimhaltung.endetAm', 'geheimhaltung.bemerkung', 'datenschutzstufe'] as const;
export const stellen = ['federfuehrungId', 'aktenfuehrungId'] as const;
export const laufzeit = ['laufzeit.beginn', 'laufzeit.ende'] as const;

type Objekt = Akte | Vorgang | Dokument;
export function startVon(o: Objekt): Record<string, Wert> {
  const g = o.geheimhaltung;
  return {
    betreff: o.betreff, typ: o.typ ?? '', bemerkung: o.bemerkung ?? '', bearbeiterId: o.bearbeiter?.id ?? '', medium: o.medium, standort: o.standort ?? '', federfuehrungId: o.federfuehrung.id, aktenfuehrungId: o.aktenfuehrung.id,
    'geheimhaltung.grad': g.grad, 'geheimhaltung.einstufungsfrist': g.einstufungsfrist ?? '', 'geheimhaltung.eingestuftAm': g.eingestuftAm ?? '', 'geheimhaltung.herausgeber': g.herausgeber ?? '', 'geheimhaltung.endetAm': g.endetAm ?? '', 'geheimhaltung.bemerkung': g.bemerkung ?? '',
    datenschutzstufe: o.datenschutzstufe ?? '', ...Object.fromEntries(Object.entries(o.felder).map(([k, w]) => [`felder.${k}`, w ?? ''])),
  };
}

export function OeWahl({ label, leer, ...rest }: { label: string; leer?: string } & Omit<Parameters<typeof Select>[0], 'wahl' | 'label' | 'leer'>) {
  const { data } = useAbfrage(organisation.listOrganisationseinheiten, { query: { limit: 200, gueltig: 'true' } });
  const wahl = (data?.eintraege ?? []).map((o) => ({ wert: o.id as string, titel: `${o.kennzeichen} ${o.bezeichnung}` }));
  return <Select label={label} {...(leer !== undefined && { leer })} wahl={wahl} {...rest} />;
}
/** The people of the Mandant where one may see them; oneself always. */
export function BearbeiterWahl({ aktuell, ...rest }: { aktuell?: { id: string; name: string } | null | undefined } & Omit<Parameters<typeof Select>[0], 'wahl' | 'label'>) {
  const { ich, darf } = useSitzung();
  const { data } = useAbfrage(organisation.listBenutzer, { query: { limit: 200, gesperrt: 'false' } }, { aktiv: darf('benutzer.sehen') });
  const andere = (data?.eintraege ?? []).filter((b) => b.id !== ich.wessen.id).map((b) => ({ wert: b.id as string, titel: b.name }));
  const fehlt = aktuell && aktuell.id !== ich.wessen.id && !andere.some((b) => b.wert === aktuell.id) ? [{ wert: aktuell.id, titel: aktuell.name }] : [];
  return <Select label={tf('bearbeiter')} leer={tf('niemand')} wahl={[{ wert: ich.wessen.id, titel: ich.id === ich.wessen.id ? `${ich.name} (${tf('ich')})` : ich.wessen.name }, ...fehlt, ...andere]} {...rest} />;
}

/** A group of fields that is opened when it is needed; open when something stands in it. */
export function Gruppe({ titel, offen = false, children }: { titel: string; offen?: boolean; children: ReactNode }) {
  const [auf] = useState(offen);
  return <details className="va-feldgruppe" open={auf}><summary>{titel}</summary>{children}</details>;
}

/** What all three kinds have besides the Betreff. `oe`: how an inherited unit is called; without it the unit must be chosen. Who works on it is the owner's to say: a guest is not asked. */
export function AllgemeineFelder({ f, bearbeiter, mitStellen = true, oeLeer }: { f: MetaFormular; bearbeiter?: { id: string; name: string } | null | undefined; mitStellen?: boolean; oeLeer?: string }) {
  const { gast } = useSitzung();
  const papier = f.werte['medium'] === 'hybrid' || f.werte['medium'] === 'papier';
  return (
    <Felder>
      <Field label={t('typ')} freiwillig {...f.feld('typ')} placeholder={tf('typHilfe')} />
      {!gast && <BearbeiterWahl aktuell={bearbeiter} {...f.feld('bearbeiterId')} />}
      {mitStellen && <OeWahl label={t('federfuehrung')} {...(oeLeer !== undefined && { leer: oeLeer })} {...f.feld('federfuehrungId')} />}
      {mitStellen && <OeWahl label={t('aktenfuehrung')} leer={oeLeer ?? tf('wieFederfuehrung')} {...f.feld('aktenfuehrungId')} />}
      <Select label={t('medium')} wahl={(['elektronisch', 'hybrid', 'papier'] as const).map((m) => ({ wert: m, titel: mediumwort(m) }))} {...f.feld('medium')} />
      {papier && <Field label={t('standort')} {...f.feld('standort')} required />}
      <TextArea label={t('bemerkung')} freiwillig breit {...f.feld('bemerkung')} />
    </Felder>
  );
}

export const Einstufung = ({ f }: { f: MetaFormular }) => (
  <Gruppe titel={tf('einstufung')} offen={f.werte['geheimhaltung.grad'] === 'vs_nfd' || Boolean(f.werte['datenschutzstufe'])}>
    <Felder>
      <Select label={tf('geheimhaltungsgrad')} wahl={[{ wert: 'offen', titel: tf('gradOffen') }, { wert: 'vs_nfd', titel: tf('gradNfd') }]} {...f.feld('geheimhaltung.grad')} />
      {f.werte['geheimhaltung.grad'] === 'vs_nfd' && <>
        <Field type="date" label={tf('eingestuftAm')} {...f.feld('geheimhaltung.eingestuftAm')} /><Field type="date" label={tf('endetAm')} {...f.feld('geheimhaltung.endetAm')} />
        <Field type="number" min={1900} max={2300} label={tf('einstufungsfrist')} {...f.feld('geheimhaltung.einstufungsfrist')} /><Field label={tf('herausgeber')} {...f.feld('geheimhaltung.herausgeber')} />
        <TextArea label={tf('gBemerkung')} breit {...f.feld('geheimhaltung.bemerkung')} />
      </>}
      <Field label={tf('datenschutzstufe')} freiwillig {...f.feld('datenschutzstufe')} />
    </Felder>
  </Gruppe>
);

/** The Mandant's own fields (MD-05). */
export function EigeneFelder({ f, typ, felder }: { f: MetaFormular; typ: Objekttyp; felder: readonly import('../contract.ts').Erweiterungsfeld[] }) {
  const gezeigt = felder.filter((feld) => feld.objekttyp === typ && !feld.stillgelegt);
  if (gezeigt.length === 0) return null;
  return (
    <Gruppe titel={tf('eigene')} offen>
      <Felder>
        {gezeigt.map((feld) => {
          const props = { ...f.feld(`felder.${feld.schluessel}`), ...(feld.beschreibung && { hinweis: feld.beschreibung }) };
          if (feld.datentyp === 'codeliste') return <Select key={feld.id} label={feld.bezeichnung} leer="" wahl={(feld.codes ?? []).map((c) => ({ wert: c.code, titel: c.bezeichnung }))} {...props} />;
          if (feld.datentyp === 'person') return <BearbeiterWahl key={feld.id} {...props} />;
          return <Field key={feld.id} label={feld.bezeichnung} type={feld.datentyp === 'zahl' ? 'number' : feld.datentyp === 'datum' ? 'date' : 'text'} step="any" {...props} />;
        })}
      </Felder>
    </Gruppe>
  );
}
export const useEigeneFelder = (typ: Objekttyp) => useAbfrage(api.listErweiterungsfelder, { query: { objekttyp: typ } }).data?.eintraege;
export const feldnamenVon = (felder: readonly { schluessel: string; stillgelegt: boolean }[]) => felder.filter((x) => !x.stillgelegt).map((x) => `felder.${x.schluessel}`);

/** Overrides of what the Aktenplan says; empty means »as inherited« (AP-05). */
export function AussonderungFelder({ f, o }: { f: MetaFormular; o?: Pick<Akte, 'id' | 'aussonderung'> | undefined }) {
  const geerbt = (wert: { wert: string | number | null } | undefined, eigen: boolean) => (eigen || !wert || wert.wert === null ? tf('wieOben') : tf('geerbt', typeof wert.wert === 'number' ? `${wert.wert} ${tf('jahre')}` : String(wert.wert)));
  const art = o?.aussonderung.art, dauer = o?.aussonderung.aufbewahrung;
  const eigeneArt = Boolean(f.werte['aussonderung.art']), eigeneDauer = Boolean(f.werte['aufbewahrung']);
  return (
    <Gruppe titel={tf('aussonderung')} offen={eigeneArt || eigeneDauer}>
      <Felder>
        <Select label={t('aussonderungsart')} leer={geerbt(art, art?.herkunft?.id === o?.id)} wahl={[{ wert: 'A', titel: 'A – archivwürdig' }, { wert: 'B', titel: 'B – bewerten' }, { wert: 'V', titel: 'V – vernichten' }]} {...f.feld('aussonderung.art')} />
        {eigeneArt && <Field label={tf('begruendung')} {...f.feld('aussonderung.artBegruendung')} />}
        <Select label={t('aufbewahrung')} leer={geerbt(dauer, dauer?.herkunft?.id === o?.id)} wahl={[{ wert: 'jahre', titel: tf('jahre') }, { wert: 'unbefristet', titel: tf('unbefristet') }]} {...f.feld('aufbewahrung')} />
        {f.werte['aufbewahrung'] === 'jahre' && <Field type="number" min={0} max={999} label={tf('jahre')} {...f.feld('jahre')} />}
        {eigeneDauer && <Field label={tf('begruendung')} {...f.feld('aussonderung.aufbewahrungBegruendung')} />}
        <Field type="date" label={tf('laufzeitBeginn')} freiwillig hinweis={tf('laufzeitHilfe')} {...f.feld('laufzeit.beginn')} />
        <Field type="date" label={tf('laufzeitEnde')} freiwillig {...f.feld('laufzeit.ende')} />
      </Felder>
    </Gruppe>
  );
}
export const aussonderungStart = (o: Pick<Akte, 'id' | 'aussonderung' | 'laufzeit'>): Record<string, Wert> => {
  const { art, aufbewahrung } = o.aussonderung;
  const [eigeneArt, eigeneDauer] = [art.herkunft?.id === o.id, aufbewahrung.herkunft?.id === o.id];
  return {
    'aussonderung.art': eigeneArt ? art.wert ?? '' : '', 'aussonderung.artBegruendung': eigeneArt ? art.grund ?? '' : '',
    aufbewahrung: eigeneDauer ? (aufbewahrung.wert === 'unbefristet' ? 'unbefristet' : 'jahre') : '', jahre: eigeneDauer && typeof aufbewahrung.wert === 'number' ? aufbewahrung.wert : '', 'aussonderung.aufbewahrungBegruendung': eigeneDauer ? aufbewahrung.grund ?? '' : '',
    'laufzeit.beginn': o.laufzeit.beginnUebersteuert ? o.laufzeit.beginn ?? '' : '', 'laufzeit.ende': o.laufzeit.endeUebersteuert ? o.laufzeit.ende ?? '' : '',
  };
};
export function aussonderungBody(werte: Record<string, Wert>) {
  const dauer = werte['aufbewahrung'] === 'unbefristet' ? 'unbefristet' as const : werte['aufbewahrung'] === 'jahre' && typeof werte['jahre'] === 'number' ? werte['jahre'] : null;
  return { aussonderung: {
    art: (werte['aussonderung.art'] || null) as string | null, artBegruendung: (werte['aussonderung.art'] ? werte['aussonderung.artBegruendung'] || null : null) as string | null,
    aufbewahrungsdauer: dauer, aufbewahrungBegruendung: (dauer === null ? null : werte['aussonderung.aufbewahrungBegruendung'] || null) as string | null,
  } };
}
