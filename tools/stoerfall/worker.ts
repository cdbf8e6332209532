/** A worker that stands still beyond its time, and converters that hang, crash or write without end. */
import { pause } from '#apps/server/tests/program.ts';
import { befrage, openWerk, type Ergebnis, type Stoerung } from './werk.ts';

/**
 * Frozen while it holds jobs. Its lease is the lock of its connection: that is cut, as a firewall does, and the clock of its jobs is put back by five hours
 * in place of waiting. Another worker does them; then the first wakes up and goes on where it was, with results that are no longer wanted.
 */
export const eingefroren: Stoerung = {
  name: 'eingefroren', was: 'Worker hält Aufträge, steht still (SIGSTOP) bis über seine Frist, ein anderer übernimmt, er läuft weiter (SIGCONT)',
  async run(u): Promise<Ergebnis> {
    // a transaction that stands open is ended by the database: after five minutes, here after two seconds
    const werk = await openWerk(u, 'eingefroren', { worker: [], vorher: async (anlage) => { await anlage.sql("alter role va_app set idle_in_transaction_session_timeout = '2s'"); } });
    const { anlage, klient } = werk;
    try {
      klient.weiter();
      await klient.acknowledged(12);
      // each standing still at another step, whole, for so long that the signal meets it there
      const steps = ['auftrag.geladen', 'auftrag.bearbeitet', 'auftrag.vor_commit', 'auftrag.nach_commit'];
      for (const step of steps) await anlage.start('worker', { name: step, stoerung: `${step}=warte:8000@2` });
      await pause(4000);
      for (const step of steps) anlage.processes.get(step)!.kill('SIGSTOP');
      const held = await anlage.sql('select 1 from graphile_worker._private_jobs where locked_at is not null');
      await anlage.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'verbundakte-worker-care'");
      await anlage.giveBack();
      await anlage.start('worker');
      await anlage.giveBack();
      const befunde = await befrage(werk, { nachlauf: true });
      for (const step of steps) anlage.processes.get(step)!.kill('SIGCONT');
      klient.weiter();
      await klient.acknowledged(12);
      await pause(5000);
      befunde.push(...await befrage(werk, { nachlauf: true }));
      if (!held.length) befunde.push('kein Worker hielt einen Auftrag: die Probe sieht nichts');
      return { befunde, zahlen: `${steps.length} Worker mit ${held.length} Aufträgen, ${klient.anzahl} bestätigte Vorgänge geprüft` };
    } finally { await werk.end(); }
  },
};

/** Two of each: numbers are drawn and jobs claimed by both at once. */
export const zuZweit: Stoerung = {
  name: 'zu-zweit', was: 'zwei Server ziehen Nummern, zwei Worker nehmen Aufträge, aus einem Bestand; je einer wird getötet',
  async run(u): Promise<Ergebnis> {
    const apis = ['api', 'api2'];
    const werk = await openWerk(u, 'zu-zweit', { apis, worker: ['worker', 'worker2'], klient: { lanes: 8, pause: 50 } });
    const { anlage, klient } = werk;
    try {
      klient.weiter();
      await klient.acknowledged(40);
      const befunde = await befrage(werk);
      klient.weiter();
      await klient.acknowledged(10);
      await Promise.all(['api2', 'worker2'].map((n) => anlage.kill(n)));
      await klient.acknowledged(10);
      await anlage.start('api', { name: 'api2' });
      await anlage.giveBack();
      befunde.push(...await befrage(werk, { nachlauf: true }));
      return { befunde, zahlen: `${klient.anzahl} bestätigte Vorgänge geprüft` };
    } finally { await werk.end(); }
  },
};
