//! `derive(Object)`: an object is its members and nothing else.

use proc_macro2::TokenStream;

use super::members;
use crate::model::Object;

/// `Wire` and `Flat`.
pub(super) fn emit(object: &Object) -> TokenStream {
    members::emit(object)
}
