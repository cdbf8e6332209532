import { Angaben, Badge, ButtonLink, Leer, Tafel } from '#platform/web/kern/index.ts';
import { datum } from '#platform/web/zeit.ts';
import type { KontaktAntwort } from '../contract.ts';
import { useObjekt } from './rahmen.tsx';
import { BLEIBT, pfadVon } from './teile.tsx';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** Absender, Empfänger and others, as they stood at the time (MD-04). */
export function Component() {
  const x = useObjekt();
  const darf = !x.o.storniert && (x.o.rechte as string[]).includes(`${x.typ}.bearbeiten`) && (x.typ === 'dokument' ? !x.o.finalisiert : x.o.status === 'in_bearbeitung');
  const aendern = darf && <ButtonLink art="leicht" klein icon="stift" to={`${pfadVon[x.typ](x.o.id)}/bearbeiten`} state={BLEIBT}>{t('bearbeiten')}</ButtonLink>;
  return (
    <div className={x.typ === 'dokument' ? 'va-angabenseite' : 'va-angabenseite va-rollen'}>
      {x.o.kontakte.length === 0 && <Tafel titel={t('beteiligte')}><Leer icon="personen" aktion={aendern}>{t('keineBeteiligten')}</Leer></Tafel>}
      {x.o.kontakte.map((k) => <Tafel key={k.id} titel={k.name} zahl={<Badge>{k.rolle ?? tf(k.art)}</Badge>} aktionen={aendern}><Angaben daten={angaben(k)} /></Tafel>)}
    </div>
  );
}
const zeilen = (k: KontaktAntwort) => [
  ...k.anschriften.map((a) => [[a.strasse, a.hausnummer].filter(Boolean).join(' ') || (a.postfach && `Postfach ${a.postfach}`), [a.postleitzahl, a.ort].filter(Boolean).join(' '), a.zusatz].filter(Boolean).join(', ')),
  ...k.unstrukturierteAnschriften.map((a) => a.zeilen.join(', ')),
];
const angaben = (k: KontaktAntwort) => [
  { titel: t('art'), wert: tf(k.art) }, { titel: tf('institution'), wert: k.institution }, { titel: tf('organisationseinheit'), wert: k.organisationseinheit }, { titel: tf('anrede'), wert: k.anrede },
  { titel: tf('strasse'), wert: zeilen(k).length ? <ul>{zeilen(k).map((z) => <li key={z}>{z}</li>)}</ul> : null }, ...k.erreichbarkeit.map((e) => ({ titel: e.kanal === 'email' ? tf('email') : e.kanal === 'telefon' || e.kanal === 'mobil' ? tf('telefon') : e.kanal, wert: e.kennung })),
  { titel: t('geboren'), wert: k.geburtsdatum && datum(k.geburtsdatum) }, { titel: t('kennzeichen'), wert: k.behoerdenkennung?.kennung },
];
