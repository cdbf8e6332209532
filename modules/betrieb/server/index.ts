/** For the processes, which tell operators of themselves. */
export { countWarteschlange } from './auftrag.ts';
export { saveLangsame } from './langsame.ts';
