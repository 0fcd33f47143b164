//! The front end where a single schema file in the corpus cannot show it: several files, other
//! dialects, bounds, and places that are hard to print.

mod doc;
mod load;
mod parse;
mod render;
