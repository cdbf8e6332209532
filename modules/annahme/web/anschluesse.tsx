import { useState } from 'react';
import { Link } from 'react-router';
import { Geheimnis, OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Badge, Button, Fehler, Field, Innen, Laden, Leer, Seite, Seitenkopf, Select, Tabelle, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { zahl } from '#platform/web/text.ts';
import { ablageregeln, AnschlussAnlegen, anschlusskanaele, api, type Anschluss } from '../contract.ts';
import { kanalname, regelname, t, unvollstaendig } from './texte.ts';

type Neu = Answer<typeof api.createAnschluss>;

export function Component() {
  const { data, error, refetch } = useAbfrage(api.listAnschluesse, {});
  const [anlegen, setAnlegen] = useState(false);
  const [neu, setNeu] = useState<Neu>();
  const eintraege = data?.eintraege ?? [];
  return (
    <Seite>
      <Seitenkopf titel={t('titel')} zurueck={{ pfad: '/verwaltung', titel: t('verwaltung') }} aktionen={!anlegen && <Button art="haupt" klein icon="plus" onClick={() => { setAnlegen(true); setNeu(undefined); }}>{t('anlegen')}</Button>} />
      <div className="va-zwischen">
        {neu?.token && <Geheimnis titel={`${t('token')}: ${neu.anschluss.name}`} wert={neu.token} text={t('tokenText')} />}
        {anlegen && <Anlegen onFertig={(n) => { setAnlegen(false); setNeu(n); }} onAbbrechen={() => setAnlegen(false)} />}
        <Tafel titel={t('titel')} titelVersteckt>
          {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : eintraege.length === 0 ? <Leer>{t('leer')}</Leer> : (
            <Tabelle<Anschluss> titel={t('titel')} zeilen={eintraege} schluessel={(a) => a.id} spalten={[
              { name: 'name', titel: t('name'), kopf: true, schmal: 'voll', zelle: (a) => <><Link className="va-betreff va-stark" to={`/verwaltung/anschluesse/${a.id}`}>{a.name}</Link>{a.widerrufen && <> <Badge>{t('widerrufen')}</Badge></>}</> },
              { name: 'kanal', titel: t('kanal'), zelle: (a) => kanalname(a.kanal) },
              { name: 'oe', titel: t('oe'), zelle: (a) => `${a.organisationseinheit.kennzeichen} ${a.organisationseinheit.bezeichnung}` },
              { name: 'zuletzt', titel: t('zuletzt'), zahl: true, zelle: (a) => (a.zuletzt ? <Zeit wert={a.zuletzt} /> : t('nie')) },
              { name: 'angenommen', titel: t('angenommen'), zahl: true, zelle: (a) => zahl(a.angenommen) },
              { name: 'offen', titel: t('offen'), zahl: true, zelle: (a) => (a.verfallen ? <Badge ton="warnung">{zahl(unvollstaendig(a))}</Badge> : zahl(unvollstaendig(a))) },
              { name: 'abgewiesen', titel: t('abgewiesen'), zahl: true, zelle: (a) => (a.abgewiesen ? <Badge ton="warnung">{zahl(a.abgewiesen)}</Badge> : '0') },
            ]} />
          )}
        </Tafel>
      </div>
    </Seite>
  );
}

function Anlegen({ onFertig, onAbbrechen }: { onFertig(neu: Neu): void; onAbbrechen(): void }) {
  const anlegen = useAuftrag(api.createAnschluss);
  const f = useFormular({ schema: AnschlussAnlegen, start: { kanal: 'fachverfahren', ablage: 'korb' }, senden: async (body) => onFertig(await anlegen.ausfuehren({ body })) });
  return (
    <Tafel titel={t('anlegen')}><Innen>
      <Formular formular={f} knopf={t('anlegen')} daneben={<Button art="leicht" onClick={onAbbrechen}>{t('abbrechen')}</Button>}>
        <Felder>
          <Field label={t('name')} hinweis={t('nameHilfe')} autoFocus {...f.feld('name')} />
          <Select label={t('kanal')} wahl={anschlusskanaele.map((wert) => ({ wert, titel: kanalname(wert) }))} {...f.feld('kanal')} />
          <OrganisationseinheitWahl label={t('oe')} leer="–" hinweis={t('oeHilfe')} {...f.feld('organisationseinheitId')} />
          <Select label={t('ablage')} wahl={ablageregeln.map((wert) => ({ wert, titel: regelname(wert) }))} {...f.feld('ablage')} />
        </Felder>
      </Formular>
    </Innen></Tafel>
  );
}
