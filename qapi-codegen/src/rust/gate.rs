//! Conditions of the schema as conditions of Rust: `'if': 'CONFIG_LINUX'` as
//! `#[cfg(feature = "config-linux")]`, where they are to be cargo features.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Conditions;
use super::bindings::Bindings;
use crate::schema::Schema;
use crate::schema::select;
use crate::schema::types::{Condition, Preprocessor};

/// The attribute for what has a condition; nothing where conditions are only documented.
pub(super) fn emit_gate(bindings: &Bindings, condition: Option<&Condition>) -> Option<TokenStream> {
    let predicate = match bindings.options.conditions {
        Conditions::Documented => return None,
        Conditions::Features => emit_predicate(condition?),
    };
    Some(quote!(#[cfg(#predicate)]))
}

fn emit_predicate(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Defined(name) => {
            let feature = feature_name(name);
            quote!(feature = #feature)
        }
        Condition::All(parts) => {
            let parts = parts.iter().map(emit_predicate);
            quote!(all(#(#parts),*))
        }
        Condition::Any(parts) => {
            let parts = parts.iter().map(emit_predicate);
            quote!(any(#(#parts),*))
        }
        Condition::Not(part) => {
            let part = emit_predicate(part);
            quote!(not(#part))
        }
        Condition::Preprocessor(Preprocessor { meaning, .. }) => emit_predicate(meaning),
    }
}

/// What the feature of an identifier is called: `CONFIG_LINUX` is `config-linux`. What 5.2 has
/// instead of an identifier becomes one.
pub fn feature_name(identifier: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    identifier.trim().chars().map(fits).collect()
}

/// The features that decide a schema's conditions, for the manifest of the crate that generated code
/// is in.
pub fn feature_names(schema: &Schema) -> BTreeSet<String> {
    select::identifiers(schema).iter().map(|identifier| feature_name(identifier)).collect()
}
