import './schriftgut.css';
import { useState, type ReactNode } from 'react';
import { Link, Outlet, useOutletContext } from 'react-router';
import { downloadUrl } from '#platform/web/client.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Aktenzeichen, Badge, Button, Eckdaten, Ergebnis, Fehler, Icon, Menue, Pfad, Reiter, Seite, useTitel, type ReiterEintrag } from '#platform/web/kern/index.ts';
import { useSitzung, useSlot } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api, type Akte, type Dokument, type Objekttyp, type Pfadelement, type Vorgang } from '../contract.ts';
import { GrundDialog, MerkStern, pfadVon, useLinkKopieren } from './teile.tsx';
import { t } from './texte.ts';

/** The object of the page, for its tabs. */
export type Objekt = { typ: 'akte'; o: Akte } | { typ: 'vorgang'; o: Vorgang } | { typ: 'dokument'; o: Dokument };
export const useObjekt = () => useOutletContext<Objekt>();
export const kennzeichenVon = (x: Objekt) => (x.typ === 'akte' ? x.o.aktenzeichen : x.o.kennzeichen);

const zielVon = (p: Pfadelement) => (p.typ === 'aktenplaneinheit' ? `/aktenplan/${p.id}` : pfadVon[p.typ](p.id));
/** Where it lies, without itself. */
export const Ort = ({ x }: { x: Objekt }) =>
  <Pfad name={t('einheit')} teile={x.o.pfad.slice(0, -1).map((p) => ({ titel: p.typ === 'aktenplaneinheit' ? `${p.kennzeichen} ${p.bezeichnung}` : p.typ === 'akte' ? `${p.kennzeichen} ${p.bezeichnung}` : p.bezeichnung, pfad: zielVon(p) }))} />;

const exporte = { akte: api.exportAkte, vorgang: api.exportVorgang, dokument: api.exportDokument } as const;
/** Download and print of the whole, for the menu. */
export function ExportEintraege({ x }: { x: Objekt }) {
  if (!(x.o.rechte as string[]).includes(`${x.typ}.exportieren`)) return null;
  const url = (query: object) => downloadUrl(exporte[x.typ], { params: { id: x.o.id as never }, query } as never);
  return <>
    <li><a href={url({ format: 'pdf', anzeigen: 'true' })} target="_blank" rel="noreferrer">{t('drucken')}</a></li>
    <li><a href={url({ format: 'pdf' })} download="">{t('alsPdf')}</a></li>
    <li><a href={url({ format: 'zip' })} download="">{t('alsZip')}</a></li>
  </>;
}

const storno = { akte: [api.cancelAkte, api.deleteStornoAkte], vorgang: [api.cancelVorgang, api.deleteStornoVorgang], dokument: [api.cancelDokument, api.deleteStornoDokument] } as const;
export const stornoVon = (typ: Objekttyp) => storno[typ];

