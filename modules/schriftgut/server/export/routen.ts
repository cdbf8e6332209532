import { routeWithSend, type Download, type Route } from '#platform/server/module.ts';
import type { WriteTx } from '#platform/server/tx.ts';
import { api, type Objekttyp } from '../../contract.ts';
import type { Io } from '#platform/server/io.ts';
import type { RequestContext } from '#platform/server/context.ts';
import { readExportplan, type Exportplan } from './plan.ts';
import { pathPart } from './zip.ts';

type Wunsch = { format: 'pdf' | 'zip'; anzeigen?: boolean | undefined };
/** The heavy code is loaded with the first export. */
async function send(io: Io, { plan, wunsch }: { plan: Exportplan; wunsch: Wunsch }, ctx: RequestContext): Promise<Download> {
  const dateiname = `${pathPart(`${plan.wurzel.kennzeichen} ${plan.wurzel.betreff}`, 100)}.${wunsch.format}`;
  if (wunsch.format === 'zip') {
    const { zipExport } = await import('./zip.ts');
    return { stream: () => zipExport(io, ctx, plan), mime: 'application/zip', dateiname, disposition: 'attachment' };
  }
  const { pdfExport } = await import('./pdf.ts');
  return { stream: () => pdfExport(io, ctx, plan), mime: 'application/pdf', dateiname, disposition: wunsch.anzeigen ? 'inline' : 'attachment' };
}
/** Who took what along stands in its history (PR-01); how much it was, too, since the one root stands for all in it. */
const recordExport = (tx: WriteTx, typ: Objekttyp, { plan: { wurzel, knoten, metadaten: m }, wunsch }: { plan: Exportplan; wunsch: Wunsch }) => tx.record({
  art: `${typ}.ausgegeben`, objekte: { [typ]: wurzel.id, ...('vorgangId' in m && m.vorgangId && { vorgang: m.vorgangId }), ...('akteId' in m && { akte: m.akteId }) },
  daten: { format: wunsch.format, dokumente: knoten.filter((k) => k.typ === 'dokument').length },
});
const exportRoute = (operation: typeof api.exportAkte | typeof api.exportVorgang | typeof api.exportDokument, typ: Objekttyp): Route =>
  routeWithSend(operation as typeof api.exportAkte, { handle: async (tx, { params, query }) => ({ plan: await readExportplan(tx, typ, params.id), wunsch: query }), record: (tx, result) => recordExport(tx, typ, result), send });

export const exportRouten = [exportRoute(api.exportAkte, 'akte'), exportRoute(api.exportVorgang, 'vorgang'), exportRoute(api.exportDokument, 'dokument')];
