import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { ApiError } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Aktenzeichen, Angaben, Button, ButtonLink, Ergebnis, Fehler, Field, Hinweis, Rollen, Select } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { useTaste } from '#platform/web/tasten.ts';
import { groesse } from '#platform/web/text.ts';
import { datum, zeitpunkt } from '#platform/web/zeit.ts';
import { api, offene, type Eingang } from '../contract.ts';
import { Hand, Laufweg } from './laufweg.tsx';
import { Nebenform, NebenwegKnoepfe, type Nebenweg } from './nebenwege.tsx';
import { kanalname, statusname, t } from './texte.ts';
import { betragAus, feldgrund, OeVorschlag, vorbelegt, vorschlagFuer, WeissNicht, type Angabenfeld, type Formularangaben } from './vorbelegung.tsx';
import { startZiel, zielAus, Zielwahl } from './ziel.tsx';
import type { PostListe } from './zustand.ts';

const isOffen = (status: Eingang['status']) => (offene as readonly string[]).includes(status);
/** What the last action did; shown where the next one is. */
export type Meldung = { text: string; pfad?: string | undefined };

/** Filing, forwarding, rejecting; or where it went. */
export function Ablage({ e, post, meldung, liest, onFund }: { e: Eingang; post: PostListe; meldung: Meldung | undefined; liest: boolean; /** What the document shows marked: the words that speak for the chosen place. */ onFund(gefunden: string): void }) {
  const offen = isOffen(e.status);
  return (
    <section className="va-spalte va-ablage" aria-labelledby="p-abl">
      <div><div className="va-stapel"><h2 className="va-h" id="p-abl">{offen ? t('ablegen') : statusname(e.status)}</h2></div>
        {offen && <Hand e={e} />}
        {meldung && <div className="va-ablage__meldung"><Ergebnis weiter={meldung.pfad && <Link to={meldung.pfad}>{t('dokumentOeffnen')}</Link>}>{meldung.text}</Ergebnis></div>}</div>
      {offen && e.rechte.includes('eingang.ablegen') ? <Formular e={e} post={post} liest={liest} onFund={onFund} /> : offen ? <NurVerteilen e={e} post={post} /> : <Erledigt e={e} />}
    </section>
  );
}

