export * from './liste.tsx';
export { csv, speichere, xlsx } from './export.ts';
export { useAuswahl, useListe, type Auswahl, type EintragVon, type ListenZustand, type ListOperation } from './zustand.ts';
