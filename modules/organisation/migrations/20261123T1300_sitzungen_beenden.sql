-- An administrator ends what a person has open: all of it where the Konto is at home, elsewhere the sessions in this Mandant.
create function organisation.end_sitzungen(konto uuid) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare anzahl int;
begin
  delete from organisation.sitzung s using organisation.konto k, organisation.zugang z
    where k.id = end_sitzungen.konto and s.konto_id = k.id and z.konto_id = k.id and z.mandant_id = platform.current_mandant()
      and (k.heimat_id = platform.current_mandant() or s.mandant_id = platform.current_mandant());
  get diagnostics anzahl = row_count;
  return anzahl;
end $$;
revoke all on function organisation.end_sitzungen(uuid) from public;
grant execute on function organisation.end_sitzungen(uuid) to va_app;
