import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Aktenzeichen, Badge, Button, Checkbox, Fehler, Field, Icon, Laden, Leer, Unsichtbar } from '#platform/web/kern/index.ts';
import { Seitenwahl, useListenTasten } from '#platform/web/liste/index.ts';
import type { EingangZeile } from '../contract.ts';
import { Eingangszeit } from './stempel.tsx';
import { automatikname, kanalicon, kanalname, t, vorschlagsgrund } from './texte.ts';
import type { PostListe } from './zustand.ts';

export function Eingangsliste({ post }: { post: PostListe }) {
  const wurzel = useRef<HTMLElement>(null);
  // with an open item j, k and x belong to it
  if (!post.id) return <Liste post={post} wurzel={wurzel} mitTasten />;
  return <Liste post={post} wurzel={wurzel} />;
}

function Liste({ post, wurzel, mitTasten = false }: { post: PostListe; wurzel: React.RefObject<HTMLElement | null>; mitTasten?: boolean }) {
  const { auswahl, eintraege } = post;
  const idVon = (e: EingangZeile) => e.id as string;
  const inhalt = () => {
    if (post.fehler) return <Fehler fehler={post.fehler} nochmal={post.nochmal} />;
    if (post.laedt) return <Laden />;
    if (!eintraege.length) return post.gefiltert ? <Leer icon="filter" aktion={<Button klein onClick={post.filterLeeren}>{t('filterAufheben')}</Button>}>{t('leerFilter')}</Leer> : <Leer icon="ein">{t('leer')}</Leer>;
    return <ul className="va-rollen" tabIndex={-1}>{eintraege.map((e) => <Zeile key={e.id} e={e} post={post} />)}</ul>;
  };
  return (
    <section className="va-spalte va-eingaenge" aria-labelledby="p-liste" ref={wurzel}>
      {mitTasten && <Tasten wurzel={wurzel} />}
      <div className="va-stapel">
        <h2 id="p-liste" className="kern-sr-only">{t('eingaenge')}</h2>
        <Checkbox labelVersteckt label={t('alleWaehlen')} disabled={eintraege.length === 0} checked={eintraege.length > 0 && eintraege.every((e) => auswahl.hat(e.id))} teil={eintraege.some((e) => auswahl.hat(e.id))} onChange={(an) => auswahl.setze(eintraege, idVon, an)} />
        {auswahl.anzahl > 0 ? <><span className="va-stark" role="status">{t('gewaehlt', auswahl.anzahl)}</span><span className="va-schub"><Button art="leicht" klein nurIcon icon="weg" onClick={auswahl.leeren}>{t('aufheben')}</Button></span></> : <Suche post={post} />}
      </div>
      {inhalt()}
      <Seitenwahl liste={post as never} />
    </section>
  );
}
function Tasten({ wurzel }: { wurzel: React.RefObject<HTMLElement | null> }) { useListenTasten(wurzel, true); return null; }

/** Asks when the typing pauses. */
function Suche({ post }: { post: PostListe }) {
  const wert = post.filterwert('text')[0] ?? '';
  const [text, setText] = useState(wert);
  const uhr = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(uhr.current), []);
  return <Field type="search" label={t('suche')} versteckt placeholder={t('suchen')} value={text} autoComplete="off" onChange={(ev) => { const neu = ev.target.value; setText(neu); clearTimeout(uhr.current); uhr.current = setTimeout(() => post.setzeFilter('text', neu.trim() || undefined, false), 300); }} />;
}

function Zeile({ e, post }: { e: EingangZeile; post: PostListe }) {
  const offen = e.id === post.id;
  const zeile = useRef<HTMLLIElement>(null);
  useEffect(() => { if (offen) zeile.current?.scrollIntoView({ block: 'nearest' }); }, [offen]);
  const klassen = ['va-eingang', (e.status === 'erfasst' || e.status === 'verteilt') && !e.automatik && 'ist-neu', offen && 'ist-offen', post.auswahl.hat(e.id) && 'ist-angehakt'].filter(Boolean).join(' ');
  return (
    <li className={klassen} data-zeile={e.id} ref={zeile}>
      <Checkbox labelVersteckt label={t('waehlen', e.betreff)} checked={post.auswahl.hat(e.id)} onChange={(_, ev) => post.auswahl.wechsle(e.id, e, (ev.nativeEvent as MouseEvent).shiftKey ? { alle: post.eintraege as never, idVon: (z: EingangZeile) => z.id } as never : undefined)} />
      <span className="va-eingang__absender va-kuerzen">{e.absender || t('ohneAbsender')}</span><Eingangszeit e={e} className="va-eingang__zeit" />
      <Link to={post.adresse(e.id)} state={{ fokus: 'bleibt' }} aria-current={offen ? 'true' : undefined}><span className="va-kuerzen">{e.betreff}</span></Link>
      <div className="va-eingang__ziel">
        <span><Icon name={kanalicon[e.kanal]} klein /><Unsichtbar>{kanalname(e.kanal)}: </Unsichtbar>{e.ablage?.akte ? <Aktenzeichen wert={e.ablage.akte.aktenzeichen} /> : e.vorschlag ? <Aktenzeichen wert={e.vorschlag.akte.aktenzeichen} /> : <span>{e.organisationseinheit.kennzeichen} {e.organisationseinheit.bezeichnung}</span>}{e.anlagen > 0 && <><Icon name="klammer" klein /><Unsichtbar>{t('anlagen')}: </Unsichtbar>{e.anlagen}</>}</span>
        {e.ueberfaellig ? <Badge ton="gefahr">{t('ueberfaelligKlein')}</Badge> : e.bearbeiter ? <span className="va-eingang__grund">{e.bearbeiter.name}</span> : e.automatik ? <Badge>{automatikname(e.automatik)}</Badge> : e.dublette ? <Badge ton="warnung">{t('dublette')}</Badge> : e.status === 'zugeordnet' ? <span className="va-eingang__grund">{t('abgelegt')}</span> : e.vorschlag && <span className="va-eingang__grund ist-gut">{vorschlagsgrund(e.vorschlag)}</span>}
      </div>
    </li>
  );
}
