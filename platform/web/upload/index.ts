export { dateienAus, hatDateien } from './dateien.ts';
export { Abwurf, DateiFeld, DateiKnopf, Uebertragungen, useUpload, type Uebertragung } from './upload.tsx';
