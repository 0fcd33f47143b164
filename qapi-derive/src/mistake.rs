//! What is wrong with the input, collected: a derive reports every mistake at once, each at its own
//! place. In: places and messages from every stage. Out: `compile_error!`s, or the word that there
//! are none. Decides nothing.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// Collects mistakes. Forgetting to look at them would emit code from broken input, so a collector
/// that is dropped with unread mistakes panics in debug builds.
#[derive(Default)]
pub(crate) struct Mistakes {
    found: Vec<syn::Error>,
}

impl Mistakes {
    /// Takes a mistake at the place of some tokens: what is wrong, and how to mend it.
    pub(crate) fn at(&mut self, place: impl ToTokens, message: impl Display, help: impl Display) {
        self.push(mistake(place, message, help));
    }

    /// Takes a mistake that was made into an error elsewhere.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// The border before code is emitted: all mistakes as `compile_error!`s, if there are any.
    pub(crate) fn check(mut self) -> Result<(), TokenStream> {
        let all = std::mem::take(&mut self.found).into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        });
        all.map_or(Ok(()), |all| Err(all.into_compile_error()))
    }
}

impl Drop for Mistakes {
    fn drop(&mut self) {
        debug_assert!(
            self.found.is_empty() || std::thread::panicking(),
            "mistakes were collected and never read"
        );
    }
}

/// One mistake as an error: the message, and below it the mend.
pub(crate) fn mistake(
    place: impl ToTokens,
    message: impl Display,
    help: impl Display,
) -> syn::Error {
    syn::Error::new_spanned(place, format!("{message}\n= help: {help}"))
}
