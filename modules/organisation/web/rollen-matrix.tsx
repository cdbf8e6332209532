import './verwaltung.css';
import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Answer } from '#platform/contract.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { useAbfrage } from '#platform/web/daten.ts';
import { ButtonDownload, Fehler, Field, Icon, Laden, Leer, Seite, Seitenkopf, Select, Tabelle, Tafel, Unsichtbar, type Spalte } from '#platform/web/kern/index.ts';
import { useListenTasten } from '#platform/web/liste/index.ts';
import { useSchmal } from '#platform/web/schmal.ts';
import { katalog } from '#platform/web/text.ts';
import { useTippen } from '#platform/web/tippen.ts';
import { api } from '../contract.ts';
import { dingVon, gruppiere, tatVon, type Recht } from './rechte.ts';
import { t } from './texte.ts';

const s = katalog({
  titel: ['Rollen und Rechte', 'Roles and rights'], recht: ['Recht', 'Right'], rollen: ['Rollen', 'Roles'], suchen: ['Recht suchen', 'Find right'], worum: ['Worum es geht', 'About'], alles: ['Alles', 'All'], ja: ['ja', 'yes'], nein: ['nein', 'no'], keines: ['Kein Recht heißt so.', 'No right has this name.'], niemand: ['keine Rolle', 'no role'], pdf: ['Als PDF', 'As PDF'], xlsx: ['Als XLSX', 'As XLSX'],
  hinweis: ['Ein Recht allein öffnet keine Akte: die Stufe am Schutzbereich muss dazukommen. Geändert wird auf der Seite der Rolle.', 'A right alone opens no file: the level at the protection area must be added. Change it on the page of the role.'],
});
type Rolle = Answer<typeof api.getRolle>;

const spaltenVon = (rollen: readonly Rolle[], schmal: boolean): Spalte<Recht>[] => [
  { name: 'recht', titel: s('recht'), kopf: true, schmal: 'voll', zelle: (r) => <><b>{dingVon(r)}</b> {tatVon(r)}</> },
  ...(schmal ? [{ name: 'rollen', titel: s('rollen'), schmal: 'voll' as const, zelle: (r: Recht) => <span className="va-klein va-leise">{rollen.filter((x) => x.erlaubt.includes(r.recht)).map((x) => x.bezeichnung).join(', ') || s('niemand')}</span> }]
    : rollen.map((rolle): Spalte<Recht> => ({
      name: rolle.id, titel: <Link to={`/verwaltung/rollen/${rolle.id}`}>{rolle.bezeichnung}</Link>,
      zelle: (r) => (rolle.erlaubt.includes(r.recht) ? <span className="va-rechtematrix__ja"><Icon name="haken" klein /><Unsichtbar>{s('ja')}</Unsichtbar></span> : <span className="va-leise"><span aria-hidden="true">–</span><Unsichtbar>{s('nein')}</Unsichtbar></span>),
    }))),
];

/** Rechte × Rollen: who holds what by which Rolle, at one glance. */
export function Component() {
  const [frage, setFrage] = useSearchParams();
  const [q, ding] = [frage.get('q') ?? '', frage.get('ding') ?? ''];
  const setze = (name: string, wert: string) => setFrage((alt) => { const neu = new URLSearchParams(alt); if (wert) neu.set(name, wert); else neu.delete(name); return neu; }, { replace: true, state: { fokus: 'bleibt' } });
  const { text, tippe } = useTippen(q, (wert) => setze('q', wert), 150);
  const wurzel = useRef<HTMLDivElement>(null);
  useListenTasten(wurzel);
  const schmal = useSchmal();
  const rechte = useAbfrage(api.listRechte, {}), rollen = useAbfrage(api.listRollen, { query: { limit: 200 } });
  const fehler = rechte.error ?? rollen.error;
  const alle = rechte.data?.eintraege ?? [];
  const passt = alle.filter((r) => (!ding || dingVon(r) === ding) && r.name.toLocaleLowerCase('de').includes(q.trim().toLocaleLowerCase('de')));
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/verwaltung/rollen', titel: t('rollen') }} aktionen={(['pdf', 'xlsx'] as const).map((format) => <ButtonDownload key={format} klein href={downloadUrl(api.exportRollenmatrix, { query: { format } })}>{s(format)}</ButtonDownload>)} />
      <div className="va-zwischen">
        {fehler ? <Fehler fehler={fehler} nochmal={() => { void rechte.refetch(); void rollen.refetch(); }} /> : !rechte.data || !rollen.data ? <Laden /> : (
          <Tafel titel={s('titel')} titelVersteckt><div ref={wurzel} className="va-rechtematrix">
            <div className="va-listenkopf">
              <div className="va-listenkopf__suche"><Field type="search" label={s('suchen')} value={text} autoComplete="off" onChange={(e) => tippe(e.target.value)} /></div>
              <Select label={s('worum')} leer={s('alles')} wahl={gruppiere(alle).map((g) => ({ wert: g.ding, titel: g.ding }))} value={ding} onChange={(e) => setze('ding', e.target.value)} />
            </div>
            <p className="va-klein va-leise va-rechtematrix__hinweis">{s('hinweis')}</p>
            {passt.length ? <Tabelle titel={s('titel')} zeilen={passt} spalten={spaltenVon(rollen.data.eintraege, schmal)} schluessel={(r) => r.recht} /> : <Leer icon="suche">{s('keines')}</Leer>}
          </div></Tafel>
        )}
      </div>
    </Seite>
  );
}
