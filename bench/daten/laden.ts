import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { normalizeAktenzeichen } from '#modules/aktenplan/contract.ts';
import { sortierung } from '#modules/aktenplan/server/einheit.ts';
import { FASSUNG } from '#modules/suche/server/eintrag.ts';
import { GRUPPEN, JE_AKTE, JE_VORGANG, VORGAENGE, mische, planBestand, type Bestand, type Umfang } from './bestand.ts';
import { copyInto, sauber, zeile } from './kopie.ts';
import { prepareTexte } from './texte.ts';

export type Auftrag = Umfang & {
  mandantId: string; rollen: { sachbearbeitung: string; leser: string; leitung: string }; wurzel: string;
  /** Different texts; more Dokumente repeat them in other combinations. */
  absaetze?: number;
  /** The bytes above which every Dokument lies; without them its content is missing in the store. */
  objekt?: { key: string; sha256: string; size: number };
  /** Hash of the password of the three persons that are named; without it nobody can log in. */
  passwortHash?: string;
};
export type Zeuge = { id: string; anmeldename: string; anteil: number };
export type Geladen = { bestand: Bestand; zeugen: Zeuge[]; schutzIds: string[]; zeilen: { tabelle: string; anzahl: number; sekunden: number }[]; sekunden: number; /** Words of the texts, the most frequent first. */ woerter: string[] };

const VORNAMEN = ['Katrin', 'Holger', 'Anke', 'Jens', 'Sabine', 'Uwe', 'Petra', 'Mehmet', 'Ines', 'Torsten', 'Renate', 'Björn'];
const NACHNAMEN = ['Seidel', 'Thiel', 'Möhlmann', 'Krüger', 'Albers', 'Yıldız', 'Behrens', 'Janßen', 'Lorenz', 'Peters', 'Nowak', 'Haase', 'Vogt', 'Brandt'];
/** What three persons see of all. */
const ANTEILE = [0.01, 0.5, 1] as const;
const TAGE = 4700;
const ERSTER = Date.UTC(2014, 0, 1);
const TAGESDATEN = Array.from({ length: TAGE + 1 }, (_, n) => new Date(ERSTER + n * 86_400_000).toISOString().slice(0, 10));
const tag = (n: number) => TAGESDATEN[n]!;
function* reihe(n: number, von = 0) { for (let i = von; i < n; i++) yield i; }
const je = function* (n: number, eine: (i: number) => string, von = 0) { for (const i of reihe(n, von)) yield eine(i); };

/**
 * Fills one Mandant. What has few rows (people, OEs, plan, Schutzbereiche, Freigaben) is written with every trigger and key at work, under one Ereignis.
 * The mass is loaded with `session_replication_role = replica`, which leaves out the Ereignis duty and the checks of foreign keys; in their stead
 * each Akte gets the Ereignis that names it with all its Vorgänge and Dokumente, and bench/tests/daten.test.ts looks after every key. Indexes that are no
 * constraint are built after the rows. All of it is one transaction: what breaks off leaves nothing.
 */
