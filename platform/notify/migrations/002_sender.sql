-- By which sender a message goes out ("http sms.example.vn"); '' of messages from before. And messages by the time when they were queued.
ALTER TABLE notify_message ADD COLUMN sender text NOT NULL DEFAULT '';
CREATE INDEX notify_message_queued ON notify_message (queued);
