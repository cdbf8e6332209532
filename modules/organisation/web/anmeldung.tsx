import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError } from '#platform/web/client.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Fehler, Field, Hinweis, Kuerzel, useTitel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type MandantId } from '../contract.ts';
import { Tor } from './tor.tsx';
import { zielVon } from './ziel.ts';

const t = katalog({
  titel: ['Anmelden', 'Log in'], wo: ['Wo arbeiten Sie?', 'Where do you work?'], zuletzt: ['Alphabetisch. Vorgewählt ist, was Sie hier zuletzt benutzt haben.', 'In alphabetical order. Preselected is what you used here last.'], abc: ['Alphabetisch.', 'In alphabetical order.'],
  filter: ['Verwaltung suchen', 'Find authority'], niemand: ['Keine Verwaltung heißt so.', 'No authority has this name.'],
  name: ['Anmeldename', 'Login name'], kennwort: ['Kennwort', 'Password'], los: ['Anmelden', 'Log in'],
  ablauf: ['Ihre Sitzung ist zu Ende', 'Your session has ended'], ablaufText: ['Nach der Anmeldung geht es dort weiter, wo Sie waren. Gespeichertes ist da.', 'After logging in you go on where you were. What was saved is there.'],
  fehlt: ['Bitte ausfüllen', 'Please fill in'],
});
const GEMERKT = 'va-mandant';
type Mandant = { id: MandantId; name: string; bezeichnung: string; kuerzel: string };
/** »Landkreis Auental« stands under A: the place first, what it is below. */
const teile = ({ name, bezeichnung }: Mandant): { ort: string; was: string } => {
  const [, was, ort] = /^((?:Land|Stadt)?[Kk]reis|(?:Hanse|Universitäts|Kreis|Landeshaupt)?[Ss]tadt|(?:Samt|Verbands|Einheits)?[Gg]emeinde|Markt|Flecken|Amt|Zweckverband)\s+(\p{Lu}.*)$/u.exec(name) ?? [];
  return was && ort ? { ort, was: bezeichnung || was } : { ort: name, was: bezeichnung };
};

export function Component() {
  useTitel(t('titel'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [frage] = useSearchParams();
  const { data, error, refetch } = useAbfrage(api.getAnmeldung, {});
  const anmelden = useAuftrag(api.login);
  const [gewaehlt, setGewaehlt] = useState(() => localStorage.getItem(GEMERKT) ?? '');
  const [leer, setLeer] = useState<{ name?: boolean; kennwort?: boolean }>({});
  const kennwortfeld = useRef<HTMLInputElement>(null);
  const formular = useRef<HTMLFormElement>(null);
  const mandanten: Mandant[] = (data?.mandanten ?? []).toSorted((a, b) => teile(a).ort.localeCompare(teile(b).ort, 'de'));
  const mandant = mandanten.find((m) => m.id === gewaehlt);
  const { fehler } = anmelden;
  useEffect(() => { if (fehler) { kennwortfeld.current?.focus(); kennwortfeld.current?.select(); } }, [fehler]);
  useEffect(() => { formular.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(); }, [leer]);

  async function absenden(e: FormEvent<HTMLFormElement>) {
    e.preventDefault();
    const werte = new FormData(e.currentTarget);
    const [anmeldename, passwort] = [String(werte.get('anmeldename')).trim(), String(werte.get('passwort'))];
    const fehlend = { ...(anmeldename === '' && { name: true }), ...(passwort === '' && { kennwort: true }) };
    setLeer(fehlend);
    if (Object.keys(fehlend).length > 0 || anmelden.laeuft) return;
    const antwort = await anmelden.ausfuehren({ body: { anmeldename, passwort, ...(mandant && { mandantId: mandant.id }) } }).catch(() => undefined);
    if (!antwort) return;
    localStorage.setItem(GEMERKT, antwort.mandantId);
    client.clear(); // nothing of whoever was here before
    const ziel = zielVon(frage.get('zurueck'));
    void navigate(antwort.passwortAendern ? `/kennwort?zurueck=${encodeURIComponent(ziel)}` : ziel, { replace: true });
  }
  return (
    <Tor verbund={data?.verbund} kuerzel={mandanten.map((m) => m.kuerzel)}>
      <form className="va-tor__formular" noValidate ref={formular} onSubmit={(e) => void absenden(e)}>
        <h1 className="va-tor__titel">{t('titel')}</h1>
        {frage.get('grund') === 'ablauf' && !fehler && <Hinweis titel={t('ablauf')}>{t('ablaufText')}</Hinweis>}
        {error !== null && <Fehler kompakt fehler={error} nochmal={() => void refetch()} />}
        {mandanten.length > 1 && <Mandantenwahl mandanten={mandanten} gewaehlt={mandant?.id} zuletzt={localStorage.getItem(GEMERKT) !== null} onWahl={setGewaehlt} />}
        <div className="va-tor__zugang">
          <Field label={t('name')} name="anmeldename" autoComplete="username" autoCapitalize="none" spellCheck={false} fehler={leer.name ? t('fehlt') : undefined} />
          <Field label={t('kennwort')} name="passwort" type="password" autoComplete="current-password" ref={kennwortfeld} fehler={leer.kennwort ? t('fehlt') : undefined} />
        </div>
        {fehler !== null && (fehler instanceof ApiError && fehler.status < 500 && fehler.status > 0 ? <Hinweis ton="gefahr" laut>{fehler.message}</Hinweis> : <Fehler kompakt fehler={fehler} />)}
        <Button type="submit" art="haupt" iconRechts="weiter" laeuft={anmelden.laeuft}>{t('los')}</Button>
      </form>
    </Tor>
  );
}

/** Up to eight as tiles; more as a list that can be filtered. */
function Mandantenwahl({ mandanten, gewaehlt, zuletzt, onWahl }: { mandanten: readonly Mandant[]; gewaehlt: string | undefined; zuletzt: boolean; onWahl(id: string): void }) {
  const [text, setText] = useState('');
  const viele = mandanten.length > 8;
  const sichtbar = mandanten.filter((m) => `${m.name} ${m.kuerzel}`.toLocaleLowerCase('de').includes(text.trim().toLocaleLowerCase('de')) || m.id === gewaehlt);
  return (
    <fieldset>
      <legend>{t('wo')}</legend>
      {viele && <Field label={t('filter')} versteckt type="search" placeholder={t('filter')} value={text} onChange={(e) => setText(e.target.value)} autoComplete="off" />}
      <div className={`va-mandanten${viele ? ' va-mandanten--viele' : ''}`}>
        {sichtbar.map((m) => (
          <label key={m.id}>
            <input className="kern-form-check__radio" type="radio" name="mandant" value={m.id} checked={m.id === gewaehlt} onChange={() => onWahl(m.id)} />
            <span aria-hidden="true"><Kuerzel neutral mandant={m} /></span>
            <span><span className="va-stark">{teile(m).ort}</span>{teile(m).was && <><br /><span className="va-klein va-leise">{teile(m).was}</span></>}</span>
          </label>
        ))}
      </div>
      {sichtbar.length === 0 && <p className="va-klein va-leise">{t('niemand')}</p>}
      <p className="va-klein va-leise va-tor__text">{zuletzt ? t('zuletzt') : t('abc')}</p>
    </fieldset>
  );
}
