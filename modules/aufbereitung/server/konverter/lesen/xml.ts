import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { KonverterFehler } from '../protokoll.ts';
import { decodeXml } from './zeichensatz.ts';

const TIEFE = 2_000;

export type XmlLeser = {
  /** Attributes by name with prefix, as written. */
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
};

/** XML without network, without DTD: a document type that declares entities is refused, every other is ignored. `fragment` errors mean damage. */
export function readXml(bytes: Buffer, leser: XmlLeser): void {
  const parser = new SaxesParser({ xmlns: false });
  let tiefe = 0;
  parser.on('doctype', (doctype) => { if (/<!ENTITY/i.test(doctype)) throw new KonverterFehler('xml_entitaeten'); });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (++tiefe > TIEFE) throw new KonverterFehler('archivgrenze', { name: 'XML' });
    leser.open?.(name, attributes);
  });
  parser.on('closetag', ({ name }) => { tiefe--; leser.close?.(name); });
  parser.on('text', (t) => leser.text?.(t));
  parser.on('cdata', (t) => leser.text?.(t));
  parser.on('error', (error) => { throw error; });
  try {
    parser.write(decodeXml(bytes)).close();
  } catch (error) {
    throw error instanceof KonverterFehler ? error : new KonverterFehler('beschaedigt', { meldung: (error as Error).message.slice(0, 200) });
  }
}

/** Local name, so that a producer's choice of prefix does not matter. */
export const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Text of any XML: one line per element that holds text of its own. */
export function textOfXml(bytes: Buffer): string {
  const zeilen: string[] = [];
  let zeile = '';
  const flush = () => { const t = zeile.trim(); if (t) zeilen.push(t); zeile = ''; };
  readXml(bytes, { open: flush, close: flush, text: (t) => { zeile += t; } });
  return zeilen.join('\n');
}
