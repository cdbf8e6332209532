/** What other modules may use of »scanstelle«. Everything else in this folder is private. */
export { stapelPolicy } from './policy.ts';