export async function loadBestand(sql: pg.Client, auftrag: Auftrag): Promise<Geladen> {
  const bestand = planBestand(auftrag.mandantId, auftrag);
  const { absaetze, woerter } = await prepareTexte(auftrag.mandantId, auftrag.absaetze ?? Math.min(20_000, Math.max(1000, Math.floor(bestand.dokumente / 10))));
  const zeilen: Geladen['zeilen'] = [];
  const lade = async (tabelle: string, spalten: string, lines: Iterable<string>) => {
    const begin = performance.now();
    const anzahl = await copyInto(sql, tabelle, `mandant_id, ${spalten}`, mitMandant(lines, auftrag.mandantId));
    zeilen.push({ tabelle, anzahl, sekunden: (performance.now() - begin) / 1000 });
  };
  const begin = performance.now();
  await sql.query(`begin; set local app.mandant = '${auftrag.mandantId}'; set local maintenance_work_mem = '1GB'; set local synchronous_commit = off`);
  try {
    const zeugen = await ladeVerwaltung(sql, auftrag, bestand, lade);
    await sql.query('insert into zugriff.stand (mandant_id, stand) values ($1, 1) on conflict (mandant_id) do update set stand = zugriff.stand.stand + 1', [auftrag.mandantId]);
    await sql.query('set constraints all immediate; set constraints all deferred; set local session_replication_role = replica');
    const build = await dropIndexes(sql);
    const titel = absaetze.map((a) => sauber(a.titel));
    await ladeSchriftgut(sql, auftrag, bestand, titel, lade);
    await ladeEreignisse(sql, bestand, titel, lade);
    await ladeSuche(sql, bestand, absaetze, woerter, zeilen, lade);
    const geladen = performance.now();
    await build();
    zeilen.push({ tabelle: 'Indexe', anzahl: 0, sekunden: (performance.now() - geladen) / 1000 });
    await sql.query('commit');
    for (const { tabelle } of zeilen) if (tabelle.includes('.')) await sql.query(`vacuum analyze ${tabelle}`);
    return { bestand, zeugen, schutzIds: schutzIdsOf(bestand, auftrag.wurzel), zeilen, sekunden: (performance.now() - begin) / 1000, woerter: [...woerter].toSorted((x, y) => y[1] - x[1]).map(([wort]) => wort) };
  } catch (error) { await sql.query('rollback').catch(() => {}); throw error; }
}
type Lade = (tabelle: string, spalten: string, lines: Iterable<string>) => Promise<void>;
function* mitMandant(lines: Iterable<string>, mandantId: string) { for (const line of lines) yield `${mandantId}\t${line}`; }
const schutzIdsOf = (b: Bestand, wurzel: string) => [wurzel, ...Array.from({ length: b.bereiche - 1 }, (_, n) => b.ids.schutz(n))];

