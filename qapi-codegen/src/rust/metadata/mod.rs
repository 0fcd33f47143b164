//! What generated code tells about its schema at run time.

pub(super) mod schema_info;
