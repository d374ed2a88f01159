mod real;
mod probe;
