-- For whom a protocol is written out: content of what that person may not see, and of every protected class, is left out and counted.
alter table protokoll.ausgabe add column akteur json;
alter table protokoll.ausgabe add column verdeckt json not null default '{}';
