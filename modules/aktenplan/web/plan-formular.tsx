import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import { useAbfrage, useAuftrag } from '#platform/web/daten.ts';
import { Felder, Formular, useFormular } from '#platform/web/formular/index.ts';
import { ButtonLink, Checkbox, Fehler, Field, Innen, Laden, Seite, Seitenkopf, Select, Tafel } from '#platform/web/kern/index.ts';
import { katalog } from '#platform/web/text.ts';
import { api, type Aktenplan } from '../contract.ts';
import { t } from './texte.ts';

const s = katalog({
  neu: ['Neuer Aktenplan', 'New filing plan'], aendern: ['Aktenplan ändern', 'Change filing plan'], bezeichnung: ['Bezeichnung', 'Name'], typ: ['Typ', 'Type'], fassung: ['Fassung', 'Version'], fassungHilfe: ['etwa 2027 oder 3.1', 'e.g. 2027 or 3.1'],
  von: ['Gilt von', 'Valid from'], vonHilfe: ['Leer: Entwurf, der noch nicht gilt', 'Empty: a draft that does not hold yet'], bis: ['Gilt bis', 'Valid until'], ebenen: ['Ebenen von oben', 'Levels from the top'], ebenenHilfe: ['durch Komma getrennt; ihre Zahl begrenzt die Tiefe', 'separated by commas; their number limits the depth'],
  kopie: ['Einheiten übernehmen aus', 'Take over units from'], keine: ['keine', 'none'], beenden: ['Den bisher geltenden Aktenplan am Tag davor beenden', 'End the plan that holds until then on the day before'],
});
const Werte = z.object({
  bezeichnung: z.string().trim().min(1).max(250), typ: z.string().trim().max(250).optional(), versionsbezeichnung: z.string().trim().min(1).max(50), ebenen: z.string().trim().min(1),
  gueltigVon: z.iso.date().optional(), gueltigBis: z.iso.date().optional(), kopieVon: z.uuid().optional(), vorgaengerBeenden: z.boolean().optional(),
});

export function Component() {
  const { id } = useParams();
  const { data, error } = useAbfrage(api.listAktenplaene, { query: { limit: 200 } });
  if (error) return <Fehler fehler={error} />;
  if (!data) return <Laden />;
  return <PlanFormular key={id ?? ''} plan={data.eintraege.find((p) => p.id === id)} alle={data.eintraege} />;
}

function PlanFormular({ plan, alle }: { plan: Aktenplan | undefined; alle: readonly Aktenplan[] }) {
  const navigate = useNavigate();
  const anlegen = useAuftrag(api.createAktenplan), aendern = useAuftrag(api.updateAktenplan);
  const f = useFormular({
    schema: Werte,
    start: plan ? { bezeichnung: plan.bezeichnung, typ: plan.typ, versionsbezeichnung: plan.versionsbezeichnung, ebenen: plan.ebenen.join(', '), gueltigVon: plan.gueltigVon, gueltigBis: plan.gueltigBis }
      : { bezeichnung: alle[0]?.bezeichnung ?? 'Aktenplan', ebenen: (alle[0]?.ebenen ?? ['Hauptgruppe', 'Gruppe', 'Untergruppe', 'Betreffseinheit']).join(', '), versionsbezeichnung: '', vorgaengerBeenden: false },
    async senden({ kopieVon, vorgaengerBeenden, ebenen, ...w }) {
      const body = { ...w, typ: w.typ ?? null, gueltigVon: w.gueltigVon ?? null, gueltigBis: w.gueltigBis ?? null, ebenen: ebenen.split(',').map((e) => e.trim()).filter(Boolean) };
      if (plan) await aendern.ausfuehren({ params: { id: plan.id }, ifMatch: plan.version, body });
      else await anlegen.ausfuehren({ body: { ...body, ...(kopieVon && { kopieVon }), ...(vorgaengerBeenden && { vorgaengerBeenden }) } });
      void navigate('/verwaltung/aktenplan');
    },
  });
  const titel = plan ? s('aendern') : s('neu');
  return (
    <Seite>
      <Seitenkopf titel={titel} zurueck={{ pfad: '/verwaltung/aktenplan', titel: t('aktenplaene') }} />
      <div className="va-mitte">
        <Tafel titel={titel} titelVersteckt>
          <Innen>
            <Formular formular={f} knopf={plan ? t('speichern') : t('anlegen')} daneben={<ButtonLink art="leicht" to="/verwaltung/aktenplan">{t('abbrechen')}</ButtonLink>}>
              <Felder>
                <Field label={s('bezeichnung')} {...f.feld('bezeichnung')} />
                <Field label={s('fassung')} hinweis={s('fassungHilfe')} {...f.feld('versionsbezeichnung')} />
                <Field label={s('typ')} freiwillig {...f.feld('typ')} />
                <Field label={s('ebenen')} hinweis={s('ebenenHilfe')} {...f.feld('ebenen')} breit />
                <Field type="date" label={s('von')} freiwillig hinweis={s('vonHilfe')} {...f.feld('gueltigVon')} />
                <Field type="date" label={s('bis')} freiwillig {...f.feld('gueltigBis')} />
                {!plan && alle.length > 0 && <Select label={s('kopie')} leer={s('keine')} wahl={alle.map((p) => ({ wert: p.id, titel: `${p.bezeichnung} ${p.versionsbezeichnung}` }))} {...f.feld('kopieVon')} breit />}
              </Felder>
              {!plan && alle.some((p) => p.gueltig) && f.werte.gueltigVon ? <Checkbox label={s('beenden')} {...f.haken('vorgaengerBeenden')} /> : null}
            </Formular>
          </Innen>
        </Tafel>
      </div>
    </Seite>
  );
}
