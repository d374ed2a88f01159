-- The place of the first row that was written; 0 where a change wrote none. By it a live page is told of what its reader may see, and of nothing else.
alter table change add column first_row bigint not null default 0;
