-- Words that stand in every second text: with the default of 4 MB the bitmap of their rows keeps whole pages only beyond a million entries, and every row of them
-- has its vector unpacked to be looked at again (measured at 1.2 million entries and a word in half of them: 1,000 of 1,380 ms). A row costs some
-- bytes, so 64 MB hold the words of some ten million entries; nothing is taken that is not needed.
do $$
declare f oid;
begin
  for f in select p.oid from pg_proc p where p.pronamespace = 'suche'::regnamespace and p.proname in ('haeufig', 'treffer_text', 'zaehle') loop
    execute format('alter function %s set work_mem = ''64MB''', f::regprocedure);
  end loop;
end $$;
