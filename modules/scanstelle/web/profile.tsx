import './scanstelle.css';
import { useState } from 'react';
import { OrganisationseinheitWahl } from '#modules/organisation/web/index.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Badge, Button, Checkbox, Ergebnis, Fehler, Field, Innen, Laden, Leer, Radios, Seite, Seitenkopf, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, Profileinstellungen, trennungen, type Profil } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({
  titel: ['Scanprofile', 'Scan profiles'], verwaltung: ['Verwaltung', 'Administration'], neu: ['Neues Profil', 'New profile'], leer: ['Noch kein Profil: Stapel laufen nach den Vorgaben (jeder Brief wird angesehen, Leerseiten werden entfernt, Patchcodes trennen).', 'No profile yet: batches follow the defaults (every letter is looked at, blank pages are taken out, patch codes separate).'],
  ordner: ['Unterordner des überwachten Ordners', 'Subfolder of the watched folder'], ordnerHinweis: ['Dateien darin sind Scans dieses Profils. Leer: nur zum Hochladen.', 'Files in it are scans of this profile. Empty: for uploads only.'], aktiv: ['Profil wird benutzt', 'Profile is in use'], aus: ['abgeschaltet', 'off'], trennung: ['Ein neuer Brief beginnt bei', 'A new letter begins at'], jeDatei: ['Jede Datei beginnt einen neuen Brief', 'Each file begins a new letter'], leerseiten: ['Leerseiten entfernen (das Bild bleibt erhalten)', 'Take out blank pages (the picture is kept)'], ausrichten: ['Seiten drehen und gerade richten', 'Turn and straighten pages'],
  stichprobe: ['Welche Briefe eine Person ansehen muss', 'Which letters a person must look at'], alle: ['alle', 'all'], anteil: ['eine Stichprobe; das System zieht sie', 'a sample; the system draws it'], keine: ['keine', 'none'], prozent: ['Anteil in Prozent, mindestens ein Brief', 'Share in per cent, one letter at least'], vierAugen: ['Wer gescannt hat, darf nicht übernehmen', 'Whoever scanned may not release'], manifest: ['Dateien im Ordner warten auf ein Manifest', 'Files in the folder wait for a manifest'], speichern: ['Speichern', 'Save'], meinKorb: ['Korb dessen, der scannt', 'basket of whoever scans'], anlegen: ['Profil anlegen', 'Create profile'], gespeichert: ['Gespeichert', 'Saved'], waehle: ['Bearbeiten', 'Edit'],
  prozentKurz: [(n: number) => `Stichprobe ${n} %`, (n: number) => `sample ${n} %`],
});
const trennungsname = katalog({ leerseite: ['Leerseite', 'blank page'], patch: ['Patchcode', 'patch code'], qr: ['QR-Code', 'QR code'], code128: ['Code 128', 'Code 128'], datamatrix: ['DataMatrix', 'DataMatrix'] });
type Werte = { bezeichnung: string; ordner: string; oe: string; aktiv: boolean; einstellungen: Profileinstellungen };
const werteVon = (p: Profil | undefined): Werte => ({ bezeichnung: p?.bezeichnung ?? '', ordner: p?.ordner ?? '', oe: p?.organisationseinheit?.id ?? '', aktiv: p?.aktiv ?? true, einstellungen: p?.einstellungen ?? Profileinstellungen.parse({}) });

/** What is done with a scan of each kind. */
export function Component() {
  const { data, error, refetch } = useAbfrage(api.listProfile, {});
  const [offen, setOffen] = useState<string>();
  return (
    <Seite>
      <Seitenkopf titel={s('titel')} zurueck={{ pfad: '/verwaltung', titel: s('verwaltung') }} aktionen={<Button icon="plus" onClick={() => setOffen('neu')}>{s('neu')}</Button>} />
      <div className="va-mitte">
        {error ? <Fehler fehler={error} nochmal={() => void refetch()} /> : !data ? <Laden /> : <>
          {offen === 'neu' && <Tafel titel={s('neu')}><Innen><Bearbeiten profil={undefined} onFertig={() => setOffen(undefined)} /></Innen></Tafel>}
          {data.eintraege.length === 0 && offen !== 'neu' && <Leer icon="seiten">{s('leer')}</Leer>}
          {data.eintraege.map((p) => (
            <Tafel key={p.id} titel={p.bezeichnung} zahl={p.aktiv ? undefined : <Badge>{s('aus')}</Badge>} aktionen={<Button klein art="leicht" icon="stift" aria-expanded={offen === p.id} onClick={() => setOffen(offen === p.id ? undefined : p.id)}>{s('waehle')}</Button>}>
              <Innen>{offen === p.id ? <Bearbeiten key={p.version} profil={p} onFertig={() => {}} />
                : <p className="va-leise">{[...p.einstellungen.trennung.map((w) => trennungsname(w)), p.einstellungen.stichprobe.art === 'anteil' ? s('prozentKurz', p.einstellungen.stichprobe.prozent) : `${s('stichprobe')}: ${s(p.einstellungen.stichprobe.art)}`, p.ordner && `${s('ordner')}: ${p.ordner}`].filter(Boolean).join(' · ')}</p>}</Innen>
            </Tafel>
          ))}
        </>}
      </div>
    </Seite>
  );
}

