import { useNavigate, useParams } from 'react-router';
import { useListe } from '#platform/web/liste/index.ts';
import { api, type EingangZeile } from '../contract.ts';

export type PostListe = ReturnType<typeof usePost>;
/** The list with its filters in the URL, the open item in its path, and the way from one to the next. */
export function usePost() {
  const { id } = useParams();
  const navigate = useNavigate();
  const liste = useListe(api.listEingaenge, { filter: ['status', 'kanal', 'organisationseinheitId', 'text', 'dubletten', 'ueberfaellig', 'meine', 'von', 'bis'], alle: 30_000 });
  const eintraege = liste.eintraege as readonly EingangZeile[];
  const stelle = eintraege.findIndex((e) => e.id === id);
  const adresse = (ziel: string | undefined) => ({ pathname: ziel ? `/posteingang/${ziel}` : '/posteingang', search: location.search });
  const oeffne = (ziel: string | undefined, state: object = {}, ersetze = false) => void navigate(adresse(ziel), { replace: ersetze, state: { fokus: 'bleibt', ...state } });
  return {
    ...liste, eintraege, id, stelle, adresse, oeffne,
    /** The one after the open one; at the end the one before. Asked before the list changes. */
    naechste: () => (eintraege[stelle + 1] ?? eintraege[stelle - 1])?.id,
  };
}
