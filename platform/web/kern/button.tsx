import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './icon.tsx';

/** `haupt`: one a screen, named after what happens. */
type Aussehen = { art?: 'haupt' | 'neben' | 'leicht'; klein?: boolean; icon?: IconName; iconRechts?: IconName; taste?: string; nurIcon?: boolean; children: ReactNode };
const arten = { haupt: 'primary', neben: 'secondary', leicht: 'tertiary' };
const klasse = (art: 'haupt' | 'neben' | 'leicht', klein: boolean, className = '') => `kern-btn kern-btn--${arten[art]}${klein ? ' va-btn--klein' : ''}${className && ` ${className}`}`;
const Innen = ({ klein = false, icon, iconRechts, taste, nurIcon = false, children }: Aussehen) => <>
  {icon && <Icon name={icon} klein={klein || !nurIcon} />}
  <span className={`kern-label${nurIcon ? ' kern-sr-only' : ''}`}>{children}</span>
  {iconRechts && <Icon name={iconRechts} klein />}
  {taste && !nurIcon && <kbd aria-hidden="true" className="va-nurbreit">{taste}</kbd>}
</>;
/** The words of a button without visible text are its tip, too. */
const tipp = ({ nurIcon, taste, children }: Aussehen) => (nurIcon && typeof children === 'string' ? { title: taste ? `${children} (${taste})` : children } : {});

export type ButtonProps = Aussehen & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & { laeuft?: boolean; ref?: Ref<HTMLButtonElement> };
/** `laeuft` keeps the focus and refuses clicks, which `disabled` would not. */
export function Button({ art = 'neben', klein = false, icon, iconRechts, taste, nurIcon = false, laeuft = false, children, className, onClick, type = 'button', ...rest }: ButtonProps) {
  const aussehen: Aussehen = { art, klein, nurIcon, children, ...(icon && { icon }), ...(iconRechts && { iconRechts }), ...(taste && { taste }) };
  return (
    <button type={type} className={klasse(art, klein, className)} aria-disabled={laeuft || undefined} aria-keyshortcuts={taste && /^[\w?/]$/.test(taste) ? taste : undefined} {...tipp(aussehen)} {...rest}
      onClick={(e) => { if (laeuft) e.preventDefault(); else onClick?.(e); }}>
      <Innen {...aussehen} />
    </button>
  );
}

/** Looks like a button, is an address: for what opens a page. */
export function ButtonLink({ art = 'neben', klein = false, icon, iconRechts, taste, nurIcon = false, children, className, ...rest }: Aussehen & Omit<LinkProps, 'children'>) {
  const aussehen: Aussehen = { art, klein, nurIcon, children, ...(icon && { icon }), ...(iconRechts && { iconRechts }), ...(taste && { taste }) };
  return <Link className={klasse(art, klein, className)} {...tipp(aussehen)} {...rest}><Innen {...aussehen} /></Link>;
}
/** The same for a file: leaves the application's router alone. */
export function ButtonDownload({ art = 'neben', klein = false, icon = 'lade', nurIcon = false, children, className, href, dateiname = '' }: Aussehen & { href: string; className?: string; dateiname?: string }) {
  const aussehen: Aussehen = { art, klein, nurIcon, children, icon };
  return <a className={klasse(art, klein, className)} href={href} download={dateiname} {...tipp(aussehen)}><Innen {...aussehen} /></a>;
}
