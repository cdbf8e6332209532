import './suche.css';
import { useAbfrage } from '#platform/web/daten.ts';
import { Button, Fehler, Icon, Laden, Leer, Seite, Seitenkopf, Select, Tafel } from '#platform/web/kern/index.ts';
import { FehlendeHaeuser } from '#platform/web/haus.tsx';
import { useTaste } from '#platform/web/tasten.ts';
import { sprache } from '#platform/web/text.ts';
import { datum } from '#platform/web/zeit.ts';
import { Eingrenzen, hausWerte } from './eingrenzen.tsx';
import { GemerkteSuchen, Merken } from './gemerkt.tsx';
import { Genau, TrefferZeile } from './treffer.tsx';
import { BEISPIELE, t, wortFuer } from './texte.ts';
import { ueberall, useSuchzustand, type Ergebnis, type Facetten, type Filtername, type Suchzustand } from './zustand.ts';

export function Component() {
  const zustand = useSuchzustand();
  const { anfrage, sort, cursor, gefragt, q } = zustand;
  const suche = useAbfrage(ueberall.search, { query: { ...anfrage, sort, limit: 25, ...(cursor && { cursor }) } as never }, { aktiv: gefragt, behalte: true });
  // The number and the facets come in an answer of their own: the first hits need not wait for them.
  const facetten = useAbfrage(ueberall.getSuchfacetten, { query: anfrage as never }, { aktiv: gefragt, behalte: true });
  const ergebnis: Ergebnis | undefined = suche.data;
  useTrefferTasten();
  if (!gefragt) return <Anfang />;
  const gesamt = ergebnis?.gesamt ?? facetten.data?.gesamt;
  return (
    <Seite>
      <Seitenkopf titel={q || t('suche')} neben={<><p className="va-leise" role="status">{gesamt !== undefined && gesamt !== null && t('treffer', gesamt)}</p><a className="va-nurschmal" href="#eingrenzen">{t('eingrenzen')}</a></>}
        aktionen={<><Chips zustand={zustand} facetten={facetten.data} /><Merken key={JSON.stringify(anfrage)} zustand={zustand} />
          <div className="va-suche__sort"><Select label={t('sortiert')} versteckt value={sort} onChange={(e) => zustand.setze({ sort: e.target.value === '-datum' ? undefined : e.target.value })} wahl={[{ wert: '-datum', titel: t('neueste') }, { wert: 'relevanz', titel: t('beste') }]} /></div></>} />
      <div className="va-suche">
        <Eingrenzen facetten={facetten.data} zustand={zustand} />
        <div className="va-suche__treffer">{ergebnis && <FehlendeHaeuser haeuser={ergebnis.haeuser} />}{suche.error ? <Fehler fehler={suche.error} nochmal={() => void suche.refetch()} /> : ergebnis ? <Trefferliste ergebnis={ergebnis} zustand={zustand} /> : <Laden />}</div>
      </div>
    </Seite>
  );
}

function Trefferliste({ ergebnis, zustand }: { ergebnis: Ergebnis; zustand: Suchzustand }) {
  const genaue = ergebnis.eintraege.filter((e) => e.umfang === 'kennzeichen');
  const rest = ergebnis.eintraege.filter((e) => e.umfang !== 'kennzeichen');
  const weite = rest.findIndex((e) => e.umfang === 'teile');
  const aehnliche = rest.findIndex((e) => e.umfang === 'aehnlich');
  if (!ergebnis.eintraege.length) {
    return (
      <section className="va-tafel"><Leer icon="suche" aktion={zustand.gefiltert && <Button onClick={zustand.filterLeeren}>{t('alleEntfernen')}</Button>}>
        {zustand.gefiltert ? t('nichtsMitFilter', zustand.q) : t('nichts', zustand.q)} {t('rat')}
      </Leer></section>
    );
  }
  return (
    <>
      {genaue.length > 0 && <Tafel titel={t('trefferKennzeichen')} titelVersteckt>{genaue.map((e, i) => <Genau key={e.id} treffer={e} erkannt={ergebnis.kennzeichen ?? ''} erster={i === 0} />)}</Tafel>}
      {rest.length > 0 && (
        <Tafel titel={t('trefferListe')} titelVersteckt>
          {[['genau', rest.filter((e) => e.umfang === 'genau')], ['teile', weite >= 0 ? rest.filter((e) => e.umfang === 'teile') : []], ['aehnlich', aehnliche >= 0 ? rest.filter((e) => e.umfang === 'aehnlich') : []]].map(([umfang, liste]) => (liste as typeof rest).length > 0 && (
            <div key={umfang as string}>
              {umfang !== 'genau' && <p className="va-suche__weit va-klein">{t(umfang as 'teile')}</p>}
              <ul className="va-treffer">{(liste as typeof rest).map((e) => <TrefferZeile key={e.id} treffer={e} />)}</ul>
            </div>
          ))}
        </Tafel>
      )}
      {ergebnis.hoechstens !== null && !ergebnis.weiter && ergebnis.gesamt === null && <p className="va-klein va-leise">{t('begrenzt', ergebnis.hoechstens)}</p>}
      {(zustand.cursor || ergebnis.weiter) && (
        <div className="va-reihe va-suche__seiten">
          {zustand.cursor && <Button onClick={() => zustand.setze({})}>{t('zumAnfang')}</Button>}
          {ergebnis.weiter && <Button iconRechts="weiter" onClick={() => zustand.setze({ cursor: ergebnis.weiter! })}>{t('weitere')}</Button>}
        </div>
      )}
    </>
  );
}

