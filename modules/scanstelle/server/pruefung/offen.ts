import type { Stapel } from '../../contract.ts';

type S = { id: string; brief_id: string | null; status: string; nachscan: boolean; bilder_id: string | null; position: number | null };
type B = { id: string; stichprobe: boolean; ergebnis: 'in_ordnung' | 'mangel' | null; hinweise: unknown };
type D = { art: string; seiten: number | null; gelesen: number; fehler: string | null; dateiname: string };

/** What must be done before the check of a batch can be closed. */
export function listOffenes(seiten: readonly S[], briefe: readonly B[], dateien: readonly D[]): Stapel['offen'] {
  const da = seiten.filter((s) => s.status === 'da');
  const zeile = (art: string, text: string, briefId: string | null = null) => ({ art, text, briefId } as Stapel['offen'][number]);
  const jeBrief = briefe.flatMap((b) => [
    ...(b.hinweise as { text: string }[]).map((h) => zeile('hinweis', h.text, b.id)),
    ...(b.ergebnis === 'mangel' ? [zeile('mangel', 'Der Brief hat einen Mangel: Seiten erneut scannen oder richten, dann noch einmal prüfen.', b.id)] : []),
    ...(b.stichprobe && b.ergebnis === null ? [zeile('stichprobe', 'Der Brief ist noch anzusehen.', b.id)] : []),
  ]);
  return [
    ...(da.length ? [] : [zeile('leer', 'Der Stapel hat keine Seite mehr, die übernommen werden könnte.')]),
    ...dateien.filter((d) => d.art === 'nachscan' && d.fehler === null && (d.seiten === null || d.gelesen < d.seiten)).map((d) => zeile('nachscan_laeuft', `„${d.dateiname}“ wird noch gelesen.`)),
    ...dateien.filter((d) => d.art === 'nachscan' && d.fehler !== null).map((d) => zeile('nachscan_passt_nicht', `Nachscan „${d.dateiname}“: ${d.fehler}`)).slice(-1).filter(() => da.some((s) => s.nachscan)),
    ...da.filter((s) => s.nachscan).map((s) => zeile('nachscan', 'Eine Seite ist zum erneuten Scannen vorgemerkt.', s.brief_id)),
    ...da.filter((s) => s.bilder_id === null && !s.nachscan).map((s) => zeile('seite_unlesbar', 'Eine Seite ist nicht lesbar: bitte erneut scannen oder entfernen.', s.brief_id)),
    ...jeBrief,
  ];
}
