import { useState } from 'react';
import { useParams } from 'react-router';
import { Geheimnis, OrganisationseinheitWahl, Verlauf } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Dialog, Ergebnis, Fehler, Field, Innen, Laden, Leer, Seite, Seitenkopf, Select, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { zahl } from '#platform/web/text.ts';
import { ablageregeln, AnschlussAendern, api, type Anschluss, type AnschlussId } from '../contract.ts';
import { kanalname, regelname, t, zustandsname, zustandston } from './texte.ts';

export function Component() {
  const id = useParams().id as AnschlussId;
  const { data, error, refetch } = useAbfrage(api.getAnschluss, { params: { id } });
  if (error) return <Seite><Seitenkopf titel={t('titel')} zurueck={{ pfad: '/verwaltung/anschluesse', titel: t('titel') }} /><Fehler fehler={error} nochmal={() => void refetch()} /></Seite>;
  return data ? <Ansicht anschluss={data} /> : <Laden />;
}

function Ansicht({ anschluss }: { anschluss: Anschluss }) {
  const { id, name, widerrufen } = anschluss;
  const [frage, setFrage] = useState<'token' | 'ende'>();
  const erneuern = useAuftrag(api.resetAnschluss, { nachher: () => setFrage(undefined) });
  const widerrufe = useAuftrag(api.revokeAnschluss, { nachher: () => setFrage(undefined) });
  const auftrag = frage === 'token' ? erneuern : widerrufe;
  return (
    <Seite>
      <Seitenkopf titel={name} zurueck={{ pfad: '/verwaltung/anschluesse', titel: t('titel') }} neben={<>{kanalname(anschluss.kanal)}{widerrufen && <Badge>{t('widerrufen')}</Badge>}</>}
        aktionen={!widerrufen && <><Button klein icon="schluessel" onClick={() => setFrage('token')}>{t('erneuern')}</Button><Button klein icon="schloss" onClick={() => setFrage('ende')}>{t('widerrufeKnopf')}</Button></>} />
      <div className="va-zwischen">
        {erneuern.ergebnis?.token && <Geheimnis titel={`${t('token')}: ${name}`} wert={erneuern.ergebnis.token} text={t('tokenText')} />}
        <Tafel titel={t('angaben')} aktionen={<span className="va-klein va-leise">{t('tokenSeit')} <Zeit wert={anschluss.tokenErstellt} /> · {t('zuletzt')} {anschluss.zuletzt ? <Zeit wert={anschluss.zuletzt} /> : t('nie')}</span>}><Innen><Angaben key={anschluss.version} anschluss={anschluss} /></Innen></Tafel>
        <Sendungen id={id} />
        <Abweisungen id={id} />
        <Verlauf objekt={id} />
      </div>
      <Dialog titel={frage === 'token' ? t('erneuernFrage', name) : t('widerrufenFrage', name)} offen={frage !== undefined} onSchliessen={() => setFrage(undefined)}
        aktion={<Button art="haupt" laeuft={auftrag.laeuft} onClick={() => auftrag.starten({ params: { id } })}>{frage === 'token' ? t('erneuern') : t('widerrufeKnopf')}</Button>}>
        <p>{frage === 'token' ? t('erneuernText') : t('widerrufenText')}</p>{auftrag.fehler !== null && <Fehler kompakt fehler={auftrag.fehler} />}
      </Dialog>
    </Seite>
  );
}

function Angaben({ anschluss: { id, version, name, organisationseinheit, ablage, widerrufen } }: { anschluss: Anschluss }) {
  const aendern = useAuftrag(api.updateAnschluss);
  const f = useFormular({ schema: AnschlussAendern, start: { name, organisationseinheitId: organisationseinheit.id, ablage }, senden: (body) => aendern.ausfuehren({ params: { id }, ifMatch: version, body }) });
  const fest = { disabled: widerrufen !== null };
  return (
    <Formular formular={f} knopf={t('speichern')} daneben={aendern.ergebnis && !f.geaendert && <Ergebnis>{t('gespeichert')}</Ergebnis>}>
      <Felder>
        <Field label={t('name')} {...fest} {...f.feld('name')} />
        <OrganisationseinheitWahl label={t('oe')} hinweis={t('oeHilfe')} {...fest} {...f.feld('organisationseinheitId')} />
        <Select label={t('ablage')} wahl={ablageregeln.map((wert) => ({ wert, titel: regelname(wert) }))} {...fest} {...f.feld('ablage')} />
      </Felder>
    </Formular>
  );
}

type Sendungszeile = Answer<typeof api.listSendungen>['eintraege'][number];
function Sendungen({ id }: { id: AnschlussId }) {
  const liste = useListe(api.listSendungen, { params: { id }, praefix: 's.', filter: ['zustand'], proSeite: 25 });
  return (
    <Tafel titel={t('sendungen')} zahl={liste.gesamt}>
      <Liste<Sendungszeile> titel={t('sendungen')} liste={liste} idVon={(z) => z.id} dateiname="sendungen" leer={<Leer>{t('keineSendungen')}</Leer>}
        filter={[{ art: 'auswahl', name: 'zustand', titel: t('zustand'), wahl: (['offen', 'verfallen', 'angenommen'] as const).map((wert) => ({ wert, titel: zustandsname(wert) })) }]} spalten={[
          { name: 'kennung', titel: t('kennung'), kopf: true, schmal: 'voll', zelle: (z) => z.externeId, text: (z) => z.externeId },
          { name: 'zustand', titel: t('zustand'), zelle: (z) => <><Badge ton={zustandston[z.zustand]}>{zustandsname(z.zustand)}</Badge>{z.hinweis && <><br /><span className="va-klein va-leise">{z.hinweis}</span></>}</>, text: (z) => zustandsname(z.zustand) },
          { name: 'nummer', titel: t('nummer'), zelle: (z) => z.nummer ?? '–', text: (z) => z.nummer ?? '' },
          { name: 'dateien', titel: t('dateien'), zahl: true, zelle: (z) => (z.zustand === 'angenommen' ? zahl(z.dateien) : t('von', z.erhalten, z.dateien)), text: (z) => z.dateien },
          { name: 'eroeffnet', titel: t('eroeffnet'), zahl: true, sort: 'eroeffnet', zelle: (z) => <Zeit wert={z.eroeffnet} />, text: (z) => z.eroeffnet },
        ]} />
    </Tafel>
  );
}

type Abweisungszeile = Answer<typeof api.listAbweisungen>['eintraege'][number];
function Abweisungen({ id }: { id: AnschlussId }) {
  const liste = useListe(api.listAbweisungen, { params: { id }, praefix: 'a.', proSeite: 25 });
  return (
    <Tafel titel={t('abweisungen')} zahl={liste.gesamt}>
      <Liste<Abweisungszeile> titel={t('abweisungen')} liste={liste} idVon={(z) => z.id} dateiname="abweisungen" leer={<Leer>{t('keineAbweisungen')}</Leer>} spalten={[
        { name: 'kennung', titel: t('kennung'), kopf: true, schmal: 'voll', zelle: (z) => z.externeId, text: (z) => z.externeId },
        { name: 'grund', titel: t('grund'), schmal: 'voll', zelle: (z) => <>{z.titel}{z.details.map((d) => <span key={d} className="va-klein va-leise"><br />{d}</span>)}</>, text: (z) => [z.titel, ...z.details].join('; ') },
        { name: 'zeit', titel: t('zeit'), zahl: true, zelle: (z) => <Zeit wert={z.zeit} />, text: (z) => z.zeit },
      ]} />
    </Tafel>
  );
}
