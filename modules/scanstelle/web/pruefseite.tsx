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

/** The page that is looked at is part of the address; without it the first that still asks for a look. */
function useOrt(stapel: Stapel) {
  const [suche, setSuche] = useSearchParams();
  const seiten = blaetter(stapel);
  const briefOffen = stapel.briefliste.find((b) => (b.stichprobe && b.ergebnis === null) || b.hinweise.length > 0);
  const gewaehlt = seiten.find((s) => s.id === suche.get('seite')) ?? seiten.find((s) => s.status === 'da' && s.briefId === briefOffen?.id) ?? seiten.find((s) => s.status === 'da') ?? seiten[0]!;
  const oeffne = (s: Seite | undefined) => { if (s) setSuche((alt) => { alt.set('seite', s.id); return alt; }, { replace: true, state: { fokus: 'bleibt' } }); };
  return { seiten, seite: gewaehlt, oeffne };
}

function Pruefung({ stapel, schritte }: { stapel: Stapel; schritte: Schritte }) {
  const { seiten, seite, oeffne } = useOrt(stapel);
  const [gross, setGross] = useState(false);
  const betreff = useRef<HTMLInputElement>(null);
  const offen = stapel.status === 'zu_pruefen' && stapel.rechte.includes('scanstapel.bearbeiten');
  const stelle = seiten.findIndex((s) => s.id === seite.id);
  const da = seite.status === 'da';
  const tun: Tun = {
    drehe: (um: 90 | 270) => void schritte.schritt({ art: 'drehen', seiteIds: [seite.id], um }),
    teile: () => { if (da) void schritte.schritt({ art: 'teilen', seiteId: seite.id }); },
    verbinde: () => { if (seite.briefId) void schritte.schritt({ art: 'verbinden', briefId: seite.briefId }); },
    entferne: () => void schritte.schritt({ art: da ? 'entfernen' : 'wiederherstellen', seiteIds: [seite.id] }),
    merke: () => { if (da) void schritte.schritt({ art: 'nachscan', seiteIds: [seite.id], an: !seite.nachscan }); },
    verschiebe: (um: -1 | 1) => {
      const ziel = seiten[stelle + (um < 0 ? -1 : 2)];
      if (da && (um > 0 ? stelle < seiten.length - 1 : ziel)) void schritte.schritt({ art: 'verschieben', seiteId: seite.id, vor: ziel?.id ?? null });
    },
    beurteile: (ergebnis: 'in_ordnung' | 'mangel', bemerkung?: string) => {
      if (!seite.briefId) return;
      const briefe = stapel.briefliste, hier = briefe.findIndex((b) => b.id === seite.briefId);
      void schritte.schritt({ art: 'ergebnis', briefId: seite.briefId, ergebnis, ...(bemerkung && { bemerkung }) });
      const naechster = [...briefe.slice(hier + 1), ...briefe.slice(0, hier)].find((b) => b.stichprobe && b.ergebnis === null);
      if (ergebnis === 'in_ordnung' && naechster) oeffne(seiten.find((s) => s.briefId === naechster.id && s.status === 'da'));
    },
  };
  const an = { aktiv: offen };
  useTaste('j', t('naechste'), () => oeffne(seiten[stelle + 1]));
  useTaste('k', t('vorige'), () => oeffne(seiten[stelle - 1]));
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
      <Blatt stapel={stapel} seite={seite} stelle={stelle} anzahl={seiten.length} gross={gross} onGross={() => setGross(!gross)} onSeite={(um) => oeffne(seiten[stelle + um])} tun={tun} offen={offen} />
      <Briefspalte stapel={stapel} seite={seite} schritte={schritte} tun={tun} offen={offen} betreffFeld={betreff} onSeite={oeffne} />
    </div>
  );
}
