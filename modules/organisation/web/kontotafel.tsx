import { useState } from 'react';
import type { Answer } from '#platform/contract.ts';
import { useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Button, Dialog, Ergebnis, Fehler, Hinweis, Innen, Tafel } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog, mehrzahl } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { Einmalkennwort } from './einmalkennwort.tsx';
import { t } from './texte.ts';

const s = katalog({
  konto: ['Konto', 'Account'], fremd: ['Dieses Konto führt eine andere Verwaltung; nur sie kann das Kennwort zurücksetzen. Gesperrt wird hier nur der Zugang zu Ihrer Verwaltung.', 'Another authority keeps this account; only it can reset the password. Locking here closes the access to your authority only.'],
  zuruecksetzen: ['Kennwort zurücksetzen', 'Reset password'], zuruecksetzenFrage: [(name: string) => `Kennwort von ${name} zurücksetzen?`, (name: string) => `Reset the password of ${name}?`], zuruecksetzenText: ['Das bisherige Kennwort gilt nicht mehr, und alle Sitzungen enden sofort. Sie erhalten ein Einmalkennwort.', 'The present password becomes invalid and all sessions end at once. You get a one-time password.'],
  sperren: ['Sperren', 'Lock'], sperrenFrage: [(name: string) => `${name} sperren?`, (name: string) => `Lock ${name}?`], sperrenText: ['Alle Sitzungen und Zugangstoken enden sofort. Was die Person getan hat, bleibt und wird weiter mit ihrem Namen gezeigt.', 'All sessions and tokens end at once. What the person did stays and keeps being shown under the name.'], entsperren: ['Entsperren', 'Unlock'], entsperrt: ['Entsperrt', 'Unlocked'],
  beenden: ['Sitzungen beenden', 'End sessions'], beendet: [(n: number) => (n === 0 ? 'Es war keine Sitzung offen' : `${mehrzahl(n, 'Sitzung', 'Sitzungen')} beendet`), (n: number) => (n === 0 ? 'No session was open' : `${mehrzahl(n, 'session', 'sessions')} ended`)],
  selbst: ['Das sind Sie selbst. Ihr Kennwort und Ihre Sitzungen finden Sie unter „Mein Konto“.', 'This is you. Your password and sessions are under “My account”.'],
});

type Benutzer = Answer<typeof api.getBenutzer>;

export function Kontotafel({ benutzer }: { benutzer: Benutzer }) {
  const { ich } = useSitzung();
  const { id, version, konto, gesperrt, name } = benutzer;
  const [frage, setFrage] = useState<'sperren' | 'kennwort'>();
  const zu = () => setFrage(undefined);
  const zuruecksetzen = useAuftrag(api.resetPasswort, { nachher: zu });
  const aendern = useAuftrag(api.updateBenutzer, { nachher: zu });
  const beenden = useAuftrag(api.revokeSitzungen);
  if (!konto) return null;
  const fehler = beenden.fehler ?? (frage ? null : aendern.fehler);
  const schalte = (neu: boolean) => { beenden.vergessen(); aendern.starten({ params: { id }, ifMatch: version, body: { gesperrt: neu } }); };
  return (
    <Tafel titel={s('konto')}>
      <Angaben daten={[{ titel: t('anmeldename'), wert: konto.anmeldename }]} />
      <Innen>
        {konto.fremd && <Hinweis>{s('fremd')}</Hinweis>}
        {zuruecksetzen.ergebnis && <Einmalkennwort fuer={konto.anmeldename} kennwort={zuruecksetzen.ergebnis.einmalkennwort} />}
        {id === ich.id ? <p className="va-leise">{s('selbst')}</p> : (
          <div className="va-reihe">
            {!konto.fremd && <Button klein icon="schluessel" onClick={() => { zuruecksetzen.vergessen(); setFrage('kennwort'); }}>{s('zuruecksetzen')}</Button>}
            {!gesperrt && <Button klein icon="abmelden" laeuft={beenden.laeuft} onClick={() => beenden.starten({ params: { id } })}>{s('beenden')}</Button>}
            {gesperrt ? <Button klein icon="zurueckholen" laeuft={aendern.laeuft} onClick={() => schalte(false)}>{s('entsperren')}</Button> : <Button klein icon="schloss" onClick={() => setFrage('sperren')}>{s('sperren')}</Button>}
          </div>
        )}
        {beenden.ergebnis ? <Ergebnis>{s('beendet', beenden.ergebnis.beendet)}</Ergebnis> : aendern.ergebnis?.gesperrt === false && !gesperrt && <Ergebnis>{s('entsperrt')}</Ergebnis>}
        {fehler !== null && <Fehler kompakt fehler={fehler} />}
      </Innen>
      <Dialog titel={s('zuruecksetzenFrage', name)} offen={frage === 'kennwort'} onSchliessen={zu} aktion={<Button art="haupt" laeuft={zuruecksetzen.laeuft} onClick={() => zuruecksetzen.starten({ params: { id } })}>{s('zuruecksetzen')}</Button>}>
        <p>{s('zuruecksetzenText')}</p>{zuruecksetzen.fehler !== null && <Fehler kompakt fehler={zuruecksetzen.fehler} />}
      </Dialog>
      <Dialog titel={s('sperrenFrage', name)} offen={frage === 'sperren'} onSchliessen={zu} aktion={<Button art="haupt" laeuft={aendern.laeuft} onClick={() => schalte(true)}>{s('sperren')}</Button>}>
        <p>{s('sperrenText')}</p>{aendern.fehler !== null && <Fehler kompakt fehler={aendern.fehler} />}
      </Dialog>
    </Tafel>
  );
}
