import { Link } from 'react-router';
import { Badge, ButtonDownload, ButtonLink, Datum, Leer, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { downloadUrl } from '#platform/web/client.ts';
import { katalog, zahl } from '#platform/web/text.ts';
import { Liste, useListe } from '#platform/web/liste/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { heute } from '#platform/web/zeit.ts';
import { api, type Aktenplan } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Neue Fassung', 'New version'], bezeichnung: ['Bezeichnung', 'Name'], fassung: ['Fassung', 'Version'], von: ['gilt von', 'valid from'], bis: ['gilt bis', 'valid until'], einheiten: ['Einheiten', 'Units'], ebenen: ['Ebenen', 'Levels'], stand: ['Stand', 'State'],
  gilt: ['gilt heute', 'holds today'], entwurf: ['Entwurf', 'draft'], kuenftig: ['künftig', 'future'], beendet: ['beendet', 'ended'], aktionen: ['Aktionen', 'Actions'], leer: ['Noch gibt es keinen Aktenplan.', 'There is no filing plan yet.'], offen: ['offen', 'open'],
});
const stand = (p: Aktenplan) => (p.gueltig ? s('gilt') : p.gueltigVon === null ? s('entwurf') : p.gueltigVon > heute() ? s('kuenftig') : s('beendet'));

/** All versions of the plan; exactly one holds on any day. */
export function Component() {
  const { darf } = useSitzung();
  const liste = useListe(api.listAktenplaene);
  const neu = darf('aktenplan.verwalten') && <ButtonLink art="haupt" klein icon="plus" to="/verwaltung/aktenplan/neu">{liste.gesamt === 0 ? t('planAnlegen') : s('neu')}</ButtonLink>;
  return (
    <Seite>
      <Seitenkopf titel={t('aktenplaene')} zurueck={{ pfad: '/aktenplan', titel: t('aktenplan') }} aktionen={liste.gesamt ? neu : undefined} />
      <div className="va-zwischen">
        <Tafel titel={t('aktenplaene')} titelVersteckt>
          <Liste<Aktenplan> titel={t('aktenplaene')} liste={liste} idVon={(p) => p.id} dateiname="aktenplaene" leer={<Leer icon="plan" aktion={neu}>{s('leer')}</Leer>} spalten={[
            { name: 'bezeichnung', titel: s('bezeichnung'), kopf: true, sort: 'bezeichnung', schmal: 'voll', zelle: (p) => <Link className="va-betreff va-stark" to={`/verwaltung/aktenplan/${p.id}`}>{p.bezeichnung}</Link>, text: (p) => p.bezeichnung },
            { name: 'fassung', titel: s('fassung'), zelle: (p) => p.versionsbezeichnung, text: (p) => p.versionsbezeichnung },
            { name: 'stand', titel: s('stand'), zelle: (p) => <Badge ton={p.gueltig ? 'gut' : 'neutral'}>{stand(p)}</Badge>, text: stand },
            { name: 'von', titel: s('von'), sort: 'gueltigVon', zelle: (p) => (p.gueltigVon ? <Datum wert={p.gueltigVon} /> : '–'), text: (p) => p.gueltigVon },
            { name: 'bis', titel: s('bis'), schmal: 'weg', zelle: (p) => (p.gueltigBis ? <Datum wert={p.gueltigBis} /> : s('offen')), text: (p) => p.gueltigBis },
            { name: 'einheiten', titel: s('einheiten'), zahl: true, schmal: 'weg', zelle: (p) => zahl(p.einheiten), text: (p) => p.einheiten },
            { name: 'ebenen', titel: s('ebenen'), schmal: 'weg', zelle: (p) => p.ebenen.join(', '), text: (p) => p.ebenen.join(', ') },
            { name: 'aktionen', titel: s('aktionen'), zelle: (p) => <span className="va-reihe"><ButtonLink klein icon="export" to={`/verwaltung/aktenplan/${p.id}/import`} aria-label={`${t('importieren')}: ${p.bezeichnung} ${p.versionsbezeichnung}`}>{t('importieren')}</ButtonLink><ButtonDownload art="leicht" klein nurIcon href={downloadUrl(api.exportAktenplan, { params: { id: p.id } })}>{`${t('exportieren')}: ${p.bezeichnung} ${p.versionsbezeichnung}`}</ButtonDownload></span>, schmal: 'voll' },
          ]} />
        </Tafel>
      </div>
    </Seite>
  );
}
