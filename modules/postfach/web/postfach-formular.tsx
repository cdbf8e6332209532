import { OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Fehler, Field, Hinweis, Innen, Select, Tafel } from '#platform/web/kern/index.ts';
import { api, PostfachAendern, PostfachAnlegen, sicherheiten, type Postfach } from '../contract.ts';
import { t } from './texte.ts';

/** The port that goes with it, as long as nobody has chosen another. */
const portVon = { tls: 993, starttls: 143, keine: 143 } as const;

/** A new mailbox, or another state of one. */
export function PostfachFormular({ postfach: p, onFertig }: { postfach?: Postfach; onFertig(): void }) {
  const anlegen = useAuftrag(api.createPostfach);
  const aendern = useAuftrag(api.updatePostfach);
  const pruefen = useAuftrag(api.verifyZugang);
  const f = useFormular({
    schema: p ? PostfachAendern : PostfachAnlegen,
    start: p ? { bezeichnung: p.bezeichnung, organisationseinheitId: p.organisationseinheit.id, host: p.host, port: p.port, sicherheit: p.sicherheit, benutzername: p.benutzername, kennwort: '', ordnerEingang: p.ordnerEingang, ordnerVerarbeitet: p.ordnerVerarbeitet, ordnerFehler: p.ordnerFehler }
      : { bezeichnung: '', organisationseinheitId: '' as never, host: '', port: 993, sicherheit: 'tls', benutzername: '', kennwort: '', ordnerEingang: 'INBOX', ordnerVerarbeitet: 'Verarbeitet', ordnerFehler: 'Fehler' },
    async senden(body) {
      if (p) await aendern.ausfuehren({ params: { id: p.id }, ifMatch: p.version, body });
      else await anlegen.ausfuehren({ body: body as never });
      onFertig();
    },
  });
  const w = f.werte;
  const pruefbar = Boolean(w.host && w.benutzername && w.port && (w.kennwort || p));
  const probiere = () => pruefen.starten({ body: {
    host: w.host!, port: Number(w.port), sicherheit: w.sicherheit!, benutzername: w.benutzername!, ordnerEingang: w.ordnerEingang!, ordnerVerarbeitet: w.ordnerVerarbeitet!, ordnerFehler: w.ordnerFehler!, ...(w.kennwort && { kennwort: w.kennwort }), ...(p && { postfachId: p.id }),
  } });
  return (
    <Tafel titel={p ? t('aendernVon', p.bezeichnung) : t('neu')}>
      <Innen>
        <Formular formular={f} knopf={p ? t('speichern') : t('neu')} daneben={<><Button type="button" disabled={!pruefbar} laeuft={pruefen.laeuft} onClick={probiere}>{t('pruefen')}</Button><Button type="button" art="leicht" onClick={onFertig}>{t('abbrechen')}</Button></>}>
          <p className="va-leise">{t('hilfe')}</p>
          <Felder>
            <Field label={t('bezeichnung')} {...f.feld('bezeichnung')} />
            <OrganisationseinheitWahl label={t('korb')} leer={t('korbWahl')} {...f.feld('organisationseinheitId')} />
            <Field label={t('host')} {...f.feld('host')} autoComplete="off" spellCheck={false} />
            <Select label={t('sicherheit')} {...f.feld('sicherheit')} onChange={(e) => { const s = e.target.value as keyof typeof portVon; if (Number(w.port) === portVon[w.sicherheit ?? 'tls']) f.setze('port', portVon[s]); f.setze('sicherheit', s); }} wahl={sicherheiten.map((wert) => ({ wert, titel: t(wert) }))} />
            <Field label={t('port')} type="number" min={1} max={65535} {...f.feld('port')} />
            <Field label={t('benutzername')} {...f.feld('benutzername')} autoComplete="off" spellCheck={false} />
            <Field label={t('kennwort')} type="password" {...f.feld('kennwort')} autoComplete="new-password" {...(p && { hinweis: t('kennwortBleibt'), freiwillig: true })} />
          </Felder>
          <fieldset className="va-postfach__ordner"><legend>{t('ordner')}</legend>
            <Felder><Field label={t('ordnerEingang')} {...f.feld('ordnerEingang')} /><Field label={t('ordnerVerarbeitet')} {...f.feld('ordnerVerarbeitet')} /><Field label={t('ordnerFehler')} {...f.feld('ordnerFehler')} /></Felder>
          </fieldset>
          {pruefen.ergebnis && !pruefen.laeuft && <Hinweis ton={pruefen.ergebnis.gelungen ? 'gut' : 'gefahr'}>{pruefen.ergebnis.gelungen ? t('gelungen', pruefen.ergebnis.wartend ?? 0, pruefen.ergebnis.ordner.length) : pruefen.ergebnis.text}</Hinweis>}
          {pruefen.fehler !== null && <Fehler kompakt fehler={pruefen.fehler} />}
        </Formular>
      </Innen>
    </Tafel>
  );
}
