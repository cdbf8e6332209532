-- Content that was destroyed after its time (PE-03): the bytes are forgotten, the row stays for those who name it.
alter table ablage.inhalt alter objekt_id drop not null, add vernichtet timestamptz(3),
  add constraint inhalt_vernichtet check ((objekt_id is null) = (vernichtet is not null));
grant update (objekt_id, vernichtet) on ablage.inhalt to va_app;

-- A list of what was rejected or sent on so long ago that its content goes: offered by a job, asked for by one person, confirmed by another.
create table posteingang.vernichtung (
  mandant_id     uuid not null default platform.current_mandant(),
  id             uuid not null,
  erstellt       timestamptz(3) not null default now(),
  beantragt      timestamptz(3),
  beantragt_von  uuid,
  ausgefuehrt    timestamptz(3),
  bestaetigt_von uuid,
  primary key (mandant_id, id),
  constraint vernichtung_zwei_personen check ((beantragt is null) = (beantragt_von is null) and (ausgefuehrt is null) = (bestaetigt_von is null) and (ausgefuehrt is null or (beantragt is not null and bestaetigt_von <> beantragt_von)))
);
select platform.protect('posteingang.vernichtung');
alter table posteingang.eingang add vernichtung_id uuid,
  add constraint eingang_vernichtung foreign key (mandant_id, vernichtung_id) references posteingang.vernichtung (mandant_id, id),
  -- nothing goes that was on no list
  add constraint eingang_vernichtet_nach_liste check (status <> 'vernichtet' or vernichtung_id is not null);
create index eingang_vernichtung on posteingang.eingang (mandant_id, vernichtung_id) where vernichtung_id is not null;
create index eingang_beiseite on posteingang.eingang (mandant_id, erledigt) where status in ('zurueckgewiesen', 'weitergeleitet') and vernichtung_id is null;