function Formular({ e, post, liest, onFund }: { e: Eingang; post: PostListe; liest: boolean; onFund(gefunden: string): void }) {
  const { darf } = useSitzung();
  const [stand, setStand] = useState(() => startZiel(e.vorschlaege, vorbelegt(e).betreff));
  const [angaben, setAngaben] = useState<Formularangaben>(() => vorbelegt(e));
  const [feldfund, setFeldfund] = useState<string>();
  const [fehlt, setFehlt] = useState<Partial<Record<string, string>>>({});
  const [weitere, setWeitere] = useState<Nebenweg>();
  const [beruehrt, setBeruehrt] = useState(false);
  const suchfeld = useRef<HTMLInputElement>(null);
  const formular = useRef<HTMLFormElement>(null);
  // what is read out of the text meanwhile comes into the form as long as nobody has touched it
  useEffect(() => {
    if (beruehrt) return;
    setStand(startZiel(e.vorschlaege, vorbelegt(e).betreff));
    setAngaben(vorbelegt(e));
  }, [e, beruehrt]);
  const gewaehlt = stand.vorschlag === undefined ? undefined : e.vorschlaege[stand.vorschlag];
  const fund = gewaehlt && gewaehlt.art !== 'antwort' ? gewaehlt.gefunden : '';
  useEffect(() => onFund(feldfund ?? fund), [feldfund, fund, onFund]);
  const ablegen = useAuftrag(api.fileEingang, { nachher: (a) => weiter(t('abgelegtAls', a.ablage?.vorgang?.kennzeichen ?? a.ablage?.akte?.aktenzeichen ?? ''), a.ablage?.dokumentId ? `/dokumente/${a.ablage.dokumentId}` : undefined) });
  const weiter = (text: string, pfad?: string) => post.oeffne(post.naechste(), { meldung: { text, pfad } });
  const absenden = (ev?: FormEvent) => {
    ev?.preventDefault();
    if (ablegen.laeuft) return;
    const ziel = zielAus(stand), betrag = betragAus(angaben.betrag);
    const leer = { ...('fehlt' in ziel ? ziel.fehlt : {}), ...(!angaben.betreff.trim() && { betreff: t('betreffFehlt') }), ...(betrag === undefined && { betrag: t('betragFalsch') }) };
    setFehlt(leer);
    if ('fehlt' in ziel || betrag === undefined || Object.keys(leer).length) { requestAnimationFrame(() => formular.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()); return; }
    ablegen.starten({ params: { id: e.id }, body: { ziel: ziel.ziel, betreff: angaben.betreff, absender: angaben.absender, absenderArt: (angaben.absenderArt || null) as 'person' | null, datumDesSchreibens: angaben.datumDesSchreibens || null, fremdesGeschaeftszeichen: angaben.fremdesGeschaeftszeichen || null, dokumenttyp: angaben.dokumenttyp.trim() || null, frist: angaben.frist || null, betrag } });
  };
  useTaste('Strg Eingabe', t('ablegenNaechster'), () => absenden());
  useTaste('e', t('aendern'), () => { setBeruehrt(true); setStand((s) => ({ ...s, art: 'akte', vorschlag: undefined, akte: undefined, vorgang: '' })); requestAnimationFrame(() => suchfeld.current?.focus()); });
  useTaste('n', t('neuerVorgang'), () => { setBeruehrt(true); setStand((s) => ({ ...s, vorgang: 'neu' })); });
  // a field that is looked at shows in the document where its value stands
  const mitGrund = (name: Angabenfeld) => ({ ...feld(name), hinweis: feldgrund(e, name, angaben[name]), onFocus: () => setFeldfund(vorschlagFuer(e, name)?.fund?.gefunden), onBlur: () => setFeldfund(undefined) });
  const feld = (name: keyof Formularangaben) => ({ value: angaben[name], fehler: fehlt[name] ?? serverfehler(ablegen.fehler, name), onChange: (ev: { target: { value: string } }) => { setBeruehrt(true); setAngaben((a) => ({ ...a, [name]: ev.target.value })); } });
  if (weitere) return <Nebenform weg={weitere} e={e} onZurueck={() => setWeitere(undefined)} onFertig={weiter} />;
  return (
    <form ref={formular} onSubmit={absenden} noValidate>
      <Rollen name={t('angaben')}>
        <OeVorschlag e={e} onFertig={weiter} />
        <Zielwahl stand={stand} onStand={(neu) => { setBeruehrt(true); setStand(neu); }} vorschlaege={e.vorschlaege} einheit={vorschlagFuer(e, 'aktenplaneinheit')} fehlt={fehlt} liest={liest} darfAkte={darf('akte.anlegen')} suchfeld={suchfeld} />
        <div className="va-felder">
          <Field label={t('betreff')} {...mitGrund('betreff')} maxLength={500} breit />
          <Field label={t('absender')} {...mitGrund('absender')} maxLength={500} breit />
          <Select label={t('absenderArt')} leer={t('vonSelbst')} wahl={[{ wert: 'person', titel: t('person') }, { wert: 'organisation', titel: t('organisation') }]} {...feld('absenderArt')} />
          <Field type="date" label={t('datum')} {...mitGrund('datumDesSchreibens')} />
          <Field label={t('zeichen')} {...mitGrund('fremdesGeschaeftszeichen')} maxLength={200} breit />
          <Field label={t('dokumenttyp')} {...mitGrund('dokumenttyp')} maxLength={100} breit />
          <Field type="date" label={t('frist')} {...mitGrund('frist')} />
          <Field inputMode="decimal" label={t('betrag')} {...mitGrund('betrag')} maxLength={20} />
        </div>
        {!liest && <WeissNicht e={e} angaben={angaben} />}
        {ablegen.fehler !== null && !serverfehler(ablegen.fehler, 'absender') && <div className="va-ablage__meldung"><Fehler kompakt fehler={ablegen.fehler} /></div>}
        <Laufweg e={e} />
      </Rollen>
      <div className="va-fuss">
        <Button type="submit" art="haupt" taste="Strg Eingabe" laeuft={ablegen.laeuft}>{t('ablegenNaechster')}</Button>
        <NebenwegKnoepfe e={e} onWeg={setWeitere} />
      </div>
    </form>
  );
}
const geld = (betrag: string) => new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(Number(betrag));
/** A refusal of the server that belongs to one field. */
const serverfehler = (fehler: unknown, feld: string) => (fehler instanceof ApiError ? fehler.felder.find((f) => f.pfad === feld)?.text : undefined);

