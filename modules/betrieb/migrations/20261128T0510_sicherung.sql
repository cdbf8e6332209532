-- How far the backup of this installation reaches, told by `npm run sicherung` itself: one row, of the Verbund, since a backup holds all Mandanten. In the
-- database, so that whoever asks needs no access to the place of the backup, and a restored installation says that nothing is backing it up.
create table betrieb.sicherung (
  einzige         boolean primary key default true check (einzige),
  ort             text not null,
  dauernd         boolean not null,   -- a service that goes on, not a single run
  grundsicherung  timestamptz(3),     -- end of the last base backup
  bis             timestamptz(3),     -- what was acknowledged up to then lies in the backup, with its contents
  gemeldet        timestamptz(3) not null
);
select platform.verbund('betrieb.sicherung');

create function betrieb.get_sicherung() returns table (ort text, dauernd boolean, grundsicherung timestamptz, bis timestamptz, gemeldet timestamptz, laeuft boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select s.ort, coalesce(s.dauernd, false), s.grundsicherung, s.bis, s.gemeldet, l.laeuft
    from (select exists (select from pg_locks where locktype = 'advisory' and classid = 4713 and objid = 1 and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())) as laeuft) l left join betrieb.sicherung s on true
  $$;
create function betrieb.report_sicherung(neu_ort text, neu_dauernd boolean, neu_grundsicherung timestamptz, neu_bis timestamptz) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
  as $$
    insert into betrieb.sicherung values (true, neu_ort, neu_dauernd, neu_grundsicherung, neu_bis, clock_timestamp())
    on conflict (einzige) do update set ort = excluded.ort, dauernd = excluded.dauernd, grundsicherung = excluded.grundsicherung, bis = excluded.bis, gemeldet = excluded.gemeldet
  $$;
create function betrieb.end_sicherung() returns void language sql security definer set search_path = pg_catalog, pg_temp as $$ delete from betrieb.sicherung $$;
revoke all on function betrieb.get_sicherung, betrieb.report_sicherung, betrieb.end_sicherung from public;
grant execute on function betrieb.get_sicherung, betrieb.report_sicherung, betrieb.end_sicherung to va_app;
comment on function betrieb.get_sicherung is 'Verbund: how far the backup of the installation reaches';
comment on function betrieb.report_sicherung is 'Verbund: npm run sicherung tells how far it has come';
comment on function betrieb.end_sicherung is 'Verbund: npm run sicherung --beenden';
