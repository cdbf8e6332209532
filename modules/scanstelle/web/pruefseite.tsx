import './scanstelle.css';
import { useEffect, useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useAbfrage } from '#platform/web/daten.ts';
import { Badge, Fehler, Laden, Seite as Rahmen, Seitenkopf } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type Seite, type Stapel } from '../contract.ts';
import { Blatt } from './blatt.tsx';
import { Briefspalte } from './briefspalte.tsx';
import { blaetter, useSchritte, type Schritte, type Tun } from './pruefung.ts';
import { Seitenleiste } from './seitenleiste.tsx';
import { Unterwegs } from './unterwegs.tsx';
import { statusname, statuston, t } from './texte.ts';

const UNTERWEGS = new Set(['eingetroffen', 'zerlegt']);

/** A batch: first what the machine is doing with it, then pages, page and letter side by side. */
export function Component() {
  const { id = '' } = useParams();
  const schritte = useSchritte(id);
  // what the machine is doing now is followed; what people do is known from the answers
  const [folgen, setFolgen] = useState(true);
  const { data, error, refetch } = useAbfrage(api.getStapel, { params: { id: id as never } }, { alle: folgen && !schritte.laeuft ? 1_500 : false });
  const unterwegs = !data || UNTERWEGS.has(data.status) || (data.status === 'geprueft' && !data.bereit) || data.offen.some((o) => o.art === 'nachscan_laeuft');
  useEffect(() => setFolgen(unterwegs), [unterwegs]);
  if (error) return <Rahmen><Seitenkopf titel={t('stapel')} zurueck={{ pfad: '/scanstelle', titel: t('scanstelle') }} /><Fehler fehler={error} nochmal={() => void refetch()} /></Rahmen>;
  if (!data) return <Rahmen><Seitenkopf titel={t('stapel')} zurueck={{ pfad: '/scanstelle', titel: t('scanstelle') }} /><Laden /></Rahmen>;
  const kopf = <Seitenkopf titel={`${data.nummer} ${data.bezeichnung}`} zurueck={{ pfad: '/scanstelle', titel: t('scanstelle') }} neben={<Badge ton={data.hindernis ? 'warnung' : statuston[data.status]}>{statusname(data.status)}</Badge>} />;
  if (!blaetter(data).length || UNTERWEGS.has(data.status)) return <Rahmen>{kopf}<Unterwegs stapel={data} /></Rahmen>;
  return <Rahmen fest><div>{kopf}</div><Pruefung stapel={data} schritte={schritte} /></Rahmen>;
}

/**
 * The page that is looked at is part of the address; without it the first that still asks for a look. Whoever works by keys is faster than the page is drawn:
 * what a key is about is known at once, in `jetzt`.
 */
function useOrt(stapel: Stapel) {
  const [suche, setSuche] = useSearchParams();
  const [id, setId] = useState(suche.get('seite'));
  const seiten = blaetter(stapel);
  const briefOffen = stapel.briefliste.find((b) => (b.stichprobe && b.ergebnis === null) || b.hinweise.length > 0);
  const gewaehlt = seiten.find((s) => s.id === id) ?? seiten.find((s) => s.status === 'da' && s.briefId === briefOffen?.id) ?? seiten.find((s) => s.status === 'da') ?? seiten[0]!;
  const ort = useRef(gewaehlt.id), liste = useRef(seiten);
  useEffect(() => { ort.current = gewaehlt.id; liste.current = seiten; });
  const oeffne = (s: Seite | undefined) => {
    if (!s) return;
    ort.current = s.id;
    setId(s.id);
    setSuche((alt) => { alt.set('seite', s.id); return alt; }, { replace: true, state: { fokus: 'bleibt' } });
  };
  const jetzt = () => { const stelle = Math.max(0, liste.current.findIndex((s) => s.id === ort.current)); return { seiten: liste.current, stelle, seite: liste.current[stelle]! }; };
  return { seiten, seite: gewaehlt, oeffne, jetzt };
}

