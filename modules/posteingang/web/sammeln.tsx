import { useState } from 'react';
import { call } from '#platform/web/client.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Ergebnis, fehlertext, Hinweis, Rollen } from '#platform/web/kern/index.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type EingangZeile } from '../contract.ts';
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
  const [laeuft, setLaeuft] = useState(false);
  const [fertig, setFertig] = useState<string>();
  const [gescheitert, setGescheitert] = useState<{ e: EingangZeile; text: string }[]>([]);
  async function fuerAlle(tun: (e: EingangZeile) => Promise<unknown>, wort: (n: number) => string) {
    if (laeuft) return;
    setLaeuft(true); setFertig(undefined);
    const fehler: { e: EingangZeile; text: string }[] = [];
    for (const e of gewaehlt) {
      try { await tun(e); post.auswahl.setze([e], (z) => (z as EingangZeile).id, false); } catch (error) { fehler.push({ e, text: fehlertext(error).titel }); }
    }
    setGescheitert(fehler); setFertig(wort(gewaehlt.length - fehler.length)); setLaeuft(false);
    void client.invalidateQueries();
    if (!fehler.length) { post.auswahl.leeren(); post.oeffne(undefined, { meldung: { text: wort(gewaehlt.length) } }); }
  }
  const ablegen = () => {
    const ziel = zielAus(stand);
    if ('fehlt' in ziel) { setFehlt(ziel.fehlt); return; }
    setFehlt({});
    void fuerAlle((e) => call(api.fileEingang, { params: { id: e.id }, body: { ziel: ziel.ziel } }), (n) => t('abgelegtN', n));
  };
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
            <Button klein icon="weiter" disabled={!oe} laeuft={laeuft} onClick={() => void fuerAlle((e) => call(api.assignEingang, { params: { id: e.id }, body: { organisationseinheitId: oe as never } }), (n) => t('weitergeleitetN', n, ''))}>{t('weiterleiten')}</Button></div>
        </Rollen>
        <div className="va-fuss"><Button type="submit" art="haupt" taste="Strg Eingabe" laeuft={laeuft}>{t('alleAblegen', gewaehlt.length)}</Button><div className="va-fuss__mehr"><Button art="leicht" klein onClick={post.auswahl.leeren}>{t('aufheben')}</Button></div></div>
      </form>
    </section>
  );
}
