/** What other modules may use of »organisation«. Everything else in this folder is private. */
export { findAkteurVon, getBenutzerAdressen, listAdressierbare, listBenutzerDerOes, listBenutzerMitRecht, listEigeneOes, listLeitungenDerOes, type Adressierbar } from './adressen.ts';
export { createBenutzer } from './benutzer-commands.ts';
export { findObersteOrganisationseinheit, findOrganisationseinheit, isOrganisationseinheitBeendet, listGueltigeOes } from './finden.ts';
export { isGastBekannt, presentAlsGast, saveGast, type Gast } from './gast.ts';
export { hatEingerichtet, sindAusEinerHand } from './haende.ts';
export { findBenutzer, getBenutzerKurz, getOrganisationseinheitenKurz, getRolleDerVorgabe, getRollenKurz } from './kurz.ts';
export { findVerbundId, getMandant, listMandantIds, presentKurz, readMandanten, registerMandant, setUpMandant } from './mandant.ts';
export { einrichtenMandant, foundMandant } from './mandant-verwaltung.ts';
export { createOrganisationseinheit } from './organisationseinheit-commands.ts';
export { nameRechte } from './rechte.ts';
export { createAuthenticate } from './sitzung.ts';
export { createToken, hashToken, keepSecret, takeSecret } from './token.ts';
export { type Sachgebiete } from './vertretung/punkte.ts';
export { getVertretene, listVertreterVon, type Vertreter } from './vertretung/auskunft.ts';
export { listVertretungenVonPerson } from './vertretung/queries.ts';
export { createEinmalkennwort, hashPasswort } from './passwort.ts';
export { listMitglieder, mitgliederSql, readPersonen, readRollenMitRechten, readRollenVon, type Mitglied, type PersonZeile, type RolleMitRechten, type Zugehoerigkeit } from './zugehoerigkeit.ts';
