-- Who read what, where that is recorded: protected classes, guests, a Notzugriff. One row for each answer, apart from the Ereignisse: it has its own
-- retention, by month, and is nobody's history. The app role appends; a month goes by drop_lesezugriffe() alone.
create table platform.lesezugriff (
  mandant_id     uuid not null default platform.current_mandant(),
  id             bigint generated always as identity,
  xid            xid8 not null default pg_current_xact_id(),
  zeit           timestamptz(3) not null default now(),
  monat          date not null default date_trunc('month', now() at time zone 'Europe/Berlin')::date,
  akteur_art     text not null check (akteur_art in ('person', 'maschine', 'gast')),
  akteur_id      text not null,
  vertreten_id   text,
  herkunft_id    uuid,          -- of a guest: his Mandant
  bei_id         uuid,          -- of one's own people: the Mandant at which they have read
  operation      text not null,
  weg            text not null check (weg in ('web', 'api')),
  korrelation_id uuid not null,
  objekte        json not null, -- [{typ, id, art}] as written: the seal is over the text
  primary key (mandant_id, id)
);
create index on platform.lesezugriff (mandant_id, monat, xid, id);
create index on platform.lesezugriff (mandant_id, akteur_id, zeit);
select platform.isolate('platform.lesezugriff', 'select, insert');

create table platform.lesezugriff_objekt (
  mandant_id     uuid not null default platform.current_mandant(),
  objekt_id      uuid not null,
  lesezugriff_id bigint not null,
  typ            text not null,
  art            text not null check (art in ('gesehen', 'gelesen')),
  primary key (mandant_id, objekt_id, lesezugriff_id),
  foreign key (mandant_id, lesezugriff_id) references platform.lesezugriff (mandant_id, id) on delete cascade
);
create index on platform.lesezugriff_objekt (mandant_id, lesezugriff_id);
select platform.isolate('platform.lesezugriff_objekt', 'select, insert');

-- What is older than its retention goes; never what is of this month or the one before. Answers how many rows went.
create function platform.drop_lesezugriffe(vor date) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  grenze date := least(vor, (date_trunc('month', now() at time zone 'Europe/Berlin') - interval '1 month')::date);
  anzahl bigint;
begin
  delete from platform.lesezugriff l where l.mandant_id = platform.current_mandant() and l.monat < grenze;
  get diagnostics anzahl = row_count;
  return anzahl;
end $$;
revoke all on function platform.drop_lesezugriffe(date) from public;
grant execute on function platform.drop_lesezugriffe(date) to va_app;
