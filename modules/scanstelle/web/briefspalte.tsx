import { useEffect, useState, type RefObject } from 'react';
import { Link } from 'react-router';
import { api as ablage } from '#modules/ablage/contract.ts';
import { OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import { call, upload } from '#platform/web/client.ts';
import { Aktenzeichen, Badge, Button, Fehler, Field, Hinweis, Rollen } from '#platform/web/kern/index.ts';
import { DateiKnopf } from '#platform/web/upload/index.ts';
import { useQueryClient } from '@tanstack/react-query';
import { api, type Brief, type Seite, type Stapel } from '../contract.ts';
import { Abschluss } from './abschluss.tsx';
import type { Schritte, Tun } from './pruefung.ts';
import { t } from './texte.ts';

type Props = { stapel: Stapel; seite: Seite; schritte: Schritte; tun: Tun; offen: boolean; betreffFeld: RefObject<HTMLInputElement | null>; onSeite(s: Seite | undefined): void };

/** The letter of the page that is looked at, what still has to be done, and the way on. */
export function Briefspalte({ stapel, seite, schritte, tun, offen, betreffFeld, onSeite }: Props) {
  const nummer = stapel.briefliste.findIndex((b) => b.id === seite.briefId) + 1;
  const brief = stapel.briefliste[nummer - 1];
  const erste = (briefId: string | null) => onSeite(stapel.seitenliste.find((s) => s.briefId === briefId && s.status === 'da'));
  return (
    <section className="va-scan__spalte va-spalte" aria-labelledby="scan-brief">
      <div className="va-stapel"><h2 className="va-h" id="scan-brief">{brief ? t('briefVon', nummer, stapel.briefliste.length) : t('keinBrief')}</h2></div>
      <Rollen name={t('briefe')}>
        {brief && <Angaben key={brief.id} brief={brief} schritte={schritte} offen={offen} betreffFeld={betreffFeld} />}
        {brief && offen && <Urteil brief={brief} tun={tun} />}
        {brief?.eingang && <p className="va-scan__zeile"><Link to={`/posteingang/${brief.eingang.id}`}>{t('zumEingang')}</Link></p>}
        {stapel.offen.length > 0 && <div className="va-scan__offen"><p className="va-stark">{t('offen', stapel.offen.length)}</p><ul>{stapel.offen.slice(0, 30).map((o, i) => (
          <li key={i}>{o.briefId ? <button type="button" className="va-linkknopf" onClick={() => erste(o.briefId)}>{t('brief', stapel.briefliste.findIndex((b) => b.id === o.briefId) + 1)}</button> : null} <span>{o.text}</span></li>
        ))}</ul>{stapel.offen.some((o) => o.art === 'nachscan' || o.art === 'nachscan_passt_nicht') && offen && <Nachscan stapel={stapel} />}</div>}
        {schritte.fehler !== undefined && <Fehler kompakt fehler={schritte.fehler} />}
      </Rollen>
      <Abschluss stapel={stapel} schritte={schritte} />
    </section>
  );
}

function Angaben({ brief, schritte, offen, betreffFeld }: { brief: Brief; schritte: Schritte; offen: boolean; betreffFeld: RefObject<HTMLInputElement | null> }) {
  const [betreff, setBetreff] = useState(brief.betreff), [absender, setAbsender] = useState(brief.absender);
  useEffect(() => { setBetreff(brief.betreff); setAbsender(brief.absender); }, [brief.betreff, brief.absender]);
  const sichere = (feld: 'betreff' | 'absender', wert: string) => { if (wert.trim() !== brief[feld]) void schritte.schritt({ art: 'brief', briefId: brief.id, [feld]: wert }); };
  return (
    <div className="va-scan__felder">
      {brief.hinweise.length > 0 && <Hinweis ton="warnung" aktion={offen && <Button klein onClick={() => void schritte.schritt({ art: 'brief', briefId: brief.id, hinweiseErledigt: true })}>{t('hinweisErledigt')}</Button>}>{brief.hinweise.map((h, i) => <p key={i}>{h.text}</p>)}</Hinweis>}
      <Field ref={betreffFeld} label={t('betreff')} placeholder={t('ausDatei')} maxLength={500} value={betreff} readOnly={!offen} onChange={(e) => setBetreff(e.target.value)} onBlur={() => sichere('betreff', betreff)} />
      <Field label={t('absender')} maxLength={500} value={absender} readOnly={!offen} onChange={(e) => setAbsender(e.target.value)} onBlur={() => sichere('absender', absender)} />
      <OrganisationseinheitWahl label={t('korb')} leer={t('korbDesStapels')} value={brief.organisationseinheit?.id ?? ''} disabled={!offen} onChange={(e) => void schritte.schritt({ art: 'brief', briefId: brief.id, organisationseinheitId: (e.target.value || null) as never })} />
      {brief.ziel && <div className="va-scan__ziel"><span className="va-klein va-leise">{t('ziel')}</span><span>{brief.ziel.kennzeichen ? <><Aktenzeichen wert={brief.ziel.kennzeichen} /> {brief.ziel.betreff}</> : t('zielUnsichtbar')}</span>{offen && <Button klein art="leicht" icon="weg" onClick={() => void schritte.schritt({ art: 'brief', briefId: brief.id, ziel: null })}>{t('zielWeg')}</Button>}</div>}
    </div>
  );
}

function Urteil({ brief, tun }: { brief: Brief; tun: Tun }) {
  const [mangel, setMangel] = useState<string>();
  return (
    <div className="va-scan__urteil">
      {brief.ergebnis && <p>{brief.ergebnis === 'in_ordnung' ? <Badge ton="gut">{t('gut')}</Badge> : <Badge ton="gefahr">{t('mangel')}</Badge>} {brief.bemerkung}</p>}
      {mangel === undefined ? <span className="va-reihe"><Button klein icon="haken" taste="o" onClick={() => tun.beurteile('in_ordnung')}>{t('inOrdnung')}</Button><Button klein art="leicht" icon="achtung" onClick={() => setMangel('')}>{t('mangel')}</Button></span>
        : <form className="va-scan__felder" onSubmit={(e) => { e.preventDefault(); tun.beurteile('mangel', mangel); setMangel(undefined); }}><Field label={t('mangelWas')} autoFocus maxLength={1000} value={mangel} onChange={(e) => setMangel(e.target.value)} /><Button klein type="submit">{t('mangel')}</Button></form>}
    </div>
  );
}

/** Pages scanned again take the places of those marked. */
function Nachscan({ stapel }: { stapel: Stapel }) {
  const client = useQueryClient();
  const [laeuft, setLaeuft] = useState(false);
  const [fehler, setFehler] = useState<unknown>();
  async function nimm([datei]: readonly File[]) {
    if (!datei) return;
    setLaeuft(true); setFehler(undefined);
    try {
      const { id } = await upload(ablage.uploadInhalt, {}, datei, {});
      await call(api.createStapeldateien, { params: { id: stapel.id }, body: { art: 'nachscan', inhaltIds: [id] }, idempotencyKey: crypto.randomUUID() });
      await client.invalidateQueries();
    } catch (e) { setFehler(e); } finally { setLaeuft(false); }
  }
  return <><DateiKnopf klein mehrere={false} accept=".pdf,.tif,.tiff,.jpg,.jpeg,.png" laeuft={laeuft} onDateien={(d) => void nimm(d)}>{t('nachscanHoch')}</DateiKnopf>{fehler !== undefined && <Fehler kompakt fehler={fehler} />}</>;
}
