-- One unread line per object, however often it happens: ten unreadable attachments of one mail are one piece of news.
alter table benachrichtigung.benachrichtigung add column je_objekt boolean not null default false;
create unique index benachrichtigung_je_objekt on benachrichtigung.benachrichtigung (mandant_id, benutzer_id, anlass, pfad) where je_objekt and gelesen_am is null;
