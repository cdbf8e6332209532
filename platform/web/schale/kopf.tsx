import { Suspense, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Button } from '../kern/button.tsx';
import { Dialog, Menue } from '../kern/menue.tsx';
import { Icon } from '../kern/icon.tsx';
import { Kuerzel, Person } from '../kern/text.tsx';
import { useSitzung, useSlot } from '../sitzung.tsx';
import { useTaste, useTastenliste } from '../tasten.ts';
import { katalog } from '../text.ts';
import { Schutz } from './fehlerseite.tsx';
import { useNavigation } from './leiste.tsx';
import { Marke } from './marke.tsx';

const t = katalog({
  suche: ['Suche in allen Akten', 'Search all files'], suchen: ['Suchen', 'Search'],
  hilfe: ['Hilfe und Tasten', 'Help and keys'], tasten: ['Tasten', 'Keys'], taste: ['Taste', 'Key'], wirkung: ['Wirkung', 'Effect'],
  aus: ['Einzelne Buchstaben sind ausgeschaltet (Darstellung).', 'Single letters are switched off (display settings).'],
  ueberall: ['Überall', 'Everywhere'], seite: ['Auf dieser Seite', 'On this page'], gehezu: [(wohin: string) => `zu ${wohin}`, (wohin: string) => `to ${wohin}`],
  konto: [', mein Konto', ', my account'], darstellung: ['Darstellung: hell, dunkel, Dichte', 'Display: light, dark, density'], abmelden: ['Abmelden', 'Log out'],
  fuer: [(wen: string) => `Für ${wen} arbeiten`, (wen: string) => `Work for ${wen}`],
  mandant: [', Mandant wechseln', ', change authority'], start: ['Verbundakte, zum Schreibtisch', 'Verbundakte, to the desk'],
});

function Suchfeld() {
  const [suche] = useSlot('kopf.suche');
  const navigate = useNavigate();
  const [frage] = useSearchParams();
  const feld = useRef<HTMLInputElement>(null);
  useTaste('/', t('suchen'), () => { feld.current?.focus(); feld.current?.select(); }, { ort: 'ueberall', aktiv: suche !== undefined });
  if (!suche) return <span />;
  const q = frage.get('q') ?? '';
  return (
    <form className="va-suchfeld" role="search" onSubmit={(e) => { e.preventDefault(); const wert = feld.current?.value.trim(); if (wert) void navigate(`${suche.pfad}?${new URLSearchParams({ q: wert })}`); }}>
      <Icon name="suche" />
      <label className="kern-sr-only" htmlFor="va-q">{t('suche')}</label>
      <input id="va-q" key={q} ref={feld} name="q" type="search" placeholder={suche.platzhalter()} defaultValue={q} autoComplete="off" enterKeyHint="search" />
      <kbd className="va-nurbreit" aria-hidden="true">/</kbd>
    </form>
  );
}

function Mandanten() {
  const { ich, wechsleMandant } = useSitzung();
  const andere = ich.mandanten.filter((m) => m.id !== ich.mandant.id);
  if (andere.length === 0) return <span className="va-mandant va-nurbreit"><Kuerzel mandant={ich.mandant} /><span>{ich.mandant.name}</span></span>;
  return (
    <Menue className="va-nurbreit" knopf={<><Kuerzel mandant={ich.mandant} /><span aria-hidden="true">{ich.mandant.name}</span><span className="kern-sr-only">{t('mandant')}</span></>}>
      {ich.mandanten.map((m) => <li key={m.id}><button type="button" aria-current={m.id === ich.mandant.id || undefined} onClick={() => { if (m.id !== ich.mandant.id) void wechsleMandant(m.id); }}><Kuerzel mandant={m} /><span aria-hidden="true">{m.name}</span>{m.id === ich.mandant.id && <Icon name="haken" klein />}</button></li>)}
    </Menue>
  );
}

