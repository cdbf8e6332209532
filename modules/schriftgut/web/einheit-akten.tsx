import type { AktenplaneinheitKurz } from '#modules/aktenplan/contract.ts';
import { Leer, Tafel } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { api } from '../contract.ts';
import { akteSpalten } from './akte-liste.tsx';
import { t } from './texte.ts';

/** On the page of a unit: the Akten in it and below it. */
export default function EinheitAkten({ einheit }: { einheit: Pick<AktenplaneinheitKurz, 'id'> }) {
  const liste = useListe(api.listAkten, { filter: ['text'], fest: { aktenplaneinheitId: [einheit.id], unterhalb: 'true' }, proSeite: 25 });
  return (
    <Tafel titel={t('akten')} zahl={liste.gesamt}>
      <Liste titel={t('akten')} liste={liste} idVon={(a) => a.id} spalten={akteSpalten(true)} dateiname="akten" {...((liste.gesamt ?? 0) > 5 || liste.gefiltert ? { filter: [{ name: 'text', titel: t('suche'), art: 'text' as const, platzhalter: t('suchen') }] } : {})} leer={<Leer icon="akte">{t('keineAkten')}</Leer>} />
    </Tafel>
  );
}
