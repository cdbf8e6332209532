import { getBenutzerKurz, getMandant } from '#modules/organisation/server/index.ts';
import { downloadBericht, erstelltAm, type Bericht, type Berichtformat } from '#platform/server/bericht/bericht.ts';
import type { Io } from '#platform/server/io.ts';
import { routeWithSend, type Route } from '#platform/server/module.ts';
import { klassennamen } from '#platform/server/policy.ts';
import type { ReadTx } from '#platform/server/tx.ts';
import { formatZeit } from '#platform/server/zeit.ts';
import { api, type Grund, type Personreichweite, type Sperre } from '../../contract.ts';
import { presentZugaenge, readZugaenge } from './berechtigte.ts';
import { readMatrixGanz, type Matrixfilter } from './matrix.ts';
import { getReichweiteVonPerson, readReichweiteGanz } from './person.ts';
import { getWarum } from './warum.ts';

type Inhalt = Omit<Bericht, 'behoerde' | 'erstellt'> & { dateiname: string; objekte: Record<string, string> };
type Gebaut = { bericht: Bericht; dateiname: string; format: Berichtformat; objekte: Record<string, string> };

const tag = (zeit: string | null) => (zeit === null ? '' : formatZeit(new Date(zeit), {}));
const frist = (g: Grund) => [g.gueltigVon && `ab ${tag(g.gueltigVon)}`, g.gueltigBis && `bis ${tag(g.gueltigBis)}`].filter(Boolean).join(' ');
const weg = (g: Grund) => ({
  selbst: 'persönlich', rolle: `Rolle ${g.subjekt.name}`, mitglied: `Mitglied von ${g.subjekt.name}`, unter: `gehört zu ${g.subjekt.name}`, leitung: `Leitung über ${g.subjekt.name}`, gast: `Gast: ${g.subjekt.name ?? 'unbekannt'}`,
}[g.wie]);
const ort = (g: Grund) => `${g.ort.label} ${g.ort.name ?? '(für Sie nicht sichtbar)'}`;
const herkunft = (g: Grund) => [tag(g.seit), g.erteiltVon?.name, g.zweck && `„${g.zweck}“`].filter(Boolean).join(', ');
const klasse = (k: keyof typeof klassennamen | null) => (k === null ? '' : klassennamen[k]);

const grundspalten = [{ titel: 'Stufe', breite: 12 }, { titel: 'Wodurch', breite: 28 }, { titel: 'Erteilt an', breite: 30 }, { titel: 'Frist', breite: 14 }, { titel: 'Seit, von wem, wozu', breite: 26 }];
const grundzeile = (g: Grund) => [g.stufe, weg(g), ort(g), frist(g), herkunft(g)];
const gruendetafel = (titel: string, gruende: readonly Grund[], keine: string) => ({ titel, ...(gruende.length ? { tabelle: { spalten: grundspalten, zeilen: gruende.map(grundzeile) } } : { text: [keine] }) });
const fehlend = { rolle: 'keine Rolle gibt dieses Recht', stufe: 'die Stufe reicht nicht', sperre: 'der Zugriff ist gesperrt', zustand: 'der Zustand des Objekts steht entgegen' };
const nichtig = { schnitt: 'Vererbung ist abgeschnitten', klasse: 'Schutzklasse lässt nichts von oben zu', kommt: 'gilt noch nicht', vorbei: 'ist abgelaufen', sperre: 'der Zugriff ist gesperrt', umfang: 'gehört nicht zum Umfang der Vertretung' };
const sperrtext = (s: Sperre) => `Zugriff gesperrt seit ${tag(s.am)}${s.von ? ` von ${s.von.name}` : ''}, Grund: ${s.grund} (${s.ort.bezeichnung}); ${s.darf ? 'darf trotzdem hinein' : 'kommt nicht hinein'}`;

async function warumInhalt(tx: ReadTx, typ: string, id: string, benutzerId: string | undefined): Promise<Inhalt> {
  const w = await getWarum(tx, typ, id, benutzerId) as unknown as import('../../contract.ts').Warum;
  const name = [w.objekt.kennzeichen, w.objekt.titel].filter(Boolean).join(' ') || w.objekt.label;
  return {
    titel: `Was darf ${w.person.name}${w.person.vertritt ? ` in Vertretung für ${w.person.vertritt}` : ''}, und warum?`, untertitel: `${w.objekt.label} ${name}`, dateiname: `Warum ${w.objekt.kennzeichen ?? w.objekt.label}`, objekte: { [typ]: id },
    abschnitte: [
      { titel: 'Ort', text: [`Schutzbereich: ${w.schutzbereich.bezeichnung}`, ...(w.klasse ? [`Schutzklasse: ${klasse(w.klasse)}`] : []), ...(w.sperre ? [sperrtext(w.sperre)] : []), `Höchste Stufe: ${w.stufe ?? 'keine'}`] },
      gruendetafel('Freigaben, die hierher führen', w.gruende, 'Keine Freigabe führt hierher.'),
      ...(w.ohneWirkung.length ? [{ titel: 'Ohne Wirkung', tabelle: { spalten: [...grundspalten, { titel: 'Weil', breite: 22 }], zeilen: w.ohneWirkung.map((g) => [...grundzeile(g), `${nichtig[g.weil]}${g.wo ? ` (${g.wo.bezeichnung})` : ''}`]) } }] : []),
      { titel: 'Rechte', tabelle: { spalten: [{ titel: 'Recht', breite: 30 }, { titel: 'Erlaubt', breite: 10 }, { titel: 'Braucht Stufe', breite: 16 }, { titel: 'Rolle', breite: 26 }, { titel: 'Was fehlt', breite: 34 }], zeilen: w.rechte.map((r) => [r.name, r.erlaubt ? 'ja' : 'nein', r.stufe, r.rollen.join(', '), r.fehlt.map((f) => fehlend[f]).join('; ')]) } },
    ],
  };
}