async function ladeVerwaltung(sql: pg.Client, { rollen, wurzel, passwortHash, mandantId }: Auftrag, b: Bestand, lade: Lade): Promise<Zeuge[]> {
  const { ids } = b;
  const planId = ids.plan(0);
  const zeugen = ANTEILE.map((anteil, i) => ({ id: ids.benutzer(b.personen + i), anmeldename: `bench-${mandantId.slice(0, 8)}-sieht-${anteil * 100}`, anteil }));
  const oben = Math.ceil(b.einheiten / 12);
  const alle = (n: number, id: (i: number) => string) => Array.from({ length: n }, (_, i) => id(i));
  await ereignis(sql, 'organisationseinheit.angelegt', { organisationseinheit: alle(b.einheiten, ids.oe) }, { kennzeichen: 'B0', bezeichnung: `bis B${b.einheiten - 1}` });
  await ereignis(sql, 'benutzer.angelegt', { benutzer: alle(b.personen + zeugen.length, ids.benutzer) });
  await ereignis(sql, 'schutzbereich.angelegt', { schutzbereich: schutzIdsOf(b, wurzel) });
  await ereignis(sql, 'aktenplaneinheit.angelegt', { aktenplan: [planId], aktenplaneinheit: alle(b.plan, ids.einheit) }, { anzahl: b.plan });
  await lade('organisation.organisationseinheit', 'id, parent_id, kennzeichen, bezeichnung, kuerzel, ordnung', je(b.einheiten, (n) => zeile(ids.oe(n), n < oben ? null : ids.oe((n - oben) % oben), `B${n}`, n < oben ? `Dezernat ${n + 1}` : `Amt ${n}`, `B${n}`, n)));
  const personen = b.personen + zeugen.length;
  const name = (n: number) => [VORNAMEN[mische(n, 1) % VORNAMEN.length]!, n < b.personen ? `${NACHNAMEN[mische(n, 2) % NACHNAMEN.length]}-${n}` : `Sieht ${ANTEILE[n - b.personen]! * 100} %`] as const;
  const konten = je(personen, (n) => { const konto = n < b.personen ? `bench-${mandantId.slice(0, 8)}-${n}` : zeugen[n - b.personen]!.anmeldename; return zeile(ids.konto(n), konto, konto, mandantId, n < b.personen ? '' : passwortHash ?? ''); });
  await copyInto(sql, 'organisation.konto', 'id, anmeldename, schluessel, heimat_id, passwort', konten);
  await copyInto(sql, 'organisation.zugang', 'mandant_id, konto_id, benutzer_id, gesperrt', je(personen, (n) => zeile(mandantId, ids.konto(n), ids.benutzer(n), false)));
  await lade('organisation.benutzer', 'id, konto_id, vorname, nachname', je(personen, (n) => zeile(ids.benutzer(n), ids.konto(n), ...name(n))));
  await lade('organisation.benutzer_rolle', 'benutzer_id, rolle_id', je(personen, (n) => zeile(ids.benutzer(n), n >= b.personen ? rollen.sachbearbeitung : n % 25 === 0 ? rollen.leitung : n % 5 === 0 ? rollen.leser : rollen.sachbearbeitung)));
  await lade('organisation.zuordnung', 'benutzer_id, organisationseinheit_id, leitung', je(b.personen, (n) => zeile(ids.benutzer(n), ids.oe(n % b.einheiten), n % 25 === 0)));

  const betreff = (e: number) => ['Verwaltung', 'Bauen', 'Umwelt', 'Schule', 'Jugend', 'Soziales', 'Verkehr', 'Sicherheit', 'Finanzen', 'Kultur'][e % 10]!;
  const kz = (e: number) => b.kennzeichen(e);
  const wege = new Map<number, { pfad: string[]; sortierung: string }>();
  for (const e of reihe(b.plan)) { const o = b.ueber(e); const u = o === null ? undefined : wege.get(o)!; wege.set(e, { pfad: [...(u?.pfad ?? []), ids.einheit(e)], sortierung: sortierung(u?.sortierung ?? null, kz(e)) }); }
  await lade('zugriff.schutzbereich', 'id, parent_id, bezeichnung, organisationseinheit_id', (function* () {
    for (const e of reihe(b.plan)) { const o = b.ueber(e); yield zeile(ids.schutz(e), o === null ? wurzel : ids.schutz(o), `Aktenplan ${kz(e)} ${betreff(e)}`, null); }
    for (const f of reihe(b.federfuehrungen)) yield zeile(ids.schutz(b.schutzVonFederfuehrung(f)), ids.schutz(b.einheitVonBlatt(b.blattVon(f))), `Federführung B${b.oeVon(f)}`, ids.oe(b.oeVon(f)));
  })());
  await lade('aktenplan.aktenplan', 'id, bezeichnung, versionsbezeichnung, ebenen, gueltig_von', [zeile(planId, 'Aktenplan', '1', '{Hauptgruppe,Gruppe,Untergruppe}', '2010-01-01')]);
  await lade('aktenplan.aktenplaneinheit', 'id, aktenplan_id, parent_id, schutz_id, pfad, kennzeichen, kennzeichen_norm, sortierung, betreff_kurz, suchtext, aussonderungsart, aufbewahrungsdauer', je(b.plan, (e) => {
    const o = b.ueber(e);
    return zeile(ids.einheit(e), planId, o === null ? null : ids.einheit(o), ids.schutz(e), `{${wege.get(e)!.pfad.join(',')}}`, kz(e), normalizeAktenzeichen(kz(e)), wege.get(e)!.sortierung, betreff(e), `${kz(e)} ${betreff(e).toLowerCase()} `, 'V', 10);
  }));
  const freigaben = (function* () {
    let n = 0;
    for (const f of reihe(b.federfuehrungen)) yield zeile(ids.freigabe(n++), ids.schutz(b.schutzVonFederfuehrung(f)), 'oe', ids.oe(b.oeVon(f)), 'bearbeiten');
    yield zeile(ids.freigabe(n++), ids.schutz(10 + 42), 'person', zeugen[0]!.id, 'bearbeiten'); // a Gruppe of ten units
    for (const e of reihe(5)) yield zeile(ids.freigabe(n++), ids.schutz(e), 'person', zeugen[1]!.id, 'bearbeiten'); // five of ten Hauptgruppen
    for (const s of schutzIdsOf(b, wurzel)) yield zeile(ids.freigabe(n++), s, 'person', zeugen[2]!.id, 'bearbeiten'); // every single one
  })();
  await lade('zugriff.freigabe', 'id, schutz_id, subjekt_art, subjekt, stufe', freigaben);
  await lade('aktenplan.aktenzeichenzaehler', 'schluessel, id, stand', je(GRUPPEN.blatt, (n) => zeile(`einheit:${ids.einheit(b.einheitVonBlatt(n))}:2026`, ids.zaehler(n), b.akten)));
  return zeugen;
}


