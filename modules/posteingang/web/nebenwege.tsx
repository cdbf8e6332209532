import { useState, type FormEvent, type ReactNode } from 'react';
import { useAuftrag } from '#platform/web/daten.ts';
import { Button, Fehler, Field, Rollen, Select, TextArea } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { useTaste } from '#platform/web/tasten.ts';
import { api, type Eingang } from '../contract.ts';
import { OeWahl } from './oe-wahl.tsx';
import { t } from './texte.ts';

const s = katalog({
  irrlaeufer: ['Irrläufer', 'Stray item'], zurueck: ['dorthin zurück, woher er kam', 'back to where it came from'], warum: ['Warum nicht hier', 'Why not here'], geben: ['Als Irrläufer geben', 'Pass on as stray'], gegeben: [(oe: string) => `Irrläufer an ${oe} gegeben`, (oe: string) => `Stray passed to ${oe}`],
  aussen: ['Nach außen weiterleiten', 'Send outside'], aussenKnopf: ['Nach außen …', 'Outside …'], aussenHilfe: ['Für Post, die eine andere Behörde oder Stelle angeht. Sie verlässt diese Akte-Führung; Nummer, Weg und Grund bleiben hier, der Inhalt bis zum Ablauf der Frist.', 'For post that concerns another authority. Number, way and reason stay here, the content until its period ends.'],
  empfaenger: ['Empfänger', 'Recipient'], versandweg: ['Weg', 'Way'], gesendet: [(n: string) => `${n} nach außen weitergeleitet`, (n: string) => `${n} sent outside`],
});
export type Nebenweg = 'weiterleiten' | 'irrlaeufer' | 'aussen' | 'zurueckweisen';
type Props = { e: Eingang; onZurueck(): void; onFertig(text: string): void };
const WEGE = ['Post', 'E-Mail', 'Behördenpostfach', 'De-Mail', 'Fax', 'Bote'];

function Rahmen({ titel, bereit, laeuft, fehler, los, onZurueck, children }: { titel: string; bereit: boolean; laeuft: boolean; fehler: unknown; los(): void; onZurueck(): void; children: ReactNode }) {
  const absenden = (ev?: FormEvent) => { ev?.preventDefault(); if (bereit && !laeuft) los(); };
  useTaste('Strg Eingabe', titel, () => absenden());
  return (
    <form onSubmit={absenden} onKeyDown={(ev) => { if (ev.key === 'Escape') onZurueck(); }}>
      <Rollen name={titel}><div className="va-ablage__ziel"><h3 className="va-h">{titel}</h3>{children}{fehler !== null && <Fehler kompakt fehler={fehler} />}</div></Rollen>
      <div className="va-fuss"><Button type="submit" art="haupt" taste="Strg Eingabe" laeuft={laeuft} disabled={!bereit}>{titel}</Button><div className="va-fuss__mehr"><Button art="leicht" klein onClick={onZurueck}>{t('abbrechen')}</Button></div></div>
    </form>
  );
}
const name = (o: { kennzeichen: string; bezeichnung: string }) => `${o.kennzeichen} ${o.bezeichnung}`;

