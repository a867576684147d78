-- Who lay in a room at a time, when somebody of it turns out ill.
CREATE INDEX quarantine_stay_room ON quarantine_stay (room, entered);
-- Who is to be given a bed.
CREATE INDEX quarantine_order_place ON quarantine_order (unit, place_kind, id) WHERE state = 'running';
