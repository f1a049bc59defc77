-- When Telegram last said that the chat name a shop shows is its owner's: names change hands, and nobody tells.
alter table merchants add column chat_seen_at timestamptz;