type KopfProps = { x: Objekt; marken?: ReactNode; daten: Parameters<typeof Eckdaten>[0]['daten']; reiter: ReiterEintrag[]; aktionen?: ReactNode; menue?: ReactNode; dialoge?: ReactNode; hinweis?: ReactNode };
/** Head of the page of an Akte, Vorgang or Dokument: place, name, state, key facts, actions, tabs. */
export function Objektkopf({ x, marken, daten, reiter, aktionen, menue, dialoge, hinweis }: KopfProps) {
  const kennzeichen = kennzeichenVon(x);
  const pfad = pfadVon[x.typ](x.o.id);
  useTitel(`${kennzeichen} ${x.o.betreff}`);
  const link = useLinkKopieren(kennzeichen, x.o.betreff, pfad);
  const { darf } = useSitzung();
  const [dialog, setDialog] = useState<'storno' | 'sperren'>();
  const entsperren = useAuftrag(api.deleteSperre);
  const darfSperren = (x.o.rechte as string[]).includes(`${x.typ}.verwalten`) && darf('zugriff.sperren');
  const { sperre } = x.o;
  const fremde = useSlot('schriftgut.reiter').filter((r) => !r.typen || r.typen.includes(x.typ));
  // History belongs to who may read the object, not merely see that it exists.
  const verlauf = useSlot('objekt.verlauf').slice(0, (x.o.rechte as string[]).includes(`${x.typ}.lesen`) ? 1 : 0);
  const [cancel] = stornoVon(x.typ);
  const darfStornieren = (x.o.rechte as string[]).includes(`${x.typ}.stornieren`);
  return (
    <div className="va-aktenkopf">
      <Ort x={x} />
      <div className="va-titelzeile">
        <Aktenzeichen wert={kennzeichen} /><h1 className={x.o.storniert ? 'va-gestrichen' : x.o.geschuetzt ? 'va-leise' : undefined}>{x.o.betreff}</h1>{sperre && <Badge ton="gefahr" icon="schloss">{t('gesperrt')}</Badge>}{marken}<MerkStern typ={x.typ} id={x.o.id} gemerkt={x.o.gemerkt} />
        <div className="va-schub">
          {link.kopiert && <Ergebnis>{t('linkKopiert')}</Ergebnis>}
          {aktionen}
          <Menue rechts className="va-menue--icon" name={t('weitere')} knopf={<span title={t('weitere')}><Icon name="mehr" klein /></span>}>
            <li><button type="button" onClick={link.kopiere}>{t('linkKopieren')}</button></li>
            <ExportEintraege x={x} />
            {menue}
            {darfSperren && !sperre && <li><button type="button" onClick={() => setDialog('sperren')}>{t('sperren')} …</button></li>}
            {darfStornieren && !x.o.storniert && <li><button type="button" onClick={() => setDialog('storno')}>{t('stornieren')} …</button></li>}
          </Menue>
        </div>
      </div>
      {sperre && <p className="va-storno">{t('gesperrtAm', datum(sperre.am), sperre.von?.name ?? '', sperre.grund)} {sperre.hier && darfSperren && <Button art="leicht" klein icon="zurueckholen" laeuft={entsperren.laeuft} onClick={() => entsperren.starten({ params: { typ: x.typ, id: x.o.id } })}>{t('entsperren')}</Button>}</p>}
      {entsperren.fehler !== null && <Fehler kompakt fehler={entsperren.fehler} />}
      {hinweis}
      <Eckdaten daten={daten} />
      <Reiter name={t('ansichten')} eintraege={[...reiter, ...fremde.map((r) => ({ pfad: `${pfad}/${r.pfad}`, titel: r.titel(), ...(r.icon && { icon: r.icon }) })), ...verlauf.map((v) => ({ pfad: `${pfad}/verlauf`, titel: v.titel() }))]} />
      {dialoge}
      <GrundDialog titel={t('sperren')} knopf={t('sperren')} text={t('sperrenText')} operation={api.createSperre} offen={dialog === 'sperren'} onSchliessen={() => setDialog(undefined)} input={(grund) => ({ params: { typ: x.typ, id: x.o.id }, body: { grund } })} />
      <GrundDialog titel={`${t('stornieren')}: ${x.o.betreff}`} knopf={t('stornieren')} text={t('stornoText')} operation={cancel as typeof api.cancelDokument} offen={dialog === 'storno'} onSchliessen={() => setDialog(undefined)}
        hindernisse={x.typ === 'dokument' ? [] : x.o.hindernisse.stornieren} input={(grund) => ({ params: { id: x.o.id as never }, ifMatch: x.o.version, body: { grund } })} />
    </div>
  );
}
export const StornoMarke = ({ x }: { x: Objekt }) => (x.o.storniert ? <Badge ton="gefahr">{t('storniert')}</Badge> : null);
/** Struck, by whom and why, and the way back. */
export function StornoHinweis({ x, zurueck }: { x: Objekt; zurueck?: ReactNode }) {
  const s = x.o.storno;
  return s ? <p className="va-storno">{t('stornoAm', datum(s.am), s.von?.name ?? '', s.grund)} {zurueck}</p> : null;
}
export const Objektseite = ({ kopf, x }: { kopf: ReactNode; x: Objekt }) => <Seite fest><div>{kopf}</div><Outlet context={x} /></Seite>;
export const ZurListe = () => <Link className="va-zurueck va-nurschmal" to="/akten"><Icon name="zurueck" klein />{t('zuDenAkten')}</Link>;

