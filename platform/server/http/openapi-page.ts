type Schema = { $ref?: string; type?: string | string[]; format?: string; properties?: Record<string, Schema>; required?: string[]; items?: Schema; enum?: unknown[]; anyOf?: Schema[]; description?: string };
type Op = { operationId?: string; summary?: string; tags?: string[]; parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]; requestBody?: { content: Record<string, { schema?: Schema }> }; responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> };

const escape = (text: unknown) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
const typeOf = (s: Schema = {}): string =>
  s.$ref ? s.$ref.split('/').at(-1)! : s.enum ? s.enum.map((e) => JSON.stringify(e)).join(' | ') : s.anyOf ? s.anyOf.map(typeOf).join(' | ')
    : s.type === 'array' ? `${typeOf(s.items)}[]` : s.properties ? `{ ${Object.entries(s.properties).map(([k, v]) => `${k}${s.required?.includes(k) ? '' : '?'}: ${typeOf(v)}`).join('; ')} }` : [s.format ?? s.type ?? 'any'].flat().join(' | ');

/** The API as a page to read: no script, from the same document that machines get. */
export function renderOpenApi(document: { info: { title: string; version: string }; paths?: Record<string, Record<string, Op>> }): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]) => ({ path, method: method.toUpperCase(), op })));
  const section = (tag: string) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>${rows.filter((r) => r.op.tags?.[0] === tag).map(({ path, method, op }) => `
<article id="${escape(op.operationId)}"><h3><code>${escape(op.operationId)}</code> ${escape(op.summary ?? '')}</h3><p><code>${method} ${escape(path)}</code></p><dl>
${(op.parameters ?? []).map((p) => `<dt>${escape(p.in)} <code>${escape(p.name)}</code>${p.required ? '' : ' (freiwillig)'}</dt><dd><code>${escape(typeOf(p.schema))}</code></dd>`).join('')}
${Object.entries(op.requestBody?.content ?? {}).map(([mime, c]) => `<dt>Inhalt ${escape(mime)}</dt><dd><code>${escape(typeOf(c.schema))}</code></dd>`).join('')}
${Object.entries(op.responses ?? {}).map(([status, r]) => `<dt>Antwort ${escape(status)}</dt><dd><code>${escape(Object.values(r.content ?? {}).map((c) => typeOf(c.schema)).join(' '))}</code></dd>`).join('')}</dl></article>`).join('')}`;
  const tags = [...new Set(rows.map((r) => r.op.tags?.[0] ?? ''))];
  return `<!doctype html><html lang="de"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(document.info.title)} – Schnittstelle</title>
<main><h1>${escape(document.info.title)} – Schnittstelle</h1><p>OpenAPI 3.1: <a href="openapi.json">openapi.json</a>. Fehler nach RFC 9457. Anmeldung mit Zugangstoken: <code>Authorization: Bearer …</code></p>
<p>Wer viel auf einmal schickt (Übernahme, Abgleich), setzt <code>Priority: u=7</code> (RFC 9218): Was daraus folgt, wartet hinter dem, worauf Menschen warten.</p>
<nav aria-label="Bereiche"><ul>${tags.map((t) => `<li><a href="#${escape(t)}">${escape(t)}</a></li>`).join('')}</ul></nav>${tags.map(section).join('')}</main></html>`;
}
