import { useState } from 'react';
import { api } from '#modules/ablage/contract.ts';
import type { Answer } from '#platform/contract.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Angaben, Badge, Button, Dialog, Fehler, Hinweis, Innen, Laden, Tabelle, Tafel, TextArea, Zeit } from '#platform/web/kern/index.ts';
import { groesse, katalog, mehrzahl, zahl } from '#platform/web/text.ts';

const t = katalog({
  titel: ['Virenschutz', 'Virus protection'], keiner: ['Kein Virenscanner eingerichtet', 'No virus scanner configured'], keinerText: ['Was eintrifft, wird nicht geprüft und ist für alle zu öffnen, die es lesen dürfen. Eingerichtet wird er mit CLAMD_URL.', 'What arrives is not scanned and can be opened by whoever may read it. CLAMD_URL configures one.'],
  gut: ['Nichts gefunden, nichts wartet.', 'Nothing found, nothing waits.'], gefunden: [(n: number) => mehrzahl(n, 'Datei mit Schadsoftware verwahrt', 'Dateien mit Schadsoftware verwahrt'), (n: number) => mehrzahl(n, 'file with malware kept', 'files with malware kept')], gefundenText: ['Niemand kann sie öffnen. Vernichten Sie sie mit Grund, oder beantragen Sie bei einem Fehlalarm die Freigabe; eine zweite Person gibt frei.', 'Nobody can open them. Destroy them with a reason, or, if it is a false alarm, request the release; a second person grants it.'],
  unerreichbar: [(n: number) => `clamd ist nicht erreichbar: ${mehrzahl(n, 'Datei wartet', 'Dateien warten')}`, (n: number) => `clamd cannot be reached: ${mehrzahl(n, 'file waits', 'files wait')}`], zu_gross: [(n: number) => `Größer als StreamMaxLength von clamd: ${mehrzahl(n, 'Datei', 'Dateien')}`, (n: number) => `Larger than clamd’s StreamMaxLength: ${mehrzahl(n, 'file', 'files')}`], fehler: [(n: number) => `Ließ sich nicht prüfen: ${mehrzahl(n, 'Datei', 'Dateien')}`, (n: number) => `Could not be scanned: ${mehrzahl(n, 'file', 'files')}`],
  ausfall: ['Ohne Prüfung', 'Without a scan'], warten: ['öffnet niemand etwas', 'nobody opens anything'], freigeben: ['lässt es sich öffnen, mit Vermerk', 'it can be opened, which is noted'], wartet: ['Wartet auf Prüfung', 'Waits for a scan'], sauber: ['Geprüft und sauber', 'Scanned and clean'], ungeprueft: ['Ungeprüft', 'Not scanned'], offen: ['Ungeprüft geöffnet', 'Opened without a scan'],
  datei: ['Datei', 'File'], ohneNamen: ['noch nicht abgelegt', 'not filed yet'], fund: ['Fund', 'Finding'], wann: ['Gefunden', 'Found'], stand: ['Stand', 'State'], verwahrt: ['verwahrt', 'kept'], freigegeben: ['freigegeben', 'released'], vernichtet: ['vernichtet', 'destroyed'], antragVon: [(wer: string, grund: string) => `Freigabe beantragt von ${wer}: ${grund}`, (wer: string, grund: string) => `Release requested by ${wer}: ${grund}`], vonWem: [(wer: string, grund: string) => `${wer}: ${grund}`, (wer: string, grund: string) => `${wer}: ${grund}`],
  beantragen: ['Freigabe beantragen', 'Request release'], freigebenKnopf: ['Freigeben', 'Release'], vernichten: ['Vernichten', 'Destroy'], grund: ['Grund', 'Reason'], beantragenText: ['Die Datei bleibt verwahrt, bis eine zweite Person freigibt.', 'The file stays kept until a second person releases it.'], freigebenText: ['Danach kann sie öffnen, wer sie lesen darf.', 'After that whoever may read it can open it.'], vernichtenText: ['Der Inhalt ist danach weg und lässt sich nicht wiederherstellen. Was zu ihm vermerkt ist, bleibt.', 'The content is gone after that and cannot be brought back. What is noted of it stays.'],
});
type Stand = Answer<typeof api.getQuarantaene>;
type Eintrag = Stand['eintraege'][number];
type Tat = 'beantragen' | 'freigeben' | 'vernichten';
const texte = { beantragen: ['beantragen', 'beantragenText'], freigeben: ['freigebenKnopf', 'freigebenText'], vernichten: ['vernichten', 'vernichtenText'] } as const;