/** Everything of an Akte that others need, from its number. */
function akteOf(b: Bestand, a: number) {
  const f = b.federfuehrungVonAkte(a);
  const e = b.einheitVonBlatt(b.blattVon(f));
  const jahr = 2014 + Math.floor((a * 13) / b.akten);
  const zeichen = `${b.kennzeichen(e)}-${jahr}/${String(a + 1).padStart(4, '0')}`;
  return { id: b.ids.akte(a), schutz: b.ids.schutz(b.schutzVonFederfuehrung(f)), schutzNr: b.schutzVonFederfuehrung(f), einheit: b.ids.einheit(e), oe: b.ids.oe(b.oeVon(f)), jahr, zeichen, norm: `${Number(b.kennzeichen(e))} ${jahr} ${a + 1}`, datum: tag(Math.floor(((a * JE_AKTE) * TAGE) / b.dokumente)) };
}
/** Where the Dokument i lies. */
function ortOf(b: Bestand, i: number) {
  const a = Math.floor(i / JE_AKTE), in_ = i % JE_AKTE, v = Math.floor(in_ / JE_VORGANG);
  return { a, v: v < VORGAENGE ? a * VORGAENGE + v : null, nummer: v < VORGAENGE ? (in_ % JE_VORGANG) + 1 : VORGAENGE + 1 };
}
const ART = ['eingang', 'ausgang', 'intern'] as const;
/** Texts of an object: the Betreff of one, the content of another. */
const textOf = (i: number, anzahl: number) => ({ titel: mische(i, 11) % anzahl, text: mische(i, 13) % anzahl });