function Weiterleiten({ e, onZurueck, onFertig }: Props) {
  const [oe, setOe] = useState('');
  const [bemerkung, setBemerkung] = useState('');
  const senden = useAuftrag(api.assignEingang, { nachher: ({ organisationseinheit: o }) => onFertig(t('weitergeleitet', name(o))) });
  return (
    <Rahmen titel={t('weiterleiten')} bereit={oe !== ''} laeuft={senden.laeuft} fehler={senden.fehler} onZurueck={onZurueck} los={() => senden.starten({ params: { id: e.id }, body: { organisationseinheitId: oe as never, ...(bemerkung.trim() && { bemerkung }) } })}>
      <OeWahl fokus label={t('an')} wert={oe} onWahl={setOe} /><TextArea label={t('hinweis')} freiwillig value={bemerkung} maxLength={1000} onChange={(ev) => setBemerkung(ev.target.value)} />
    </Rahmen>
  );
}
function Irrlaeufer({ e, onZurueck, onFertig }: Props) {
  const [oe, setOe] = useState('');
  const [grund, setGrund] = useState('');
  const senden = useAuftrag(api.sendIrrlaeufer, { nachher: ({ organisationseinheit: o }) => onFertig(s('gegeben', name(o))) });
  return (
    <Rahmen titel={s('geben')} bereit={grund.trim().length >= 3} laeuft={senden.laeuft} fehler={senden.fehler} onZurueck={onZurueck} los={() => senden.starten({ params: { id: e.id }, body: { grund, ...(oe && { organisationseinheitId: oe as never }) } })}>
      <TextArea autoFocus label={s('warum')} value={grund} maxLength={1000} onChange={(ev) => setGrund(ev.target.value)} /><OeWahl label={t('an')} leer={s('zurueck')} wert={oe} onWahl={setOe} />
    </Rahmen>
  );
}
function NachAussen({ e, onZurueck, onFertig }: Props) {
  const [f, setF] = useState({ empfaenger: '', versandweg: WEGE[0]!, grund: '' });
  const feld = (n: keyof typeof f) => ({ value: f[n], onChange: (ev: { target: { value: string } }) => setF({ ...f, [n]: ev.target.value }) });
  const senden = useAuftrag(api.sendEingang, { nachher: () => onFertig(s('gesendet', e.nummer)) });
  return (
    <Rahmen titel={s('aussen')} bereit={f.empfaenger.trim().length >= 2 && f.grund.trim().length >= 3} laeuft={senden.laeuft} fehler={senden.fehler} onZurueck={onZurueck} los={() => senden.starten({ params: { id: e.id }, body: f })}>
      <p className="va-klein va-leise">{s('aussenHilfe')}</p>
      <Field autoFocus label={s('empfaenger')} maxLength={500} {...feld('empfaenger')} /><Select label={s('versandweg')} wahl={WEGE.map((w) => ({ wert: w, titel: w }))} {...feld('versandweg')} /><TextArea label={t('grund')} maxLength={1000} {...feld('grund')} />
    </Rahmen>
  );
}
function Zurueckweisen({ e, onZurueck, onFertig }: Props) {
  const [grund, setGrund] = useState('');
  const senden = useAuftrag(api.cancelEingang, { nachher: () => onFertig(`${t('zurueckgewiesen')}: ${e.nummer}`) });
  return (
    <Rahmen titel={t('zurueckweisen')} bereit={grund.trim().length >= 3} laeuft={senden.laeuft} fehler={senden.fehler} onZurueck={onZurueck} los={() => senden.starten({ params: { id: e.id }, body: { grund } })}>
      <TextArea autoFocus label={t('grund')} value={grund} maxLength={1000} onChange={(ev) => setGrund(ev.target.value)} />
    </Rahmen>
  );
}
const formen = { weiterleiten: Weiterleiten, irrlaeufer: Irrlaeufer, aussen: NachAussen, zurueckweisen: Zurueckweisen };
export function Nebenform({ weg, ...props }: Props & { weg: Nebenweg }) { const Form = formen[weg]; return <Form {...props} />; }

/** What else can be done with it: by button, and by a letter each. */
export function NebenwegKnoepfe({ e, onWeg }: { e: Eingang; onWeg(weg: Nebenweg): void }) {
  const [verteilen, zurueckweisen] = [e.rechte.includes('eingang.verteilen'), e.rechte.includes('eingang.zurueckweisen')];
  useTaste('w', t('weiterleiten'), () => onWeg('weiterleiten'), { aktiv: verteilen });
  useTaste('i', t('irrlaeufer'), () => onWeg('irrlaeufer'), { aktiv: verteilen });
  useTaste('z', t('zurueckweisen'), () => onWeg('zurueckweisen'), { aktiv: zurueckweisen });
  return (
    <div className="va-fuss__mehr">
      {verteilen && <><Button art="leicht" klein onClick={() => onWeg('weiterleiten')}>{t('weiterleiten')}</Button><Button art="leicht" klein onClick={() => onWeg('irrlaeufer')}>{s('irrlaeufer')}</Button></>}
      {zurueckweisen && <><Button art="leicht" klein onClick={() => onWeg('aussen')}>{s('aussenKnopf')}</Button><Button art="leicht" klein onClick={() => onWeg('zurueckweisen')}>{t('zurueckweisen')} …</Button></>}
    </div>
  );
}
