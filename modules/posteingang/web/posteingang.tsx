import './posteingang.css';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { InhaltAnsicht, useAufbereitung } from '#modules/aufbereitung/web/index.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { Button, Fehler, Filterleiste, Laden, Leer, Select, Seite, useTitel, type ReiterEintrag } from '#platform/web/kern/index.ts';
import { useSchmal } from '#platform/web/schmal.ts';
import { useSitzung, useSlot } from '#platform/web/sitzung.tsx';
import { useTaste } from '#platform/web/tasten.ts';
import { Abwurf } from '#platform/web/upload/index.ts';
import { api, type Eingang } from '../contract.ts';
import { Ablage, type Meldung } from './ablage.tsx';
import { Eingangsliste } from './eingangsliste.tsx';
import { Hinzufuegen, useHinzufuegen } from './hinzufuegen.tsx';
import { Sammelablage } from './sammeln.tsx';
import { Stempel } from './stempel.tsx';
import { kanalname, statusname, t } from './texte.ts';
import { usePost, type PostListe } from './zustand.ts';

/** List, document, filing: side by side; on narrow screens one after the other. */
export function Component() {
  const { darf } = useSitzung();
  const post = usePost();
  const { state } = useLocation() as { state: { meldung?: Meldung } | null };
  const hinzu = useHinzufuegen();
  const [offen, setOffen] = useState(false);
  useTitel(t('posteingang'));
  const schmal = useSchmal();
  // Where list and letter stand side by side the first letter is open, as in any mail program; not over what the page has to tell after filing.
  const erster = !schmal && !post.id && !post.alt && post.auswahl.anzahl === 0 && !state?.meldung ? post.eintraege[0]?.id : undefined;
  useEffect(() => { if (erster) post.oeffne(erster, {}, true); }, [erster]);
  const nimm = (dateien: File[]) => { setOffen(true); hinzu.nimm(dateien); };
  const sammeln = post.auswahl.anzahl > 0;
  return (
    <Seite fest>
      {darf('eingang.anlegen') && <Abwurf onDateien={nimm} />}
      <Kopf post={post} onHinzu={darf('eingang.anlegen') ? () => setOffen(!offen) : undefined}>{offen && <Hinzufuegen zustand={hinzu} onSchliessen={() => setOffen(false)} />}</Kopf>
      <div className={`va-post${post.id || sammeln ? '' : ' va-post--leer'}`} data-offen={post.id || sammeln ? '' : undefined}>
        <Eingangsliste post={post} />
        {sammeln ? <><section className="va-schau va-nurbreit"><Leer icon="ein">{t('sammeln', post.auswahl.anzahl)}</Leer></section><Sammelablage post={post} /></>
          : post.id ? <Offener key={post.id} id={post.id} post={post} meldung={state?.meldung} />
            : <section className="va-schau"><Anfang post={post} meldung={state?.meldung?.text} /></section>}
      </div>
    </Seite>
  );
}

/** The stage while nothing is open. What the list beside says already is not said again. */
function Anfang({ post, meldung }: { post: PostListe; meldung: string | undefined }) {
  const { darf } = useSitzung();
  const rat = post.gesamt ? t('nichtsGewaehlt') : post.gesamt === 0 && !post.gefiltert && darf('eingang.anlegen') ? t('leerHinzu') : undefined;
  return meldung || rat ? <Leer icon="ein">{meldung}{meldung && rat && <br />}{rat}</Leer> : null;
}

