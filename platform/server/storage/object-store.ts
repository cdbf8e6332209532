import { AppError } from '../errors.ts';
import type { ByteRange } from './storage.ts';

/** What an adapter does: bytes under a path, no meaning. Neither rename nor conditional writing is asked of it. */
export type ObjectStore = {
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  read(path: string, range: ByteRange): AsyncIterable<Uint8Array>;
  stat(path: string): Promise<{ size: number; zeit: Date } | undefined>;
  remove(path: string): Promise<void>;
  list(prefix: string): AsyncIterable<{ path: string; size: number; zeit: Date }>;
  sweep(): Promise<number>;
};

export const Missing = (key: string) => new AppError('ablage.fehlt', 500, 'Der Inhalt ist im Speicher nicht vorhanden. Bitte verständigen Sie den Betrieb; er kann ihn aus der Sicherung zurückholen.', { key });
export const Damaged = (key: string) => new AppError('ablage.beschaedigt', 500, 'Der gespeicherte Inhalt ist verändert oder beschädigt und wird deshalb nicht ausgegeben. Bitte verständigen Sie den Betrieb; er kann ihn aus der Sicherung zurückholen.', { key });
export const TooLarge = (limit: number) => new AppError('ablage.zu_gross', 413, `Die Datei ist größer als erlaubt (höchstens ${formatSize(limit)}). Es wurde nichts gespeichert.`, { limit });
export const NoSpace = () => new AppError('ablage.kein_platz', 507, 'Kein Speicherplatz mehr: Diese Datei wurde nicht gespeichert. Alles bisher Gespeicherte ist unverändert vorhanden. Bitte verständigen Sie den Betrieb und laden Sie die Datei erneut hoch, sobald wieder Platz ist.');

export function formatSize(bytes: number): string {
  const unit = bytes >= 1024 ** 3 ? 3 : bytes >= 1024 ** 2 ? 2 : bytes >= 1024 ? 1 : 0;
  return `${(bytes / 1024 ** unit).toLocaleString('de-DE', { maximumFractionDigits: 1 })} ${['Byte', 'KiB', 'MiB', 'GiB'][unit]!}`;
}

/** The device is full, or a quota is: one answer for all of them. */
export const isNoSpace = (error: unknown) => ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String((error as { code?: string })?.code));
