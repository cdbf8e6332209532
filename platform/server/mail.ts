import type { Transporter } from 'nodemailer';
import type { Config } from './config.ts';
import type { Mail } from './io.ts';
import type { Log } from './log.ts';

/** Sends through the relay; the connection is made at the first message. Without a relay a message is dropped, and the log says so, not whose it was. */
export function createMailer({ SMTP_URL, MAIL_ABSENDER }: Config, log: Log) {
  let transport: Promise<Transporter> | undefined;
  const connect = async () => (await import('nodemailer')).createTransport(SMTP_URL!, { from: MAIL_ABSENDER }) as Transporter;
  return async ({ an, betreff, text }: Mail) => {
    if (!SMTP_URL) { log.info('mail dropped: SMTP_URL is not set'); return; }
    transport ??= connect();
    // no header of ours tells more than it must, and answers of machines do not come back to us
    await (await transport).sendMail({ to: an, subject: betreff, text, headers: { 'Auto-Submitted': 'auto-generated' } });
  };
}
