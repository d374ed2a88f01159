-- The same column as in ../postgres.
-- Whose own procedure a home follows, in the word of its rulebook; `another-provider` where it is one that is not here, empty where that is not
-- known. Whoever places a child there need not know it.
alter table directory add column procedure text not null default '';
