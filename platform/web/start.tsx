import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider, type RouteObject } from 'react-router';
import { createQueryClient } from './daten.ts';
import { wendeAn } from './einstellungen.ts';
import { setzeModule, type WebModule } from './module.ts';
import { NichtGefunden, RoutenFehler } from './schale/fehlerseite.tsx';
import { Rahmen } from './schale/rahmen.tsx';
import { starteTasten } from './tasten.ts';
import { sichtPfad } from './sicht.ts';
import { sprache } from './text.ts';

/** A page that fails takes nothing else with it: each route of a module has its own boundary. */
const mitGrenze = (route: RouteObject): RouteObject => ({ ErrorBoundary: RoutenFehler, ...route });

/** Starts the application with the modules that exist, in their order. */
export function starte(module: readonly WebModule[], wurzel: HTMLElement) {
  setzeModule(module);
  document.documentElement.lang = sprache();
  wendeAn();
  starteTasten();
  const router = createBrowserRouter([
    ...module.flatMap((m) => m.freieRouten ?? []).map(mitGrenze),
    {
      path: '/', Component: Rahmen, ErrorBoundary: RoutenFehler,
      children: [...module.flatMap((m) => m.routes ?? []).map(mitGrenze), { path: 'verwaltung', lazy: () => import('./schale/verwaltung.tsx') }, { path: 'darstellung', lazy: () => import('./schale/darstellung.tsx') }, { path: '*', Component: NichtGefunden }],
    },
  ], { basename: sichtPfad || '/' });
  createRoot(wurzel).render(<StrictMode><QueryClientProvider client={createQueryClient()}><RouterProvider router={router} /></QueryClientProvider></StrictMode>);
}