function Kopf({ post, onHinzu, children }: { post: PostListe; onHinzu: (() => void) | undefined; children: React.ReactNode }) {
  const [suche] = useSearchParams();
  const korb = suche.get('organisationseinheitId') ?? '';
  const status = suche.get('status');
  const { data } = useAbfrage(api.getPosteingang, { query: korb ? { organisationseinheitId: [korb as never] } : {} }, { alle: 30_000, behalte: true });
  const alle = useAbfrage(api.getPosteingang, { query: {} }, { alle: 60_000 }).data;
  const pfad = (neu: Record<string, string>) => { const p = new URLSearchParams(suche); for (const n of ['cursor', 'ab', 'status', 'kanal', 'ueberfaellig', 'meine', 'von', 'bis']) p.delete(n); for (const [n, w] of Object.entries(neu)) p.set(n, w); return `/posteingang?${p}`; };
  const kanal = suche.get('kanal');
  const [spaet, meine] = [suche.get('ueberfaellig') !== null, suche.get('meine') !== null];
  const eintraege: (ReiterEintrag & { aktiv: boolean })[] = [
    { pfad: pfad({}), titel: t('alle'), zahl: data?.offen, aktiv: !status && !kanal && !spaet && !meine },
    ...(data?.ueberfaellig || spaet ? [{ pfad: pfad({ ueberfaellig: 'true' }), titel: t('ueberfaellig'), zahl: data?.ueberfaellig, aktiv: spaet }] : []),
    ...(data?.inMeinerHand || meine ? [{ pfad: pfad({ meine: 'true' }), titel: t('beiMir'), zahl: data?.inMeinerHand, aktiv: meine }] : []),
    ...(data?.offenJeKanal ?? []).map((k) => ({ pfad: pfad({ kanal: k.kanal }), titel: kanalname(k.kanal), zahl: k.anzahl, aktiv: kanal === k.kanal && !status })),
    ...(['zugeordnet', 'zurueckgewiesen', 'weitergeleitet'] as const).map((st) => ({ pfad: pfad({ status: st }), titel: st === 'weitergeleitet' ? t('nachAussen') : statusname(st), aktiv: status === st })),
  ];
  const h = data?.heute;
  return (
    <div>
      <div className="va-seitenkopf va-seitenkopf--post">
        <h1>{t('posteingang')}</h1>
        <p className="va-nurziel">{post.stelle >= 0 && typeof post.gesamt === 'number' && <span className="va-leise va-klein">{t('stelle', post.stelle + 1, post.gesamt)}</span>}<Link to={post.adresse(undefined)} state={{ fokus: 'bleibt' }} onClick={post.auswahl.leeren}>{t('zurListe')}</Link></p>
        <Filterleiste name={t('filtern')} eintraege={eintraege} />
        <div className="va-schub">
          {h && <Link to="/posteingang/bilanz" className="va-klein va-nurbreit">{t('bilanz', h.eingegangen, h.abgelegt, h.zurueckgewiesen, h.weitergeleitet, h.offen)}</Link>}
          {alle && alle.offenJeKorb.length > 1 && <Select label={t('korb')} versteckt leer={t('alleKoerbe')} value={korb} onChange={(e) => post.setzeFilter('organisationseinheitId', e.target.value)}
            wahl={alle.offenJeKorb.map((k) => ({ wert: k.organisationseinheit.id, titel: `${k.organisationseinheit.kennzeichen} ${k.organisationseinheit.bezeichnung} (${k.anzahl})` }))} />}
          {onHinzu && <Button klein icon="plus" onClick={onHinzu}>{t('hinzufuegen')}</Button>}
        </div>
      </div>
      {children}
    </div>
  );
}

function Offener({ id, post, meldung }: { id: string; post: PostListe; meldung: Meldung | undefined }) {
  // until the text is read there may still come proposals
  const [liest, setLiest] = useState(true);
  const [warten, setWarten] = useState(true);
  const [fund, setFund] = useState('');
  const { data, error, refetch } = useAbfrage(api.getEingang, { params: { id: id as never } }, { alle: warten ? 3_000 : false });
  useEffect(() => { if (liest) { setWarten(true); return; } const uhr = setTimeout(() => setWarten(false), 20_000); return () => clearTimeout(uhr); }, [liest]);
  useTitel(data ? `${data.betreff} – ${t('posteingang')}` : t('posteingang'));
  useTaste('j', t('naechster'), () => { const n = post.eintraege[post.stelle + 1]; if (n) post.oeffne(n.id); });
  useTaste('k', t('voriger'), () => { const n = post.eintraege[post.stelle - 1]; if (n) post.oeffne(n.id); });
  useTaste('x', t('waehlenTaste'), () => { const n = post.eintraege[post.stelle]; if (n) post.auswahl.wechsle(n.id, n); });
  if (error) return <section className="va-schau"><Fehler fehler={error} nochmal={() => void refetch()} /></section>;
  if (!data) return <><section className="va-schau"><Laden /></section><section className="va-spalte va-ablage" /></>;
  return <>{data.inhaltId && <Lesestand inhaltId={data.inhaltId} onStand={setLiest} />}<Vorschau e={data} markiere={fund} /><Ablage e={data} post={post} meldung={meldung} liest={liest && data.inhaltId !== null} onFund={setFund} /></>;
}

/** Whether text may still come out of the file. */
function Lesestand({ inhaltId, onStand }: { inhaltId: string; onStand(liest: boolean): void }) {
  const { data } = useAufbereitung(inhaltId);
  const liest = !data || data.schritte.some((s) => ['typ', 'text', 'ocr'].includes(s.art) && (s.status === 'offen' || s.status === 'laeuft'));
  useEffect(() => onStand(liest), [liest, onStand]);
  return null;
}

function Vorschau({ e, markiere }: { e: Eingang; markiere: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const abschnitte = useSlot('eingang.abschnitt');
  if (!e.inhaltId) return <section className="va-schau"><Leer icon="schloss">{t('keinRecht')}</Leer></section>;
  return <Suspense fallback={<section className="va-schau" ref={ref}><Laden /></section>}><InhaltAnsicht inhaltId={e.inhaltId} dateiname={e.dateiname} titel={e.betreff} markiere={markiere} kopf={<><Stempel e={e} />{abschnitte.map(({ Inhalt }, i) => <Suspense key={i} fallback={null}><Inhalt eingangId={e.id} /></Suspense>)}</>} /></Suspense>;
}
