import { relative } from 'node:path';

export const say = (text: string) => console.log(text);
/** A path as the reader would type it here. */
export const short = (path: string) => {
  const here = relative(process.cwd(), path);
  return here.startsWith('..') ? path : `./${here}`;
};
/** A reason not to go on that the user can mend: shown as a sentence, without a stack. */
export class Refusal extends Error {}
