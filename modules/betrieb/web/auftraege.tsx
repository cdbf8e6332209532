import { useState } from 'react';
import type { Answer } from '#platform/contract.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Dialog, Ergebnis, Fehler, Innen, Leer, Leise, Tafel, Zeit, type Ton } from '#platform/web/kern/index.ts';
import { Liste, useListe, type ListenSpalte } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api } from '../contract.ts';
import { t } from './texte.ts';

type Auftrag = Answer<typeof api.listJobs>['eintraege'][number];
const toene: Record<Auftrag['zustand'], Ton> = { wartend: 'neutral', laeuft: 'info', fehlgeschlagen: 'gefahr' };

/** Jobs with their failures; one that has failed for good runs again only from here. */
export function Auftraege() {
  const { ich } = useSitzung();
  const liste = useListe(api.listJobs, { filter: ['zustand', 'name'], alle: 5_000 });
  const wiederholen = useAuftrag(api.retryJob);
  const verwerfen = useAuftrag(api.deleteJob);
  const [frage, setFrage] = useState<Auftrag>();
  const [ergebnis, setErgebnis] = useState<string>();
  const tun = (auftrag: Auftrag, was: 'wiederholen' | 'verwerfen') => {
    setErgebnis(undefined);
    const [befehl, text] = was === 'wiederholen' ? [wiederholen, t('wirdAusgefuehrt', auftrag.name)] as const : [verwerfen, t('verworfen', auftrag.name)] as const;
    befehl.starten({ params: { id: auftrag.id } }, { onSuccess: () => setErgebnis(text) });
  };
  const fehler = wiederholen.fehler ?? verwerfen.fehler;
  // only the Verbund sees jobs of others: for everybody else the column says nothing
  const mandant: ListenSpalte<Auftrag>[] = (liste.eintraege as readonly Auftrag[]).some((a) => a.mandant && a.mandant.id !== ich.mandant.id)
    ? [{ name: 'mandant', titel: t('mandant'), text: (a) => a.mandant?.name ?? '', zelle: (a) => a.mandant?.name, breite: 16 }] : [];
  return (
    <Tafel titel={t('auftraege')} zahl={liste.gesamt} aktionen={ergebnis && <Ergebnis>{ergebnis}</Ergebnis>}>
      {fehler !== null && <Innen><Fehler kompakt fehler={fehler} /></Innen>}
      <Liste<Auftrag> titel={t('auftraege')} liste={liste} idVon={(a) => a.id} dateiname="auftraege" leer={<Leer icon="haken">{t('leer')}</Leer>}
        filter={[
          { name: 'zustand', titel: t('zustand'), art: 'auswahl', wahl: (['fehlgeschlagen', 'wartend', 'laeuft'] as const).map((wert) => ({ wert, titel: t(wert) })) },
          { name: 'name', titel: t('suchen'), art: 'text' },
        ]}
        spalten={[
          { name: 'name', titel: t('auftrag'), kopf: true, sort: 'name', text: (a) => a.name, zelle: (a) => <>{a.name} <Leise>{t('nummer', a.id)}</Leise>{a.fehler && <Ursache text={a.fehler} />}</> },
          ...mandant,
          { name: 'zustand', titel: t('zustand'), text: (a) => t(a.zustand), zelle: (a) => <Badge ton={a.fehler && a.zustand === 'wartend' ? 'warnung' : toene[a.zustand]}>{t(a.zustand)}</Badge>, breite: 10 },
          { name: 'versuche', titel: t('versuche'), zahl: true, text: (a) => a.versuche, zelle: (a) => t('von', a.versuche, a.versucheHoechstens), breite: 6 },
          { name: 'geaendert', titel: t('geaendert'), sort: 'geaendert', zahl: true, text: (a) => a.geaendert, zelle: (a) => <Zeit wert={a.geaendert} />, breite: 10 },
          { name: 'aktion', titel: '', zahl: true, schmal: 'voll', breite: 20, zelle: (a) => a.fehler !== null && a.rechte.includes('betrieb.verwalten') && (
            <span className="va-reihe">
              <Button klein icon="umlauf" onClick={() => tun(a, 'wiederholen')}>{t('nochmal')}</Button>
              {a.zustand === 'fehlgeschlagen' && <Button klein art="leicht" nurIcon icon="papierkorb" onClick={() => setFrage(a)}>{t('verwerfen')}</Button>}
            </span>
          ) },
        ]} />
      <Dialog titel={t('verwerfenFrage')} offen={frage !== undefined} onSchliessen={() => setFrage(undefined)} aktion={<Button art="haupt" onClick={() => { if (frage) tun(frage, 'verwerfen'); setFrage(undefined); }}>{t('verwerfen')}</Button>}>
        <p>{frage && `${frage.name}, ${t('nummer', frage.id)}`}</p><p>{t('verwerfenText')}</p>
      </Dialog>
    </Tafel>
  );
}

/** What a program says may run to pages: its beginning tells most, the rest is one click away. */
const Ursache = ({ text }: { text: string }) => (text.length <= 160 ? <span className="va-betrieb-fehler">{text}</span>
  : <details className="va-betrieb-fehler"><summary>{text.slice(0, 120)} …</summary>{text}</details>);
