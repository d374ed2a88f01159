-- The journal holds more tables from now on. Those that it holds already need not be taken in once more.
insert into guard (name, value)
select 'journal ' || held.name, '' from deed_head, (
    select 'agency' as name union all select 'team' union all select 'person' union all select 'post' union all select 'relation'
    union all select 'withheld' union all select 'allocation' union all select 'area_row' union all select 'keeping'
) held where deed_head.taken <> 0;
