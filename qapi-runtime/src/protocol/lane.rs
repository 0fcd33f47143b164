//! Whether a request waits its turn.

/// In which order a request runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// "execute": behind those that came before it.
    #[default]
    InBand,
    /// "exec-oob": it may overtake. Exists only while the capability `oob` is enabled.
    OutOfBand,
}

impl Lane {
    /// The envelope's member that names the command.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Lane::InBand => "execute",
            Lane::OutOfBand => "exec-oob",
        }
    }
}