async function ladeSchriftgut(sql: pg.Client, { objekt }: Auftrag, b: Bestand, titel: readonly string[], lade: Lade) {
  const { ids } = b;
  const titelOf = (i: number) => titel[textOf(i, titel.length).titel]!;
  let last = -1;
  let akte: ReturnType<typeof akteOf>;
  const akteVon = (a: number) => { if (a !== last) { akte = akteOf(b, a); last = a; } return akte; };
  const person = (i: number) => ids.benutzer(mische(i, 5) % b.personen);
  const zeit = (datum: string) => `${datum} 09:00:00+01`;
  const vorgangZeichen = (v: number) => { const a = akteVon(Math.floor(v / VORGAENGE)); const n = (v % VORGAENGE) + 1; return { zeichen: `${a.zeichen}-${String(n).padStart(2, '0')}`, norm: `${a.norm} ${n}` }; };
  await lade('schriftgut.akte', 'id, schutz_id, aktenplaneinheit_id, aktenzeichen, aktenzeichen_norm, betreff, federfuehrung_id, aktenfuehrung_id, bearbeiter_id, erstellt_am, erstellt_von, geaendert_am', je(b.akten, (n) => {
    const a = akteVon(n);
    return zeile(a.id, a.schutz, a.einheit, a.zeichen, a.norm, `${titelOf(n)} ${n}`, a.oe, a.oe, person(n), zeit(a.datum), person(n), zeit(a.datum));
  }));
  await lade('aktenplan.aktenzeichen', 'id, aktenzeichen, schluessel, norm, art, aktenplaneinheit_id, objekt_id, lfd_nr, jahr', je(b.akten, (n) => { const a = akteVon(n); return zeile(ids.zeichen(n), a.zeichen, a.zeichen.replace(/[-/]/g, ' '), a.norm, 'automatisch', a.einheit, a.id, n + 1, a.jahr); }));
  await lade('schriftgut.vorgang', 'id, schutz_id, akte_id, tiefe, nummer, kennzeichen, kennzeichen_norm, betreff, bearbeiter_id, erstellt_am, erstellt_von, geaendert_am', je(b.vorgaenge, (n) => {
    const a = akteVon(Math.floor(n / VORGAENGE));
    const { zeichen, norm } = vorgangZeichen(n);
    return zeile(ids.vorgang(n), a.schutz, a.id, 2, (n % VORGAENGE) + 1, zeichen, norm, titelOf(n + 17), person(n), zeit(a.datum), person(n), zeit(a.datum));
  }));
  await lade('schriftgut.zaehler', 'container_id, stand', (function* () { for (const a of reihe(b.akten)) { yield zeile(ids.akte(a), VORGAENGE + 1); for (const v of reihe(VORGAENGE)) yield zeile(ids.vorgang(a * VORGAENGE + v), JE_VORGANG); } })());
  const { id: objektId } = (await sql.query("insert into ablage.objekt (mandant_id, id, key, sha256, groesse, zustand) values (platform.current_mandant(), $1, $2, $3, $4, $5) returning id",
    [ids.inhalt(0), objekt?.key ?? randomBytes(16).toString('hex'), objekt?.sha256 ?? '0'.repeat(64), objekt?.size ?? 0, objekt ? 'gut' : 'fehlt'])).rows[0] as { id: string };
  const dateiname = (i: number) => `schreiben-${i}.pdf`;
  await lade('ablage.inhalt', 'id, objekt_id, mime, dateiname, akteur_id', je(b.dokumente, (i) => zeile(ids.inhalt(i + 1), objektId, 'application/pdf', dateiname(i), 'bench')));
  await lade('schriftgut.dokument', 'id, schutz_id, akte_id, vorgang_id, nummer, kennzeichen, kennzeichen_norm, art, betreff, datum_des_schreibens, bearbeiter_id, aktuelle_version_id, erstellt_am, erstellt_von, geaendert_am', je(b.dokumente, (i) => {
    const ort = ortOf(b, i), a = akteVon(ort.a), datum = tag(Math.floor((i * TAGE) / b.dokumente)), wer = person(i), wann = zeit(datum);
    const in_ = ort.v === null ? { zeichen: a.zeichen, norm: a.norm } : vorgangZeichen(ort.v);
    return zeile(ids.dokument(i), a.schutz, a.id, ort.v === null ? null : ids.vorgang(ort.v), ort.nummer, `${in_.zeichen}-${String(ort.nummer).padStart(3, '0')}`, `${in_.norm} ${ort.nummer}`, ART[i % 3]!, titelOf(i), datum, wer, ids.version(i), wann, wer, wann);
  }));
  await lade('schriftgut.dokumentversion', 'id, dokument_id, nummer, erstellt_von', je(b.dokumente, (i) => zeile(ids.version(i), ids.dokument(i), 1, person(i))));
  await lade('schriftgut.format', 'id, version_id, dokument_id, nummer, art, inhalt_id, dateiname, mime, groesse, sha256, format_code', je(b.dokumente, (i) =>
    zeile(ids.format(i), ids.version(i), ids.dokument(i), 1, 'original', ids.inhalt(i + 1), dateiname(i), 'application/pdf', objekt?.size ?? 0, objekt?.sha256 ?? '0'.repeat(64), '008')));
  await lade('schriftgut.kontakt', 'id, dokument_id, reihenfolge, art, name, name_such, familienname, vorname', (function* () {
    for (let i = 0; i < b.dokumente; i += 3) { const [v, n] = [VORNAMEN[mische(i, 21) % VORNAMEN.length]!, NACHNAMEN[mische(i, 22) % NACHNAMEN.length]!]; yield zeile(ids.kontakt(i), ids.dokument(i), 0, 'absender', `${v} ${n}`, `${v} ${n}`.toLowerCase(), n, v); }
  })());
}

