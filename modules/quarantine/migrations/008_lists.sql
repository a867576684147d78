-- Lists of orders in each of their orders, both ways.
DROP INDEX quarantine_order_ended;
DROP INDEX quarantine_order_unit_ended;
CREATE INDEX quarantine_order_ended ON quarantine_order (ended, id) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_order_unit_ended ON quarantine_order (unit, ended, id) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_order_ended_last ON quarantine_order (last_day, id) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_order_unit_ended_last ON quarantine_order (unit, last_day, id) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_order_waiting_last ON quarantine_order (last_day, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX quarantine_order_unit_waiting_last ON quarantine_order (unit, last_day, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX quarantine_order_running_signed ON quarantine_order (signed_at, id) WHERE state = 'running';
CREATE INDEX quarantine_order_unit_running_signed ON quarantine_order (unit, signed_at, id) WHERE state = 'running';
