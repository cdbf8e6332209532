import './schriftgut.css';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular } from '#platform/web/formular/index.ts';
import { ButtonLink, Fehler, Innen, Laden, Seite, Seitenkopf, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type KontaktEingabe } from '../contract.ts';
import { KontakteFeld } from './kontakte-feld.tsx';
import { AllgemeineFelder, bodyVon, EigeneFelder, Einstufung, feldnamenVon, gemeinsam, Gruppe, stellen, useEigeneFelder, useMetaFormular } from './metadaten-formular.tsx';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** A new Vorgang in an Akte (`?akte=`) or below a Vorgang (`?vorgang=`). */
export function Component() {
  const [suche] = useSearchParams();
  const [akteId, vorgangId] = [suche.get('akte'), suche.get('vorgang')];
  const felder = useEigeneFelder('vorgang');
  const akte = useAbfrage(api.getAkte, { params: { id: (akteId ?? '') as never } }, { aktiv: akteId !== null });
  const oben = useAbfrage(api.getVorgang, { params: { id: (vorgangId ?? '') as never } }, { aktiv: vorgangId !== null });
  const fehler = akte.error ?? oben.error;
  if (fehler) return <Fehler fehler={fehler} />;
  const ort = akte.data ? { akteId: akte.data.id, titel: `${akte.data.aktenzeichen} ${akte.data.betreff}`, pfad: `/akten/${akte.data.id}`, grad: akte.data.geheimhaltungsgrad }
    : oben.data ? { parentId: oben.data.id, titel: `${oben.data.kennzeichen} ${oben.data.betreff}`, pfad: `/vorgaenge/${oben.data.id}`, grad: oben.data.geheimhaltungsgrad } : undefined;
  if (!felder || !ort) return <Laden />;
  return <Neu felder={felder} ort={ort} />;
}

type Ort = { akteId?: string; parentId?: string; titel: string; pfad: string; grad: 'offen' | 'vs_nfd' };
function Neu({ felder, ort }: { felder: NonNullable<ReturnType<typeof useEigeneFelder>>; ort: Ort }) {
  const navigate = useNavigate();
  const { ich } = useSitzung();
  const [kontakte, setKontakte] = useState<KontaktEingabe[]>([]);
  const anlegen = useAuftrag(api.createVorgang);
  const f = useMetaFormular({
    start: { medium: 'elektronisch', 'geheimhaltung.grad': ort.grad, bearbeiterId: ich.wessen.id }, pflicht: ['betreff'], merken: 'vorgang-neu',
    async senden(werte) {
      const vorgang = await anlegen.ausfuehren({ body: { ...bodyVon(werte, ['betreff', ...gemeinsam, ...stellen, ...feldnamenVon(felder)], undefined), kontakte, ...(ort.akteId ? { akteId: ort.akteId } : { parentId: ort.parentId }) } as never });
      void navigate(`/vorgaenge/${vorgang.id}`);
    },
  });
  const titel = ort.parentId ? tf('teilvorgangNeu') : tf('vorgangNeu');
  return (
    <Seite>
      <Seitenkopf titel={titel} zurueck={{ pfad: ort.pfad, titel: ort.titel }} />
      <div className="va-mitte">
        <Tafel titel={titel} titelVersteckt><Innen>
          <Formular formular={f} knopf={ort.parentId ? t('teilvorgangAnlegen') : t('vorgangAnlegen')} daneben={<ButtonLink art="leicht" to={ort.pfad}>{t('abbrechen')}</ButtonLink>}>
            <Felder><TextArea label={t('betreff')} rows={2} breit autoFocus {...f.feld('betreff')} /></Felder>
            <Gruppe titel={tf('weitere')} offen><AllgemeineFelder f={f} oeLeer={ort.parentId ? tf('wieOben') : tf('wieAkte')} /></Gruppe>
            <KontakteFeld kontakte={kontakte} onAendern={setKontakte} arten={['weiterer']} />
            <EigeneFelder f={f} typ="vorgang" felder={felder} />
            <Einstufung f={f} />
          </Formular>
        </Innen></Tafel>
      </div>
    </Seite>
  );
}