function Bearbeiten({ profil, onFertig }: { profil: Profil | undefined; onFertig(): void }) {
  const [w, setW] = useState(() => werteVon(profil));
  const anlegen = useAuftrag(api.createProfil, { nachher: onFertig }), aendern = useAuftrag(api.updateProfil);
  const e = w.einstellungen, setze = (neu: Partial<Profileinstellungen>) => setW({ ...w, einstellungen: { ...e, ...neu } });
  const body = { bezeichnung: w.bezeichnung, ordner: w.ordner.trim() || null, organisationseinheitId: (w.oe || null) as never, einstellungen: e };
  const los = () => (profil ? aendern.starten({ params: { id: profil.id }, ifMatch: profil.version, body: { ...body, aktiv: w.aktiv } }) : anlegen.starten({ body }));
  const fehler = profil ? aendern.fehler : anlegen.fehler;
  return (
    <form className="va-scan__profil" onSubmit={(ev) => { ev.preventDefault(); los(); }}>
      <div className="va-formular__felder">
        <Field label={t('bezeichnung')} required maxLength={100} value={w.bezeichnung} onChange={(ev) => setW({ ...w, bezeichnung: ev.target.value })} />
        <OrganisationseinheitWahl label={t('korb')} leer={s('meinKorb')} value={w.oe} onChange={(ev) => setW({ ...w, oe: ev.target.value })} />
        <Field label={s('ordner')} hinweis={s('ordnerHinweis')} freiwillig maxLength={60} value={w.ordner} onChange={(ev) => setW({ ...w, ordner: ev.target.value })} />
      </div>
      <fieldset className="va-radios"><legend>{s('trennung')}</legend>{trennungen.map((art) => <Checkbox key={art} label={trennungsname(art)} checked={e.trennung.includes(art)} onChange={(an) => setze({ trennung: an ? [...e.trennung, art] : e.trennung.filter((x) => x !== art) })} />)}</fieldset>
      <Checkbox label={s('jeDatei')} checked={e.jeDatei} onChange={(jeDatei) => setze({ jeDatei })} />
      <Checkbox label={s('leerseiten')} checked={e.leerseitenEntfernen} onChange={(leerseitenEntfernen) => setze({ leerseitenEntfernen })} />
      <Checkbox label={s('ausrichten')} checked={e.ausrichten} onChange={(ausrichten) => setze({ ausrichten })} />
      <Radios titel={s('stichprobe')} name={`stichprobe-${profil?.id ?? 'neu'}`} wert={e.stichprobe.art} wahl={(['alle', 'anteil', 'keine'] as const).map((wert) => ({ wert, titel: s(wert) }))} onChange={(art) => setze({ stichprobe: { ...e.stichprobe, art: art as 'alle' } })} />
      {e.stichprobe.art === 'anteil' && <Field type="number" min={1} max={100} label={s('prozent')} value={e.stichprobe.prozent} onChange={(ev) => setze({ stichprobe: { art: 'anteil', prozent: Number(ev.target.value) } })} />}
      <Checkbox label={s('vierAugen')} checked={e.vierAugen} onChange={(vierAugen) => setze({ vierAugen })} />
      <Checkbox label={s('manifest')} checked={e.manifestPflicht} onChange={(manifestPflicht) => setze({ manifestPflicht })} />
      {profil && <Checkbox label={s('aktiv')} checked={w.aktiv} onChange={(aktiv) => setW({ ...w, aktiv })} />}
      {fehler !== null && <Fehler kompakt fehler={fehler} />}
      <span className="va-reihe"><Button type="submit" art="haupt" disabled={!w.bezeichnung.trim()} laeuft={anlegen.laeuft || aendern.laeuft}>{profil ? s('speichern') : s('anlegen')}</Button>{aendern.ergebnis && <Ergebnis>{s('gespeichert')}</Ergebnis>}</span>
    </form>
  );
}
