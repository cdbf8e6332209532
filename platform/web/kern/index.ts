/** The component kit: KERN UX behind thin typed wrappers. Modules build their pages from this and from classes of platform/web/styles, nothing else. */
export * from './baum.tsx';
export * from './button.tsx';
export * from './eingabe.tsx';
export * from './flaeche.tsx';
export * from './hinweis.tsx';
export * from './icon.tsx';
export * from './menue.tsx';
export * from './tabelle.tsx';
export * from './text.tsx';