async function berechtigteInhalt(tx: ReadTx, typ: string, id: string): Promise<Inhalt> {
  const zugaenge = await readZugaenge(tx, typ, id);
  const { objekt } = zugaenge;
  const zeilen = await presentZugaenge(zugaenge);
  return {
    titel: 'Wer darf das sehen?', untertitel: `${objekt.label} ${[objekt.kennzeichen, objekt.titel].filter(Boolean).join(' ')}`, dateiname: `Berechtigte ${objekt.kennzeichen ?? objekt.titel ?? objekt.label}`, objekte: { [typ]: id },
    abschnitte: [{
      titel: 'Berechtigte', text: [zeilen.length === 1 ? 'Eine Person oder ein Gast.' : `${zeilen.length} Personen und Gäste.`],
      tabelle: { spalten: [{ titel: 'Name', breite: 24 }, { titel: 'Funktion', breite: 20 }, ...grundspalten], zeilen: zeilen.map((z) => [z.vertritt ? `${z.name} in Vertretung für ${z.vertritt.name}` : z.name, z.funktion, z.stufe, ...grundzeile(z.grund as Grund).slice(1)]) },
    }],
  };
}

const sperrtafel = (bereiche: Awaited<ReturnType<typeof readReichweiteGanz>>) => {
  const gesperrt = bereiche.flatMap((b) => (b.sperre ? [[b.bezeichnung, sperrtext(b.sperre as Sperre)]] : []));
  return gesperrt.length ? [{ titel: 'Zugriffssperren', tabelle: { spalten: [{ titel: 'Schutzbereich', breite: 34 }, { titel: 'Sperre', breite: 80 }], zeilen: gesperrt } }] : [];
};

const umfangarten = { alles: 'alles', rolle: 'Rollen', oe: 'Organisationseinheiten', sachgebiet: 'Sachgebiete' };
const zustaende = { geplant: 'geplant', laeuft: 'läuft', wartet: 'wartet', beendet: 'beendet' };
function vertretungstafel({ vertretenDurch, vertritt }: Personreichweite['vertretungen']) {
  const zeile = (wer: string, v: (typeof vertritt)[number]) => [wer, `${tag(`${v.von}T12:00:00Z`)} bis ${v.bis === null ? 'auf Widerruf' : tag(`${v.bis}T12:00:00Z`)}`, [umfangarten[v.umfang.art], v.umfang.eintraege.map((e) => e.bezeichnung).join(', ')].filter(Boolean).join(': '), v.klassen.map((k) => klassennamen[k]).join(', '), zustaende[v.zustand]];
  const zeilen = [...vertretenDurch.map((v) => zeile(`wird vertreten durch ${v.vertreter.name}`, v)), ...vertritt.map((v) => zeile(`vertritt ${v.benutzer.name}`, v))];
  return zeilen.length ? [{ titel: 'Vertretungen', tabelle: { spalten: [{ titel: 'Wer', breite: 36 }, { titel: 'Zeit', breite: 24 }, { titel: 'Umfang', breite: 34 }, { titel: 'Schutzklassen', breite: 20 }, { titel: 'Stand', breite: 10 }], zeilen } }] : [];
}

