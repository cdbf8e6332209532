import { randomUUID } from 'node:crypto';
import type { Answer, Operation } from '#platform/contract.ts';
import { API, type Http } from '#platform/server/http/http.ts';
import { ApiError, createClient, pathOf } from '#platform/web/client.ts';
import type { DemoDatei } from './dateien.ts';

/** Somebody of the demo at work: everything they do goes through the API, as it does in the web. */
export type Person = {
  id: string; name: string; oe: string;
  call: ReturnType<typeof createClient>;
  upload<O extends Operation>(operation: O, datei: DemoDatei): Promise<Answer<O>>;
};

export function createPerson(http: Http, headers: Record<string, string>, { id, name, oe }: { id: string; name: string; oe: string }): Person {
  const call = createClient(async ({ method, url, headers: more, body }) => {
    const answer = await http.inject({ method, url: API + url, headers: { ...headers, ...more }, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  });
  return {
    id, name, oe, call,
    async upload(operation, { bytes, dateiname, mime }) {
      const answer = await http.inject({
        method: operation.method, url: API + pathOf(operation, {}), payload: bytes,
        headers: { ...headers, 'content-type': mime, 'x-dateiname': encodeURIComponent(dateiname), 'idempotency-key': randomUUID() },
      });
      if (answer.statusCode >= 400) throw new ApiError(answer.statusCode, answer.json());
      return answer.json();
    },
  };
}
