import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { Button, Field, Hinweis } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { heute } from '#platform/web/zeit.ts';
import { api, BenutzerId, type OrganisationseinheitId, type Vertretung } from '../../contract.ts';
import { useEinheiten } from '../einheiten.tsx';
import { amFeld } from '../entwurf.tsx';
import { BenutzerWahl } from '../personenwahl.tsx';
import { t as w } from '../texte.ts';
import { t } from './texte.ts';
import { isUnvollstaendig, leereWahl, umfangAus, UmfangWahl, type Wahl } from './umfang.tsx';

const s = katalog({ mindestens: ['Wählen Sie mindestens einen Eintrag, oder „Alles“.', 'Choose at least one entry, or everything.'] });
const Werte = z.object({ benutzerId: BenutzerId.optional(), vertreterId: BenutzerId, von: z.iso.date(), bis: z.iso.date().optional(), grund: z.string().trim().max(500).optional() });
const amTag = amFeld({ 'vertretung.in_der_vergangenheit': 'von', 'vertretung.zeitraum_verkehrt': 'bis' });

/** Whose Rollen and OEs are to be lent: one's own, or those of the person that was chosen. */
function usePerson(eigene: boolean, id: BenutzerId | undefined) {
  const ich = useAbfrage(api.getIch, {}, { aktiv: eigene }).data;
  const andere = useAbfrage(api.getBenutzer, { params: { id: id! } }, { aktiv: !eigene && id !== undefined }).data;
  return eigene ? ich : andere;
}
/** OEs of this person, and those around: one above, one below, and beside. Who works there is proposed. */
function useNahe(person: ReturnType<typeof usePerson>): OrganisationseinheitId[] {
  const { data = [] } = useEinheiten();
  const eigene = new Set<string>(person?.organisationseinheiten.map((o) => o.id));
  const obere = new Set<string>(data.flatMap((e) => (eigene.has(e.id) && e.parentId ? [e.parentId] : [])));
  return data.filter(({ id, parentId }) => eigene.has(id) || obere.has(id) || (parentId !== null && (eigene.has(parentId) || obere.has(parentId)))).map((e) => e.id).slice(0, 20);
}
/** In words, so that nobody has to open it: what is covered unless something else is chosen. */
const kurz = (wahl: Wahl) => t('kurz', [wahl.art === 'alles' ? t('ohneKlassen') : t(wahl.art), wahl.klassen.length ? t('undKlassen', wahl.klassen.length) : t('ohne')].join(', '));

/** A Vertretung in three steps: who, until when, enter. `eigene`: for oneself; otherwise whoever is absent is asked first. */
export function VertretungFormular({ eigene, onFertig, onAbbrechen }: { eigene: boolean; onFertig(v: Vertretung): void; onAbbrechen(): void }) {
  const { ich } = useSitzung();
  const anlegen = useAuftrag(api.createVertretung);
  const [wahl, setWahl] = useState(leereWahl);
  const mehr = useRef<HTMLDetailsElement>(null);
  const f = useFormular({
    schema: eigene ? Werte : Werte.required({ benutzerId: true }), start: { von: heute() },
    async senden({ bis, grund, ...werte }) {
      if (isUnvollstaendig(wahl)) { mehr.current?.setAttribute('open', ''); mehr.current?.querySelector<HTMLElement>('input:checked')?.focus(); return; }
      onFertig(await anlegen.ausfuehren({ body: { ...werte, bis: bis ?? null, umfang: umfangAus(wahl), klassen: eigene ? [...wahl.klassen] : [], ...(grund && { grund }) } }).catch(amTag));
    },
  });
  const person = usePerson(eigene, f.werte.benutzerId as BenutzerId | undefined);
  const nahe = useNahe(person);
  const hier = useRef<HTMLDivElement>(null);
  useEffect(() => { hier.current?.querySelector('input')?.focus(); }, []); // the button that opened it is gone
  return (
    <div ref={hier}><Formular formular={f} kompakt knopf={t('eintragen')} daneben={<Button art="leicht" klein onClick={onAbbrechen}>{w('abbrechen')}</Button>}>
      {!eigene && <BenutzerWahl {...f.wahl('benutzerId')} vertretbar label={t('wer')} ausser={ich.id} onWahl={(id) => { f.setze('benutzerId', id); setWahl(leereWahl); }} />}
      <BenutzerWahl {...f.wahl('vertreterId')} label={eigene ? t('durchMich') : t('durch')} ausser={person?.id ?? ich.id} einheiten={nahe} onWahl={(id) => f.setze('vertreterId', id)} />
      <Felder>
        <Field type="date" label={t('von')} min={heute()} {...f.feld('von')} />
        <Field type="date" label={t('bis')} freiwillig hinweis={t('bisHilfe')} min={f.werte.von} {...f.feld('bis')} />
      </Felder>
      <details ref={mehr} className="va-aufklapp"><summary>{kurz(wahl)}</summary>
        <div className="va-unter">
          <UmfangWahl person={person} eigene={eigene} wahl={wahl} onWahl={setWahl} />
          {isUnvollstaendig(wahl) && <Hinweis ton="warnung">{s('mindestens')}</Hinweis>}
          <p className="va-klein va-leise">{t('immer')}</p>
        </div>
      </details>
      <Field label={t('grund')} freiwillig hinweis={t('grundHilfe')} maxLength={500} {...f.feld('grund')} />
    </Formular></div>
  );
}
