//! Types that are imported and not written, since other generated code has them already.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::Parser;

use super::Options;
use super::bindings::Bindings;
use super::gate::emit_gate;
use crate::schema::Schema;
use crate::schema::shared;
use crate::schema::types::{Type, TypeId};

/// What to import instead of writing it, by the name in the schema.
#[derive(Clone, Debug, Default)]
pub struct Shared(HashMap<String, Import>);

/// One type as other generated code has it.
#[derive(Clone, Debug)]
struct Import {
    module: TokenStream,
    name: Ident,
    /// The enum of its branches, where it has further members.
    branches: Option<Ident>,
}

/// Bindings of another schema that are in the same program.
#[derive(Clone, Copy, Debug)]
pub struct Theirs<'a> {
    /// What they are generated from.
    pub schema: &'a Schema,
    /// How.
    pub options: &'a Options,
    /// The path of the module that they are in: `crate::qmp`.
    pub path: &'a str,
}

impl Shared {
    /// Shares what a schema has in common with other bindings. What is shared already stays so, and
    /// what refers to that is not shared with others, whose types have their own inside.
    ///
    /// # Errors
    /// Why these bindings cannot be shared, in a few words.
    pub fn add(
        &mut self,
        schema: &Schema,
        options: &Options,
        theirs: Theirs<'_>,
    ) -> Result<(), &'static str> {
        let module = module(options, theirs)?;
        let (ours, other) = (&options.overrides, &theirs.options.overrides);
        let is_wanted = |name: &str| {
            !self.0.contains_key(name) && ours.of_definition(name) == other.of_definition(name)
        };
        let bindings = Bindings::new(theirs.schema, theirs.options);
        let alike = shared::types(schema, theirs.schema, &is_wanted);
        for (id, other) in alike {
            if !bindings.has(other) {
                continue;
            }
            let import = Import {
                module: module.clone(),
                name: bindings.type_name(other).clone(),
                branches: bindings.branches_name(other).cloned(),
            };
            self.0.insert(schema.name_of(id).to_owned(), import);
        }
        Ok(())
    }
}

/// The path of their module, if its types are what ours would be.
fn module(options: &Options, theirs: Theirs<'_>) -> Result<TokenStream, &'static str> {
    if options.serde != theirs.options.serde {
        return Err("only one of the two has serde's traits");
    }
    if options.setters != theirs.options.setters {
        return Err("only one of the two has setters");
    }
    if options.conditions != theirs.options.conditions {
        return Err("conditions are cargo features in only one of the two");
    }
    let path = syn::Path::parse_mod_style.parse_str(theirs.path);
    path.map(|path| quote!(#path)).map_err(|_| "this is no path of a module")
}

/// The imports for a type that is shared.
pub(super) fn emit_import(bindings: &Bindings, id: TypeId, ty: &Type) -> Option<TokenStream> {
    let import = bindings.options.shared.0.get(ty.name())?;
    let gate = emit_gate(bindings, ty.common().and_then(|common| common.condition.as_ref()));
    let import_as = |theirs: &Ident, ours: &Ident| {
        let module = &import.module;
        let rename = (theirs != ours).then(|| quote!(as #ours));
        // A schema has more types than one program needs.
        quote! {
            #gate
            #[allow(unused_imports)]
            pub use #module::#theirs #rename;
        }
    };
    let itself = import_as(&import.name, bindings.type_name(id));
    let branches = import.branches.as_ref().zip(bindings.branches_name(id));
    let branches = branches.map(|(theirs, ours)| import_as(theirs, ours));
    Some(quote!(#itself #branches))
}
