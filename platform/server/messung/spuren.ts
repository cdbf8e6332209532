import type { IncomingHttpHeaders } from 'node:http';
import type { Attributes } from '@opentelemetry/api';

/** One request or job as it is followed; without a collector there is none, and nothing is done for it. */
export type Spur = {
  /** A part of it that has just ended and took `ms`. */
  teil(name: string, ms: number, angaben?: Attributes): void;
  ende(angaben: Attributes, gescheitert?: boolean): void;
};
export type Spuren = {
  /** `kopf`: of the request, whose `traceparent` it goes on with. */
  beginne(name: string, angaben: Attributes, kopf?: IncomingHttpHeaders): Spur;
  close(): Promise<void>;
};

/**
 * Traces by OpenTelemetry, sent in batches to a collector by OTLP over HTTP (`…/v1/traces`). Loaded only where one is named: without, its code costs no
 * memory. Who cannot be reached loses spans, never a request.
 */
export async function openSpuren(url: string, { prozess, version }: { prozess: string; version: string }): Promise<Spuren> {
  const [{ ROOT_CONTEXT, SpanKind, SpanStatusCode, trace }, { W3CTraceContextPropagator }, { BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/core'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources'),
  ]);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `verbundakte-${prozess}`, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const tracer = provider.getTracer('verbundakte', version);
  const propagator = new W3CTraceContextPropagator();
  const getter = { get: (kopf: IncomingHttpHeaders, name: string) => kopf[name], keys: (kopf: IncomingHttpHeaders) => Object.keys(kopf) };
  return {
    beginne(name, attributes, kopf) {
      const span = tracer.startSpan(name, { attributes, kind: kopf ? SpanKind.SERVER : SpanKind.INTERNAL }, kopf ? propagator.extract(ROOT_CONTEXT, kopf, getter) : ROOT_CONTEXT);
      const darin = trace.setSpan(ROOT_CONTEXT, span);
      return {
        teil(teil, ms, angaben = {}) { const ende = Date.now(); tracer.startSpan(teil, { attributes: angaben, startTime: ende - ms }, darin).end(ende); },
        ende(angaben, gescheitert = false) {
          span.setAttributes(angaben);
          if (gescheitert) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    close: () => provider.shutdown(),
  };
}