/** Whether there is a scanner, what waits for it, what it found, and what is decided about that. */
export function Virenschutz() {
  const { data, error, refetch } = useAbfrage(api.getQuarantaene, {}, { alle: 10_000 });
  const [frage, setFrage] = useState<{ eintrag: Eintrag; tat: Tat }>();
  if (error) return <Tafel titel={t('titel')}><Innen><Fehler kompakt fehler={error} nochmal={() => void refetch()} /></Innen></Tafel>;
  if (!data) return <Tafel titel={t('titel')}><Laden /></Tafel>;
  const verwahrt = data.eintraege.filter((e) => e.befund === 'gefunden').length;
  return (
    <Tafel titel={t('titel')}>
      <Innen>
        {!data.eingerichtet && <Hinweis ton="warnung" titel={t('keiner')}>{t('keinerText')}</Hinweis>}
        {data.eingerichtet && data.hindernisse.map(({ hindernis, anzahl }) => <Hinweis key={hindernis} ton="warnung">{t(hindernis, anzahl)}</Hinweis>)}
        {verwahrt > 0 ? <Hinweis ton="gefahr" titel={t('gefunden', verwahrt)}>{t('gefundenText')}</Hinweis> : data.eingerichtet && data.wartet + data.offen === 0 && <Hinweis ton="gut">{t('gut')}</Hinweis>}
        <Angaben daten={[
          ...(data.ausfall ? [{ titel: t('ausfall'), wert: t(data.ausfall) }, { titel: t('wartet'), wert: zahl(data.wartet) }, { titel: t('sauber'), wert: zahl(data.sauber) }] : []),
          ...(data.offen ? [{ titel: t('offen'), wert: zahl(data.offen) }] : []), { titel: t('ungeprueft'), wert: zahl(data.ungeprueft) },
        ]} />
      </Innen>
      {data.eintraege.length > 0 && <Tabelle<Eintrag> titel={t('titel')} zeilen={data.eintraege} schluessel={(e) => e.id} spalten={[
        { name: 'datei', titel: t('datei'), kopf: true, schmal: 'voll', zelle: (e) => <>{e.dateinamen.join(', ') || t('ohneNamen')}<br /><span className="va-klein va-leise va-betrieb-ort">{groesse(e.groesse)} · {e.sha256}</span></> },
        { name: 'fund', titel: t('fund'), zelle: (e) => e.schadsoftware },
        { name: 'stand', titel: t('stand'), schmal: 'voll', zelle: (e) => <><Badge ton={e.befund === 'gefunden' ? 'gefahr' : 'neutral'}>{t(e.befund === 'gefunden' ? 'verwahrt' : e.befund)}</Badge>{(e.entschieden ?? e.antrag) && <><br /><span className="va-klein va-leise">{e.entschieden ? t('vonWem', e.entschieden.von, e.entschieden.grund) : t('antragVon', e.antrag!.von, e.antrag!.grund)}</span></>}</> },
        { name: 'wann', titel: t('wann'), zahl: true, zelle: (e) => <Zeit wert={e.gefunden} /> },
        { name: 'tun', titel: '', schmal: 'voll', zelle: (e) => <span className="va-reihe">{(['beantragen', 'freigeben', 'vernichten'] as const).filter((tat) => e.rechte.includes(tat)).map((tat) => <Button key={tat} klein onClick={() => setFrage({ eintrag: e, tat })}>{t(texte[tat][0])}</Button>)}</span> },
      ]} />}
      {frage && <Frage {...frage} onSchliessen={() => setFrage(undefined)} />}
    </Tafel>
  );
}

function Frage({ eintrag: { id, schadsoftware, dateinamen, antrag }, tat, onSchliessen }: { eintrag: Eintrag; tat: Tat; onSchliessen(): void }) {
  const [grund, setGrund] = useState('');
  const nachher = { nachher: onSchliessen };
  const beantragen = useAuftrag(api.requestFreigabeInhalt, nachher), freigeben = useAuftrag(api.grantFreigabeInhalt, nachher), vernichten = useAuftrag(api.deleteVerwahrtes, nachher);
  const auftrag = { beantragen, freigeben, vernichten }[tat];
  const tun = () => (tat === 'freigeben' ? freigeben.starten({ params: { id } }) : (tat === 'beantragen' ? beantragen : vernichten).starten({ params: { id }, body: { grund } }));
  return (
    <Dialog titel={`${t(texte[tat][0])}: ${dateinamen[0] ?? schadsoftware}`} offen onSchliessen={onSchliessen} aktion={<Button art="haupt" laeuft={auftrag.laeuft} disabled={tat !== 'freigeben' && grund.trim().length < 3} onClick={tun}>{t(texte[tat][0])}</Button>}>
      <p>{t(texte[tat][1])}</p>
      {tat === 'freigeben' ? antrag && <p className="va-leise">{t('antragVon', antrag.von, antrag.grund)}</p> : <TextArea label={t('grund')} value={grund} maxLength={1000} onChange={(e) => setGrund(e.target.value)} />}
      {auftrag.fehler !== null && <Fehler kompakt fehler={auftrag.fehler} />}
    </Dialog>
  );
}
