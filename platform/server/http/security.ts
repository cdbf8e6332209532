import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';

const ForeignOrigin = () => new AppError('allgemein.fremder_ursprung', 403, 'Die Anfrage kommt von einer fremden Seite und wurde nicht ausgeführt');

/**
 * Cross-site request forgery: a change by cookie must come from our own pages. Browsers send Origin with every unsafe request; what sends neither
 * Origin nor Sec-Fetch-Site is no browser and carries no cookie it did not put there itself.
 */
export function checkOrigin({ method, headers, host, protocol }: FastifyRequest, publicOrigin: string | undefined) {
  if (method === 'GET' || method === 'HEAD' || headers.authorization !== undefined) return;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined ? origin !== (publicOrigin ?? `${protocol}://${host}`) && origin !== `${protocol}://${host}` : site !== undefined && site !== 'same-origin' && site !== 'none') throw ForeignOrigin();
}

/** For every answer; a download narrows it further. The one Trusted Types policy makes the URL of the PDF worker. */
export const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' blob: data:", "font-src 'self' data: blob:", "connect-src 'self'",
    "worker-src 'self' blob:", "manifest-src 'self'", "frame-src 'self' blob:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types verbundakte',
  ].join('; '),
  'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const;
