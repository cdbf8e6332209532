/** Where to after the login: only a path of our own. */
export const zielVon = (zurueck: string | null) => (zurueck && /^\/(?![/\\])/.test(zurueck) && !zurueck.startsWith('/anmeldung') ? zurueck : '/');
