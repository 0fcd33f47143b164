//! How forgiving a reader is. One set of types serves both ends of a connection.

/// How to take what a schema does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// As a server reads arguments: QEMU's checks, order and texts. Unknown members, enum values
    /// and tags are errors.
    #[default]
    Strict,
    /// As a client reads replies and events of a server that may be newer: unknown members are
    /// passed over, unknown enum values and tags go to the `Unrecognized` arm of the type.
    Tolerant,
}
