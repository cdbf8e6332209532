import { afterEach, expect, test } from 'vitest';
import { api as organisation } from '#modules/organisation/contract.ts';
import { setZeitzone } from '#platform/server/zeit.ts';
import { api } from '../contract.ts';
import { newPosteingang, upload } from './hilfe.ts';

afterEach(() => setZeitzone('Europe/Berlin'));

// 26 hours apart: at every moment two different days.
test.each(['Pacific/Kiritimati', 'Etc/GMT+12'])('the legal day and the year of a number are those of ZEITZONE: %s', async (zone) => {
  setZeitzone(zone);
  const tag = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
  const { mandant, poststelle } = await newPosteingang();
  const eingang = await poststelle.call(api.createEingang, { body: { inhaltId: await upload(poststelle, 'Brief') } });
  expect(eingang).toMatchObject({ posteingangsdatum: tag, nummer: expect.stringContaining(`PE ${tag.slice(0, 4)}-`) });
  const oe = await mandant.as('administration').call(organisation.createOrganisationseinheit, { body: { kennzeichen: '77', bezeichnung: 'Von heute an', gueltigAb: tag } });
  expect(oe.gueltig).toBe(true);
  expect((await poststelle.call(api.getPosteingang, { query: {} })).heute).toMatchObject({ eingegangen: 1 });
});
