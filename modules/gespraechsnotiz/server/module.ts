import { createHochgeladen } from '#modules/ablage/server/index.ts';
import { getBenutzerKurz, getMandant } from '#modules/organisation/server/index.ts';
import { EingangAblegen } from '#modules/posteingang/contract.ts';
import { assignEingang, createEingang, fileEingang } from '#modules/posteingang/server/index.ts';
import { renderBericht } from '#platform/server/bericht/bericht.ts';
import { defineModule, route } from '#platform/server/module.ts';
import type { Stored } from '#platform/server/storage/storage.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import { tagVon } from '#platform/server/zeit.ts';
import { api, type Gespraechsnotiz } from '../contract.ts';
import { bemerkungOf, berichtOf, type Notiz } from './notiz.ts';

/**
 * The note takes the way of all post: it is received in the office of whoever spoke, and goes from there into the Vorgang or to the office it is for. So nobody needs
 * a Recht in a foreign basket, and the trail says who took the call.
 */
async function createGespraechsnotiz(tx: WriteTx, notiz: Notiz, pdf: Stored & { tag: string }): Promise<Gespraechsnotiz> {
  const inhalt = await createHochgeladen(tx, pdf, { mime: 'application/pdf', dateiname: `Gesprächsnotiz ${pdf.tag} ${notiz.wer.replace(/[/\\]/g, ' ')}.pdf` });
  const eingang = await createEingang(tx, {
    inhaltId: inhalt.id, kanal: notiz.kanal, betreff: notiz.betreff, absender: notiz.wer, absenderArt: null, datumDesSchreibens: null, fremdesGeschaeftszeichen: null, bemerkung: bemerkungOf(notiz) || null,
  });
  const fertig = (organisationseinheit: Gespraechsnotiz['organisationseinheit'], dokumentId: Gespraechsnotiz['dokumentId']) => ({ eingangId: eingang.id, nummer: eingang.nummer, organisationseinheit, dokumentId });
  if (notiz.ziel) {
    const ziel = notiz.ziel.art === 'neuer_vorgang' ? { ...notiz.ziel, vorgang: { betreff: notiz.betreff } } : notiz.ziel;
    return fertig(eingang.organisationseinheit, (await fileEingang(tx, eingang.id, EingangAblegen.parse({ ziel }))).ablage?.dokumentId ?? null);
  }
  const wohin = notiz.organisationseinheitId;
  if (wohin === undefined || wohin === eingang.organisationseinheit.id) return fertig(eingang.organisationseinheit, null);
  return fertig((await assignEingang(tx, eingang.id, { organisationseinheitId: wohin })).organisationseinheit as Gespraechsnotiz['organisationseinheit'], null);
}

export default defineModule({
  name: 'gespraechsnotiz',
  routes: [
    route(api.createGespraechsnotiz, {
      load: async (tx) => ({ behoerde: (await getMandant(tx)).name, von: (await getBenutzerKurz(tx, [tx.ctx.akteur.id])).get(tx.ctx.akteur.id)?.name ?? '' }),
      async prepare(io, { mandantId }, { body }, namen) {
        const jetzt = io.now();
        const bytes = await renderBericht({ format: 'pdf', bericht: berichtOf(body, { ...namen, jetzt }) });
        return { ...await io.storage.put(mandantId, [bytes]), tag: tagVon(jetzt) };
      },
      handle: (tx, { body }, pdf) => createGespraechsnotiz(tx, body, pdf),
    }),
  ],
});
