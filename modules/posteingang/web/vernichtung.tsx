import './posteingang.css';
import { Link } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Fehler, Hinweis, Innen, Laden, Leer, Seite, Seitenkopf, Tabelle, Tafel } from '#platform/web/kern/index.ts';
import { katalog, mehrzahl } from '#platform/web/text.ts';
import { datum, zeitpunkt } from '#platform/web/zeit.ts';
import type { z } from 'zod';
import { api, type Vernichtung } from '../contract.ts';
import { statusname, t } from './texte.ts';

const s = katalog({
  titel: ['Inhalte nach Frist vernichten', 'Destroy content after its period'], keine: ['Zurzeit ist nichts zu vernichten.', 'Nothing is to be destroyed at present.'],
  hilfe: ['Was vor Ablauf der eingestellten Frist zurückgewiesen oder nach außen weitergeleitet wurde, kommt nachts auf eine Liste. Eine Person beantragt, eine zweite bestätigt; dann werden die Inhalte gelöscht. Nummer, Angaben, Prüfsumme und Laufweg bleiben, die Bilanz zählt sie weiter. Was noch gebraucht wird, vorher öffnen und wieder aufnehmen.', 'What was rejected or sent on before the period set comes on a list every night. One person asks, a second confirms; then the content is deleted. Number, metadata, checksum and trail stay.'],
  liste: [(n: number, d: string) => `${mehrzahl(n, 'Eingang', 'Eingänge')}, Liste vom ${d}`, (n: number, d: string) => `${mehrzahl(n, 'item', 'items')}, list of ${d}`], beantragen: ['Vernichtung beantragen', 'Ask for destruction'], bestaetigen: ['Bestätigen und Inhalte löschen', 'Confirm and delete'], zurueck: ['Antrag zurücknehmen', 'Take back'],
  beantragt: [(n: string, z: string) => `Beantragt von ${n}, ${z}`, (n: string, z: string) => `Asked for by ${n}, ${z}`], wartet: ['Eine zweite Person muss bestätigen.', 'A second person must confirm.'], ausgefuehrt: [(a: string, b: string, z: string) => `Vernichtet ${z}: beantragt von ${a}, bestätigt von ${b}`, (a: string, b: string, z: string) => `Destroyed ${z}: asked for by ${a}, confirmed by ${b}`],
  unsichtbar: [(n: number) => `Dazu ${mehrzahl(n, 'Eingang', 'Eingänge')} in Körben, die Sie nicht sehen.`, (n: number) => `And ${mehrzahl(n, 'item', 'items')} in baskets you do not see.`], seit: ['erledigt', 'done'],
});
type Liste = z.infer<typeof Vernichtung>;

export function Component() {
  const { data, error, refetch } = useAbfrage(api.listVernichtungen, {});
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/posteingang/bilanz', titel: t('posteingang') }} />
      <div className="va-zwischen">
        <p className="va-leise">{s('hilfe')}</p>
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : data.eintraege.length === 0 ? <Leer icon="papierkorb">{s('keine')}</Leer> : data.eintraege.map((l) => <Eine key={l.id} l={l} />)}
      </div>
    </Seite>
  );
}

function Eine({ l }: { l: Liste }) {
  const beantragen = useAuftrag(api.requestVernichtung), zurueck = useAuftrag(api.cancelVernichtung), bestaetigen = useAuftrag(api.grantVernichtung);
  const params = { id: l.id };
  const fehler = beantragen.fehler ?? zurueck.fehler ?? bestaetigen.fehler;
  return (
    <Tafel titel={s('liste', l.anzahl, datum(l.erstellt.slice(0, 10)))}>
      <Innen>
        {l.ausgefuehrt ? <p>{s('ausgefuehrt', l.beantragtVon ?? '–', l.bestaetigtVon ?? '–', zeitpunkt(l.ausgefuehrt))}</p> : l.beantragt ? <Hinweis titel={s('beantragt', l.beantragtVon ?? '–', zeitpunkt(l.beantragt))}>{s('wartet')}</Hinweis> : null}
        {!l.ausgefuehrt && <p className="va-reihe">{!l.beantragt ? <Button laeuft={beantragen.laeuft} onClick={() => beantragen.starten({ params })}>{s('beantragen')}</Button> : <>{!l.eigen && <Button art="haupt" laeuft={bestaetigen.laeuft} onClick={() => bestaetigen.starten({ params })}>{s('bestaetigen')}</Button>}<Button art="leicht" laeuft={zurueck.laeuft} onClick={() => zurueck.starten({ params })}>{s('zurueck')}</Button></>}</p>}
        {fehler !== null && <Fehler kompakt fehler={fehler} />}
        {l.anzahl > l.eingaenge.length && <p className="va-klein va-leise">{s('unsichtbar', l.anzahl - l.eingaenge.length)}</p>}
      </Innen>
      {l.eingaenge.length > 0 && <Tabelle<Liste['eingaenge'][number]> titel={s('titel')} zeilen={l.eingaenge} schluessel={(e) => e.id} spalten={[
        { name: 'nummer', titel: t('eingang'), breite: 10, zelle: (e) => <Link to={`/posteingang/${e.id}`}>{e.nummer}</Link> }, { name: 'betreff', titel: t('betreff'), kopf: true, zelle: (e) => e.betreff }, { name: 'absender', titel: t('absender'), zelle: (e) => e.absender || t('ohneAbsender') },
        { name: 'aus', titel: t('grund'), breite: 14, zelle: (e) => statusname(e.aus) }, { name: 'erledigt', titel: s('seit'), zahl: true, breite: 10, zelle: (e) => e.erledigt && datum(e.erledigt.slice(0, 10)) },
      ]} />}
    </Tafel>
  );
}