function Pruefung({ stapel, schritte }: { stapel: Stapel; schritte: Schritte }) {
  const { seiten, seite, oeffne, jetzt } = useOrt(stapel);
  const [gross, setGross] = useState(false);
  const betreff = useRef<HTMLInputElement>(null);
  const offen = stapel.status === 'zu_pruefen' && stapel.rechte.includes('scanstapel.bearbeiten');
  const stelle = seiten.findIndex((s) => s.id === seite.id);
  const gehe = (um: -1 | 1) => { const j = jetzt(); oeffne(j.seiten[j.stelle + um]); };
  /** With the page a key is about, if it is one of a letter. */
  const mitSeite = (tu: (s: Seite) => void) => { const { seite: s } = jetzt(); if (s.status === 'da') tu(s); };
  const tun: Tun = {
    drehe: (um) => void schritte.schritt({ art: 'drehen', seiteIds: [jetzt().seite.id], um }),
    teile: () => mitSeite((s) => void schritte.schritt({ art: 'teilen', seiteId: s.id })),
    verbinde: () => { const { briefId } = jetzt().seite; if (briefId) void schritte.schritt({ art: 'verbinden', briefId }); },
    entferne: () => { const s = jetzt().seite; void schritte.schritt({ art: s.status === 'da' ? 'entfernen' : 'wiederherstellen', seiteIds: [s.id] }); },
    merke: () => mitSeite((s) => void schritte.schritt({ art: 'nachscan', seiteIds: [s.id], an: !s.nachscan })),
    verschiebe: (um) => mitSeite((s) => {
      const j = jetzt(), ziel = j.seiten[j.stelle + (um < 0 ? -1 : 2)];
      if (um > 0 ? j.stelle < j.seiten.length - 1 : ziel) void schritte.schritt({ art: 'verschieben', seiteId: s.id, vor: ziel?.id ?? null });
    }),
    beurteile: (ergebnis, bemerkung) => void schritte.mitStand((stand) => {
      const briefId = stand.seitenliste.find((s) => s.id === jetzt().seite.id)?.briefId;
      if (!briefId) return undefined;
      const briefe = stand.briefliste, hier = briefe.findIndex((b) => b.id === briefId);
      const naechster = [...briefe.slice(hier + 1), ...briefe.slice(0, hier)].find((b) => b.stichprobe && b.ergebnis === null);
      if (ergebnis === 'in_ordnung' && naechster) oeffne(blaetter(stand).find((s) => s.briefId === naechster.id && s.status === 'da'));
      return { art: 'ergebnis', briefId, ergebnis, ...(bemerkung && { bemerkung }) };
    }),
  };
  const an = { aktiv: offen };
  useTaste('j', t('naechste'), () => gehe(1));
  useTaste('k', t('vorige'), () => gehe(-1));
  useTaste('z', t('groesser'), () => setGross(!gross));
  useTaste('r', t('drehen'), () => tun.drehe(90), an);
  useTaste('R', t('drehenLinks'), () => tun.drehe(270), an);
  useTaste('t', t('teilen'), tun.teile, an);
  useTaste('v', t('verbinden'), tun.verbinde, an);
  useTaste('e', t('entfernen'), tun.entferne, an);
  useTaste('n', t('vormerken'), tun.merke, an);
  useTaste('<', t('frueher'), () => tun.verschiebe(-1), an);
  useTaste('>', t('spaeter'), () => tun.verschiebe(1), an);
  useTaste('o', t('inOrdnung'), () => tun.beurteile('in_ordnung'), an);
  useTaste('b', t('benennen'), () => betreff.current?.focus(), an);
  return (
    <div className="va-scan">
      <Seitenleiste stapel={stapel} seite={seite} onSeite={oeffne} />
      <Blatt stapel={stapel} seite={seite} stelle={stelle} anzahl={seiten.length} gross={gross} onGross={() => setGross(!gross)} onSeite={gehe} tun={tun} offen={offen} />
      <Briefspalte stapel={stapel} seite={seite} schritte={schritte} tun={tun} offen={offen} betreffFeld={betreff} onSeite={oeffne} />
    </div>
  );
}