/** Of what one may pass on, but not open or file (PE-05). */
function NurVerteilen({ e, post }: { e: Eingang; post: PostListe }) {
  const [weitere, setWeitere] = useState<Nebenweg>();
  if (weitere) return <Nebenform weg={weitere} e={e} onZurueck={() => setWeitere(undefined)} onFertig={(text) => post.oeffne(post.naechste(), { meldung: { text } })} />;
  return <div className="va-ablage__ohneform"><Erledigt e={e} /><div className="va-fuss"><NebenwegKnoepfe e={e} onWeg={setWeitere} /></div></div>;
}

function Erledigt({ e }: { e: Eingang }) {
  const wieder = useAuftrag(api.reopenEingang);
  const { ablage } = e;
  return (
    <Rollen name={t('angaben')}>
      {e.status === 'zugeordnet' && <div className="va-ablage__ziel">
        {ablage?.akte ? <p><Aktenzeichen wert={ablage.vorgang?.kennzeichen ?? ablage.akte.aktenzeichen} /> {ablage.vorgang?.betreff ?? ablage.akte.betreff}</p> : <Hinweis>{t('abgelegtUnsichtbar')}</Hinweis>}
        {ablage?.dokumentId && <ButtonLink icon="dok" to={`/dokumente/${ablage.dokumentId}`}>{t('dokumentOeffnen')}</ButtonLink>}
      </div>}
      {e.status === 'vernichtet' && <div className="va-ablage__ziel"><Hinweis titel={t('vernichtet')}>{t('vernichtetAm', zeitpunkt(e.vernichtet!))}</Hinweis></div>}
      {(e.status === 'zurueckgewiesen' || e.status === 'weitergeleitet') && <div className="va-ablage__ziel">
        <Hinweis ton="warnung" titel={statusname(e.status)}>{e.weiterleitung ? `${e.weiterleitung.empfaenger}, ${e.weiterleitung.versandweg}: ${e.weiterleitung.grund}` : e.zurueckweisungsgrund}</Hinweis>
        {e.rechte.includes('eingang.zurueckweisen') && <Button icon="zurueckholen" laeuft={wieder.laeuft} onClick={() => wieder.starten({ params: { id: e.id } })}>{t('wiederAufnehmen')}</Button>}
        {wieder.fehler !== null && <Fehler kompakt fehler={wieder.fehler} />}
      </div>}
      <Angaben daten={[
        { titel: t('eingang'), wert: `${zeitpunkt(e.eingegangen)}, ${kanalname(e.kanal)}` }, { titel: t('korb'), wert: `${e.organisationseinheit.kennzeichen} ${e.organisationseinheit.bezeichnung}` }, { titel: t('absender'), wert: e.absender },
        { titel: t('datum'), wert: e.datumDesSchreibens && datum(e.datumDesSchreibens) }, { titel: t('zeichen'), wert: e.fremdesGeschaeftszeichen }, { titel: t('dokumenttyp'), wert: e.dokumenttyp }, { titel: t('frist'), wert: e.frist && datum(e.frist) }, { titel: t('betrag'), wert: e.betrag && geld(e.betrag) }, { titel: t('original'), wert: `${e.dateiname}, ${groesse(e.groesse)}` },
        { titel: statusname(e.status), wert: e.erledigt && [zeitpunkt(e.erledigt), e.erledigtVon?.name].filter(Boolean).join(', ') },
      ]} />
      <Laufweg e={e} />
    </Rollen>
  );
}
