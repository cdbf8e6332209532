type Schema = { $ref?: string; type?: string | string[]; format?: string; properties?: Record<string, Schema>; required?: string[]; items?: Schema; enum?: unknown[]; anyOf?: Schema[]; description?: string };
type Op = { operationId?: string; summary?: string; tags?: string[]; parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]; requestBody?: { content: Record<string, { schema?: Schema }> }; responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> };

const escape = (text: unknown) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
/** As TypeScript would write it: in one line where it fits into one. */
function typeOf(s: Schema = {}, indent = ''): string {
  if (s.$ref) return s.$ref.split('/').at(-1)!;
  if (s.enum) return s.enum.map((e) => JSON.stringify(e)).join(' | ');
  if (s.anyOf) return s.anyOf.map((one) => typeOf(one, indent)).join(' | ');
  if (s.type === 'array') { const one = typeOf(s.items, indent); return / \| /.test(one) && !one.startsWith('{') ? `(${one})[]` : `${one}[]`; }
  if (!s.properties) return [s.format ?? s.type ?? 'any'].flat().join(' | ');
  const fields = Object.entries(s.properties).map(([k, v]) => `${k}${s.required?.includes(k) ? '' : '?'}: ${typeOf(v, `${indent}  `)}`);
  const line = fields.length ? `{ ${fields.join('; ')} }` : '{}';
  return line.length + indent.length <= 90 && !line.includes('\n') ? line : `{\n${fields.map((f) => `${indent}  ${f}`).join('\n')}\n${indent}}`;
}

const term = (title: string, s: Schema | undefined) => `<dt>${title}</dt><dd><pre>${escape(typeOf(s))}</pre></dd>`;
type Row = { path: string; method: string; op: Op };
const article = ({ path, method, op }: Row) => {
  const parameters = (op.parameters ?? []).filter((p) => p.in !== 'header').map((p) => term(`${p.in === 'path' ? 'Pfad' : 'Anfrage'} <code>${escape(p.name)}</code>${p.required ? '' : ' <small>freiwillig</small>'}`, p.schema));
  const headers = (op.parameters ?? []).filter((p) => p.in === 'header').map((p) => term(`Kopfzeile <code>${escape(p.name)}</code>`, p.schema));
  const bodies = Object.entries(op.requestBody?.content ?? {}).map(([mime, c]) => term(`Inhalt <small>${escape(mime)}</small>`, c.schema));
  // errors look alike everywhere; the page says once how
  const answers = Object.entries(op.responses ?? {}).filter(([status]) => /^[23]/.test(status)).map(([status, r]) => term(`Antwort ${escape(status)}`, Object.values(r.content ?? {})[0]?.schema));
  return `<article id="${escape(op.operationId)}"><h3><code>${escape(op.operationId)}</code> ${escape(op.summary ?? '')}</h3><p class="weg"><b class="${method}">${method}</b> <code>${escape(path)}</code></p><dl>${[...parameters, ...headers, ...bodies, ...answers].join('')}</dl></article>`;
};

/** The API as a page to read: no script, from the same document that machines get. */
export function renderOpenApi(document: { info: { title: string; version: string }; paths?: Record<string, Record<string, Op>> }): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, methods]) => Object.entries(methods).map(([method, op]): Row => ({ path, method: method.toUpperCase(), op })));
  const tags = [...new Set(rows.map((r) => r.op.tags?.[0] ?? ''))];
  const of = (tag: string) => rows.filter((r) => r.op.tags?.[0] === tag);
  return `<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escape(document.info.title)} – Schnittstelle</title><link rel="stylesheet" href="schnittstelle.css"></head>
<body><nav aria-label="Inhalt"><ul>${tags.map((t) => `<li><a href="#${escape(t)}">${escape(t)}</a><ul>${of(t).map(({ op }) => `<li><a href="#${escape(op.operationId)}">${escape(op.operationId)}</a></li>`).join('')}</ul></li>`).join('')}</ul></nav>
<main><h1>${escape(document.info.title)} – Schnittstelle</h1>
<p>Für Programme: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1). Anmeldung mit einem Zugangstoken: <code>Authorization: Bearer …</code>. Fehler nach RFC 9457 als <code>application/problem+json</code> mit <code>title</code>, <code>status</code>, <code>code</code> und, wo es hilft, <code>details</code>; <code>code</code> bleibt.</p>
<p>Wer viel auf einmal schickt (Übernahme, Abgleich), setzt <code>Priority: u=7</code> (RFC 9218): Was daraus folgt, wartet hinter dem, worauf Menschen warten.</p>
${tags.map((t) => `<section><h2 id="${escape(t)}">${escape(t)}</h2>${of(t).map(article).join('')}</section>`).join('')}</main></body></html>`;
}

/** Of its own, since the built web has hashed names, and the CSP allows no style in the page. */
export const OPENAPI_STYLE = `
:root { color-scheme: light dark; --grund: light-dark(#f2f3f8, #121520); --flaeche: light-dark(#fff, #1c2030); --text: light-dark(#151a2b, #f2f4fb); --leise: light-dark(#4b5474, #b4bbd4); --linie: light-dark(#c3c8dc, #3d4560); --blau: light-dark(#1f3fa8, #9db4ff); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); background: var(--grund); color: var(--text); font: 1rem/1.5 "Fira Sans", system-ui, sans-serif; }
a { color: var(--blau); }
nav { position: sticky; top: 0; height: 100dvh; overflow: auto; padding: 1rem; border-right: 1px solid var(--linie); background: var(--flaeche); }
nav ul { margin: 0; padding: 0; list-style: none; } nav > ul > li { margin-bottom: .75rem; } nav > ul > li > a { font-weight: 600; } nav ul ul { padding-left: .75rem; font-size: .875rem; }
nav a { display: block; padding: .125rem 0; text-decoration: none; overflow-wrap: anywhere; } nav a:hover { text-decoration: underline; }
main { max-width: 64rem; padding: 1.25rem 2rem 4rem; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; } h3 { margin: 0; font-size: 1rem; font-weight: 400; } h3 code { font-weight: 600; margin-right: .5rem; }
article { margin-bottom: .75rem; padding: .875rem 1rem; border: 1px solid var(--linie); border-radius: .375rem; background: var(--flaeche); } article:target { border-color: var(--blau); box-shadow: 0 0 0 1px var(--blau); }
code, pre { font: .875rem/1.45 "Fira Mono", ui-monospace, monospace; overflow-wrap: anywhere; } pre { margin: 0; white-space: pre-wrap; }
.weg { margin: .25rem 0 .5rem; } .weg b { display: inline-block; min-width: 4rem; font-size: .8125rem; color: var(--blau); }
dl { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: .25rem 1rem; margin: 0; font-size: .875rem; } dt { color: var(--leise); overflow-wrap: anywhere; } dd { margin: 0; } small { font-size: .8125rem; }
@media (max-width: 56rem) { body { display: block; } nav { position: static; height: auto; border: 0; } nav ul ul { display: none; } nav > ul { display: flex; flex-wrap: wrap; gap: 0 1rem; } nav > ul > li { margin: 0; } nav a { padding: .25rem 0; } main { padding: 1rem; } dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .5rem; } }
`;
