import { useState } from 'react';
import { z } from 'zod';
import type { MandantId } from '#modules/organisation/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Fehler, Field, Innen, Leer, Seite, Seitenkopf, Select, Tafel, TextArea, Zeit, type Ton } from '#platform/web/kern/index.ts';
import { Hausmarke } from '#platform/web/haus.tsx';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { t } from './texte.ts';

type Notzugriff = Answer<typeof api.listNotzugriffe>['eintraege'][number];
const toene: Record<Notzugriff['zustand'], Ton> = { beantragt: 'warnung', abgelehnt: 'neutral', laeuft: 'gefahr', beendet: 'neutral' };

/** What operators asked for, what came of it, and what one may do about it now. */
export function Component() {
  const { darf } = useSitzung();
  const [offen, setOffen] = useState(false);
  const liste = useListe(api.listNotzugriffe, { alle: 15_000 });
  const spalten: ListenSpalte<Notzugriff>[] = [
    { name: 'wer', titel: t('antragsteller'), kopf: true, text: (n) => n.antragsteller.name, zelle: (n) => <>{n.antragsteller.name} <span className="va-klein va-leise"><Hausmarke haus={n.mandant} /></span></> },
    { name: 'grund', titel: t('grund'), schmal: 'voll', text: (n) => n.grund, zelle: (n) => n.grund },
    { name: 'wann', titel: t('wann'), sort: 'beantragt', text: (n) => zeitpunkt(n.beantragt), zelle: (n) => <span className="va-fest"><Zeit wert={n.beantragt} /><span className="va-klein va-leise"> · {t('fuerStunden', n.stunden)}</span></span> },
    { name: 'stand', titel: t('zustand'), schmal: 'voll', text: (n) => t(n.zustand), zelle: (n) => <><Badge ton={toene[n.zustand]}>{t(n.zustand)}</Badge><span className="va-klein va-leise"> {[n.zustand === 'laeuft' && n.bis && t('bisUhr', zeitpunkt(n.bis)), n.entschiedenVon && t('genehmigtVon', n.entschiedenVon)].filter(Boolean).join(' · ')}</span></> },
    { name: 'aktion', titel: t('aktion'), schmal: 'voll', breite: 16, zelle: (n) => <Aktionen n={n} /> },
  ];
  return (
    <Seite>
      <Seitenkopf titel={t('notzugriffe')} aktionen={darf('notzugriff.beantragen') && !offen && <Button art="haupt" icon="achtung" onClick={() => setOffen(true)}>{t('beantragen')}</Button>} />
      <div className="va-mitte va-mitte--breit">
        <p className="va-leise">{t('notErklaerung')}</p>
        {offen && <Tafel titel={t('beantragen')}><Innen><Antrag onFertig={() => setOffen(false)} /></Innen></Tafel>}
        <Tafel titel={t('notzugriffe')} titelVersteckt><Liste titel={t('notzugriffe')} liste={liste} idVon={(n) => n.id} dateiname="notzugriffe" spalten={spalten} leer={<Leer icon="schild">{t('keinNotzugriff')}</Leer>} /></Tafel>
      </div>
    </Seite>
  );
}

function Aktionen({ n }: { n: Notzugriff }) {
  const { ich } = useSitzung();
  const genehmigen = useAuftrag(api.grantNotzugriff), beenden = useAuftrag(api.cancelNotzugriff);
  const fehler = genehmigen.fehler ?? beenden.fehler;
  const eigener = n.zustand === 'laeuft' && n.antragsteller.id === ich.id;
  return (
    <span className="va-reihe">
      {eigener && <a className="va-betreff" href={`/bei/${n.mandant.id}/`}>{t('betreten')}</a>}
      {n.rechte.includes('notzugriff.genehmigen') && <Button klein icon="haken" laeuft={genehmigen.laeuft} onClick={() => genehmigen.starten({ params: { id: n.id }, body: {} })}>{t('genehmigen')}</Button>}
      {n.rechte.includes('notzugriff.ablehnen') && <Button art="leicht" klein laeuft={beenden.laeuft} onClick={() => beenden.starten({ params: { id: n.id } })}>{t('ablehnen')}</Button>}
      {n.rechte.includes('notzugriff.beenden') && <Button klein icon="weg" laeuft={beenden.laeuft} onClick={() => beenden.starten({ params: { id: n.id } })}>{t('beenden')}</Button>}
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
    </span>
  );
}

const Werte = z.object({ mandantId: z.string().min(1), grund: z.string().trim().min(10).max(1000), stunden: z.coerce.number().int().min(1).max(8) });
function Antrag({ onFertig }: { onFertig(): void }) {
  const mandanten = useAbfrage(organisation.listMandanten, { query: { limit: 200 } }).data?.eintraege.filter((m) => m.art === 'mandant' && m.aktiv) ?? [];
  const beantragen = useAuftrag(api.requestNotzugriff);
  const f = useFormular({ schema: Werte, start: { stunden: 2 }, async senden({ mandantId, ...rest }) { await beantragen.ausfuehren({ body: { mandantId: mandantId as MandantId, ...rest } }); onFertig(); } });
  return (
    <Formular formular={f} kompakt knopf={t('beantragen')} daneben={<Button art="leicht" klein onClick={onFertig}>{t('abbrechen')}</Button>}>
      <Felder>
        <Select label={t('verwaltung')} leer={t('bitte')} wahl={mandanten.map((m) => ({ wert: m.id, titel: m.name }))} {...f.feld('mandantId')} />
        <Field type="number" min={1} max={8} label={t('stunden')} hinweis={t('stundenHilfe')} {...f.feld('stunden')} />
      </Felder>
      <TextArea label={t('grund')} hinweis={t('grundHilfe')} rows={3} {...f.feld('grund')} />
    </Formular>
  );
}
