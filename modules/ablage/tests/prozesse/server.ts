/** A server process of its own, whose memory can be asked for: prints address and token; on a message answers the highest RSS since the last one. */
import { buildTestHttp, modules, newMandant } from '#platform/testing/test.ts';

const http = await buildTestHttp(modules);
const url = await http.listen({ port: 0, host: '127.0.0.1' });
let highest = 0;
setInterval(() => { highest = Math.max(highest, process.memoryUsage.rss()); }, 20);
process.on('message', () => { process.send!({ highest }); highest = 0; });
process.on('disconnect', () => process.exit(0));
process.send!({ url, token: newMandant().as('sachbearbeitung').id });
