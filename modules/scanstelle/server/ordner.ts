import { getInhalte, saveInhalt } from '#modules/ablage/server/index.ts';
import { requireOe, type Ordnerziel } from '#modules/posteingang/server/index.ts';
import { tables, type ReadTx, type WriteTx } from '#platform/server/tx.ts';
import { Profileinstellungen } from '../contract.ts';
import { sammeln } from './auftraege.ts';
import { addRohdatei, asHindernis, insertStapel, setStapel } from './commands.ts';
import type { Manifest } from './manifest.ts';
import { isManifest } from './stapel.ts';
import type { ScanstelleTables } from './tables.gen.ts';

const db = tables<ScanstelleTables>();
const OHNE_MANIFEST = 'ohne_manifest';
const findProfil = (tx: ReadTx, ordner: string) => db.read(tx).selectFrom('scanstelle.profil').selectAll().where('ordner', '=', ordner).where('aktiv', '=', true).executeTakeFirst();
type ProfilRow = NonNullable<Awaited<ReturnType<typeof findProfil>>>;

/** Files in the subfolder of a scan profile are scans: a batch each, or what a manifest names together. */
export const ordnerziel: Ordnerziel = {
  nimmt: async (tx, unterordner) => (await findProfil(tx, unterordner)) !== undefined,
  async store(tx, unterordner, stored) {
    const profil = (await findProfil(tx, unterordner))!;
    const inhaltId = await saveInhalt(tx, stored, { mime: stored.mime, dateiname: stored.dateiname, roh: true });
    const inhalt = (await getInhalte(tx, [inhaltId])).get(inhaltId)!;
    const manifest = isManifest(inhalt.dateiname);
    // a lock for all files of the profile: a scan and the manifest that names it, stored at once, would each not see the other
    await db.write(tx).selectFrom('scanstelle.profil').select('id').where('id', '=', profil.id).forUpdate().execute();
    const stapelId = (manifest ? undefined : await findWartenden(tx, profil.id, inhalt.dateiname)) ?? await openStapel(tx, profil, inhalt.dateiname, manifest);
    await addRohdatei(tx, stapelId, inhalt, manifest ? 'manifest' : 'scan');
    const { hindernis } = await db.write(tx).selectFrom('scanstelle.stapel').select('hindernis').where('id', '=', stapelId).executeTakeFirstOrThrow();
    if ((hindernis as { art: string } | null)?.art !== OHNE_MANIFEST) await tx.enqueue(sammeln, { stapelId }, { key: `sammeln:${stapelId}` });
  },
};

/** The batch whose manifest waits for a file of this name. */
async function findWartenden(tx: WriteTx, profilId: string, dateiname: string): Promise<string | undefined> {
  for (const s of await listWartende(tx, profilId)) {
    const manifest = s.manifest as Manifest | null;
    if (!manifest?.dateien.some((d) => d.name === dateiname)) continue;
    const da = await db.write(tx).selectFrom('scanstelle.rohdatei').select('id').where('stapel_id', '=', s.id).where('dateiname', '=', dateiname).executeTakeFirst();
    if (!da) return s.id;
  }
  return undefined;
}
const listWartende = (tx: WriteTx, profilId: string) => db.write(tx).selectFrom('scanstelle.stapel').select(['id', 'manifest', 'hindernis']).where('profil_id', '=', profilId).where('status', '=', 'eingetroffen').where('herkunft', '=', 'ordner').orderBy('eingetroffen').execute();

async function openStapel(tx: WriteTx, profil: ProfilRow, dateiname: string, manifest: boolean): Promise<string> {
  const wartet = !manifest && Profileinstellungen.parse(profil.einstellungen).manifestPflicht;
  const sammler = wartet ? (await listWartende(tx, profil.id)).find((s) => (s.hindernis as { art: string } | null)?.art === OHNE_MANIFEST) : undefined;
  if (sammler) return sammler.id;
  const id = await insertStapel(tx, {
    organisationseinheitId: await requireOe(tx, profil.organisationseinheit_id ?? undefined), herkunft: 'ordner', bezeichnung: wartet ? `${profil.bezeichnung}: Dateien ohne Manifest` : dateiname.replace(/(\.stapel)?\.[a-z]{3,4}$/i, ''), profil,
  });
  if (wartet) await setStapel(tx, id, { hindernis: asHindernis({ art: OHNE_MANIFEST, text: 'wartet auf ein Manifest, das diese Dateien nennt' }) });
  return id;
}

/** What a manifest names and what came before it: moved into its batch. The batch it lay in, if nothing is left there, is done. */
export async function claimDateien(tx: WriteTx, stapelId: string, profilId: string, manifest: Manifest) {
  for (const s of (await listWartende(tx, profilId)).filter((x) => (x.hindernis as { art: string } | null)?.art === OHNE_MANIFEST)) {
    const dateien = await db.write(tx).selectFrom('scanstelle.rohdatei').select(['id', 'dateiname', 'sha256']).where('stapel_id', '=', s.id).orderBy('nummer').execute();
    const genannt = manifest.dateien.flatMap((d) => dateien.find((x) => x.dateiname === d.name && (!d.sha256 || d.sha256.toLowerCase() === x.sha256))?.id ?? []);
    if (!genannt.length) continue;
    await db.write(tx).updateTable('scanstelle.rohdatei').set({ stapel_id: stapelId }).where('id', 'in', genannt).execute();
    await tx.record({ art: 'scandatei.zugeordnet', objekte: { stapel: [stapelId, s.id], scandatei: genannt }, daten: { anzahl: genannt.length } });
    if (genannt.length === dateien.length) {
      await setStapel(tx, s.id, { status: 'verworfen', hindernis: null, verwerfungsgrund: 'Alle Dateien gehören nach einem Manifest zu anderen Stapeln.', verworfen_am: new Date() });
      await tx.record({ art: 'scanstapel.aufgegangen', objekte: { stapel: s.id }, daten: {} });
    }
  }
}
