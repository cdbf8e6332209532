import { useId, type RefObject } from 'react';
import { AktenplaneinheitWahl } from '#modules/aktenplan/web/index.ts';
import type { AktenplaneinheitKurz } from '#modules/aktenplan/contract.ts';
import { Aktenzeichen, Badge, Field, Icon, Markiert } from '#platform/web/kern/index.ts';
import type { EingangAblegen, Feldvorschlag, Vorschlag } from '../contract.ts';
import type { z } from 'zod';
import { AkteWahl, VorgangWahl, type AkteZiel } from './akte-wahl.tsx';
import { t, vorschlagsgrund } from './texte.ts';
import { EinheitVorschlag } from './vorbelegung.tsx';

export type Ziel = z.input<typeof EingangAblegen>['ziel'];
/** What is being chosen; becomes a `Ziel` when it is complete. */
export type Zielstand = {
  art: 'akte' | 'neu'; vorschlag: number | undefined; akte: AkteZiel | undefined;
  /** Id of a Vorgang, `neu`, or '' for directly into the Akte. */
  vorgang: string; vorgangBetreff: string; einheit: AktenplaneinheitKurz | undefined; akteBetreff: string;
};
export const startZiel = (vorschlaege: readonly Vorschlag[], betreff: string): Zielstand => {
  // what is hardly more than chance is named, not chosen
  const v = vorschlaege[0]?.sicherheit ? vorschlaege[0] : undefined;
  return { art: 'akte', vorschlag: v ? 0 : undefined, akte: v && { id: v.akte.id, aktenzeichen: v.akte.aktenzeichen, betreff: v.akte.betreff }, vorgang: v?.vorgang?.id ?? (v ? 'neu' : ''), vorgangBetreff: betreff, einheit: undefined, akteBetreff: betreff };
};

/** The target, or what is missing by field. */
export function zielAus(s: Zielstand): { ziel: Ziel } | { fehlt: Partial<Record<'akte' | 'vorgangBetreff' | 'einheit' | 'akteBetreff', string>> } {
  const vorgang = { betreff: s.vorgangBetreff.trim() };
  if (s.art === 'neu') {
    const fehlt = { ...(!s.einheit && { einheit: t('einheitFehlt') }), ...(!s.akteBetreff.trim() && { akteBetreff: t('betreffFehlt') }), ...(!vorgang.betreff && { vorgangBetreff: t('betreffFehlt') }) };
    return Object.keys(fehlt).length ? { fehlt } : { ziel: { art: 'neue_akte', aktenplaneinheitId: s.einheit!.id, akte: { betreff: s.akteBetreff.trim() }, vorgang } };
  }
  if (!s.akte) return { fehlt: { akte: t('akteFehlt') } };
  if (s.vorgang === 'neu') return vorgang.betreff ? { ziel: { art: 'neuer_vorgang', akteId: s.akte.id as never, vorgang } } : { fehlt: { vorgangBetreff: t('betreffFehlt') } };
  return { ziel: s.vorgang ? { art: 'vorgang', vorgangId: s.vorgang as never } : { art: 'akte', akteId: s.akte.id as never } };
}

type Props = { stand: Zielstand; onStand(stand: Zielstand): void; vorschlaege: readonly Vorschlag[]; /** The unit of the plan where letters like it lie. */ einheit?: Feldvorschlag | undefined; fehlt: Partial<Record<string, string>>; darfAkte: boolean; suchfeld?: RefObject<HTMLInputElement | null>; liest?: boolean };

/** Where to: a place found in the text with its passage, any other Akte, or a new one. */
export function Zielwahl({ stand, onStand, vorschlaege, einheit, fehlt, darfAkte, suchfeld, liest = false }: Props) {
  const name = useId();
  const setze = (neu: Partial<Zielstand>) => onStand({ ...stand, ...neu });
  return (
    <div className="va-ablage__ziel">
      <fieldset className="va-zielwahl">
        <legend>{t('wohin')}</legend>
        {vorschlaege.map((v, i) => (
          <label className="va-zielwahl__karte" key={i}>
            <input type="radio" className="kern-form-check__radio" name={name} checked={stand.art === 'akte' && stand.vorschlag === i} onChange={() => setze({ art: 'akte', vorschlag: i, akte: { id: v.akte.id, aktenzeichen: v.akte.aktenzeichen, betreff: v.akte.betreff }, vorgang: v.vorgang?.id ?? 'neu' })} />
            <span>
              <span className="va-stark">{v.vorgang?.betreff ?? v.akte.betreff}</span><br />
              <span className="va-klein va-leise"><Aktenzeichen wert={v.vorgang?.kennzeichen ?? v.akte.aktenzeichen} />{v.vorgang && <> · {v.akte.betreff}</>}</span>
              <span className="va-zielwahl__fund"><Icon name="grund" klein /><span>{v.passage && <>„<Markiert text={v.passage} stellen={[v.stelle]} />“ </>}{vorschlagsgrund(v)}{v.seite !== null && `, ${t('seite', v.seite)}`}{v.sicherheit !== 'sicher' && <> <Badge ton="warnung">{t('bittePruefen')}</Badge></>}</span></span>
            </span>
          </label>
        ))}
        <label className="va-zielwahl__karte">
          <input type="radio" className="kern-form-check__radio" name={name} checked={stand.art === 'akte' && stand.vorschlag === undefined} onChange={() => setze({ art: 'akte', vorschlag: undefined, akte: undefined, vorgang: '' })} />
          <span className="va-stark">{vorschlaege.length ? t('andere') : t('akte')}</span>
        </label>
        {darfAkte && <label className="va-zielwahl__karte">
          <input type="radio" className="kern-form-check__radio" name={name} checked={stand.art === 'neu'} onChange={() => setze({ art: 'neu', vorschlag: undefined })} />
          <span className="va-stark">{t('neueAkte')}</span>
        </label>}
      </fieldset>
      {vorschlaege.length === 0 && <p className="va-klein va-leise">{liest ? t('wirdGelesen') : t('nichtsImText')}</p>}
      {stand.art === 'akte' && stand.vorschlag === undefined && <AkteWahl label={t('akte')} wert={stand.akte} onWahl={(akte) => setze({ akte, vorgang: '' })} fehler={fehlt['akte']} {...(suchfeld && { feld: suchfeld })} />}
      {stand.art === 'akte' && stand.akte && <VorgangWahl akte={stand.akte} wert={stand.vorgang} onWahl={(vorgang) => setze({ vorgang })} />}
      {stand.art === 'neu' && <>
        <AktenplaneinheitWahl label={t('einheit')} belegbar wert={stand.einheit} onWahl={(einheit) => setze({ einheit })} fehler={fehlt['einheit']} />
        {einheit && <EinheitVorschlag f={einheit} gewaehlt={stand.einheit} onWahl={(gewaehlt) => setze({ einheit: gewaehlt })} />}
        <Field label={t('betreffAkte')} value={stand.akteBetreff} maxLength={500} onChange={(e) => setze({ akteBetreff: e.target.value })} fehler={fehlt['akteBetreff']} />
      </>}
      {(stand.art === 'neu' || (stand.akte && stand.vorgang === 'neu')) && <Field label={t('betreffVorgang')} value={stand.vorgangBetreff} maxLength={500} onChange={(e) => setze({ vorgangBetreff: e.target.value })} fehler={fehlt['vorgangBetreff']} />}
    </div>
  );
}
