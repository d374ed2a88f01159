-- The looks of the last week are asked for, of a log of years.
create index look_at on look (at_us);
