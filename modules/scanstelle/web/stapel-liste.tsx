import './scanstelle.css';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api as ablage } from '#modules/ablage/contract.ts';
import { OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import { upload } from '#platform/web/client.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Fehler, Field, Filterleiste, Fortschritt, Innen, Leer, Seite, Seitenkopf, Select, Tafel, Zeit } from '#platform/web/kern/index.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { groesse } from '#platform/web/text.ts';
import { Abwurf, DateiFeld } from '#platform/web/upload/index.ts';
import { api, type StapelZeile, type Stapelstatus } from '../contract.ts';
import { statusname, statuston, t } from './texte.ts';

/** What stands in the scan station, and the way in. */
export function Component() {
  const { darf } = useSitzung();
  const [suche] = useSearchParams();
  const liste = useListe(api.listStapel, { filter: ['status'] });
  const status = suche.get('status') as Stapelstatus | null;
  return (
    <Seite>
      <Seitenkopf titel={t('scanstelle')} neben={<Filterleiste name={t('filtern')} eintraege={[
        { pfad: '/scanstelle', titel: t('offene'), aktiv: status === null }, { pfad: '/scanstelle?status=uebernommen', titel: t('fertige'), aktiv: status === 'uebernommen' }, { pfad: '/scanstelle?status=verworfen', titel: t('verworfene'), aktiv: status === 'verworfen' },
      ]} />} />
      <div className="va-zwischen">
        {darf('scanstapel.bearbeiten') && darf('inhalt.hochladen') && status === null && <Neu />}
        <Tafel titel={t('stapelMz')} zahl={liste.gesamt ?? undefined}>
          <Liste<StapelZeile> titel={t('stapelMz')} liste={liste} idVon={(z) => z.id} leer={<Leer icon="seiten">{t('leer')}</Leer>} dateiname="stapel" spalten={[
            { name: 'nummer', titel: t('nummer'), kopf: true, breite: 10, text: (z) => z.nummer, zelle: (z) => <Link to={`/scanstelle/${z.id}`}>{z.nummer}</Link> },
            { name: 'bezeichnung', titel: t('bezeichnung'), text: (z) => z.bezeichnung, schmal: 'voll', zelle: (z) => <>{z.bezeichnung}{z.hindernis && <span className="va-block va-klein va-leise">{z.hindernis.text}</span>}</> },
            { name: 'status', titel: t('stand'), breite: 10, text: (z) => statusname(z.status), zelle: (z) => <Badge ton={z.hindernis ? 'warnung' : statuston[z.status]}>{statusname(z.status)}</Badge> },
            { name: 'seiten', titel: t('seiten'), zahl: true, breite: 6, text: (z) => z.seiten, zelle: (z) => (z.erwarteteSeiten !== null && z.erwarteteSeiten !== z.seiten ? t('vonErwartet', z.seiten, z.erwarteteSeiten) : z.seiten) },
            { name: 'briefe', titel: t('briefe'), zahl: true, breite: 5, text: (z) => z.briefe, zelle: (z) => z.briefe || '' },
            { name: 'korb', titel: t('korb'), breite: 12, text: (z) => z.organisationseinheit.kennzeichen, zelle: (z) => `${z.organisationseinheit.kennzeichen} ${z.organisationseinheit.bezeichnung}` },
            { name: 'eingetroffen', titel: t('eingetroffen'), zahl: true, breite: 10, sort: 'eingetroffen', text: (z) => z.eingetroffen, zelle: (z) => <Zeit wert={z.eingetroffen} /> },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}

function Neu() {
  const navigate = useNavigate();
  const [dateien, setDateien] = useState<File[]>([]);
  const [angaben, setAngaben] = useState({ profil: '', oe: '', datum: '', erwartet: '', station: '' });
  const [stand, setStand] = useState<{ gesendet: number; gesamt: number }>();
  const [fehler, setFehler] = useState<unknown>();
  const profile = useAbfrage(api.listProfile, {}).data?.eintraege.filter((p) => p.aktiv) ?? [];
  const anlegen = useAuftrag(api.createStapel, { nachher: ({ id }) => void navigate(`/scanstelle/${id}`) });
  const setze = (neu: Partial<typeof angaben>) => setAngaben({ ...angaben, ...neu });
  const nimm = (neue: File[]) => setDateien((alle) => [...alle, ...neue.filter((d) => !alle.some((a) => a.name === d.name && a.size === d.size))].toSorted((a, b) => a.name.localeCompare(b.name, 'de', { numeric: true })));
  async function los() {
    const gesamt = dateien.reduce((n, d) => n + d.size, 0);
    setFehler(undefined); setStand({ gesendet: 0, gesamt });
    try {
      const ids: string[] = [];
      let fertig = 0;
      for (const datei of dateien) {
        ids.push((await upload(ablage.uploadInhalt, {}, datei, { fortschritt: (n) => setStand({ gesendet: fertig + n, gesamt }) })).id);
        fertig += datei.size;
      }
      await anlegen.ausfuehren({ body: { inhaltIds: ids as never, ...(angaben.profil && { profilId: angaben.profil as never }), ...(angaben.oe && { organisationseinheitId: angaben.oe as never }), ...(angaben.datum && { posteingangsdatum: angaben.datum }), ...(angaben.erwartet && { erwarteteSeiten: Number(angaben.erwartet) }), ...(angaben.station && { station: angaben.station }) } });
    } catch (e) { setFehler(e); } finally { setStand(undefined); }
  }
  return (
    <Tafel titel={t('neu')}>
      <Abwurf onDateien={nimm} />
      <Innen>
        <DateiFeld onDateien={nimm} accept=".pdf,.tif,.tiff,.jpg,.jpeg,.png,.json" hinweis={t('neuHinweis')} />
        {dateien.length > 0 && <div className="va-scan-neu">
          <ul className="va-dateien">{dateien.map((d) => <li key={`${d.name} ${d.size}`}><span className="va-kuerzen">{d.name} <span className="va-klein va-leise">{groesse(d.size)}</span></span></li>)}</ul>
          <div className="va-formular__felder">
            <Select label={t('profil')} leer={t('standard')} wahl={profile.map((p) => ({ wert: p.id, titel: p.bezeichnung }))} value={angaben.profil} onChange={(e) => setze({ profil: e.target.value })} />
            <OrganisationseinheitWahl label={t('korb')} leer={t('nachProfil')} value={angaben.oe} onChange={(e) => setze({ oe: e.target.value })} />
            <Field type="date" label={`${t('datum')} (${t('heute')})`} value={angaben.datum} onChange={(e) => setze({ datum: e.target.value })} />
            <Field type="number" min={1} label={t('erwartet')} freiwillig hinweis={t('erwartetHinweis')} value={angaben.erwartet} onChange={(e) => setze({ erwartet: e.target.value })} />
            <Field label={t('station')} freiwillig maxLength={100} value={angaben.station} onChange={(e) => setze({ station: e.target.value })} />
          </div>
          {stand && <Fortschritt wert={stand.gesendet} von={stand.gesamt} name={t('laedt')} />}
          {fehler !== undefined && <Fehler kompakt fehler={fehler} />}
          <div className="va-formular__fuss"><Button art="haupt" laeuft={stand !== undefined} onClick={() => void los()}>{t('anlegen', dateien.length)}</Button><Button art="leicht" onClick={() => setDateien([])}>{t('verwerfenListe')}</Button></div>
        </div>}
      </Innen>
    </Tafel>
  );
}
