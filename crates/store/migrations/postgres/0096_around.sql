-- Lists keep by what people around a child are found in other records as well: the worker makes them anew.
update child set next_change_us = 0;
