import { useState } from 'react';
import { call } from '#platform/web/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Ergebnis, fehlertext, Field, Hinweis, Rollen } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import type { z } from 'zod';
import { api, type EingangZeile, type Sammelaktion } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { t } from './texte.ts';
import { startZiel, zielAus, Zielwahl } from './ziel.tsx';
import type { PostListe } from './zustand.ts';

/** Several at once: into one place, or to another office. Each for itself; what one refuses holds up no other. */
export function Sammelablage({ post }: { post: PostListe }) {
  const client = useQueryClient();
  const gewaehlt = post.auswahl.eintraege as EingangZeile[];
  const [stand, setStand] = useState(() => startZiel([], ''));
  const [fehlt, setFehlt] = useState<Partial<Record<string, string>>>({});
  const [oe, setOe] = useState('');
  const [grund, setGrund] = useState('');
  const [laeuft, setLaeuft] = useState(false);
  const [fertig, setFertig] = useState<string>();
  const [gescheitert, setGescheitert] = useState<{ e: EingangZeile; text: string }[]>([]);
  const zeige = (fehler: typeof gescheitert, text: string) => {
    setGescheitert(fehler); setFertig(text); setLaeuft(false);
    void client.invalidateQueries();
    if (!fehler.length) { post.auswahl.leeren(); post.oeffne(undefined, { meldung: { text } }); }
  };
  const fertigWahl = (e: EingangZeile) => post.auswahl.setze([e], (z) => (z as EingangZeile).id, false);
  async function fuerAlle(tun: (e: EingangZeile) => Promise<unknown>, wort: (n: number) => string) {
    if (laeuft) return;
    setLaeuft(true); setFertig(undefined);
    const fehler: typeof gescheitert = [];
    for (const e of gewaehlt) {
      try { await tun(e); fertigWahl(e); } catch (error) { fehler.push({ e, text: fehlertext(error).titel }); }
    }
    zeige(fehler, wort(gewaehlt.length - fehler.length));
  }
  /** In one call: what one refuses is told beside it. */
  async function zusammen(aktion: z.input<typeof Sammelaktion>['aktion'], wort: (n: number) => string) {
    if (laeuft) return;
    setLaeuft(true); setFertig(undefined);
    try {
      const { eintraege, erledigt } = await call(api.changeEingaenge, { body: { ids: gewaehlt.map((e) => e.id), aktion } });
      const nicht = new Map(eintraege.flatMap((x) => (x.fehler ? [[x.id as string, x.fehler.titel] as const] : [])));
      for (const e of gewaehlt) if (!nicht.has(e.id)) fertigWahl(e);
      zeige(gewaehlt.flatMap((e) => (nicht.has(e.id) ? [{ e, text: nicht.get(e.id)! }] : [])), wort(erledigt));
    } catch (error) { zeige(gewaehlt.map((e) => ({ e, text: fehlertext(error).titel })), wort(0)); }
  }
  const ablegen = () => {
    const ziel = zielAus(stand);
    if ('fehlt' in ziel) { setFehlt(ziel.fehlt); return; }
    setFehlt({});
    void fuerAlle((e) => call(api.fileEingang, { params: { id: e.id }, body: { ziel: ziel.ziel } }), (n) => t('abgelegtN', n));
  };
  const nimm = () => void zusammen({ art: 'uebernehmen' }, (n) => t('wirdUebernommen', n));
  useTaste('b', t('uebernehmen'), nimm);
  useTaste('Strg Eingabe', t('alleAblegen', gewaehlt.length), ablegen);
  return (
    <section className="va-spalte va-ablage" aria-labelledby="p-sammeln">
      <div className="va-stapel"><h2 className="va-h" id="p-sammeln">{t('sammeln', gewaehlt.length)}</h2></div>
      <form onSubmit={(ev) => { ev.preventDefault(); ablegen(); }}>
        <Rollen name={t('wohin')}>
          {fertig && <div className="va-ablage__meldung"><Ergebnis>{fertig}</Ergebnis></div>}
          {gescheitert.length > 0 && <div className="va-ablage__meldung"><Hinweis ton="gefahr" laut titel={t('nichtAlle', gescheitert.length)}><ul>{gescheitert.map(({ e, text }) => <li key={e.id}>{e.nummer} {e.betreff}: {text}</li>)}</ul></Hinweis></div>}
          <Zielwahl stand={stand} onStand={setStand} vorschlaege={[]} fehlt={fehlt} darfAkte={false} />
          <div className="va-ablage__ziel"><OeWahl label={t('weiterleiten')} wert={oe} onWahl={setOe} />
            <Button klein icon="weiter" disabled={!oe} laeuft={laeuft} onClick={() => void zusammen({ art: 'weitergeben', organisationseinheitId: oe as never }, (n) => t('weitergeleitetN', n, ''))}>{t('weiterleiten')}</Button></div>
          <div className="va-ablage__ziel"><Field label={t('grund')} value={grund} maxLength={1000} onChange={(ev) => setGrund(ev.target.value)} />
            <Button klein disabled={grund.trim().length < 3} laeuft={laeuft} onClick={() => void zusammen({ art: 'zurueckweisen', grund }, (n) => t('zurueckgewiesenN', n))}>{t('zurueckweisen')}</Button></div>
        </Rollen>
        <div className="va-fuss"><Button type="submit" art="haupt" taste="Strg Eingabe" laeuft={laeuft}>{t('alleAblegen', gewaehlt.length)}</Button><div className="va-fuss__mehr"><Button art="leicht" klein laeuft={laeuft} onClick={nimm}>{t('uebernehmen')}</Button><Button art="leicht" klein onClick={post.auswahl.leeren}>{t('aufheben')}</Button></div></div>
      </form>
    </section>
  );
}