/** What narrows the search, each to be taken away. */
function Chips({ zustand, facetten }: { zustand: Suchzustand; facetten: Facetten | undefined }) {
  const { von, bis, werte, wechsle, setze } = zustand;
  const jahr = von && bis && von.slice(0, 4) === bis.slice(0, 4) && von.endsWith('-01-01') && bis.endsWith('-12-31') ? von.slice(0, 4) : undefined;
  const listen: Record<Filtername, readonly { wert: string; bezeichnung: string; kennzeichen?: string }[]> = {
    haus: hausWerte(facetten), typ: facetten?.typ ?? [], art: facetten?.art ?? [], status: facetten?.status ?? [], aktenplaneinheitId: facetten?.aktenplan ?? [], organisationseinheitId: facetten?.organisationseinheit ?? [],
  };
  const chips = [
    ...(Object.keys(listen) as Filtername[]).flatMap((name) => werte(name).map((wert) => {
      const w = listen[name].find((l) => l.wert === wert);
      return { key: `${name} ${wert}`, titel: w?.kennzeichen ? `${w.kennzeichen} ${w.bezeichnung}` : wortFuer(wert, w?.bezeichnung ?? '…'), weg: () => wechsle(name, wert) };
    })),
    ...(jahr ? [{ key: 'jahr', titel: jahr, weg: () => setze({ von: undefined, bis: undefined }) }] : [
      ...(von ? [{ key: 'von', titel: t('seit', datum(von)), weg: () => setze({ von: undefined }) }] : []), ...(bis ? [{ key: 'bis', titel: t('bis', datum(bis)), weg: () => setze({ bis: undefined }) }] : []),
    ]),
  ];
  if (!chips.length) return null;
  return <div className="va-chips">{chips.map((c) => <button key={c.key} type="button" className="va-chip" onClick={c.weg}>{c.titel}<Icon name="weg" klein /><span className="kern-sr-only">{t('entfernen')}</span></button>)}</div>;
}

function useTrefferTasten() {
  const gehe = (schritt: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-treffer]')];
    const jetzt = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, jetzt < 0 ? (schritt > 0 ? 0 : links.length - 1) : jetzt + schritt))]?.focus();
  };
  useTaste('j', t('naechster'), () => gehe(1));
  useTaste('k', t('voriger'), () => gehe(-1));
}

function Anfang() {
  return (
    <Seite>
      <Seitenkopf titel={t('suche')} neben={t('anfang')} />
      <div className="va-suche__anfang">
        <GemerkteSuchen />
        <Tafel titel={t('so')}>
          <table className="va-tabelle"><thead><tr><th scope="col">{t('eingabe')}</th><th scope="col">{t('findet')}</th></tr></thead>
            <tbody>{BEISPIELE.map(([was, wofuer]) => <tr key={was}><td><code>{was}</code></td><td>{wofuer[sprache() === 'de' ? 0 : 1]}</td></tr>)}</tbody></table>
        </Tafel>
      </div>
    </Seite>
  );
}
