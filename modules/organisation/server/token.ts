import { createHash, randomBytes } from 'node:crypto';
import type { RequestContext } from '#platform/server/context.ts';
import type { ReadTx } from '#platform/server/tx.ts';

/** 256 random bits. Only the hash is kept: a copy of the database opens no session. */
export const createToken = (prefix = '') => prefix + randomBytes(32).toString('base64url');
export const hashToken = (token: string) => createHash('sha256').update(token).digest();

/**
 * What is shown once and kept nowhere, from `handle` to `send` of the same request. It must not be part of the result: that is kept for the
 * Idempotency-Key. A repeated request finds none.
 */
const secrets = new WeakMap<RequestContext, string>();
export const keepSecret = (tx: ReadTx, secret: string) => { secrets.set(tx.ctx, secret); };
export const takeSecret = (ctx: RequestContext) => { const secret = secrets.get(ctx) ?? null; secrets.delete(ctx); return secret; };
