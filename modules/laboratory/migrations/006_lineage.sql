-- What a positive result says of the organism beyond that it is there: lineage, variant, clade, subtype, as the laboratory writes it.
ALTER TABLE laboratory_result ADD COLUMN lineage text;
ALTER TABLE laboratory_unmatched ADD COLUMN lineage text;
