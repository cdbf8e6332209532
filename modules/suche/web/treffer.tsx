import { Aktenzeichen, Badge, ButtonLink, Datum, Icon, type IconName } from '#platform/web/kern/index.ts';
import { Hauslink, Hausmarke, imHaus } from '#platform/web/haus.tsx';
import { useTaste } from '#platform/web/tasten.ts';
import { useNavigate } from 'react-router';
import { t, wortFuer } from './texte.ts';
import type { Trefferzeile as Treffer } from './zustand.ts';

const icons: Record<string, IconName> = { akte: 'akte', vorgang: 'vorgang', dokument: 'dok', eingang: 'ein' };
const iconVon = (typ: string) => icons[typ] ?? 'dok';
const Teile = ({ teile }: { teile: Treffer['schnipsel'] }) => <>{teile.map((s, i) => (s.treffer ? <mark key={i}>{s.text}</mark> : s.text))}</>;

function Wo({ treffer }: { treffer: Treffer }) {
  const eigene = treffer.kennzeichen ?? treffer.ort.at(-1)?.kennzeichen;
  return (
    <div className="va-treffer__wo">
      <Hausmarke haus={treffer.haus} />
      {eigene && <Aktenzeichen wert={eigene} />}
      {treffer.ort.length > 0 ? <span>{treffer.ort.map((o) => o.titel).join(' › ')}</span> : treffer.aktenplaneinheit && <span>{treffer.aktenplaneinheit.kennzeichen} {treffer.aktenplaneinheit.bezeichnung}</span>}
    </div>
  );
}

export const TrefferZeile = ({ treffer }: { treffer: Treffer }) => (
  <li>
    <Icon name={iconVon(treffer.typ)} />
    <div><h3>{treffer.pfad ? <Hauslink haus={treffer.haus} pfad={treffer.pfad} data-treffer=""><Teile teile={treffer.titelTeile} /></Hauslink> : <Teile teile={treffer.titelTeile} />}</h3><Wo treffer={treffer} /></div>
    <div className="va-klein va-treffer__rechts"><Datum wert={treffer.datum} className="va-leise" /><br />{treffer.typ === 'dokument' && treffer.art ? wortFuer(treffer.art) : `${wortFuer(treffer.typ)}${treffer.status ? `, ${wortFuer(treffer.status)}` : ''}`}</div>
    {treffer.schnipsel.length > 0 && <p className="va-schnipsel"><Teile teile={treffer.schnipsel} /></p>}
  </li>
);

/** Found by its Aktenzeichen: stands above the hits; `Strg Eingabe` opens the first. */
export function Genau({ treffer, erkannt, erster }: { treffer: Treffer; erkannt: string; erster: boolean }) {
  const navigate = useNavigate();
  useTaste('Strg Eingabe', t('oeffnen'), () => { if (treffer.pfad && treffer.haus) location.assign(imHaus(treffer.haus, treffer.pfad)); else if (treffer.pfad) void navigate(treffer.pfad); }, { aktiv: erster && treffer.pfad !== null });
  const neben = [treffer.aktenplaneinheit && `${treffer.aktenplaneinheit.kennzeichen} ${treffer.aktenplaneinheit.bezeichnung}`, treffer.organisationseinheit && `${treffer.organisationseinheit.kennzeichen} ${treffer.organisationseinheit.bezeichnung}`, ...treffer.ort.map((o) => o.titel)].filter(Boolean);
  return (
    <div className="va-genau">
      <Icon name={iconVon(treffer.typ)} />
      <div>
        <span className="va-klein va-leise">{t('erkannt', erkannt)}</span><br />
        {treffer.pfad ? <Hauslink haus={treffer.haus} className="va-betreff va-stark" pfad={treffer.pfad} data-treffer="">{treffer.titel}</Hauslink> : <span className="va-betreff va-stark">{treffer.titel}</span>} {treffer.kennzeichen && <Aktenzeichen wert={treffer.kennzeichen} />}
        <br /><span className="va-klein va-leise"><Hausmarke haus={treffer.haus} /> {neben.join(' · ')}</span>
      </div>
      <div className="va-reihe">
        {treffer.status && <Badge ton="info">{wortFuer(treffer.status)}</Badge>}
        {treffer.pfad && <ButtonLink art={erster ? 'haupt' : 'neben'} to={treffer.pfad} {...(erster && { taste: 'Strg Eingabe' })}>{t('oeffnen')}</ButtonLink>}
      </div>
    </div>
  );
}
