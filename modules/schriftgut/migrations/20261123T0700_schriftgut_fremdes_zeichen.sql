-- The mail room looks for earlier letters with the same sign of their sender.
create index dokument_fremdes_zeichen on schriftgut.dokument (mandant_id, fremdes_geschaeftszeichen) where fremdes_geschaeftszeichen is not null;
