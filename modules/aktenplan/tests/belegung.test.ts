import { expect, test } from 'vitest';
import { database, newMandant } from '#platform/testing/test.ts';
import { assignAktenzeichen, createAktenplan, createAktenplaneinheit, requireBelegbar } from '../server/index.ts';
import { AktenplanAnlegen, AktenplaneinheitAnlegen } from '../contract.ts';

test('AZ-01: Aktenzeichen of a unit are counted without a gap', async () => {
  const { system } = newMandant();
  const id = await database.write(system, async (tx) => {
    const plan = await createAktenplan(tx, AktenplanAnlegen.parse({ bezeichnung: 'Aktenplan', versionsbezeichnung: '1', gueltigVon: '2020-01-01' }));
    return (await createAktenplaneinheit(tx, AktenplaneinheitAnlegen.parse({ aktenplanId: plan.id, kennzeichen: '631.20', betreffKurz: 'Baugenehmigungen' }))).id;
  });
  const az = await database.write(system, async (tx) => {
    const unit = await requireBelegbar(tx, id);
    const organisationseinheitId = crypto.randomUUID();
    const all = [];
    for (let i = 0; i < 3; i++) all.push((await assignAktenzeichen(tx, { aktenplaneinheitId: unit.id, organisationseinheitId })).aktenzeichen);
    await tx.record({ art: 'akte.angelegt', objekte: { aktenplaneinheit: id } });
    return all;
  });
  const jahr = new Date().getFullYear();
  expect(az).toEqual([1, 2, 3].map((n) => `631.20-${jahr}/000${n}`));
});
