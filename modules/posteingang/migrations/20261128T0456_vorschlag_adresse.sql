-- A proposal that its channel knows: the message was sent to the address of an Akte or a Vorgang.
alter table posteingang.vorschlag drop constraint vorschlag_art_check,
  add constraint vorschlag_art_check check (art in ('aktenzeichen', 'aehnlich', 'fremdes_zeichen', 'antwort', 'absender', 'adresse'));
