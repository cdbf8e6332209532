import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Angaben, Badge, ButtonLink, Leise, Tafel } from '#platform/web/kern/index.ts';
import { datum, zeitpunkt } from '#platform/web/zeit.ts';
import type { Akte, Dokument, Vorgang } from '../contract.ts';
import { aufbewahrungText, laufzeitText } from './akte.tsx';
import { useEigeneFelder } from './metadaten-formular.tsx';
import { kennzeichenVon, useObjekt, type Objekt } from './rahmen.tsx';
import { BLEIBT, pfadVon } from './teile.tsx';
import { artwort, mediumwort, t } from './texte.ts';
import { tf } from './texte-formular.ts';

type Zeile = { titel: string; wert: ReactNode };
const tag = (wert: string | null) => (wert === null ? null : datum(wert));

/** All details of an Akte, Vorgang or Dokument. */
export function Component() {
  const x = useObjekt();
  const { o } = x;
  const felder = useEigeneFelder(x.typ) ?? [];
  const darf = !o.storniert && (o.rechte as string[]).includes(`${x.typ}.bearbeiten`) && (x.typ === 'dokument' ? !x.o.finalisiert : x.o.status === 'in_bearbeitung');
  const eigene = felder.filter((f) => o.felder[f.schluessel] !== undefined).map((f) => ({ titel: f.bezeichnung, wert: wertText(f, o.felder[f.schluessel]!) }));
  return (
    <div className={x.typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-rollen'}>
      <div className="va-angabenspalte">
      <Tafel titel={t('angaben')} aktionen={darf && <ButtonLink art="leicht" klein icon="stift" to={`${pfadVon[x.typ](o.id)}/bearbeiten`} state={BLEIBT}>{t('bearbeiten')}</ButtonLink>}><Angaben daten={hauptdaten(x)} /></Tafel>
      {eigene.length > 0 && <Tafel titel={tf('eigene')}><Angaben daten={eigene} /></Tafel>}
      </div><div className="va-angabenspalte">
      {x.typ !== 'dokument' && <Tafel titel={tf('aussonderung')}><Angaben daten={aussonderung(x.o)} /></Tafel>}
      <Tafel titel={tf('einstufung')}><Angaben daten={einstufung(o)} /></Tafel>
      <Tafel titel={t('kennzeichen')}><Angaben daten={[
        { titel: t('kennzeichen'), wert: kennzeichenVon(x) },
        { titel: t('angelegt'), wert: <>{zeitpunkt(o.erstelltAm)}{o.erstelltVon && `, ${o.erstelltVon.name}`}</> }, { titel: t('geaendert'), wert: zeitpunkt(o.geaendertAm) },
        { titel: t('frueher'), wert: o.fruehereKennzeichen.length ? <ul>{o.fruehereKennzeichen.map((k) => <li key={k.kennzeichen + k.bis}>{k.kennzeichen} <Leise>{t('bisTag', datum(k.bis))}{k.grund && `, ${k.grund}`}</Leise></li>)}</ul> : null },
        { titel: 'UUID', wert: <code className="va-klein">{o.id}</code> },
      ]} /></Tafel>
      </div>
    </div>
  );
}

const wertText = (f: { datentyp: string; codes?: { code: string; bezeichnung: string }[] | undefined }, wert: string | number | null) =>
  (f.datentyp === 'datum' ? datum(String(wert)) : f.datentyp === 'codeliste' ? f.codes?.find((c) => c.code === wert)?.bezeichnung ?? String(wert) : String(wert));

function hauptdaten(x: Objekt): Zeile[] {
  const { o } = x;
  const ort: Zeile[] = x.typ === 'akte' ? [{ titel: t('einheit'), wert: <Link to={`/aktenplan/${x.o.aktenplaneinheit.id}`}>{x.o.aktenplaneinheit.kennzeichen} {x.o.aktenplaneinheit.bezeichnung}</Link> }]
    : x.o.akte ? [{ titel: t('akte'), wert: <Link to={`/akten/${x.o.akte.id}`}>{x.o.akte.aktenzeichen} {x.o.akte.betreff}</Link> }] : [];
  return [
    { titel: t('betreff'), wert: o.betreff }, { titel: t('typ'), wert: o.typ }, ...(x.typ === 'dokument' ? dokumentdaten(x.o) : []), ...ort,
    { titel: t('federfuehrung'), wert: `${o.federfuehrung.kennzeichen} ${o.federfuehrung.bezeichnung}` }, { titel: t('aktenfuehrung'), wert: `${o.aktenfuehrung.kennzeichen} ${o.aktenfuehrung.bezeichnung}` }, { titel: t('bearbeitung'), wert: o.bearbeiter?.name },
    ...(x.typ === 'dokument' ? [] : [{ titel: t('laufzeit'), wert: laufzeitText(x.o) }]), { titel: t('medium'), wert: mediumwort(o.medium) }, { titel: t('standort'), wert: o.standort }, { titel: t('bemerkung'), wert: o.bemerkung && <span className="va-zeilen">{o.bemerkung}</span> },
  ];
}
const dokumentdaten = (d: Dokument): Zeile[] => [
  { titel: t('art'), wert: <>{artwort(d.art)} {d.entwurf && <Badge icon="stift">{t('entwurf')}</Badge>}</> }, { titel: tf('schreiben'), wert: datum(d.datumDesSchreibens) }, { titel: tf('posteingang'), wert: tag(d.posteingangsdatum) }, { titel: tf('postausgang'), wert: tag(d.postausgangsdatum) },
  { titel: tf('absender'), wert: d.absender.join('; ') }, { titel: tf('empfaenger'), wert: d.empfaenger.join('; ') }, { titel: tf('fremdesZeichen'), wert: d.fremdesGeschaeftszeichen }, { titel: tf('bezug'), wert: d.bezug }, { titel: tf('hier'), wert: d.hier }, { titel: tf('bearbeiterName'), wert: d.bearbeiterName },
];
const aussonderung = (o: Akte | Vorgang): Zeile[] => [
  { titel: t('aufbewahrung'), wert: aufbewahrungText(o.aussonderung) ?? <span className="va-leise">{tf('nichtFestgelegt')}</span> }, { titel: tf('begruendung'), wert: [...new Set([o.aussonderung.art.grund, o.aussonderung.aufbewahrung.grund].filter(Boolean))].join('; ') },
  { titel: t('aufbewahrungsende'), wert: tag(o.aussonderung.aufbewahrungsende) }, { titel: t('schliessen'), wert: tag(o.zdaAm) },
];
const einstufung = ({ geheimhaltung: g, datenschutzstufe }: Akte | Vorgang | Dokument): Zeile[] => [
  { titel: tf('geheimhaltungsgrad'), wert: g.grad === 'vs_nfd' ? tf('gradNfd') : tf('gradOffen') }, { titel: tf('eingestuftAm'), wert: tag(g.eingestuftAm) }, { titel: tf('endetAm'), wert: tag(g.endetAm) }, { titel: tf('einstufungsfrist'), wert: g.einstufungsfrist },
  { titel: tf('herausgeber'), wert: g.herausgeber }, { titel: tf('gBemerkung'), wert: g.bemerkung }, { titel: tf('datenschutzstufe'), wert: datenschutzstufe },
];
