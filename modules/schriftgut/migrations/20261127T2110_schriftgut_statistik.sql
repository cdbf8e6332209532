-- What somebody reaches may be thousands of Schutzbereiche. The planner compares each of them with each of the most common ones that it keeps: with the hundred
-- it keeps by default a statement took 12 ms to plan, with ten 1.7 (5,000 Schutzbereiche, the plan is the same).
alter table schriftgut.akte alter schutz_id set statistics 10;
alter table schriftgut.vorgang alter schutz_id set statistics 10;
alter table schriftgut.dokument alter schutz_id set statistics 10;
