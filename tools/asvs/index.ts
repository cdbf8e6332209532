import type { Kapitel } from './eintrag.ts';
import { v01, v02, v03 } from './v01-v03.ts';
import { v04, v05 } from './v04-v05.ts';
import { v06, v07 } from './v06-v07.ts';
import { v08, v09, v10 } from './v08-v10.ts';
import { v11, v12, v13, v14 } from './v11-v14.ts';
import { v15, v16, v17 } from './v15-v17.ts';

export const kapitel: readonly Kapitel[] = [v01, v02, v03, v04, v05, v06, v07, v08, v09, v10, v11, v12, v13, v14, v15, v16, v17];
