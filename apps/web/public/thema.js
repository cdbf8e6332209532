// Before the first paint, so that no page flashes in the wrong theme. A file, because the CSP allows no inline code.
try {
  const { darstellung } = JSON.parse(localStorage.getItem('va-darstellung') || '{}');
  if (darstellung === 'hell' || darstellung === 'dunkel') document.documentElement.setAttribute('data-kern-theme', darstellung === 'hell' ? 'light' : 'dark');
} catch { /* the system decides */ }
