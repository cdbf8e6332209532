import { imHaus, type Benachrichtigungsanlass, type Verlaufssatz } from '#platform/server/extension.ts';
import { listBenutzerDerOes, listBenutzerMitRecht } from '#modules/organisation/server/index.ts';
import type { EreignisPayload, ReadTx } from '#platform/server/tx.ts';
import { formatZeit } from '#platform/server/zeit.ts';

const stunden = (n: unknown) => (n === 1 ? '1 Stunde' : `${n} Stunden`);
const tag = (zeit: unknown) => formatZeit(new Date(String(zeit)), {});
/** What the history says of this module's Ereignisse, in plain German. */
export const verlaufstexte: Record<string, Verlaufssatz> = {
  'verbundfreigabe.erteilt': imHaus(({ daten: d }) => `hat mit ${d.empfaenger} (${d.verwaltung}) geteilt: Stufe „${d.stufe}“ vom ${tag(d.von)} bis ${tag(d.bis)}, Zweck: ${d.zweck}`),
  'verbundfreigabe.beendet': imHaus(({ daten: d }) => (d.seite === 'empfaenger' ? `– ${d.verwaltung} hat auf das Geteilte verzichtet` : `hat das Teilen mit ${d.empfaenger} (${d.verwaltung}) beendet`)),
  'verbundfreigabe.erhalten': ({ daten: d }) => `– ${d.kennzeichen ?? 'Etwas'} einer anderen Verwaltung ist mit ${d.empfaenger} geteilt, Stufe „${d.stufe}“ bis ${tag(d.bis)}, Zweck: ${d.zweck}`,
  'verbundfreigabe.vom_eigner_beendet': ({ daten: d }) => `– die andere Verwaltung teilt ${d.kennzeichen ?? 'es'} nicht mehr mit ${d.empfaenger}`,
  'verbundfreigabe.verzichtet': ({ daten: d }) => `hat auf das von ${d.verwaltung} Geteilte verzichtet`,
  'notzugriff.beantragt': ({ daten: d }) => `– Notzugriff für ${stunden(d.stunden)} beantragt von ${d.antragsteller}: ${d.grund}`,
  'notzugriff.genehmigt': ({ daten: d }) => `– Notzugriff von ${d.antragsteller} für ${stunden(d.stunden)} genehmigt${d.entschiedenVon ? ` von ${d.entschiedenVon}` : ''}`,
  'notzugriff.abgelehnt': ({ daten: d }) => `– Notzugriff von ${d.antragsteller} abgelehnt`,
  'notzugriff.beendet': ({ daten: d }) => `– Notzugriff von ${d.antragsteller} beendet`,
  'notzugriff.begonnen': ({ daten: d }) => `– ${d.antragsteller} vom Betrieb hat den Notzugriff begonnen`,
};

async function tellEmpfaenger(tx: ReadTx, { objekte }: EreignisPayload, satz: string, zusatz: string) {
  const leute = objekte.benutzer ?? [...(await listBenutzerDerOes(tx, objekte.organisationseinheit ?? [])).values()].flat();
  return leute.map((benutzerId) => ({ benutzerId, satz, zusatz, pfad: '/freigaben/erhalten' }));
}
/** In the Mandant concerned: whoever can end it, and Datenschutz. */
async function tellMandanten(tx: ReadTx, satz: string, zusatz = '') {
  if (tx.ctx.mandantId === tx.ctx.verbundId) return [];
  const leute = new Set([...await listBenutzerMitRecht(tx, 'notzugriff.entscheiden'), ...await listBenutzerMitRecht(tx, 'einsicht.erfahren')]);
  return [...leute].map((benutzerId) => ({ benutzerId, satz, zusatz, pfad: '/notzugriffe' }));
}

export const anlaesse: Benachrichtigungsanlass[] = [
  { schluessel: 'verbundfreigabe.erhalten', titel: 'Eine andere Verwaltung teilt etwas mit mir oder meiner Stelle', ereignisse: ['verbundfreigabe.erhalten'], vorgabe: 'postfach', create: (tx, e) => tellEmpfaenger(tx, e, `Mit ${e.daten.empfaenger} geteilt`, `: ${e.daten.kennzeichen ?? ''} – ${e.daten.zweck}`) },
  { schluessel: 'verbundfreigabe.beendet', titel: 'Eine andere Verwaltung teilt etwas nicht mehr', ereignisse: ['verbundfreigabe.vom_eigner_beendet'], vorgabe: 'postfach', create: (tx, e) => tellEmpfaenger(tx, e, 'Nicht mehr geteilt', e.daten.kennzeichen ? `: ${e.daten.kennzeichen}` : '') },
  {
    schluessel: 'notzugriff', titel: 'Der Betrieb beantragt oder nutzt einen Notzugriff', vorgabe: 'sofort', ereignisse: ['notzugriff.beantragt', 'notzugriff.genehmigt', 'notzugriff.abgelehnt', 'notzugriff.begonnen', 'notzugriff.beendet'],
    create: (tx, { art, daten }) => tellMandanten(tx, ({ 'notzugriff.beantragt': `Notzugriff beantragt von ${daten.antragsteller}`, 'notzugriff.genehmigt': `Notzugriff von ${daten.antragsteller} ist genehmigt`, 'notzugriff.abgelehnt': `Notzugriff von ${daten.antragsteller} ist abgelehnt`, 'notzugriff.begonnen': `${daten.antragsteller} hat den Notzugriff begonnen`, 'notzugriff.beendet': `Notzugriff von ${daten.antragsteller} ist beendet` } as Record<string, string>)[art]!, art === 'notzugriff.beantragt' ? `: ${daten.grund}` : ''),
  },
];
