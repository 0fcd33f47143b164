//! What can be told of a type by its spelling. A derive sees tokens, not types: an alias of `Option`
//! is no `Option` here.

use syn::{GenericArgument, PathArguments, Type};

use crate::mistake::Mistakes;

/// The `T` of a type written `Option<T>`, by whatever path.
pub(crate) fn option_argument(ty: &Type) -> Option<&Type> {
    only_argument(ty, "Option")
}

/// The `T` of a type written `Box<T>`; any other type as it is.
pub(crate) fn unboxed(ty: &Type) -> &Type {
    only_argument(ty, "Box").unwrap_or(ty)
}

/// Reports an `Option` where nothing can be absent.
pub(crate) fn check_present(mistakes: &mut Mistakes, ty: &Type, what: &str, help: &str) {
    if option_argument(ty).is_some() {
        mistakes.at(ty, format!("{what} cannot be absent"), help);
    }
}

/// The one generic argument of a path whose last segment is `name`.
fn only_argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = match ungrouped(ty) {
        Type::Path(path) => path.path.segments.last()?,
        _ => return None,
    };
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) if segment.ident == name => &arguments.args,
        _ => return None,
    };
    match (arguments.first()?, arguments.len()) {
        (GenericArgument::Type(ty), 1) => Some(ty),
        _ => None,
    }
}

/// The type without parentheses, and without the invisible ones that a `macro_rules!` puts there.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        ty => ty,
    }
}
