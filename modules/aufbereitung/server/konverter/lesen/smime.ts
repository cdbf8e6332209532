import { rootCertificates } from 'node:tls';
import { Certificate, CertificateChainValidationEngine, ContentInfo, SignedData, type RelativeDistinguishedNames, type SignerInfo } from 'pkijs';
import type { Signatur } from '../protokoll.ts';
import { decodeRumpf, parameter, splitTeil, splitTeile, toCrlf, typVon, type Teil } from './mailkopf.ts';

const MAX_TIEFE = 5;
/** `inhalt`: of an opaque signature the message inside, which is what the sender wrote. */
export type Pruefung = { signaturen: Signatur[]; inhalt?: Buffer; verschluesselt?: true };

/** Every signature of a message, checked over its bytes. A signature that cannot be read is reported as such, never left out. */
export async function checkSignaturen(roh: Buffer, absender: readonly string[]): Promise<Pruefung> {
  const result: Pruefung = { signaturen: [] };
  await walk(splitTeil(roh), 0, absender, result);
  return result;
}

async function walk(teil: Teil, tiefe: number, absender: readonly string[], result: Pruefung): Promise<void> {
  const typ = typVon(teil), art = typ.toLowerCase();
  if (/^application\/(x-)?pkcs7-mime/.test(art) && !/enveloped-data/.test(art)) {
    const { signaturen, inhalt, verschluesselt } = await checkCms(decodeRumpf(teil), undefined, absender);
    if (verschluesselt && tiefe === 0) result.verschluesselt = true;
    result.signaturen.push(...signaturen);
    if (inhalt && tiefe === 0) result.inhalt = inhalt;
    return;
  }
  if (!art.startsWith('multipart/') || tiefe >= MAX_TIEFE || result.signaturen.length >= 10) return;
  const teile = splitTeile(teil.rumpf, parameter(typ, 'boundary') ?? '\0');
  if (art.startsWith('multipart/signed') && teile.length >= 2) {
    const zweiter = splitTeil(teile[1]!);
    if (/pkcs7-signature/i.test(typVon(zweiter))) result.signaturen.push(...(await checkCms(decodeRumpf(zweiter), toCrlf(teile[0]!), absender)).signaturen);
    else if (/pgp-signature/i.test(typVon(zweiter))) result.signaturen.push(leer('pgp'));
    return walk(splitTeil(teile[0]!), tiefe + 1, absender, result);
  }
  for (const t of teile) await walk(splitTeil(t), tiefe + 1, absender, result);
}

const leer = (art: Signatur['art']): Signatur => ({ art, ergebnis: 'nicht_pruefbar', name: null, adressen: [], organisation: null, aussteller: null, kette: null, gueltigVon: null, gueltigBis: null, zeit: null, adressePasst: null, verfahrenAlt: false });

async function checkCms(bytes: Buffer, daten: Buffer | undefined, absender: readonly string[]): Promise<Pruefung> {
  let signed: SignedData;
  try {
    const info = ContentInfo.fromBER(new Uint8Array(bytes));
    if (info.contentType !== ContentInfo.SIGNED_DATA) return { signaturen: [], ...(info.contentType === ContentInfo.ENVELOPED_DATA && { verschluesselt: true }) };
    signed = new SignedData({ schema: info.content });
  } catch { return { signaturen: [leer('smime')] }; }
  const signaturen = [];
  for (const [i, unterschrift] of signed.signerInfos.slice(0, 5).entries()) signaturen.push(await checkOne(signed, i, unterschrift, daten, absender).catch(() => leer('smime')));
  const inhalt = daten === undefined && signed.encapContentInfo.eContent ? Buffer.from(signed.encapContentInfo.eContent.getValue()) : undefined;
  return { signaturen: signaturen.length ? signaturen : [leer('smime')], ...(inhalt && { inhalt }) };
}

