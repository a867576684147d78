-- The registered site where the person is to be, if the order names one; else its words alone say where, as of all orders before.
ALTER TABLE quarantine_order ADD COLUMN site bigint REFERENCES quarantine_site (id);
