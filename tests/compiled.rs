//! Every golden of generated Rust, compiled with every warning an error.

#![deny(warnings)]

macro_rules! goldens {
    ($($module:ident = $file:literal,)+) => {
        $(
            /// Generated; see the file it is included from.
            pub mod $module {
                include!($file);
            }
        )+

        #[test]
        fn goldens_compile() {
            let names = [$(stringify!($module)),+];
            assert!(!names.is_empty());
        }
    };
}

goldens! {
    array_of_conditional = "schema/ok/array-of-conditional.rs",
    absent_null_and_empty = "schema/ok/absent-null-and-empty.rs",
    command_named_like_a_type = "schema/ok/command-named-like-a-type.rs",
    documentation = "schema/ok/documentation.rs",
    downstream_names = "schema/ok/downstream-names.rs",
    flags_features_and_conditions = "schema/ok/flags-features-and-conditions.rs",
    mapping = "schema/ok/mapping.rs",
    names_of_the_prelude = "schema/ok/names-of-the-prelude.rs",
    names_that_rust_reserves = "schema/ok/names-that-rust-reserves.rs",
    negotiation = "schema/ok/negotiation.rs",
    nothing = "schema/ok/nothing.rs",
    numbers = "schema/ok/numbers.rs",
    recursion = "schema/ok/recursion.rs",
    release_5_2 = "schema/ok/release-5.2.rs",
    unions = "schema/ok/unions.rs",
}
