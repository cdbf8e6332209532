import './verwaltung.css';
import { useState } from 'react';
import { Link } from 'react-router';
import { z } from 'zod';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Angaben, Badge, Button, ButtonLink, Checkbox, Datum, Dialog, Fehler, Field, Hinweis, Innen, Kuerzel, Laden, Seite, Seitenkopf, Select, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { useSitzung, useSlot } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { datum } from '#platform/web/zeit.ts';
import { api } from '../contract.ts';
import { Geheimnis } from './einmalkennwort.tsx';
import { geraetVon } from './geraet.ts';
import { gruppiere, tatVon } from './rechte.ts';
import { t } from './texte.ts';

const s = katalog({
  person: ['Person', 'Person'], verwaltungen: ['Arbeitet bei', 'Works at'], zuordnung: ['Zuordnung', 'Units'], einstellungen: ['Einstellungen', 'Settings'], darstellung: ['Darstellung: hell, dunkel, Dichte', 'Display: light, dark, density'], andere: ['Alle anderen beenden', 'End all others'], kennwort: ['Kennwort ändern', 'Change password'], sitzungen: ['Sitzungen', 'Sessions'], sitzungenText: ['Wo Sie gerade angemeldet sind. Kennen Sie eine nicht, beenden Sie sie und ändern Sie Ihr Kennwort.', 'Where you are logged in. If you do not know one, end it and change your password.'],
  diese: ['diese Sitzung', 'this session'], beenden: ['Beenden', 'End'], beendenVon: [(was: string) => `Sitzung beenden: ${was}`, (was: string) => `End session: ${was}`], zuletzt: ['zuletzt', 'last'], ablauf: ['endet spätestens', 'ends at the latest'],
  token: ['Zugangstoken', 'Access tokens'], tokenText: ['Damit greift ein Programm in Ihrem Namen zu. Behandeln Sie ein Token wie ein Kennwort.', 'With it a program acts in your name. Treat a token like a password.'], keinToken: ['Kein Programm hat Zugang in Ihrem Namen.', 'No program has access in your name.'], neuesToken: ['Zugangstoken anlegen', 'Create access token'],
  wofuer: ['Wofür', 'What for'], wofuerHilfe: ['etwa „Abgleich mit dem Fachverfahren“', 'e.g. “synchronisation with the specialist application”'], dauer: ['Gültig für', 'Valid for'], tage: [(n: number) => `${n} Tage`, (n: number) => `${n} days`], allesWasIch: ['Alle meine Rechte', 'All my rights'], nur: ['Nur diese Rechte', 'Only these rights'],
  erstellt: ['Das Zugangstoken', 'The token'], erstelltText: ['Es wird nur jetzt gezeigt. Tragen Sie es in dem Programm ein, das damit zugreifen soll.', 'It is shown only now. Enter it in the program that shall use it.'], mindestens: ['Wählen Sie mindestens ein Recht.', 'Choose at least one right.'], widerrufen: ['Widerrufen', 'Revoke'], widerrufenFrage: [(n: string) => `Zugangstoken „${n}“ widerrufen?`, (n: string) => `Revoke token “${n}”?`], widerrufenText: ['Das Programm hat sofort keinen Zugang mehr.', 'The program loses access at once.'], gilt: [(tag: string) => `gültig bis ${tag}`, (tag: string) => `valid until ${tag}`], nie: ['noch nie benutzt', 'never used'], benutzt: ['zuletzt benutzt', 'last used'],
  rechte: [(n: number) => (n === 1 ? '1 Recht' : `${n} Rechte`), (n: number) => (n === 1 ? '1 right' : `${n} rights`)], aendern: ['Name, Funktion und Rollen ändert Ihre Administration.', 'Name, function and roles are changed by your administration.'],
});

