import './schriftgut.css';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api as aktenplan } from '#modules/aktenplan/contract.ts';
import { api as organisation } from '#modules/organisation/contract.ts';
import { AktenplaneinheitWahl } from '#modules/aktenplan/web/index.ts';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular } from '#platform/web/formular/index.ts';
import { ButtonLink, Field, Innen, Laden, Seite, Seitenkopf, Tafel, TextArea } from '#platform/web/kern/index.ts';
import { useSitzung } from '#platform/web/sitzung.tsx';
import { api, type KontaktEingabe } from '../contract.ts';
import { KontakteFeld } from './kontakte-feld.tsx';
import { AllgemeineFelder, AussonderungFelder, aussonderungBody, bodyVon, EigeneFelder, Einstufung, feldnamenVon, gemeinsam, Gruppe, laufzeit, OeWahl, stellen, useEigeneFelder, useMetaFormular } from './metadaten-formular.tsx';
import { t } from './texte.ts';
import { tf } from './texte-formular.ts';

/** A new Akte, in a unit of the plan (`?einheit=`) or below another Akte (`?akte=`). */
export function Component() {
  const [suche] = useSearchParams();
  const parentId = suche.get('akte') ?? undefined;
  const einheitId = suche.get('einheit') ?? undefined;
  const felder = useEigeneFelder('akte');
  const parent = useAbfrage(api.getAkte, { params: { id: (parentId ?? '') as never } }, { aktiv: parentId !== undefined }).data;
  const vorgabe = useAbfrage(aktenplan.getAktenplaneinheit, { params: { id: einheitId ?? '' } }, { aktiv: einheitId !== undefined });
  const ich = useAbfrage(organisation.getIch, {});
  if (!felder || ich.isPending || (parentId && !parent) || (einheitId && vorgabe.isPending)) return <Laden />;
  return <Neu felder={felder} parent={parent} vorgabe={vorgabe.data} eigeneOe={ich.data?.organisationseinheiten[0]?.id} />;
}

type Einheit = Parameters<typeof AktenplaneinheitWahl>[0]['wert'];
function Neu({ felder, parent, vorgabe, eigeneOe }: { eigeneOe: string | undefined; felder: NonNullable<ReturnType<typeof useEigeneFelder>>; parent: Awaited<ReturnType<typeof useAbfrage<typeof api.getAkte>>>['data']; vorgabe: (NonNullable<Einheit> & { organisationseinheitId: string | null }) | undefined }) {
  const navigate = useNavigate();
  const { darf } = useSitzung();
  const [einheit, setEinheit] = useState<Einheit>(vorgabe && vorgabe.hindernisse.length === 0 ? vorgabe : undefined);
  const [kontakte, setKontakte] = useState<KontaktEingabe[]>([]);
  const anlegen = useAuftrag(api.createAkte);
  const f = useMetaFormular({
    start: { medium: 'elektronisch', 'geheimhaltung.grad': vorgabe ? '' : 'offen', federfuehrungId: parent?.federfuehrung.id ?? vorgabe?.organisationseinheitId ?? eigeneOe ?? '' }, pflicht: ['betreff'], merken: 'akte-neu',
    async senden(werte) {
      const body = {
        ...bodyVon(werte, ['betreff', ...gemeinsam, ...stellen, ...laufzeit, ...feldnamenVon(felder)], undefined), ...(werte['aussonderung.art'] || werte['aufbewahrung'] ? aussonderungBody(werte) : {}), kontakte,
        ...(parent ? { parentId: parent.id } : { aktenplaneinheitId: einheit?.id }), ...(werte['az'] ? { aktenzeichen: { aktenzeichen: werte['az'], grund: werte['azGrund'] ?? '' } } : {}),
      };
      const akte = await anlegen.ausfuehren({ body: body as never });
      void navigate(`/akten/${akte.id}`);
    },
  });
  const titel = parent ? tf('teilakteNeu') : tf('akteNeu');
  return (
    <Seite>
      <Seitenkopf titel={titel} zurueck={parent ? { pfad: `/akten/${parent.id}`, titel: `${parent.aktenzeichen} ${parent.betreff}` } : { pfad: '/akten', titel: t('zuDenAkten') }} />
      <div className="va-mitte">
        <Tafel titel={titel} titelVersteckt><Innen>
          <Formular formular={f} knopf={parent ? t('teilakteAnlegen') : t('akteAnlegen')} daneben={<ButtonLink art="leicht" to={parent ? `/akten/${parent.id}` : '/akten'}>{t('abbrechen')}</ButtonLink>}>
            <Felder>
              {!parent && <AktenplaneinheitWahl label={tf('aktenplaneinheit')} wert={einheit} onWahl={(e) => { setEinheit(e); f.setze('aktenplaneinheitId', e?.id); }} belegbar breit autoFocus={!vorgabe} fehler={f.fehler['aktenplaneinheitId']} />}
              <TextArea label={t('betreff')} rows={2} breit autoFocus={parent !== undefined || vorgabe !== undefined} {...f.feld('betreff')} />
              <OeWahl label={t('federfuehrung')} {...f.feld('federfuehrungId')} leer="" />
            </Felder>
            <KontakteFeld kontakte={kontakte} onAendern={setKontakte} arten={['weiterer']} />
            <Gruppe titel={tf('weitere')} offen><AllgemeineFelder f={f} mitStellen={false} /></Gruppe>
            <EigeneFelder f={f} typ="akte" felder={felder} />
            <Einstufung f={f} />
            <AussonderungFelder f={f} />
            {!parent && darf('aktenzeichen.manuell') && <Gruppe titel={tf('aktenzeichenManuell')}><Felder><Field label={t('aktenzeichen')} {...f.feld('az')} /><Field label={tf('aktenzeichenGrund')} {...f.feld('azGrund')} /></Felder></Gruppe>}
          </Formular>
        </Innen></Tafel>
      </div>
    </Seite>
  );
}
