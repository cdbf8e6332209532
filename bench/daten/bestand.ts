/** What a county or a Land is made of, as arithmetic: every row follows from its number, so nothing is kept and every run makes the same. */
export type Umfang = { dokumente: number; personen?: number; bereiche?: number; einheiten?: number };
export const GRUPPEN = { oben: 10, mitte: 100, blatt: 1000 } as const;
const PLAN = GRUPPEN.oben + GRUPPEN.mitte + GRUPPEN.blatt;

/** Dokumente of an Akte: eight in each of its Vorgänge, the last one lies in the Akte itself. */
export const JE_AKTE = 25, JE_VORGANG = 8, VORGAENGE = 3;
const PHI = 0.618_033_988_749_894_9;

/** Numbers of the kinds of ids; UUIDs of version 7 by their form. */
const arten = ['oe', 'benutzer', 'konto', 'plan', 'einheit', 'schutz', 'freigabe', 'akte', 'vorgang', 'dokument', 'version', 'format', 'inhalt', 'kontakt', 'zeichen', 'zaehler', 'korrelation'] as const;
type Art = (typeof arten)[number];
const hex = (n: number, stellen: number) => n.toString(16).padStart(stellen, '0');
/** Looks random, and is not. */
export const mische = (n: number, salz: number) => {
  let x = Math.imul(n ^ (salz * 0x9e37_79b9), 0x85eb_ca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
};

export type Bestand = ReturnType<typeof planBestand>;
export function planBestand(mandantId: string, { dokumente, personen = 3000, bereiche = 5000, einheiten = 120 }: Umfang) {
  const prefix = mandantId.slice(0, 8);
  const ids = Object.fromEntries(arten.map((art, i) => [art, (n: number) => `${prefix}-${hex(i + 1, 4)}-7000-8000-${hex(n, 12)}`])) as Record<Art, (n: number) => string>;
  const akten = Math.ceil(dokumente / JE_AKTE);
  /** Schutzbereiche of a Federführung: the ones that Akten point to; those of one unit lie side by side. */
  const federfuehrungen = bereiche - 1 - PLAN;
  if (federfuehrungen < GRUPPEN.blatt) throw new Error(`at least ${PLAN + 1 + GRUPPEN.blatt} Schutzbereiche`);
  const jeBlatt = federfuehrungen / GRUPPEN.blatt;
  const blattVon = (f: number) => Math.min(GRUPPEN.blatt - 1, Math.floor(f / jeBlatt));
  /** Within a unit each Federführung is another OE's. */
  const oeVon = (f: number) => (blattVon(f) * 7 + (f - Math.ceil(blattVon(f) * jeBlatt)) * 31) % einheiten;
  /** Units: 0–9 above, then 10–109, then the leaves. */
  const ebene = (e: number) => (e < GRUPPEN.oben ? 0 : e < GRUPPEN.oben + GRUPPEN.mitte ? 1 : 2);
  const inEbene = (e: number) => e - [0, GRUPPEN.oben, GRUPPEN.oben + GRUPPEN.mitte][ebene(e)]!;
  const einheitVonBlatt = (b: number) => GRUPPEN.oben + GRUPPEN.mitte + b;
  return {
    mandantId, ids, dokumente, personen, bereiche, einheiten, akten, vorgaenge: akten * VORGAENGE, federfuehrungen, plan: PLAN,
    blattVon, oeVon, ebene, einheitVonBlatt,
    kennzeichen: (e: number) => String(inEbene(e)).padStart(ebene(e) + 1, '0'),
    ueber: (e: number) => (ebene(e) === 0 ? null : ebene(e) === 1 ? Math.floor(inEbene(e) / 10) : GRUPPEN.oben + Math.floor(inEbene(e) / 10)),
    /** Numbers of Schutzbereiche: a unit's is its own, a Federführung's follows. */
    schutzVonFederfuehrung: (f: number) => PLAN + f,
    /** Spread evenly: of the Akten, one per cent of the Schutzbereiche holds one per cent. */
    federfuehrungVonAkte: (a: number) => Math.floor(((a * PHI) % 1) * federfuehrungen),
  };
}