function Tastenhilfe() {
  const [offen, setOffen] = useState(false);
  const liste = useTastenliste();
  useTaste('?', t('hilfe'), () => setOffen(true), { ort: 'ueberall' });
  const gruppe = (ort: 'ueberall' | 'seite') => [...new Map(liste.filter((b) => b.ort === ort).map((b) => [b.taste, b])).values()];
  return (
    <>
      <Button art="leicht" nurIcon icon="hilfe" className="va-nurbreit" taste="?" onClick={() => setOffen(true)}>{t('hilfe')}</Button>
      <Dialog titel={t('tasten')} offen={offen} onSchliessen={() => setOffen(false)} nurLesen>
        {(['seite', 'ueberall'] as const).map((ort) => gruppe(ort).length > 0 && (
          <table className="va-tabelle" key={ort}>
            <caption className="va-h3">{t(ort)}</caption>
            <thead className="kern-sr-only"><tr><th scope="col">{t('taste')}</th><th scope="col">{t('wirkung')}</th></tr></thead>
            <tbody>{gruppe(ort).map((b) => <tr key={b.taste}><td className="va-b-8">{b.taste.split(' ').map((k) => <kbd key={k}>{k}</kbd>)}</td><td>{b.titel}</td></tr>)}</tbody>
          </table>
        ))}
      </Dialog>
    </>
  );
}

function Konto() {
  const { ich, abmelden, wechsleMandant } = useSitzung();
  const { unten } = useNavigation();
  const eintraege = useSlot('konto.eintrag');
  return (
    <Menue rechts knopf={<><Person kurz={ich.kurz} /><span className="va-nurbreit" aria-hidden="true">{ich.name}</span><span className="kern-sr-only">{ich.name}{t('konto')}</span></>}>
      {ich.vertritt.map((v) => <li key={v.id}><a href={`/fuer/${v.id}`}><Icon name="personen" klein />{t('fuer', v.name)}</a></li>)}
      {unten.map((e) => <li key={e.pfad} className="va-nurschmal"><Link to={e.pfad}><Icon name={e.icon} klein />{e.titel()}</Link></li>)}
      {ich.mandanten.filter((m) => m.id !== ich.mandant.id).map((m) => <li key={m.id} className="va-nurschmal"><button type="button" onClick={() => void wechsleMandant(m.id)}><Kuerzel mandant={m} /><span aria-hidden="true">{m.name}</span></button></li>)}
      {eintraege.map((e) => <li key={e.pfad}><Link to={e.pfad}>{e.titel()}</Link></li>)}
      <li><Link to="/darstellung">{t('darstellung')}</Link></li>
      <li><button type="button" onClick={() => void abmelden()}>{t('abmelden')}</button></li>
    </Menue>
  );
}

export function Kopf() {
  const { ich } = useSitzung();
  const navigate = useNavigate();
  const rechts = useSlot('kopf.rechts');
  const { haupt, unten } = useNavigation();
  return (
    <header className="va-kopf">
      <div className="va-kopf__links">
        <Link className="va-wort" to="/" aria-label={t('start')}><Marke /><span>Verbundakte</span></Link>
        <span className="va-trenn va-nurbreit" />
        <Mandanten />
      </div>
      <Suchfeld />
      <div className="va-kopf__rechts">
        {rechts.map(({ Inhalt }, i) => <Schutz key={i}><Suspense><Inhalt /></Suspense></Schutz>)}
        <Tastenhilfe />
        {[...haupt, ...unten].map((e) => e.taste && <Sprungtaste key={e.pfad} taste={`g ${e.taste}`} titel={t('gehezu', e.titel())} tun={() => void navigate(e.pfad)} />)}
        <span className="va-nurschmal"><Kuerzel mandant={ich.mandant} /></span>
        <Konto />
      </div>
    </header>
  );
}
function Sprungtaste({ taste, titel, tun }: { taste: string; titel: string; tun(): void }) {
  useTaste(taste, titel, tun, { ort: 'ueberall' });
  return null;
}
