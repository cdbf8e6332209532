/** Table of contents of the product and its dependency order: a module may import only façades of modules listed above it. */
export const moduleNames = [
  'zugriff',          // Schutzbereiche and Freigaben: who reaches what
  'schriftgut',       // Akten
] as const;
