/** Every component of the kit in its states, and the viewer with real files: what the tests of e2e/kit.test.ts look at. */
import '#platform/web/styles/index.css';
import './muster.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Outlet, RouterProvider } from 'react-router';
import { createQueryClient } from '#platform/web/daten.ts';
import { wendeAn } from '#platform/web/einstellungen.ts';
import { starteTasten } from '#platform/web/tasten.ts';
import { Inhalt } from './inhalt.tsx';
import { Kit } from './kit.tsx';
import { Schau } from './schau.tsx';

wendeAn();
starteTasten();
const router = createBrowserRouter([{ path: '/', Component: Outlet, children: [{ index: true, Component: Kit }, { path: 'schau', Component: Schau }, { path: 'inhalt', Component: Inhalt }, { path: '*', Component: Kit }] }]);
createRoot(document.getElementById('wurzel')!).render(<QueryClientProvider client={createQueryClient()}><RouterProvider router={router} /></QueryClientProvider>);
