type Request = { protocol: string; ip: string; headers: Record<string, string | string[] | undefined>; socket: { localPort?: number | undefined } };

/**
 * Behind https the browser itself guards the cookie (__Host-: this host, this path, secure). On plain http of the own machine the name carries the
 * port, since cookies do not know ports and two demos would log each other out.
 */
export const cookieName = ({ protocol, socket }: Pick<Request, 'protocol' | 'socket'>, name: string) =>
  protocol === 'https' ? `__Host-${name}` : `${name}-${socket.localPort ?? 0}`;

/** RFC 9218: `Priority: u=7` is background work; what comes of it waits behind what people wait for. Browsers never send it. */
export const isBackground = (priority: string | string[] | undefined) => /(^|[,\s])u=7($|[,;\s])/.test(String(priority ?? ''));

export const originOf = ({ ip, headers }: Pick<Request, 'ip' | 'headers'>) => ({ adresse: ip, geraet: String(headers['user-agent'] ?? '').slice(0, 300) });

/** The token of `Authorization: Bearer …`; undefined for anything else, and for what is longer than any of ours. */
export function readBearer(authorization: string | undefined): string | undefined {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return token !== undefined && token.length <= 200 ? token : undefined;
}
