import { useState } from 'react';
import { Link, Outlet, useLocation, useParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Button, Ergebnis, Fehler, Laden, Seite } from '#platform/web/kern/index.ts';
import { Schutz } from '#platform/web/schale/fehlerseite.tsx';
import { useSchmal } from '#platform/web/schmal.ts';
import { datum } from '#platform/web/zeit.ts';
import { api, type Dokument } from '../contract.ts';
import { Stand } from './inhalt.tsx';
import { Objektkopf, StornoHinweis, type Objekt } from './rahmen.tsx';
import { BLEIBT, GrundDialog, useGesehen } from './teile.tsx';
import { artwort, t } from './texte.ts';
import { DokumentVerschieben } from './verschieben.tsx';
import { Dokumentansicht } from './vorschau.tsx';

/** A Dokument: read at the left, its details, versions and Anlagen at the right; on narrow screens one after the other, each in its tab. */
export function Component() {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const { data: d, error, refetch } = useAbfrage(api.getDokument, { params: { id: id as never } });
  useGesehen('dokument', d?.id);
  if (error) return <Fehler fehler={error} nochmal={() => void refetch()} />;
  if (!d) return <Laden />;
  const x: Objekt = { typ: 'dokument', o: d };
  return (
    <Seite fest key={d.id}>
      <div><Kopf d={d} x={x} /></div>
      <div className="va-zwei va-zwei--lesen" data-zeigt={/^\/dokumente\/[^/]+\/?$/.test(pathname) ? 'dokument' : 'daten'}>
        <Schutz><Dokumentansicht key={d.aktuelleVersion?.id ?? 'ohne'} d={d} /></Schutz>
        <div className="va-spalte va-rollen va-dokumentseite" tabIndex={0} role="region" aria-label={t('dokumentdaten')}><Outlet context={x} /></div>
      </div>
    </Seite>
  );
}

function Kopf({ d, x }: { d: Dokument; x: Objekt }) {
  const [dialog, setDialog] = useState<'verschieben' | 'finalisieren' | 'definalisieren'>();
  const [ergebnis, setErgebnis] = useState('');
  const zu = () => setDialog(undefined);
  const zurueckholen = useAuftrag(api.deleteStornoDokument);
  const hat = (recht: string) => d.rechte.includes(`dokument.${recht}`);
  const offen = !d.storniert;
  const basis = `/dokumente/${d.id}`;
  const schmal = useSchmal();
  const { pathname } = useLocation();
  return (
    <Objektkopf x={x} marken={<Stand d={d} />}
      hinweis={<><StornoHinweis x={x} zurueck={hat('stornieren') && <Button art="leicht" klein icon="zurueckholen" laeuft={zurueckholen.laeuft} onClick={() => zurueckholen.starten({ params: { id: d.id as never } })}>{t('stornoZuruecknehmen')}</Button>} />
        {zurueckholen.fehler !== null && <Fehler kompakt fehler={zurueckholen.fehler} />}{ergebnis && <Ergebnis>{t('verschoben', ergebnis)}</Ergebnis>}</>}
      daten={[
        { titel: t('art'), wert: [artwort(d.art), d.typ].filter(Boolean).join(', ') }, { titel: t('datum'), wert: datum(d.datum) }, { titel: t('vonAn'), wert: [...d.absender, ...d.empfaenger].join(', ') },
        { titel: t('bearbeitung'), wert: d.bearbeiter?.name, breit: true }, { titel: t('akte'), wert: d.akte && <Link to={`/akten/${d.akte.id}?dokument=${d.id}`}>{d.akte.aktenzeichen} {d.akte.betreff}</Link>, breit: true },
      ]}
      reiter={[
        ...(schmal ? [{ pfad: basis, titel: t('dokument'), ende: true }, { pfad: `${basis}/angaben`, titel: t('angaben') }] : [{ pfad: pathname === `${basis}/angaben` ? pathname : basis, titel: t('angaben'), ende: true }]), ...(hat('lesen') ? [{ pfad: `${basis}/fassungen`, titel: t('fassungen'), zahl: d.versionNummer ?? undefined }] : []),
        { pfad: `${basis}/anlagen`, titel: t('anlagen'), zahl: d.teile.length || undefined }, { pfad: `${basis}/beteiligte`, titel: t('beteiligte'), zahl: d.kontakte.length || undefined }, { pfad: `${basis}/verweise`, titel: t('verweise'), zahl: d.verweise.length || undefined },
      ]}
      aktionen={<>
        {offen && hat('verschieben') && <Button klein icon="verschieben" onClick={() => setDialog('verschieben')}>{t('verschieben')}</Button>}
        {offen && !d.finalisiert && !d.entwurf && d.aktuelleVersion && hat('finalisieren') && <Button klein icon="schloss" onClick={() => setDialog('finalisieren')}>{t('finalisieren')}</Button>}
      </>}
      menue={<>
        {offen && !d.finalisiert && hat('bearbeiten') && <li><Link to={`${basis}/bearbeiten`} state={BLEIBT}>{t('bearbeiten')}</Link></li>}
        {offen && d.finalisiert && hat('definalisieren') && <li><button type="button" onClick={() => setDialog('definalisieren')}>{t('definalisieren')} …</button></li>}
      </>}
      dialoge={<>
        {dialog === 'verschieben' && <DokumentVerschieben dokumente={[d]} offen onSchliessen={zu} onFertig={setErgebnis} />}
        <GrundDialog titel={t('finalisieren')} knopf={t('finalisieren')} ohneGrund text={t('finalText')} operation={api.closeDokument} offen={dialog === 'finalisieren'} onSchliessen={zu} input={() => ({ params: { id: d.id as never } })} />
        <GrundDialog titel={t('definalisieren')} knopf={t('definalisieren')} text={d.betreff} operation={api.reopenDokument} offen={dialog === 'definalisieren'} onSchliessen={zu} input={(grund) => ({ params: { id: d.id as never }, body: { grund } })} />
      </>} />
  );
}
