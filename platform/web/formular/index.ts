export { Felder, Formular, useFormular } from './formular.tsx';
export { feldtext } from './fehlertext.ts';
