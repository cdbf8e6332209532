import { useState } from 'react';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Badge, Button, Dialog, Fehler, Hinweis, Innen, Laden, Leer, Seite, Seitenkopf, Tafel, type Ton } from '#platform/web/kern/index.ts';
import { zeitpunkt } from '#platform/web/zeit.ts';
import { zahl } from '#platform/web/text.ts';
import { api, type Postfach } from '../contract.ts';
import { VonSelbst } from './von-selbst.tsx';
import { PostfachFormular } from './postfach-formular.tsx';
import { t } from './texte.ts';
import './postfach.css';

/** Mailboxes, how it stands with each, and what can be done about it. */
export function Component() {
  const { data, error, refetch } = useAbfrage(api.listPostfaecher, {}, { alle: 5_000 });
  const [offen, setOffen] = useState<'neu' | string>();
  const zu = () => setOffen(undefined);
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={offen !== 'neu' && <Button art="haupt" icon="plus" onClick={() => setOffen('neu')}>{t('neu')}</Button>} />
      <div className="va-zwischen">
        {offen === 'neu' && <PostfachFormular onFertig={zu} />}
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.gesamt === 0 ? offen === undefined && <Tafel titel={t('titel')} titelVersteckt><Leer icon="mail">{t('leer')} {t('hilfe')}</Leer></Tafel>
          : data.eintraege.map((p) => (offen === p.id ? <PostfachFormular key={p.id} postfach={p} onFertig={zu} /> : <Karte key={p.id} p={p} onAendern={() => setOffen(p.id)} />))}
        <VonSelbst />
      </div>
    </Seite>
  );
}

function standVon({ pausiert, stand }: Postfach): { ton: Ton; wort: string } {
  if (pausiert) return { ton: 'neutral', wort: t('angehalten') };
  if (stand.fehler) return { ton: 'gefahr', wort: t('gestoert') };
  if (stand.laeuft) return { ton: 'info', wort: t('laeuft') };
  return stand.letzterErfolg ? { ton: 'gut', wort: t('inOrdnung') } : { ton: 'neutral', wort: t('nochNie') };
}

function Karte({ p, onAendern }: { p: Postfach; onAendern(): void }) {
  const aendern = useAuftrag(api.updatePostfach);
  const holen = useAuftrag(api.receivePostfach);
  const entfernen = useAuftrag(api.deletePostfach);
  const [frage, setFrage] = useState(false);
  const { ton, wort } = standVon(p);
  const { stand } = p;
  const fehler = aendern.fehler ?? holen.fehler;
  return (
    <Tafel titel={p.bezeichnung} zahl={<Badge ton={ton}>{wort}</Badge>} aktionen={<>
      {!p.pausiert && <Button klein icon="umlauf" laeuft={holen.laeuft} onClick={() => holen.starten({ params: { id: p.id }, body: {} })}>{t('jetzt')}</Button>}
      <Button klein laeuft={aendern.laeuft} onClick={() => aendern.starten({ params: { id: p.id }, ifMatch: p.version, body: { pausiert: !p.pausiert } })}>{p.pausiert ? t('fortsetzen') : t('anhalten')}</Button>
      <Button klein icon="stift" onClick={onAendern}>{t('aendern')}</Button>
      <Button klein art="leicht" onClick={() => setFrage(true)}>{t('entfernen')} …</Button>
    </>}>
      <Innen>
        {stand.fehler && !p.pausiert && <Hinweis ton="gefahr" titel={stand.fehler.text}>{t('seit', zeitpunkt(stand.fehler.seit))} {t('naechster', zeitpunkt(stand.naechster))}</Hinweis>}
        {stand.unvollstaendig > 0 && <Hinweis ton="warnung">{t('unvollstaendig', stand.unvollstaendig)}</Hinweis>}
        {fehler !== null && <Fehler kompakt fehler={fehler} />}
        <Angaben daten={[
          { titel: t('korb'), wert: `${p.organisationseinheit.kennzeichen} ${p.organisationseinheit.bezeichnung}` }, { titel: t('server'), wert: `${p.benutzername} · ${p.host}:${p.port}` },
          { titel: t('letzterErfolg'), wert: stand.letzterErfolg && zeitpunkt(stand.letzterErfolg) }, { titel: t('wartend'), wert: zahl(stand.wartend) }, { titel: t('erfasst'), wert: t('davonHeute', stand.erfasst, stand.heute) },
        ]} />
      </Innen>
      <Dialog titel={t('entfernenFrage', p.bezeichnung)} offen={frage} onSchliessen={() => setFrage(false)} aktion={<Button art="haupt" laeuft={entfernen.laeuft} onClick={() => entfernen.starten({ params: { id: p.id }, ifMatch: p.version })}>{t('entfernen')}</Button>}>
        <p>{t('entfernenText')}</p>
        {entfernen.fehler !== null && <Fehler kompakt fehler={entfernen.fehler} />}
      </Dialog>
    </Tafel>
  );
}
