-- An entry names its object and is written out when it is read, under the rights of who reads: it must not go on telling a Betreff that its reader may no
-- longer see. `satz` says nothing of the object, so a mail may carry it; `zusatz` is shown to those who see the object.
alter table benachrichtigung.benachrichtigung rename column text to satz;
alter table benachrichtigung.benachrichtigung drop column geschuetzt, add column objekt_typ text, add column objekt_id uuid, add column zusatz text not null default '';
-- As a change of type, since an update would see the rows of no Mandant.
alter table benachrichtigung.benachrichtigung
  alter column objekt_typ type text using case split_part(pfad, '/', 2) when 'posteingang' then 'eingang' when 'dokumente' then 'dokument' end,
  alter column objekt_id type uuid using case when split_part(pfad, '/', 2) in ('posteingang', 'dokumente') then split_part(pfad, '/', 3)::uuid end,
  alter column satz type text using case anlass when 'eingang.neu' then 'Neu im Korb' when 'eingang.weitergeleitet' then 'Weitergeleitet' when 'aufbereitung.gescheitert' then 'Ein Dokument ließ sich nicht lesen'
    when 'verbundfreigabe.erhalten' then 'Eine andere Verwaltung teilt etwas mit Ihnen' when 'verbundfreigabe.beendet' then 'Eine andere Verwaltung teilt etwas nicht mehr' when 'notzugriff' then 'Ein Notzugriff hat sich geändert' else 'Neues für Sie' end;
alter table benachrichtigung.benachrichtigung add check ((objekt_typ is null) = (objekt_id is null));
