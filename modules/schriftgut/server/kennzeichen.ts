/** Number in the container, as it stands in a Kennzeichen: gaps are allowed, the width grows when it must. */
const zahl = (nummer: number, breite: number) => String(nummer).padStart(breite, '0');

/** AZ-03: the Kennzeichen of a part derives from that of its container. */
export const kennzeichenVon = {
  teilakte: (akte: string, nummer: number) => `${akte}-T${zahl(nummer, 2)}`,
  vorgang: (container: string, nummer: number) => `${container}-${zahl(nummer, 2)}`,
  dokument: (container: string, nummer: number) => `${container}-${zahl(nummer, 3)}`,
  anlage: (dokument: string, nummer: number) => `${dokument}.${nummer}`,
};