type Ergebnis = { signatureVerified?: boolean | null; signerCertificate?: Certificate | null };
async function checkOne(signed: SignedData, signer: number, unterschrift: SignerInfo, daten: Buffer | undefined, absender: readonly string[]): Promise<Signatur> {
  const data = daten && daten.buffer.slice(daten.byteOffset, daten.byteOffset + daten.length) as ArrayBuffer;
  let unlesbar = false;
  const r: Ergebnis = await signed.verify({ signer, ...(data && { data }), checkChain: false, extendedMode: true }).catch((error: Ergebnis & { code?: number; message?: string }) => {
    unlesbar = error.signatureVerified !== false && !/digest|hash/i.test(error.message ?? '');
    return error;
  });
  const certs = (signed.certificates ?? []).filter((c): c is Certificate => c instanceof Certificate);
  const zertifikat = r.signerCertificate ?? findSigner(certs, unterschrift);
  const zeit = signingTime(unterschrift);
  const basis = { ...leer('smime'), zeit: zeit?.toISOString() ?? null, verfahrenAlt: ['1.3.14.3.2.26', '1.2.840.113549.2.5'].includes(unterschrift.digestAlgorithm.algorithmId) };
  if (!zertifikat) return basis;
  const adressen = adressenVon(zertifikat);
  return {
    ...basis, ergebnis: r.signatureVerified === true ? 'gueltig' : unlesbar ? 'nicht_pruefbar' : 'veraendert',
    name: namensteil(zertifikat.subject, '2.5.4.3'), adressen, organisation: namensteil(zertifikat.subject, '2.5.4.10'), aussteller: namensteil(zertifikat.issuer, '2.5.4.3') ?? namensteil(zertifikat.issuer, '2.5.4.10'),
    kette: await checkKette(zertifikat, certs, zeit ?? new Date()), gueltigVon: zertifikat.notBefore.value.toISOString(), gueltigBis: zertifikat.notAfter.value.toISOString(),
    adressePasst: adressen.length ? absender.some((a) => adressen.includes(a.toLowerCase())) : null,
  };
}

function findSigner(certs: readonly Certificate[], unterschrift: SignerInfo) {
  const serial = (unterschrift.sid as { serialNumber?: Certificate['serialNumber'] }).serialNumber;
  return serial && certs.find((c) => c.serialNumber.isEqual(serial));
}
function signingTime(unterschrift: SignerInfo): Date | undefined {
  const wert = unterschrift.signedAttrs?.attributes.find((a) => a.type === '1.2.840.113549.1.9.5')?.values[0] as { toDate?(): Date } | undefined;
  const zeit = wert?.toDate?.();
  return zeit && !Number.isNaN(+zeit) ? zeit : undefined;
}
const text = (wert: unknown) => String(wert ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 200);
const namensteil = (name: RelativeDistinguishedNames, oid: string) => text(name.typesAndValues.find((t) => t.type === oid)?.value.valueBlock.value) || null;
function adressenVon(zertifikat: Certificate): string[] {
  const alt = zertifikat.extensions?.find((e) => e.extnID === '2.5.29.17')?.parsedValue as { altNames?: { type: number; value: unknown }[] } | undefined;
  return [...new Set([...(alt?.altNames ?? []).filter((a) => a.type === 1).map((a) => text(a.value)), namensteil(zertifikat.subject, '1.2.840.113549.1.9.1') ?? ''].filter(Boolean).map((a) => a.toLowerCase()))].slice(0, 20);
}

let wurzeln: Certificate[] | undefined;
/** The authorities that Mozilla trusts, as Node brings them. Of what is revoked nothing is known: that would need the network. */
const trusted = () => wurzeln ??= rootCertificates.flatMap((pem) => {
  try { return [Certificate.fromBER(new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')))]; } catch { return []; }
});
async function checkKette(zertifikat: Certificate, certs: readonly Certificate[], wann: Date): Promise<NonNullable<Signatur['kette']>> {
  if (zertifikat.notBefore.value > wann || zertifikat.notAfter.value < wann) return 'abgelaufen';
  if (zertifikat.subject.isEqual(zertifikat.issuer)) return 'selbst_signiert';
  try {
    const engine = new CertificateChainValidationEngine({ trustedCerts: trusted(), certs: [...certs.filter((c) => c !== zertifikat), zertifikat], checkDate: wann });
    return (await engine.verify()).result ? 'vertrauenswuerdig' : 'unbekannter_aussteller';
  } catch { return 'unbekannter_aussteller'; }
}
