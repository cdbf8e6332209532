import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fragen } from './golden/fragen.ts';
import { newSuche } from './probe.ts';

type Absatz = { gesetz: string; norm: string; text: string };
const { absaetze } = JSON.parse(await readFile(new URL('golden/absaetze.json', import.meta.url), 'utf8')) as { absaetze: Absatz[] };
const nameOf = (a: Absatz) => `${a.gesetz} ${/^§ \d+[a-z]?/.exec(a.norm)?.[0]}`;

test('RE-01 golden questions: recall and precision are not below what was reached', async () => {
  expect(fragen.length).toBeGreaterThanOrEqual(150);
  const s = await newSuche();
  const objekte = absaetze.map((a) => s.put({ titel: a.norm, zusatz: [a.gesetz], inhalt: a.text }));
  await s.index(objekte);
  const absatzVon = new Map(objekte.map((o, i) => [o.id, absaetze[i]!]));
  const p = await s.reader();

  const zeilen: string[] = [];
  let [recall, precision, rPrecision, mengen, ziele, erster, zehn] = [0, 0, 0, 0, 0, 0, 0];
  for (const f of fragen) {
    const found: { id: string; umfang: string }[] = [];
    let cursor: string | undefined;
    do { const seite = await p.search(f.frage, { sort: 'relevanz', limit: 200, ...(cursor && { cursor }) }); found.push(...seite.eintraege); cursor = seite.weiter ?? undefined; } while (cursor);
    if ('ziel' in f) {
      const platz = found.findIndex((e) => nameOf(absatzVon.get(e.id)!) === f.ziel) + 1;
      ziele++;
      if (platz === 1) erster++;
      if (platz >= 1 && platz <= 10) zehn++;
      else zeilen.push(`${f.frage}: ${f.ziel} auf Platz ${platz || '–'} von ${found.length}`);
      continue;
    }
    const texte = objekte.map((o) => { const a = absatzVon.get(o.id)!; return { id: o.id, text: `${a.norm}\n${a.text}` }; });
    const richtig = new Set(texte.filter(({ text }) => f.alle.every((r) => r.test(text)) && !f.ohne?.test(text)).map((t) => t.id));
    const genau = found.filter((e) => e.umfang === 'genau');
    const [r, pr, rp] = [
      found.filter((e) => richtig.has(e.id)).length / richtig.size, genau.length ? genau.filter((e) => richtig.has(e.id)).length / genau.length : 1,
      found.slice(0, richtig.size).filter((e) => richtig.has(e.id)).length / richtig.size,
    ];
    expect([f.frage, richtig.size > 0]).toEqual([f.frage, true]);
    mengen++; recall += r; precision += pr; rPrecision += rp;
    if (r < 0.95 || pr < 0.9) {
      const name = (ids: string[]) => ids.slice(0, 4).map((id) => nameOf(absatzVon.get(id)!)).join(', ');
      zeilen.push(`${f.frage}: Recall ${r.toFixed(2)}, Precision ${pr.toFixed(2)}; fehlt ${name([...richtig].filter((id) => !found.some((e) => e.id === id)))}; zu viel ${name(genau.filter((e) => !richtig.has(e.id)).map((e) => e.id))}`);
    }
  }
  const kurz = (n: number) => n.toFixed(3);
  console.log(`${fragen.length} Fragen an ${absaetze.length} Absätze. ${mengen} nach allen Stellen: Recall ${kurz(recall / mengen)}, Precision ${kurz(precision / mengen)}, R-Precision ${kurz(rPrecision / mengen)}. `
    + `${ziele} nach einer Stelle: auf Platz 1 ${kurz(erster / ziele)}, unter den ersten zehn ${kurz(zehn / ziele)}.\n${zeilen.join('\n')}`);
  expect(recall / mengen).toBeGreaterThanOrEqual(0.97);
  expect(precision / mengen).toBeGreaterThanOrEqual(0.97);
  expect(rPrecision / mengen).toBeGreaterThanOrEqual(0.95);
  expect(zehn / ziele).toBeGreaterThanOrEqual(0.94);
}, 180_000);
