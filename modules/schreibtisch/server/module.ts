import { defineModule } from '#platform/server/module.ts';

/** The desk is a page of slots: what lies on it comes from the modules above. */
export default defineModule({ name: 'schreibtisch' });
