-- What xdomea allows must fit: xs:unsignedInt needs more than integer, xs:unsignedShort more than smallint (checked by tests/xdomea.architecture.test.ts).
alter table schriftgut.akte alter nummer type bigint, alter aufbewahrungsdauer type integer;
alter table schriftgut.vorgang alter nummer type bigint, alter aufbewahrungsdauer type integer;
alter table schriftgut.dokument alter nummer type bigint;
alter table schriftgut.zaehler alter stand type bigint;