/** As `record` does it: the header holds the hash of salt and text. */
function versiegelbar(daten: object, nr: number) {
  const text = JSON.stringify(daten), salz = Buffer.alloc(16, hexOf(nr), 'hex');
  return { text, salz, hash: createHash('sha256').update(salz).update(text).digest() };
}
const hexOf = (nr: number) => `${mische(nr, 31).toString(16).padStart(8, '0')}${mische(nr, 37).toString(16).padStart(8, '0')}`;
const ereignis = (sql: pg.Client, art: string, objekte: Record<string, string[]>, daten: object = {}, d = versiegelbar(daten, art.length)) => sql.query(
  `with e as (insert into platform.ereignis (mandant_id, art, fassung, akteur_art, akteur_id, weg, korrelation_id, objekte, daten_hash) values (platform.current_mandant(), $1, 1, 'system', 'bench', 'job', gen_random_uuid(), $2, $3) returning id),
     d as (insert into platform.ereignis_daten (mandant_id, ereignis_id, salz, daten) select platform.current_mandant(), id, $4, $5 from e)
   insert into platform.ereignis_objekt (mandant_id, objekt_id, ereignis_id, objekt) select platform.current_mandant(), i::uuid, e.id, o.key from e, json_each($2::json) o, json_array_elements_text(o.value) i`, [art, JSON.stringify(objekte), d.hash, d.salz, d.text]);

/** One per Akte, that names everything in it. */
async function ladeEreignisse(sql: pg.Client, b: Bestand, titel: readonly string[], lade: Lade) {
  const { ids } = b;
  const folge = "pg_get_serial_sequence('platform.ereignis', 'id')";
  const erste = Number((await sql.query(`select nextval(${folge}) as n`)).rows[0].n);
  await sql.query(`select setval(${folge}, $1)`, [erste + b.akten]);
  const vorgaenge = (a: number) => Array.from({ length: VORGAENGE }, (_, v) => ids.vorgang(a * VORGAENGE + v));
  const dokumente = (a: number) => Array.from({ length: Math.min(JE_AKTE, b.dokumente - a * JE_AKTE) }, (_, d) => ids.dokument(a * JE_AKTE + d));
  const daten = (a: number) => versiegelbar({ aktenzeichen: akteOf(b, a).zeichen, betreff: `${titel[textOf(a, titel.length).titel]!.replaceAll('"', '')} ${a}` }, a);
  await lade('platform.ereignis', 'id, art, fassung, akteur_art, akteur_id, weg, korrelation_id, objekte, daten_hash', je(b.akten, (a) =>
    zeile(erste + a, 'akte.angelegt', 1, 'system', 'bench', 'job', ids.korrelation(a), JSON.stringify({ akte: [ids.akte(a)], vorgang: vorgaenge(a), dokument: dokumente(a) }), `\\\\x${daten(a).hash.toString('hex')}`)));
  await lade('platform.ereignis_daten', 'ereignis_id, salz, daten', je(b.akten, (a) => { const d = daten(a); return zeile(erste + a, `\\\\x${d.salz.toString('hex')}`, sauber(d.text)); }));
  await lade('platform.ereignis_objekt', 'objekt_id, ereignis_id, objekt', (function* () {
    for (const a of reihe(b.akten)) {
      yield zeile(ids.akte(a), erste + a, 'akte');
      for (const v of vorgaenge(a)) yield zeile(v, erste + a, 'vorgang');
      for (const d of dokumente(a)) yield zeile(d, erste + a, 'dokument');
    }
  })());
}

