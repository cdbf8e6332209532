import '../verwaltung.css';
import { Innen, Leise, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import type { Vertretung } from '../../contract.ts';
import { reiheVon, Stand } from './zeile.tsx';
import { umfangVon, zeitraumVon } from './texte.ts';

const t = katalog({
  titel: ['Vertretungen', 'Substitutions'], durch: [(wer: string) => `wird vertreten durch ${wer}`, (wer: string) => `is substituted by ${wer}`], vertritt: [(wen: string) => `vertritt ${wen}`, (wen: string) => `substitutes ${wen}`],
});
/** Of one person in both directions, to read: for reports of what somebody reaches. */
export function Vertretungen({ vertretenDurch, vertritt }: { vertretenDurch: readonly Vertretung[]; vertritt: readonly Vertretung[] }) {
  const alle = [...vertretenDurch.map((v) => ({ v, wer: t('durch', v.vertreter.name) })), ...vertritt.map((v) => ({ v, wer: t('vertritt', v.benutzer.name) }))];
  if (!alle.length) return null;
  return (
    <Tafel titel={t('titel')} zahl={alle.length}><Innen><ul className="va-zeilenliste">
      {alle.map(({ v, wer }) => <li key={v.id}><span>{wer}<br /><Leise>{[zeitraumVon(v), umfangVon(v), reiheVon(v), v.grund].filter(Boolean).join(' · ')}</Leise></span><Stand v={v} /></li>)}
    </ul></Innen></Tafel>
  );
}
