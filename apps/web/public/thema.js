// Before the first paint, so that no page flashes in the wrong theme. A file, because the CSP allows no inline code.
try {
  const thema = JSON.parse(localStorage.getItem('va-darstellung') || '{}').thema;
  if (thema === 'light' || thema === 'dark') document.documentElement.setAttribute('data-kern-theme', thema);
} catch { /* the system decides */ }
