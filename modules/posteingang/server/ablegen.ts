import type { z } from 'zod';
import { AkteAnlegen, DokumentAnlegen, VorgangAnlegen } from '#modules/schriftgut/contract.ts';
import { createAkte, createAnlagen, createDokument, createVorgang } from '#modules/schriftgut/server/index.ts';
import { failpoint } from '#platform/server/stoerung.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import type { Eingang, EingangAblegen } from '../contract.ts';
import { lockEingang, moveEingaenge, requireSchritt } from './bewegen.ts';
import { applyAngaben } from './commands.ts';
import { absenderKontakt, PosteingangErrors } from './eingang.ts';
import { followAblage } from './geschuetzt.ts';
import { getEingang, readAnlagen, readMitgelieferte } from './queries.ts';

type Ablegen = z.output<typeof EingangAblegen>;
type Ort = { akteId: string; vorgangId: string | null };

/** Makes the place where there is none yet. Each step asks for its own Recht in »schriftgut«. */
async function placeOf(tx: WriteTx, ziel: Ablegen['ziel'], federfuehrungId: string): Promise<Ort | { vorgangId: string }> {
  switch (ziel.art) {
    case 'vorgang': return { vorgangId: ziel.vorgangId };
    case 'akte': return { akteId: ziel.akteId, vorgangId: null };
    case 'neuer_vorgang': return newVorgang(tx, ziel.akteId, ziel.vorgang.betreff);
    case 'neue_akte': {
      const akte = await createAkte(tx, AkteAnlegen.parse({ aktenplaneinheitId: ziel.aktenplaneinheitId, betreff: ziel.akte.betreff, federfuehrungId: ziel.akte.federfuehrungId ?? federfuehrungId }));
      return newVorgang(tx, akte.id, ziel.vorgang.betreff);
    }
  }
}
async function newVorgang(tx: WriteTx, akteId: string, betreff: string): Promise<Ort> {
  const vorgang = await createVorgang(tx, VorgangAnlegen.parse({ akteId, betreff }));
  return { akteId, vorgangId: vorgang.id };
}

/** The Eingang becomes a Dokument with the same content, in one transaction; of two people at once one wins (PE-03, PE-07). */
export async function fileEingang(tx: WriteTx, id: string, { ziel, ...angaben }: Ablegen): Promise<Eingang> {
  const locked = await lockEingang(tx, 'eingang.ablegen', id);
  await requireSchritt(tx, locked, 'zugeordnet');
  const row = await applyAngaben(tx, locked, angaben);
  if (!row.absender.trim()) throw PosteingangErrors.absender_fehlt([{ pfad: '/absender', text: 'Bitte den Absender angeben, notfalls „unbekannt“' }]);
  const ort = await placeOf(tx, ziel, row.organisationseinheit_id);
  const dokument = await createDokument(tx, DokumentAnlegen.parse({
    ...(ort.vorgangId === null ? { akteId: 'akteId' in ort ? ort.akteId : undefined } : { vorgangId: ort.vorgangId }),
    art: 'eingang', betreff: row.betreff, posteingangsdatum: row.posteingangsdatum, datumDesSchreibens: row.datum_des_schreibens ?? row.posteingangsdatum,
    ...(row.fremdes_geschaeftszeichen && { fremdesGeschaeftszeichen: row.fremdes_geschaeftszeichen }), ...(row.bemerkung && { bemerkung: row.bemerkung }), ...(row.dokumenttyp && { typ: row.dokumenttyp }),
    kontakte: [absenderKontakt(row.absender, row.absender_art)], formate: [{ inhaltId: row.inhalt_id }],
  }), { inhalteVorhanden: true });
  await createAnlagenAus(tx, dokument.id, row.inhalt_id);
  const mitgeliefert = (await readMitgelieferte(tx, [row.id])).get(row.id) ?? [];
  if (mitgeliefert.length) await createAnlagen(tx, dokument.id, mitgeliefert.map(({ inhaltId, dateiname }) => ({ inhaltId, dateiname })));
  failpoint('eingang.abgelegt');

  const akteId = 'akteId' in ort ? ort.akteId : dokument.akteId;
  await moveEingaenge(tx, [row], { schritt: 'abgelegt', status: 'zugeordnet', felder: { akte_id: akteId, vorgang_id: ort.vorgangId, dokument_id: dokument.id } });
  await followAblage(tx, id, dokument.schutzId);
  await tx.record({
    art: 'eingang.abgelegt', objekte: { eingang: id, dokument: dokument.id, akte: akteId, ...(ort.vorgangId && { vorgang: ort.vorgangId }) },
    daten: { nummer: row.nummer, kennzeichen: dokument.kennzeichen, ziel: ziel.art },
  });
  return getEingang(tx, id);
}

/** What the e-mail brought along becomes Anlagen of its Dokument; may run twice. */
export async function createAnlagenAus(tx: WriteTx, dokumentId: string, inhaltId: string) {
  const anlagen = (await readAnlagen(tx, [inhaltId])).get(inhaltId) ?? [];
  if (anlagen.length) await createAnlagen(tx, dokumentId, anlagen.map(({ inhaltId: id, dateiname }) => ({ inhaltId: id, dateiname })));
}
