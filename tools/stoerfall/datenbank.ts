/** PostgreSQL dies under the running processes, and comes back. */
import { pause } from '#apps/server/tests/program.ts';
import { befrage, openWerk, zufall, type Ergebnis, type Stoerung } from './werk.ts';

export const datenbank = (times: number): Stoerung => ({
  name: 'datenbank', was: 'PostgreSQL getötet (kill -9) oder sofort beendet, Server und Worker laufen weiter',
  async run(u): Promise<Ergebnis> {
    const werk = await openWerk(u, 'datenbank');
    const { anlage, klient } = werk;
    try {
      const befunde: string[] = [];
      for (let i = 0; i < times && !befunde.length; i++) {
        klient.weiter();
        await klient.acknowledged(8);
        await pause(zufall(0, 300));
        if (i % 2) await anlage.database!.stop('immediate'); else await anlage.killDatabase();
        await pause(zufall(0, 500)); // requests meet a database that is not there
        await anlage.startDatabase();
        if (!anlage.isRunning('api')) { befunde.push('der Server hat sich mit der Datenbank beendet'); break; }
        befunde.push(...await befrage(werk));
      }
      befunde.push(...await befrage(werk, { nachlauf: true }));
      return { befunde, zahlen: `${times}-mal, ${klient.anzahl} bestätigte Vorgänge geprüft, ${anlage.revived}-mal hatte sich der Worker beendet und wurde neu gestartet` };
    } finally { await werk.end(); }
  },
});
