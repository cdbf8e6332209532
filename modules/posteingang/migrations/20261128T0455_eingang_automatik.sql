-- Written by no person, and nobody owes it an answer: a bounce, a receipt, an absence, a notice of our own that came back. It is an Eingang like any other,
-- but no news: not told at the bell, never overdue.
alter table posteingang.eingang add automatik text check (automatik in ('unzustellbar', 'zustellbericht', 'lesebestaetigung', 'abwesenheit', 'eigene'));
