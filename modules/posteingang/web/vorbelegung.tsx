import { useEffect } from 'react';
import { api as aktenplan } from '#modules/aktenplan/contract.ts';
import type { AktenplaneinheitKurz } from '#modules/aktenplan/contract.ts';
import type { Feld } from '#modules/vorschlagswesen/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Fehler, Icon } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type Eingang, type Feldvorschlag } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({
  pruefen: ['bitte prüfen', 'please check'], weissNicht: ['Weiß nicht', 'Do not know'],
  verteilenAn: [(oe: string) => `Verteilen an ${oe}`, (oe: string) => `Distribute to ${oe}`], verteilen: ['an die vorgeschlagene Stelle verteilen', 'distribute to the proposed office'],
  einheit: [(w: string) => `Vorschlag: ${w}`, (w: string) => `Proposal: ${w}`],
});
const feldnamen = katalog({ dokumenttyp: ['Typ', 'Type'], betreff: ['Betreff', 'Subject'], absender: ['Absender', 'Sender'], datumDesSchreibens: ['Datum', 'Date'], fremdesGeschaeftszeichen: ['Zeichen', 'Reference'], frist: ['Frist', 'Deadline'], betrag: ['Betrag', 'Amount'] });

/** What the form holds of an Eingang; amounts as people write them. */
export const angabenfelder = ['betreff', 'absender', 'dokumenttyp', 'datumDesSchreibens', 'fremdesGeschaeftszeichen', 'frist', 'betrag'] as const;
export type Angabenfeld = (typeof angabenfelder)[number];
export type Formularangaben = Record<Angabenfeld | 'absenderArt', string>;
export const vorschlagFuer = (e: Eingang, feld: Feld): Feldvorschlag | undefined => e.felder.find((f) => f.feld === feld);
const alsFormwert = (feld: Angabenfeld, wert: string) => (feld === 'betrag' ? wert.replace('.', ',') : wert);

/** What people have said stands as it is; where they have not, the proposal does. */
export function vorbelegt(e: Eingang): Formularangaben {
  const v = (feld: Angabenfeld, wert: string | null) => { const f = vorschlagFuer(e, feld); return f ? alsFormwert(feld, f.wert) : alsFormwert(feld, wert ?? ''); };
  return {
    betreff: v('betreff', e.betreff), absender: v('absender', e.absender), absenderArt: e.absenderArt ?? '', dokumenttyp: v('dokumenttyp', e.dokumenttyp), datumDesSchreibens: v('datumDesSchreibens', e.datumDesSchreibens),
    fremdesGeschaeftszeichen: v('fremdesGeschaeftszeichen', e.fremdesGeschaeftszeichen), frist: v('frist', e.frist), betrag: v('betrag', e.betrag),
  };
}
/** »1.284,50 €« as the server reads it; null where there is none, undefined where it is no amount. */
export function betragAus(text: string): string | null | undefined {
  const rein = text.replace(/[€\s]|EUR/giu, '').replace(/\.(?=\d{3}(?:\D|$))/g, '').replace(',', '.');
  return rein === '' ? null : /^\d{1,11}(\.\d{1,2})?$/.test(rein) ? Number(rein).toFixed(2) : undefined;
}

/** Why a value stands there: below its label, as long as nobody has changed it. */
export function feldgrund(e: Eingang, feld: Angabenfeld, wert: string) {
  const f = vorschlagFuer(e, feld);
  return f && wert === alsFormwert(feld, f.wert) ? <Begruendung f={f} /> : undefined;
}
const Begruendung = ({ f }: { f: Feldvorschlag }) => (
  <span className="va-begruendung"><Icon name="grund" klein /><span>{f.gruende.join('; ')}{f.fund?.seite != null && `, ${t('seite', f.fund.seite)}`}{f.sicherheit === 'pruefen' && <> <Badge ton="warnung">{s('pruefen')}</Badge></>}</span></span>
);

/** Said openly, once the text has been read: of what the machine knows too little. */
export function WeissNicht({ e, angaben }: { e: Eingang; angaben: Formularangaben }) {
  const ohne = angabenfelder.filter((feld) => !vorschlagFuer(e, feld) && !angaben[feld].trim());
  return ohne.length ? <p className="va-klein va-leise va-weissnicht">{s('weissNicht')}: {ohne.map((f) => feldnamen(f)).join(', ')}</p> : null;
}

/** The office it seems to be for, where it lies in another basket: one key sends it there. */
export function OeVorschlag({ e, onFertig }: { e: Eingang; onFertig(text: string): void }) {
  const f = vorschlagFuer(e, 'organisationseinheit');
  const darf = f !== undefined && f.wert !== e.organisationseinheit.id && (e.rechte.includes('eingang.verteilen') || e.rechte.includes('eingang.bearbeiten'));
  const senden = useAuftrag(api.assignEingang, { nachher: ({ organisationseinheit: o }) => onFertig(t('weitergeleitet', `${o.kennzeichen} ${o.bezeichnung}`)) });
  const los = () => { if (darf && !senden.laeuft) senden.starten({ params: { id: e.id }, body: { organisationseinheitId: f.wert as never } }); };
  if (!darf) return null;
  return (
    <div className="va-oevorschlag">
      <Taste los={los} />
      <Button klein taste="v" laeuft={senden.laeuft} onClick={los}>{s('verteilenAn', f.anzeige)}</Button>
      <Begruendung f={f} />
      {senden.fehler !== null && <Fehler kompakt fehler={senden.fehler} />}
    </div>
  );
}
function Taste({ los }: { los(): void }) { useTaste('v', s('verteilen'), los); return null; }

/** The unit of the plan for a new Akte, chosen as long as nobody has chosen another. */
export function EinheitVorschlag({ f, gewaehlt, onWahl }: { f: Feldvorschlag; gewaehlt: AktenplaneinheitKurz | undefined; onWahl(einheit: AktenplaneinheitKurz): void }) {
  const { data } = useAbfrage(aktenplan.getAktenplaneinheit, { params: { id: f.wert as never } });
  const belegbar = data !== undefined && data.hindernisse.length === 0;
  useEffect(() => { if (belegbar && gewaehlt === undefined) onWahl(data); }, [belegbar]);
  return belegbar && (gewaehlt === undefined || gewaehlt.id === data.id) ? <Begruendung f={f} /> : belegbar ? <Button art="leicht" klein onClick={() => onWahl(data)}>{s('einheit', f.anzeige)}</Button> : null;
}
