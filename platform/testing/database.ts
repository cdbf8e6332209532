/** Where the test database runs: set by global-setup, which starts one, or takes the PostgreSQL named by `TEST_PG` (host:port, roles without password). */
const base = () => {
  const host = process.env.VERBUNDAKTE_TEST_PG;
  if (!host) throw new Error('the test database is not running: global-setup sets VERBUNDAKTE_TEST_PG');
  return host;
};
export const TEMPLATE = process.env.VERBUNDAKTE_TEST_TEMPLATE ?? 'verbundakte_test';
const url = (role: string, host = base) => (name: string) => `postgres://${role}:test@${host()}/${name}`;
export const superUrl = url('postgres');
export const ownerUrl = url('va_owner');
/** Through the pooler named by `VERBUNDAKTE_TEST_POOLER` (host:port), where there is one: npm run conformance. */
export const pooler = process.env.VERBUNDAKTE_TEST_POOLER;
export const appUrl = url('va_app', () => pooler ?? base());
export const workerUrl = url('va_worker');
