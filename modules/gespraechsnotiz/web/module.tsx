import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';

export default defineWebModule({ slots: { 'kopf.rechts': [{ recht: 'eingang.anlegen', rang: 1, Inhalt: lazy(() => import('./knopf.tsx')) }] } });
