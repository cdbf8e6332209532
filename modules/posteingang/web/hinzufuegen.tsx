import { useState } from 'react';
import { Link } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import { api as ablage } from '#modules/ablage/contract.ts';
import { call, upload } from '#platform/web/client.ts';
import { Badge, Button, ButtonLink, Field, Select } from '#platform/web/kern/index.ts';
import { useSlot } from '#platform/web/sitzung.tsx';
import { katalog } from '#platform/web/text.ts';
import { DateiFeld, Uebertragungen, useUpload } from '#platform/web/upload/index.ts';
import { api, type Eingang, type Kanal } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { kanalname, t } from './texte.ts';

const s = katalog({
  titel: ['Eingänge hinzufügen', 'Add items'], schliessen: ['Schließen', 'Close'], kanal: ['Kanal', 'Channel'], eigener: ['mein Korb', 'my basket'], datum: ['Posteingangsdatum', 'Date of receipt'], heute: ['leer: heute', 'empty: today'],
  hinweis: ['Jede Datei wird ein Eingang mit eigener Nummer; das Original bleibt unverändert.', 'Each file becomes an item with its own number; the original stays unchanged.'],
});
const KANAELE: readonly Kanal[] = ['upload', 'papier', 'e_mail', 'fax', 'portal', 'de_mail', 'bebpo', 'fachverfahren'];

/** Uploads that go on while the panel is closed: dropped files become Eingänge at once. */
export function useHinzufuegen() {
  const client = useQueryClient();
  const [angaben, setAngaben] = useState<{ kanal: Kanal; oe: string; datum: string }>({ kanal: 'upload', oe: '', datum: '' });
  const uploads = useUpload<Eingang>(async (datei, { fortschritt, signal, idempotencyKey }) => {
    const inhalt = await upload(ablage.uploadInhalt, {}, datei, { fortschritt, signal, idempotencyKey });
    const kanal = angaben.kanal === 'upload' && /\.(eml|msg)$/i.test(datei.name) ? 'e_mail' : angaben.kanal;
    return call(api.createEingang, { body: { inhaltId: inhalt.id, kanal, ...(angaben.oe && { organisationseinheitId: angaben.oe as never }), ...(angaben.datum && { posteingangsdatum: angaben.datum }) }, idempotencyKey: `${idempotencyKey}-eingang` });
  }, { nachJeder: () => void client.invalidateQueries() });
  return { uploads, angaben, setAngaben, nimm: (dateien: File[]) => uploads.hinzu(dateien) };
}

export function Hinzufuegen({ zustand: { uploads, angaben, setAngaben, nimm }, onSchliessen }: { zustand: ReturnType<typeof useHinzufuegen>; onSchliessen(): void }) {
  const wege = useSlot('posteingang.weg');
  return (
    <section className="va-hinzu" aria-labelledby="p-hinzu">
      <div className="va-hinzu__kopf"><h2 className="va-h" id="p-hinzu">{s('titel')}</h2><span className="va-schub">{wege.map((w) => <ButtonLink key={w.pfad} art="leicht" klein icon={w.icon} to={w.pfad}>{w.titel()}</ButtonLink>)}<Button art="leicht" klein nurIcon icon="weg" onClick={() => { uploads.leeren(); onSchliessen(); }}>{s('schliessen')}</Button></span></div>
      <div className="va-hinzu__felder">
        <Select label={s('kanal')} wahl={KANAELE.map((wert) => ({ wert, titel: kanalname(wert) }))} value={angaben.kanal} onChange={(e) => setAngaben({ ...angaben, kanal: e.target.value as Kanal })} />
        <OeWahl label={t('korb')} leer={s('eigener')} wert={angaben.oe} onWahl={(oe) => setAngaben({ ...angaben, oe })} />
        <Field type="date" label={`${s('datum')} (${s('heute')})`} value={angaben.datum} onChange={(e) => setAngaben({ ...angaben, datum: e.target.value })} />
      </div>
      <DateiFeld onDateien={nimm} hinweis={s('hinweis')} />
      <Uebertragungen uploads={uploads} fertigText={(e) => <span className="va-reihe"><Link to={`/posteingang/${e.id}`} state={{ fokus: 'bleibt' }}>{e.nummer}</Link>{e.dublette && <Badge ton="warnung">{t('dublette')}</Badge>}</span>} />
    </section>
  );
}
