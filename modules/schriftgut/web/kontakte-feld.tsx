import { Button, Field, Select } from '#platform/web/kern/index.ts';
import { Felder } from '#platform/web/formular/index.ts';
import type { KontaktAntwort, KontaktEingabe } from '../contract.ts';
import { tf } from './texte-formular.ts';
import { Gruppe } from './metadaten-formular.tsx';

/** As it is answered → as it is put in. */
export const alsEingabe = ({ id: _, name: __, rolleCode, ...k }: KontaktAntwort): KontaktEingabe => ({ ...k, ...(rolleCode ? { rolleCode: rolleCode as never } : {}) });
type Props = { kontakte: readonly KontaktEingabe[]; onAendern(neu: KontaktEingabe[]): void; arten?: readonly ('absender' | 'empfaenger' | 'weiterer')[] };

/** Absender, Empfänger and others: the name at once, address and the rest when opened (MD-04). */
export function KontakteFeld({ kontakte, onAendern, arten = ['absender', 'empfaenger', 'weiterer'] }: Props) {
  const setze = (i: number, neu: Partial<KontaktEingabe>) => onAendern(kontakte.map((k, j) => (i === j ? { ...k, ...neu } : k)));
  return (
    <fieldset className="va-kontakte">
      <legend>{tf('kontakte')}</legend>
      {kontakte.map((k, i) => <Kontaktzeile key={i} k={k} arten={arten} onAendern={(neu) => setze(i, neu)} onEntfernen={() => onAendern(kontakte.filter((_, j) => j !== i))} />)}
      <p><Button klein icon="plus" onClick={() => onAendern([...kontakte, { art: arten[0]! }])}>{tf('kontaktDazu')}</Button></p>
    </fieldset>
  );
}

function Kontaktzeile({ k, arten, onAendern, onEntfernen }: { k: KontaktEingabe; arten: readonly KontaktEingabe['art'][]; onAendern(neu: Partial<KontaktEingabe>): void; onEntfernen(): void }) {
  const text = (feld: 'institution' | 'organisationseinheit' | 'anrede' | 'titel' | 'vorname' | 'familienname' | 'rolle') => ({ value: k[feld] ?? '', onChange: (e: { target: { value: string } }) => onAendern({ [feld]: e.target.value || null }) });
  const a = k.anschriften?.[0] ?? {};
  const anschrift = (feld: 'strasse' | 'hausnummer' | 'postleitzahl' | 'ort') => ({ value: a[feld] ?? '', onChange: (e: { target: { value: string } }) => {
    const neu = { ...a, [feld]: e.target.value || null };
    const leer = Object.values(neu).every((w) => !w);
    onAendern({ anschriften: [...(leer ? [] : [neu]), ...(k.anschriften?.slice(1) ?? [])] });
  } });
  const kanal = (art: 'email' | 'telefon') => ({ value: k.erreichbarkeit?.find((x) => x.kanal === art)?.kennung ?? '', onChange: (e: { target: { value: string } }) => {
    const andere = k.erreichbarkeit?.filter((x, i, alle) => x.kanal !== art || alle.findIndex((y) => y.kanal === art) !== i) ?? [];
    onAendern({ erreichbarkeit: e.target.value ? [...andere, { kanal: art, kennung: e.target.value }] : andere });
  } });
  const name = [k.institution, k.vorname, k.familienname].filter(Boolean).join(' ') || tf(k.art);
  return (
    <div className="va-kontakt" role="group" aria-label={name}>
      <Felder>
        <Select label={tf('art')} wahl={arten.map((wert) => ({ wert, titel: tf(wert) }))} value={k.art} onChange={(e) => onAendern({ art: e.target.value as KontaktEingabe['art'] })} />
        <Field label={tf('vorname')} autoComplete="off" {...text('vorname')} /><Field label={tf('familienname')} autoComplete="off" {...text('familienname')} /><Field label={tf('institution')} autoComplete="off" {...text('institution')} />
      </Felder>
      <Gruppe titel={tf('mehrAngaben')}>
        <Felder>
          <Field label={tf('rolle')} hinweis={tf('rolleHilfe')} {...text('rolle')} /><Field label={tf('organisationseinheit')} {...text('organisationseinheit')} /><Field label={tf('anrede')} {...text('anrede')} /><Field label={tf('titel')} {...text('titel')} />
          <Field label={tf('strasse')} {...anschrift('strasse')} /><Field label={tf('hausnummer')} {...anschrift('hausnummer')} /><Field label={tf('plz')} {...anschrift('postleitzahl')} /><Field label={tf('ort')} {...anschrift('ort')} />
          <Field type="email" label={tf('email')} {...kanal('email')} /><Field type="tel" label={tf('telefon')} {...kanal('telefon')} />
        </Felder>
      </Gruppe>
      <Button art="leicht" klein icon="weg" onClick={onEntfernen}>{tf('entfernen')}<span className="kern-sr-only"> {name}</span></Button>
    </div>
  );
}
