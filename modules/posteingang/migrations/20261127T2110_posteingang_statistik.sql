-- As schriftgut_statistik: what somebody reaches may be thousands of Schutzbereiche.
alter table posteingang.eingang alter schutz_id set statistics 10;
