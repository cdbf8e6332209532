import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import { ApiError, call } from '#platform/web/client.ts';
import { Formular, useFormular } from '#platform/web/formular/index.ts';
import { ButtonLink, Field, Hinweis, Laden, useTitel } from '#platform/web/kern/index.ts';
import { useIch } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { api } from '../contract.ts';
import { Tor } from './tor.tsx';
import { zielVon } from './ziel.ts';

const t = katalog({
  titel: ['Kennwort ändern', 'Change password'], erste: ['Ihr Kennwort hat jemand anderes vergeben', 'Your password was set by someone else'], ersteText: ['Wählen Sie jetzt ein eigenes, das nur Sie kennen.', 'Now choose one that only you know.'],
  alt: ['Bisheriges Kennwort', 'Current password'], neu: ['Neues Kennwort', 'New password'], nochmal: ['Neues Kennwort, noch einmal', 'New password, once more'],
  regel: ['Mindestens 12 Zeichen. Ein Satz aus mehreren Wörtern ist gut zu merken und schwer zu erraten.', 'At least 12 characters. A sentence of several words is easy to remember and hard to guess.'],
  folge: ['Alle anderen Sitzungen dieses Kontos enden.', 'All other sessions of this account will end.'], ungleich: ['Das ist nicht dasselbe wie oben', 'This is not the same as above'],
  los: ['Kennwort ändern', 'Change password'], zurueck: ['Zurück', 'Back'],
});
const schema = z.object({ alt: z.string().min(1), neu: z.string().min(12), nochmal: z.string().min(1) }).refine((w) => w.neu === w.nochmal, { path: ['nochmal'], error: () => t('ungleich') });

export function Component() {
  useTitel(t('titel'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [frage] = useSearchParams();
  const ziel = zielVon(frage.get('zurueck'));
  const { data: ich, error } = useIch();
  const f = useFormular({
    schema, start: { alt: '', neu: '', nochmal: '' },
    async senden({ alt, neu }) {
      await call(api.updatePasswort, { body: { alt, neu } }).catch((fehler: unknown) => { throw amFeld(fehler); });
      await client.invalidateQueries();
      void navigate(ziel, { replace: true });
    },
  });
  if (error instanceof ApiError && error.status === 401) { void navigate(`/anmeldung?zurueck=${encodeURIComponent('/kennwort')}`, { replace: true }); return null; }
  if (!ich) return <Laden />;
  return (
    <Tor>
      <div className="va-tor__formular">
        <h1 className="va-tor__titel">{t('titel')}</h1>
        {ich.kennwortAendern && <Hinweis titel={t('erste')}>{t('ersteText')}</Hinweis>}
        <Formular formular={f} knopf={t('los')}>
          <Field label={t('alt')} type="password" autoComplete="current-password" {...f.feld('alt')} />
          <Field label={t('neu')} type="password" autoComplete="new-password" hinweis={t('regel')} {...f.feld('neu')} />
          <Field label={t('nochmal')} type="password" autoComplete="new-password" {...f.feld('nochmal')} />
          <p className="va-klein va-leise">{t('folge')}</p>
        </Formular>
        {!ich.kennwortAendern && <ButtonLink art="leicht" to={ziel} icon="zurueck">{t('zurueck')}</ButtonLink>}
      </div>
    </Tor>
  );
}
/** The server's reason stands at the field it is about. */
function amFeld(fehler: unknown) {
  if (!(fehler instanceof ApiError) || !fehler.code.startsWith('passwort.')) return fehler;
  const feld = fehler.code === 'passwort.falsch' ? 'alt' : 'neu';
  const grund = (fehler.details as { grund?: string } | undefined)?.grund;
  return fehler.status === 422 ? new ApiError(422, { code: fehler.code, title: fehler.message, details: [{ pfad: feld, text: grund ? `${fehler.message}: ${grund}` : fehler.message }] }) : fehler;
}