export function Component() {
  const { data, error, refetch } = useAbfrage(api.getIch, {});
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!data) return <Laden />;
  return (
    <Seite>
      <Seitenkopf titel={t('konto')} aktionen={<ButtonLink klein icon="schluessel" to="/kennwort?zurueck=/konto">{s('kennwort')}</ButtonLink>} />
      <div className="va-spaltenpaar">
        <div><Sitzungen /><Token /></div>
        <div>
          <Einstellungen />
          <Tafel titel={s('person')}>
            <Angaben daten={[
              { titel: t('name'), wert: data.name }, { titel: t('anmeldename'), wert: data.anmeldename }, { titel: t('email'), wert: data.email }, { titel: s('zuordnung'), wert: data.organisationseinheiten.map((o) => `${o.kennzeichen} ${o.bezeichnung}${o.leitung ? ` (${t('leitung')})` : ''}`).join(', ') },
              { titel: t('rollen'), wert: data.rollen.map((r) => r.bezeichnung).join(', ') }, { titel: s('verwaltungen'), wert: <span className="va-reihe">{data.mandanten.map((m) => <span key={m.id} className="va-mandant"><Kuerzel mandant={m} />{m.name}</span>)}</span> },
            ]} />
            <Innen><p className="va-klein va-leise">{s('aendern')}</p></Innen>
          </Tafel>
        </div>
      </div>
    </Seite>
  );
}

/** What other modules let a person set for herself, beside the look. */
function Einstellungen() {
  const eintraege = useSlot('konto.eintrag').filter((e) => e.pfad !== '/konto' && e.pfad !== '/kennwort');
  return (
    <Tafel titel={s('einstellungen')}><Innen>
      <ul className="va-unter">{[...eintraege.map((e) => ({ pfad: e.pfad, titel: e.titel() })), { pfad: '/darstellung', titel: s('darstellung') }].map(({ pfad, titel }) => <li key={pfad}><Link to={pfad}>{titel}</Link></li>)}</ul>
    </Innen></Tafel>
  );
}

function Sitzungen() {
  const { data, error } = useAbfrage(api.listSitzungen, {});
  const beenden = useAuftrag(api.revokeSitzung);
  const andere = data?.eintraege.filter((z) => !z.aktuell) ?? [];
  const alleAnderen = async () => { for (const { id } of andere) await beenden.ausfuehren({ params: { id } }).catch(() => {}); };
  return (
    <Tafel titel={s('sitzungen')} zahl={data?.eintraege.length} aktionen={andere.length > 1 && <Button klein laeuft={beenden.laeuft} onClick={() => void alleAnderen()}>{s('andere')}</Button>}>
      <Innen>
        <p className="va-leise">{s('sitzungenText')}</p>
        {error ? <Fehler kompakt fehler={error} /> : !data && <Laden />}
        {beenden.fehler !== null && <Fehler kompakt fehler={beenden.fehler} />}
        <ul className="va-zeilenliste">
          {data?.eintraege.map((z) => (
            <li key={z.id}>
              <span><b>{geraetVon(z.geraet)}</b><br /><span className="va-klein va-leise">{z.mandant.name} · {z.adresse}<br />{s('zuletzt')} <Zeit wert={z.zuletzt} /> · {s('ablauf')} <Zeit wert={z.ablauf} /></span></span>
              {z.aktuell ? <Badge ton="gut">{s('diese')}</Badge> : <Button klein laeuft={beenden.laeuft} aria-label={s('beendenVon', geraetVon(z.geraet))} onClick={() => beenden.starten({ params: { id: z.id } })}>{s('beenden')}</Button>}
            </li>
          ))}
        </ul>
      </Innen>
    </Tafel>
  );
}

