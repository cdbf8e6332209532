import { Link } from 'react-router';
import { downloadUrl } from '#platform/web/client.ts';
import { Badge, Leise, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { datum } from '#platform/web/zeit.ts';
import { api, stufen, type Berechtigt } from '../contract.ts';
import { Berichte, ortText, Stufenmarke, wegText } from './gruende.tsx';
import { personPfad } from './pfade.ts';
import { t } from './texte.ts';
import { w } from './warum-texte.ts';

/** »Wer darf das sehen?«: for whoever administers the object, or the Schutzbereiche. */
export function Berechtigte({ typ, id }: { typ: string; id: string }) {
  const { darf } = useSitzung();
  const liste = useListe(api.listBerechtigte, { params: { typ, id }, praefix: 'wer.', filter: ['q', 'stufe'], proSeite: 25 });
  const name = (b: Berechtigt) => (b.art !== 'gast' && darf('zugriff.sehen') ? <Link className="va-betreff" to={personPfad(b.id)}>{b.name}</Link> : b.name);
  return (
    <Tafel titel={w('wer')} aktionen={<Berichte url={(format) => downloadUrl(api.exportBerechtigte, { params: { typ, id }, query: { format } })} />}>
      <Liste<Berechtigt> titel={w('wer')} liste={liste} idVon={(b) => `${b.art} ${b.id} ${b.vertritt?.id ?? ''}`} filter={[{ name: 'q', titel: w('suchen'), art: 'text' }, { name: 'stufe', titel: w('stufe'), art: 'mehrfach', wahl: stufen.map((wert) => ({ wert, titel: t(wert) })) }]} spalten={[
        { name: 'name', titel: w('name'), kopf: true, sort: 'name', schmal: 'voll', zelle: (b) => <>{name(b)} {b.art === 'gast' && <Badge>{w('alsGast')}</Badge>} <Leise>{b.vertritt ? w('vertretung', b.vertritt.name, b.vertritt.bis && datum(b.vertritt.bis)) : b.funktion}</Leise></> },
        { name: 'stufe', titel: w('stufe'), sort: 'stufe', zelle: (b) => <Stufenmarke stufe={b.stufe} /> },
        { name: 'wodurch', titel: w('wodurch'), schmal: 'voll', zelle: (b) => <>{wegText(b.grund)} {b.weitere > 0 && <Leise>{w('undGruende', b.weitere)}</Leise>}</> }, { name: 'ort', titel: w('ort'), schmal: 'voll', zelle: (b) => ortText(b.grund) },
      ]} />
    </Tafel>
  );
}
