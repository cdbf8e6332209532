export const bereichPfad = (id: string) => `/verwaltung/schutzbereiche/${id}`;
export const matrixPfad = (query: Record<string, string> = {}) => `/verwaltung/schutzbereiche/matrix?${new URLSearchParams(query)}`;
export const personPfad = (id: string) => `/verwaltung/personen/${id}/rechte`;
