import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { api as ablage } from '#modules/ablage/contract.ts';
import type { Answer } from '#platform/contract.ts';
import { ApiError, call } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Felder } from '#platform/web/formular/index.ts';
import { Button, Checkbox, Fehler, Field, Hinweis, Radios, TextArea } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { DateiFeld, Uebertragungen, type useUpload } from '#platform/web/upload/index.ts';
import { tagVon } from '#platform/web/zeit.ts';
import { api, type Dokument, type Dokumentart } from '../contract.ts';
import { betreffAus, kontaktAus, readMailkopf, type Mailkopf } from './email.ts';
import { artwort, mediumwort, t } from './texte.ts';
import { tf } from './texte-formular.ts';
import { VorgangWahl } from './ziel-wahl.tsx';

type Uploads = ReturnType<typeof useUpload<Answer<typeof ablage.uploadInhalt>>>;
type Props = { uploads: Uploads; ort: { akteId: string; vorgangId?: string };
  /** The Dokument one was just looking at: what is filed now probably belongs to its Vorgang. */
  beiDokument?: string | undefined; onFertig(dokumente: Dokument[]): void; onSchliessen(): void };
const NEU = 'neu';

/** Files what was dropped or chosen: one Dokument a file, with what they have in common said once. E-mails bring their own Betreff, Absender and day. */
export function Ablage({ uploads, ort, beiDokument, onFertig, onSchliessen }: Props) {
  const client = useQueryClient();
  const daneben = useAbfrage(api.getDokument, { params: { id: (beiDokument ?? '') as never } }, { aktiv: beiDokument !== undefined && ort.vorgangId === undefined }).data;
  const heute = tagVon(new Date());
  const [gewaehlterVorgang, setVorgang] = useState<string | null | undefined>(ort.vorgangId);
  const vorgang = gewaehlterVorgang === undefined ? daneben?.vorgangId ?? undefined : gewaehlterVorgang ?? undefined;
  const [vorgangBetreff, setVorgangBetreff] = useState('');
  const [art, setArt] = useState<Dokumentart>('eingang');
  const [typ, setTyp] = useState('');
  const [wer, setWer] = useState('');
  const [schreiben, setSchreiben] = useState('');
  const [eingang, setEingang] = useState(heute);
  const [entwurf, setEntwurf] = useState(false);
  const [betreffe, setBetreffe] = useState<Record<string, string>>({});
  const [anlagen, setAnlagen] = useState(false);
  const [ohneDatei, setOhneDatei] = useState({ betreff: '', standort: '', medium: 'papier' as const });
  const [papier, setPapier] = useState(false);
  const [fehler, setFehler] = useState<unknown>();
  const [laeuft, setLaeuft] = useState(false);
  const koepfe = useMailkoepfe(uploads);
  const fertige = uploads.liste.filter((u) => u.stand === 'fertig');
  const erster = Object.values(koepfe)[0];
  const absender = wer || (art === 'eingang' ? erster?.absender ?? '' : '');
  const tag = schreiben || erster?.tag || heute;
  const betreffVon = (id: string, name: string) => betreffe[id] ?? koepfe[id]?.betreff ?? betreffAus(name);
  const anzahl = papier ? 1 : anlagen ? Math.min(1, fertige.length) : fertige.length;
  const felder = fehler instanceof ApiError ? Object.fromEntries(fehler.felder.map((f) => [f.pfad, f.text])) : {};

  async function legeAb() {
    if (laeuft || anzahl === 0 || uploads.offen) return;
    setLaeuft(true);
    setFehler(undefined);
    const abgelegt: Dokument[] = [];
    try {
      const vorgangId = vorgang === NEU ? (await call(api.createVorgang, { body: { akteId: ort.akteId as never, betreff: vorgangBetreff } })).id : vorgang;
      if (vorgang === NEU) setVorgang(vorgangId);
      const gemeinsam = (kopf: Mailkopf | undefined) => {
        const name = wer || (art === 'eingang' ? kopf?.absender ?? absender : '');
        return {
          ...(vorgangId ? { vorgangId: vorgangId as never } : { akteId: ort.akteId as never }), art, ...(typ && { typ }), datumDesSchreibens: schreiben || kopf?.tag || tag, ...(art === 'eingang' && { posteingangsdatum: eingang }),
          ...(art === 'ausgang' && (entwurf ? { entwurf: true } : { postausgangsdatum: eingang })), ...(art === 'intern' && entwurf && { entwurf: true }),
          kontakte: name && art !== 'intern' ? [{ art: art === 'eingang' ? 'absender' as const : 'empfaenger' as const, ...kontaktAus(name) }] : [],
        };
      };
      if (papier) abgelegt.push(await call(api.createDokument, { body: { ...gemeinsam(undefined), betreff: ohneDatei.betreff, medium: 'papier', standort: ohneDatei.standort } }));
      else if (anlagen) {
        const [haupt, ...weitere] = fertige;
        abgelegt.push(await call(api.createDokument, { body: { ...gemeinsam(koepfe[haupt!.id]), betreff: betreffVon(haupt!.id, haupt!.datei.name), formate: [{ inhaltId: haupt!.ergebnis!.id }], anlagen: weitere.map((u) => ({ inhaltId: u.ergebnis!.id, betreff: betreffVon(u.id, u.datei.name) })) } }));
      } else {
        for (const u of fertige) {
          abgelegt.push(await call(api.createDokument, { body: { ...gemeinsam(koepfe[u.id]), betreff: betreffVon(u.id, u.datei.name), formate: [{ inhaltId: u.ergebnis!.id }] } }));
          uploads.entferne(u.id); // what is filed is not filed again when a later one is refused
        }
      }
      onFertig(abgelegt);
    } catch (e) { setFehler(e); } finally { setLaeuft(false); void client.invalidateQueries(); }
  }
  useTaste('Strg Eingabe', tf('ablegen'), () => void legeAb());
  const knopf = tf('ablegenN', Math.max(1, anzahl));
  return (
    <section className="va-spalte va-ablegen" aria-label={t('dokumentAblegen')}>
      <div className="va-schau__leiste"><h2 className="va-schau__titel">{t('dokumentAblegen')}</h2><span className="va-schub"><Button art="leicht" klein nurIcon icon="weg" onClick={onSchliessen}>{tf('schliessen')}</Button></span></div>
      <form className="va-ablegen__innen va-rollen" tabIndex={-1} noValidate onSubmit={(e: FormEvent) => { e.preventDefault(); void legeAb(); }}>
        {!papier && <>
          <DateiFeld onDateien={uploads.hinzu} hinweis={tf('dateiHinweis')} />
          <Uebertragungen uploads={uploads} />
          {fertige.map((u) => <Field key={u.id} label={fertige.length === 1 ? t('betreff') : tf('betreffDatei', u.datei.name)} value={betreffVon(u.id, u.datei.name)} maxLength={500} {...(koepfe[u.id]?.betreff && { hinweis: tf('ausEmail') })} onChange={(e) => setBetreffe({ ...betreffe, [u.id]: e.target.value })} />)}
          {fertige.length > 1 && <Checkbox label={tf('alsAnlagen')} checked={anlagen} onChange={setAnlagen} />}
        </>}
        <Checkbox label={tf('ohneDatei')} checked={papier} onChange={setPapier} />
        {papier && <Felder>
          <TextArea label={t('betreff')} rows={2} breit value={ohneDatei.betreff} onChange={(e) => setOhneDatei({ ...ohneDatei, betreff: e.target.value })} fehler={felder['betreff']} />
          <Field label={`${t('standort')} (${mediumwort('papier')})`} breit value={ohneDatei.standort} onChange={(e) => setOhneDatei({ ...ohneDatei, standort: e.target.value })} fehler={felder['standort']} />
        </Felder>}
        {!ort.vorgangId && <VorgangWahl akteId={ort.akteId} wert={vorgang} onWahl={(id) => setVorgang(id ?? null)} extra={[{ wert: NEU, titel: tf('neuerVorgangHier') }]} />}
        {vorgang === NEU && <Field label={tf('vorgangBetreff')} value={vorgangBetreff} onChange={(e) => setVorgangBetreff(e.target.value)} />}
        <Radios titel={tf('art')} name="art" wert={art} wahl={(['eingang', 'ausgang', 'intern'] as const).map((a) => ({ wert: a, titel: artwort(a) }))} onChange={(a) => setArt(a as Dokumentart)} />
        <Felder>
          {art !== 'intern' && <Field label={art === 'eingang' ? tf('vonWem') : tf('anWen')} value={absender} onChange={(e) => setWer(e.target.value)} fehler={felder['kontakte']} {...(!wer && erster?.absender && art === 'eingang' && { hinweis: tf('ausEmail') })} />}
          <Field type="date" label={tf('schreiben')} value={tag} onChange={(e) => setSchreiben(e.target.value)} fehler={felder['datumDesSchreibens']} />
          {(art === 'eingang' || (art === 'ausgang' && !entwurf)) && <Field type="date" label={art === 'eingang' ? tf('posteingang') : tf('postausgang')} value={eingang} onChange={(e) => setEingang(e.target.value)} fehler={felder['posteingangsdatum'] ?? felder['postausgangsdatum']} />}
          <Field label={t('typ')} freiwillig placeholder={tf('typHilfe')} value={typ} onChange={(e) => setTyp(e.target.value)} />
          {art !== 'eingang' && <Checkbox label={tf('entwurf')} checked={entwurf} onChange={setEntwurf} />}
        </Felder>
        {fehler !== undefined && Object.keys(felder).length === 0 && <Fehler kompakt fehler={fehler} />}
        {Object.keys(felder).length > 0 && <Hinweis ton="gefahr" laut>{Object.values(felder).join('. ')}</Hinweis>}
        <div className="va-fuss"><Button type="submit" art="haupt" taste="Strg Eingabe" laeuft={laeuft} disabled={anzahl === 0 || uploads.offen} {...(uploads.offen && { title: tf('nochUebertragen') })}>{knopf}</Button><Button onClick={onSchliessen}>{t('abbrechen')}</Button></div>
      </form>
    </section>
  );
}

/** Heads of the e-mails among the files, by transfer. */
function useMailkoepfe(uploads: Uploads) {
  const [koepfe, setKoepfe] = useState<Record<string, Mailkopf>>({});
  const gelesen = useRef(new Set<string>());
  useEffect(() => {
    for (const u of uploads.liste.filter((x) => !gelesen.current.has(x.id))) {
      gelesen.current.add(u.id);
      void readMailkopf(u.datei).then((kopf) => { if (Object.keys(kopf).length) setKoepfe((alt) => ({ ...alt, [u.id]: kopf })); });
    }
  }, [uploads.liste]);
  return koepfe;
}