type TokenEintrag = Answer<typeof api.listZugangstoken>['eintraege'][number];
function Token() {
  const { darf } = useSitzung();
  const { data, error } = useAbfrage(api.listZugangstoken, {});
  const [anlegen, setAnlegen] = useState(false);
  const [gezeigt, setGezeigt] = useState<string | null>();
  const [frage, setFrage] = useState<TokenEintrag>();
  const widerrufen = useAuftrag(api.revokeZugangstoken, { nachher: () => setFrage(undefined) });
  return (
    <Tafel titel={s('token')} zahl={data?.eintraege.length} aktionen={darf('zugangstoken.anlegen') && !anlegen && <Button klein icon="plus" onClick={() => { setAnlegen(true); setGezeigt(undefined); }}>{s('neuesToken')}</Button>}>
      <Innen>
        <p className="va-leise">{s('tokenText')}</p>
        {gezeigt && <Geheimnis titel={s('erstellt')} wert={gezeigt} text={s('erstelltText')} />}
        {anlegen && <TokenFormular onFertig={(token) => { setAnlegen(false); setGezeigt(token); }} onAbbrechen={() => setAnlegen(false)} />}
        {error ? <Fehler kompakt fehler={error} /> : !data ? <Laden /> : data.eintraege.length === 0 && !anlegen && <p>{s('keinToken')}</p>}
        <ul className="va-zeilenliste">
          {data?.eintraege.map((z) => (
            <li key={z.id}><span><b>{z.name}</b><br /><span className="va-klein va-leise">{s('rechte', z.erlaubt.length)} · {s('gilt', datum(z.ablauf))} · {z.zuletzt ? <>{s('benutzt')} <Zeit wert={z.zuletzt} /></> : s('nie')}</span></span>
              <Button klein aria-label={`${s('widerrufen')}: ${z.name}`} onClick={() => setFrage(z)}>{s('widerrufen')}</Button></li>
          ))}
        </ul>
      </Innen>
      <Dialog titel={frage ? s('widerrufenFrage', frage.name) : ''} offen={frage !== undefined} onSchliessen={() => setFrage(undefined)} aktion={<Button art="haupt" laeuft={widerrufen.laeuft} onClick={() => frage && widerrufen.starten({ params: { id: frage.id } })}>{s('widerrufen')}</Button>}>
        <p>{s('widerrufenText')}</p>{widerrufen.fehler !== null && <Fehler kompakt fehler={widerrufen.fehler} />}
      </Dialog>
    </Tafel>
  );
}

const Werte = z.object({ name: z.string().trim().min(1).max(100), tage: z.string(), alle: z.boolean().optional() });
function TokenFormular({ onFertig, onAbbrechen }: { onFertig(token: string | null): void; onAbbrechen(): void }) {
  const { ich } = useSitzung();
  const anlegen = useAuftrag(api.createZugangstoken);
  const eigene = useAbfrage(api.listRechte, {}).data?.eintraege.filter((r) => ich.rechte.includes(r.recht)) ?? [];
  const [erlaubt, setErlaubt] = useState<ReadonlySet<string>>(new Set(ich.rechte));
  const setze = (recht: string, an: boolean) => { const neu = new Set(erlaubt); if (an) neu.add(recht); else neu.delete(recht); setErlaubt(neu); };
  const f = useFormular({
    schema: Werte, start: { tage: '365', alle: true },
    async senden({ name, tage, alle }) { if (alle || erlaubt.size > 0) onFertig((await anlegen.ausfuehren({ body: { name, tage: Number(tage), ...(!alle && { erlaubt: [...erlaubt] }) } })).token); },
  });
  return (
    <Formular formular={f} kompakt knopf={t('anlegen')} daneben={<Button art="leicht" klein onClick={onAbbrechen}>{t('abbrechen')}</Button>}>
      <Felder>
        <Field label={s('wofuer')} hinweis={s('wofuerHilfe')} autoFocus {...f.feld('name')} />
        <Select label={s('dauer')} hinweis={<Datum wert={new Date(Date.now() + Number(f.werte.tage) * 86_400_000).toISOString()} />} wahl={[30, 90, 365, 730].map((n) => ({ wert: String(n), titel: s('tage', n) }))} {...f.feld('tage')} />
      </Felder>
      <Checkbox label={s('allesWasIch')} {...f.haken('alle')} />
      {!f.werte.alle && <div className="va-rechteliste" role="group" aria-label={s('nur')}>{gruppiere(eigene).map(({ ding, rechte }) => <fieldset key={ding}><legend>{ding}</legend>{rechte.map((r) => <Checkbox key={r.recht} label={tatVon(r)} aria-label={r.name} checked={erlaubt.has(r.recht)} onChange={(an) => setze(r.recht, an)} />)}</fieldset>)}</div>}
      {!f.werte.alle && erlaubt.size === 0 && <Hinweis ton="warnung">{s('mindestens')}</Hinweis>}
    </Formular>
  );
}
