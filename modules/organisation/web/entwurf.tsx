import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '#platform/web/client.ts';
import { Button, Hinweis } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';

const t = katalog({
  fremd: ['Jemand anderes hat das inzwischen geändert', 'Somebody else has changed this in the meantime'], fremdText: ['Ihre Eingaben stehen noch da. Der gespeicherte Stand tritt an ihre Stelle, wenn Sie ihn laden.', 'Your input is still there. The saved state takes its place when you load it.'], laden: ['Gespeicherten Stand laden', 'Load the saved state'],
});
const gleich = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What a form began with. It follows the server as long as the form's own fields are the same (a Rolle given beside it changes the version, not the
 * name); once somebody else has changed them it stays, so that saving is refused (412) and nothing of theirs is overwritten unseen.
 */
export function useStand<T extends { version: number }, F>(server: T, felder: (stand: T) => F) {
  const client = useQueryClient();
  const [begonnen, setBegonnen] = useState(server);
  const selbe = gleich(felder(begonnen), felder(server));
  const stand = selbe ? server : begonnen;
  /** At the end of a save: what the other has saved is fetched, to be shown on demand. */
  const abgelehnt = (fehler: unknown): never => { if (fehler instanceof ApiError && fehler.status === 412) void client.invalidateQueries(); throw fehler; };
  return { stand, start: felder(stand), fremd: !selbe && server.version > begonnen.version ? server : undefined, uebernimm: setBegonnen, abgelehnt };
}
export const FremdeAenderung = ({ onLaden }: { onLaden(): void }) => <Hinweis ton="warnung" titel={t('fremd')} aktion={<Button klein onClick={onLaden}>{t('laden')}</Button>}>{t('fremdText')}</Hinweis>;

/**
 * A choice beside what the server has: the same until somebody touches it. As with `useStand`, what else changes about the object is no matter; once
 * somebody else has changed this very choice, saving is refused (412) and theirs is shown on demand.
 */
export function useEntwurf<S extends { version: number }, T>(server: S, wertVon: (stand: S) => T) {
  const client = useQueryClient();
  const [entwurf, setEntwurf] = useState<{ wert: T; beginn: S }>();
  const vorhanden = wertVon(server);
  const beginn = entwurf && server.version > entwurf.beginn.version && !gleich(wertVon(entwurf.beginn), vorhanden) ? entwurf.beginn : undefined;
  return {
    wert: entwurf ? entwurf.wert : vorhanden, setze: (wert: T) => setEntwurf((alt) => ({ wert, beginn: alt?.beginn ?? server })), verwerfen: () => setEntwurf(undefined),
    geaendert: entwurf !== undefined && !gleich(entwurf.wert, vorhanden), fremd: beginn !== undefined, version: (beginn ?? server).version,
    gespeichert: (neu: S) => setEntwurf((alt) => alt && { wert: alt.wert, beginn: neu }),
    abgelehnt: (fehler: unknown) => { if (fehler instanceof ApiError && fehler.status === 412) void client.invalidateQueries(); },
  };
}

/** A refusal that is about one field stands at that field: `.catch(amFeld({ 'rolle.bezeichnung_vergeben': 'bezeichnung' }))`. */
export const amFeld = (felder: Readonly<Record<string, string>>) => (fehler: unknown): never => {
  const pfad = fehler instanceof ApiError ? felder[fehler.code] : undefined;
  throw pfad && fehler instanceof ApiError ? new ApiError(422, { code: fehler.code, title: fehler.message, details: [{ pfad, text: fehler.message }] }) : fehler;
};
