import { lazy } from 'react';
import { defineWebModule } from '#platform/web/module.ts';

export default defineWebModule({
  slots: { 'inhalt.ansicht': [{ Inhalt: lazy(() => import('./ansicht.tsx')) }] },
});
