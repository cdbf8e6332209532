/**
 * Files of a drop or paste: files, folders with all they hold, and e-mails as Outlook (classic, .msg) and Thunderbird (.eml) hand them over.
 * The new Outlook and Outlook on the web hand over only an internal reference, no message: `nurVerweis`.
 */
export async function dateienAus(daten: DataTransfer): Promise<{ dateien: File[]; nurVerweis: boolean }> {
  // Entries must be taken before the first await: afterwards the browser has emptied the list.
  const eintraege = [...daten.items].filter((i) => i.kind === 'file').map((i) => [i.webkitGetAsEntry?.(), i.getAsFile()] as const);
  const verweis = [...daten.types].some((typ) => /^(multi)?maillist|^text\/x-moz-message/i.test(typ));
  const dateien: File[] = [];
  for (const [eintrag, datei] of eintraege) {
    if (eintrag?.isDirectory) await sammle(eintrag as FileSystemDirectoryEntry, dateien);
    else if (datei) dateien.push(mitName(datei));
  }
  return { dateien, nurVerweis: verweis && dateien.length === 0 };
}
async function sammle(ordner: FileSystemDirectoryEntry, dateien: File[]) {
  const leser = ordner.createReader();
  for (;;) {
    const teil = await new Promise<FileSystemEntry[]>((ja, nein) => leser.readEntries(ja, nein)); // in portions of 100, until none is left
    if (teil.length === 0) return;
    for (const eintrag of teil) {
      if (eintrag.isDirectory) await sammle(eintrag as FileSystemDirectoryEntry, dateien);
      else if (!eintrag.name.startsWith('.')) dateien.push(await new Promise<File>((ja, nein) => (eintrag as FileSystemFileEntry).file(ja, nein)));
    }
  }
}
/** An e-mail dropped from a mail program sometimes has no name or no ending. */
function mitName(datei: File): File {
  if (datei.name && /\.\w+$/.test(datei.name)) return datei;
  const endung = datei.type === 'message/rfc822' ? '.eml' : datei.type === 'application/vnd.ms-outlook' ? '.msg' : '';
  return endung ? new File([datei], `${datei.name || 'Nachricht'}${endung}`, { type: datei.type }) : datei;
}
export const hatDateien = (daten: DataTransfer | null) => daten !== null && [...daten.types].some((typ) => typ === 'Files' || /^(multi)?maillist|^text\/x-moz-message/i.test(typ));
