-- What stands in the lists of a child, as one hash: whoever continues the record and knows this hash knows what need not be written again.
-- Empty until it is written the first time.
alter table child add column listed text not null default '';

-- A date of birth with a part of a name is looked for among few.
create index child_born on child (date_of_birth) where date_of_birth is not null;
