/** Three files behind each other: the word mark. Colours are classes, so that both themes and the CSP agree. */
export const Marke = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true" className="va-marke">
    <path className="va-marke__c" d="M2 14.5a1.5 1.5 0 0 1 1.5-1.5H9l2 2.5h8V28H3.5A1.5 1.5 0 0 1 2 26.5z" />
    <path className="va-marke__b" d="M6.5 10A1.5 1.5 0 0 1 8 8.5h5.5l2 2.5h9v12.5H8A1.5 1.5 0 0 1 6.5 22z" />
    <path className="va-marke__a" d="M11 5.5A1.5 1.5 0 0 1 12.5 4H18l2 2.5h8.5A1.5 1.5 0 0 1 30 8v9.5a1.5 1.5 0 0 1-1.5 1.5h-16a1.5 1.5 0 0 1-1.5-1.5z" />
  </svg>
);