async function personInhalt(tx: ReadTx, id: string): Promise<Inhalt> {
  const p = await getReichweiteVonPerson(tx, id);
  const bereiche = await readReichweiteGanz(tx, id);
  const wie = { selbst: '', rolle: '', mitglied: 'zugeordnet', unter: 'über eine Einheit darunter', leitung: 'durch Leitung', gast: '' };
  return {
    titel: `Was darf ${p.person.name}?`, untertitel: p.person.funktion, dateiname: `Rechte ${p.person.name}`, objekte: { benutzer: id },
    abschnitte: [
      { titel: 'Überblick', text: [...(p.person.gesperrt ? ['Der Zugang ist gesperrt; zurzeit wird nichts erreicht.'] : []), `Schutzbereiche: ${p.anzahl.verwalten} verwalten, ${p.anzahl.bearbeiten} bearbeiten, ${p.anzahl.lesen} lesen, ${p.anzahl.sehen} sehen.`, ...(p.gesperrt ? [`Durch eine Zugriffssperre verwehrt: ${p.gesperrt}.`] : [])] },
      { titel: 'Rollen und Rechte', tabelle: { spalten: [{ titel: 'Rolle', breite: 30 }, { titel: 'Rechte', breite: 90 }], zeilen: p.rollen.map((r) => [r.bezeichnung, r.rechte.map((x) => x.name).join(', ')]) } },
      { titel: 'Organisationseinheiten', tabelle: { spalten: [{ titel: 'Organisationseinheit', breite: 70 }, { titel: 'Wodurch', breite: 40 }], zeilen: p.organisationseinheiten.map((o) => [o.name, wie[o.wie]]) } },
      ...vertretungstafel(p.vertretungen as Personreichweite['vertretungen']),
      gruendetafel('Freigaben einzelner Objekte', p.objektfreigaben as Grund[], 'Keine.'),
      { titel: 'Schutzbereiche', tabelle: { spalten: [{ titel: 'Schutzbereich', breite: 34 }, { titel: 'Schutzklasse', breite: 14 }, ...grundspalten], zeilen: bereiche.map((b) => [b.bezeichnung, klasse(b.klasse), ...grundzeile(b.grund as Grund)]) } },
      ...sperrtafel(bereiche),
    ],
  };
}

const arten = { oe: 'Organisationseinheit', rolle: 'Rolle', person: 'Person' };
/** A line for each Schutzbereich and subject; what nobody reaches has a line, too. */
async function matrixInhalt(tx: ReadTx, filter: Matrixfilter): Promise<Inhalt> {
  const zeilen = await readMatrixGanz(tx, filter);
  const lage = (z: (typeof zeilen)[number]) => [z.gesperrt && 'gesperrt', z.tiefe > 0 && !z.erbt && 'Vererbung abgeschnitten', z.wirksameKlasse && klasse(z.wirksameKlasse)].filter(Boolean).join(', ');
  return {
    titel: 'Schutzbereiche und Freigaben', untertitel: zeilen.length === 1 ? 'Ein Schutzbereich' : `${zeilen.length} Schutzbereiche`, dateiname: 'Schutzbereiche und Freigaben', objekte: { schutzbereich: filter.unter ?? zeilen[0]?.id ?? tx.ctx.mandantId },
    abschnitte: [{
      titel: 'Wem was freigegeben ist', tabelle: {
        spalten: [{ titel: 'Schutzbereich', breite: 34 }, { titel: 'Lage', breite: 18 }, { titel: 'Wem', breite: 30 }, { titel: 'Art', breite: 16 }, { titel: 'Stufe', breite: 10 }, { titel: 'Erteilt in', breite: 24 }, { titel: 'Bis', breite: 10 }],
        zeilen: zeilen.flatMap((z) => (z.freigaben.length ? z.freigaben : [null]).map((f) => [z.bezeichnung, lage(z), ...(f ? [f.subjekt.name ?? 'nicht mehr vorhanden', arten[f.subjektArt], f.stufe, f.geerbt ? f.von.bezeichnung : 'hier', tag(f.gueltigBis)] : ['niemandem', '', '', '', ''])])),
      },
    }],
  };
}

async function build(tx: ReadTx, format: Berichtformat, { dateiname, objekte, ...inhalt }: Inhalt): Promise<Gebaut> {
  const { akteur } = tx.ctx;
  const [mandant, namen] = [await getMandant(tx), await getBenutzerKurz(tx, [akteur.id])];
  return { bericht: { ...inhalt, behoerde: mandant.name, erstellt: erstelltAm(new Date(), namen.get(akteur.id)?.name ?? '') }, dateiname, format, objekte };
}
/** Who took a list of people and rights along stands in the history of what it is about. */
const ausgabe = {
  record: (tx: Parameters<NonNullable<Route['record']>>[0], { format, objekte, bericht }: Gebaut) => tx.record({ art: 'zugriff.bericht_ausgegeben', objekte, daten: { format, titel: bericht.titel } }),
  send: (_io: Io, { format, bericht, dateiname }: Gebaut) => downloadBericht(format, bericht, dateiname),
};
export const berichtRouten: Route[] = [
  routeWithSend(api.exportWarum, { handle: async (tx, { params, query }) => build(tx, query.format, await warumInhalt(tx, params.typ, params.id, query.benutzerId)), ...ausgabe }),
  routeWithSend(api.exportBerechtigte, { handle: async (tx, { params, query }) => build(tx, query.format, await berechtigteInhalt(tx, params.typ, params.id)), ...ausgabe }),
  routeWithSend(api.exportReichweiteVonPerson, { handle: async (tx, { params, query }) => build(tx, query.format, await personInhalt(tx, params.id)), ...ausgabe }),
  routeWithSend(api.exportMatrix, { handle: async (tx, { query: { format, ...filter } }) => build(tx, format, await matrixInhalt(tx, filter)), ...ausgabe }),
];
