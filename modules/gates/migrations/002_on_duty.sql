-- Who is on duty at a place: its guards, and their phones' shifts.
CREATE INDEX gates_shift_phone ON gates_shift (phone_index, ends);
