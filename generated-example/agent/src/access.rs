//! Which commands the administrator lets clients call.
//!
//! As in qemu-ga: a list of allowed commands forbids all others, and a blocked command is forbidden
//! whatever the other list says. The commands that begin a session can be forbidden, too.

use std::collections::BTreeSet;

/// Why a forbidden command is refused; qemu-ga 10.2 says the same.
pub const REASON: &str = "the command is not allowed";

/// The administrator's two lists. The default allows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    allowed: Option<BTreeSet<String>>,
    blocked: BTreeSet<String>,
}

impl Access {
    /// Forbids every command that is not allowed in this or another call.
    #[must_use]
    pub fn allow<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.allowed.get_or_insert_default().extend(names.into_iter().map(Into::into));
        self
    }

    /// Forbids these commands.
    #[must_use]
    pub fn block<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.blocked.extend(names.into_iter().map(Into::into));
        self
    }

    /// Whether a command may be called.
    pub fn allows(&self, name: &str) -> bool {
        let listed = self.allowed.as_ref().is_none_or(|allowed| allowed.contains(name));
        listed && !self.blocked.contains(name)
    }
}
