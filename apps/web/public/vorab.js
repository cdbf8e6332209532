// Before the modules: a file of its own, because the CSP allows no inline code.
// The theme of the first paint, so that no page flashes in the wrong one.
try {
  const { darstellung } = JSON.parse(localStorage.getItem('va-darstellung') || '{}');
  if (darstellung === 'hell' || darstellung === 'dunkel') document.documentElement.setAttribute('data-kern-theme', darstellung === 'hell' ? 'light' : 'dark');
} catch { /* the system decides */ }
// zod probes `new Function` when the first contract loads; the CSP forbids it and reports already the attempt.
globalThis.__zod_globalConfig = { jitless: true };
