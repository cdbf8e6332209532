/** For the processes, which tell operators of themselves. */
export { countWarteschlange } from './auftrag.ts';
export { readSicherungsalter } from './sicherung.ts';
export { saveLangsame } from './langsame.ts';