/** What can be found: copied narrow, the vectors are put together by the database from those of a Betreff and of a text. */
async function ladeSuche(sql: pg.Client, b: Bestand, absaetze: readonly { titel: string; text: string; titelvektor: string; textvektor: string }[], woerter: ReadonlyMap<string, number>, zeilen: Geladen['zeilen'], lade: Lade) {
  const { ids, mandantId } = b;
  const anzahl = absaetze.length;
  await sql.query('create temp table absatz (nr int, titel text, text text, titelvektor tsvector, textvektor tsvector) on commit drop; create temp table neu (id uuid, typ text, schutz_id uuid, schutz_nr int, datum date, art text, status text, einheit uuid, oe uuid, akte uuid, vorgang uuid, titel int, text int, nr bigint) on commit drop');
  await copyInto(sql, 'absatz', 'nr, titel, text, titelvektor, textvektor', absaetze.map((a, i) => zeile(i, sauber(a.titel), sauber(a.text), sauber(a.titelvektor), sauber(a.textvektor))));
  await sql.query('create unique index on absatz (nr); analyze absatz');
  await lade('suche.schutz', 'schutz_id, nr', je(b.bereiche - 1, (n) => zeile(ids.schutz(n), n)));
  await lade('suche.wort', 'wort, anzahl', [...woerter].map(([wort, n]) => zeile(wort, n)));
  await lade('suche.neuaufbau', 'typ, fassung, anzahl, beendet', ['akte', 'vorgang', 'dokument'].map((typ) => zeile(typ, FASSUNG, 0, '2026-01-01')));
  let last = -1;
  let akte: ReturnType<typeof akteOf>;
  const akteVon = (n: number) => { if (n !== last) { akte = akteOf(b, n); last = n; } return akte; };
  const rows = (function* () {
    for (const i of reihe(b.dokumente)) {
      const ort = ortOf(b, i), a = akteVon(ort.a), t = textOf(i, anzahl);
      if (i % JE_AKTE === 0) {
        yield zeile(a.id, 'akte', a.schutz, a.schutzNr, a.datum, 'akte', 'in_bearbeitung', a.einheit, a.oe, a.id, null, textOf(ort.a, anzahl).titel, null, ort.a);
        for (const v of reihe(VORGAENGE)) { const n = ort.a * VORGAENGE + v; yield zeile(ids.vorgang(n), 'vorgang', a.schutz, a.schutzNr, a.datum, 'vorgang', 'in_bearbeitung', a.einheit, a.oe, a.id, ids.vorgang(n), textOf(n + 17, anzahl).titel, null, null); }
      }
      yield zeile(ids.dokument(i), 'dokument', a.schutz, a.schutzNr, tag(Math.floor((i * TAGE) / b.dokumente)), ART[i % 3]!, 'abgelegt', a.einheit, a.oe, a.id, ort.v === null ? null : ids.vorgang(ort.v), t.titel, t.text, null);
    }
  })();
  const begin = performance.now();
  let gesamt = 0;
  for (let stueck = take(rows, 200_000); stueck.length; stueck = take(rows, 200_000)) {
    gesamt += await copyInto(sql, 'neu', 'id, typ, schutz_id, schutz_nr, datum, art, status, einheit, oe, akte, vorgang, titel, text, nr', stueck);
    await sql.query(`insert into suche.eintrag (mandant_id, id, typ, schutz_id, schutz_nr, datum, art, status, aktenplaneinheit_id, organisationseinheit_id, akte_id, vorgang_id, storniert, vektor)
      select '${mandantId}', n.id, n.typ, n.schutz_id, n.schutz_nr, n.datum, n.art, n.status, n.einheit, n.oe, n.akte, n.vorgang, false, t.titelvektor || coalesce(d.textvektor, '') from neu n join absatz t on t.nr = n.titel left join absatz d on d.nr = n.text`);
    await sql.query(`insert into suche.anzeige (mandant_id, id, titel, zusatz, fruehere, inhalt, pruefsumme, gekuerzt)
      select '${mandantId}', n.id, t.titel || coalesce(' ' || n.nr, ''), '', '{}', coalesce(d.text, ''), '', false from neu n join absatz t on t.nr = n.titel left join absatz d on d.nr = n.text`);
    await sql.query('truncate neu');
  }
  const sekunden = (performance.now() - begin) / 1000;
  for (const tabelle of ['suche.eintrag', 'suche.anzeige']) zeilen.push({ tabelle, anzahl: gesamt, sekunden: sekunden / 2 });
}
function take<T>(rows: Iterator<T>, n: number): T[] {
  const all: T[] = [];
  for (let i = 0; i < n; i++) { const next = rows.next(); if (next.done) break; all.push(next.value); }
  return all;
}

/** Takes the indexes of the large tables away that no constraint needs; the answer builds them anew, as they were. */
async function dropIndexes(sql: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await sql.query<{ name: string; def: string }>(`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as def from pg_index i
    where i.indrelid = any(array['schriftgut.akte', 'schriftgut.vorgang', 'schriftgut.dokument', 'schriftgut.format', 'schriftgut.kontakt', 'ablage.inhalt', 'platform.ereignis', 'aktenplan.aktenzeichen', 'suche.eintrag']::regclass[])
      and not i.indisprimary and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`);
  for (const { name } of rows) await sql.query(`drop index ${name}`);
  return async () => { for (const { def } of rows) await sql.query(def); };
}
