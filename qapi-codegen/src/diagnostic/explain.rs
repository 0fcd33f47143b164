//! What `qapi explain` tells of a code besides the rule itself: an example that breaks it, one that
//! keeps it, and where the rule comes from. A table by origin: a code without a row does not
//! compile.
//!
//! An example is the text of a file `example.json`. Its first line may name the dialect to read it
//! by (`# dialect: qemu-10.0`); behind a line `# file: disks.json` stands the text of another file.

use std::fmt;
use std::str::FromStr;

use super::Code;
use crate::nearest::nearest;

impl Code {
    /// The rule in one sentence: the first of its explanation.
    pub fn summary(self) -> String {
        let text = self.explanation().join(" ");
        match text.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => text,
        }
    }
}

macro_rules! origins {
    (
        $($origin:literal {
            $($variant:ident = $name:literal, $place:literal;)+
        })+
        without examples {
            $($unshown:ident, $unshown_origin:literal, $occasion:literal;)+
        }
    ) => {
        impl Code {
            /// A schema that breaks the rule; `None` where no text can show it, see
            /// [`occasion`](Code::occasion).
            pub fn wrong(self) -> Option<&'static str> {
                match self {
                    $($(Code::$variant => {
                        Some(include_str!(concat!("example/", $name, ".wrong.json")))
                    })+)+
                    $(Code::$unshown => None,)+
                }
            }

            /// The same schema without the mistake; `None` exactly where there is no wrong one.
            pub fn right(self) -> Option<&'static str> {
                match self {
                    $($(Code::$variant => {
                        Some(include_str!(concat!("example/", $name, ".right.json")))
                    })+)+
                    $(Code::$unshown => None,)+
                }
            }

            /// How it comes about and how to mend it, where there is no example.
            pub fn occasion(self) -> Option<&'static str> {
                match self {
                    $($(Code::$variant)|+)|+ => None,
                    $(Code::$unshown => Some($occasion),)+
                }
            }

            /// Where the rule comes from: the place in QEMU's source, or this project.
            pub fn origin(self) -> &'static str {
                match self {
                    $($(Code::$variant => concat!($origin, $place),)+)+
                    $(Code::$unshown => $unshown_origin,)+
                }
            }
        }
    };
}

// Functions and classes are called as in QEMU 10.2; some had other names before.
origins! {
    "QEMU, scripts/qapi/parser.py, " {
        UnreadableFile = "unreadable-file", "QAPISchemaParser._include()";
        StrayCharacter = "stray-character", "QAPISchemaParser.accept()";
        UnterminatedString = "unterminated-string", "QAPISchemaParser.accept()";
        UnknownEscape = "unknown-escape", "QAPISchemaParser.accept()";
        FunnyCharacter = "funny-character", "QAPISchemaParser.accept()";
        UnexpectedToken = "unexpected-token", "QAPISchemaParser.get_expr() and what it calls";
        DuplicateKey = "duplicate-key", "QAPISchemaParser.get_members()";
        TopLevelNotObject = "top-level-not-object", "QAPISchemaParser._parse()";
        InvalidInclude = "invalid-include", "QAPISchemaParser._parse()";
        InclusionLoop = "inclusion-loop", "QAPISchemaParser._include()";
        InvalidPragma = "invalid-pragma", "QAPISchemaParser._parse()";
        UnknownPragma = "unknown-pragma", "QAPISchemaParser._pragma()";
        PragmaValue = "pragma-value", "QAPISchemaParser._pragma()";
        DocMarker = "doc-marker", "QAPISchemaParser.get_doc() and get_doc_line()";
        DocUnterminated = "doc-unterminated", "QAPISchemaParser.get_doc_line()";
        DocMissingSpace = "doc-missing-space", "QAPISchemaParser.get_doc_line()";
        DocNameLine = "doc-name-line", "QAPISchemaParser.get_doc()";
        DocWithoutDefinition = "doc-without-definition", "QAPISchemaParser.reject_expr_doc()";
        DocFreeFormDefinition = "doc-free-form-definition", "QAPISchemaParser._parse()";
        DocFreeFormDescription = "doc-free-form-description", "QAPISchemaParser.get_doc()";
        DocMisplacedDescription = "doc-misplaced-description", "QAPISchemaParser.get_doc()";
        DocInvalidName = "doc-invalid-name", "QAPIDoc._new_description()";
        DocDuplicateName = "doc-duplicate-name", "QAPIDoc._new_description()";
        DocDuplicateSection = "doc-duplicate-section", "QAPIDoc.new_tagged_section()";
        DocFeaturesEmpty = "doc-features-empty", "QAPISchemaParser.get_doc()";
        DocTextRequired = "doc-text-required", "QAPIDoc.end()";
        DocObsoleteSection = "doc-obsolete-section", "QAPISchemaParser.get_doc(), since 9.1";
        DocIndent = "doc-indent", "QAPISchemaParser.get_doc_indented()";
        DocHeading = "doc-heading", "QAPISchemaParser.get_doc(), up to 10.0";
        DocLineTooLong = "doc-line-too-long", "QAPISchemaParser._validate_doc_line_format()";
        DocSentenceSpacing = "doc-sentence-spacing", "QAPISchemaParser._validate_doc_line_format()";
        DocOnlyForCommands = "doc-only-for-commands", "QAPIDoc.check_expr()";
        DocReturnsNothing = "doc-returns-nothing", "QAPIDoc.check_expr()";
        MemberUndocumented = "member-undocumented", "QAPIDoc.connect_member()";
        FeatureUndocumented = "feature-undocumented", "QAPIDoc.connect_feature()";
        DocumentedMemberMissing = "documented-member-missing", "QAPIDoc.check()";
        DocumentedFeatureMissing = "documented-feature-missing", "QAPIDoc.check()";
    }
    "QEMU, scripts/qapi/expr.py, " {
        MetaKey = "meta-key", "check_exprs()";
        NameNotString = "name-not-string", "check_name_is_str()";
        InvalidName = "invalid-name", "check_name_str()";
        NameNotUpper = "name-not-upper", "check_name_upper()";
        NameNotLower = "name-not-lower", "check_name_lower()";
        NameNotCamel = "name-not-camel-case", "check_name_camel()";
        ReservedSuffix = "reserved-suffix", "check_defn_name_str()";
        ReservedMemberName = "reserved-member-name", "check_type_implicit()";
        MissingKey = "missing-key", "check_keys()";
        UnknownKey = "unknown-key", "check_keys()";
        NotAnArray = "not-an-array", "check_enum() and check_features()";
        NotAnObject = "not-an-object", "check_union() and check_alternate()";
        AlternateEmpty = "alternate-empty", "check_alternate()";
        NotATypeName = "not-a-type-name", "check_type_name()";
        ArrayElement = "array-element", "check_type_name_or_array()";
        NotMembers = "not-members", "check_type_implicit()";
        PrefixNotString = "prefix-not-string", "check_enum()";
        ConditionKind = "condition-kind", "check_if()";
        ConditionIdentifier = "condition-identifier", "check_if()";
        ConditionKeys = "condition-keys", "check_if()";
        ConditionNotArray = "condition-not-array", "check_if()";
        ConditionUseless = "condition-useless", "check_if()";
        FlagValue = "flag-value", "check_flags()";
        FlagsIncompatible = "flags-incompatible", "check_flags()";
        BoxedWithoutData = "boxed-without-data", "check_command() and check_event()";
        DocSymbol = "doc-symbol", "check_exprs()";
        DocRequired = "doc-required", "check_exprs()";
    }
    "QEMU, scripts/qapi/schema.py, " {
        Redefinition = "redefinition", "QAPISchema._def_definition()";
        UnknownType = "unknown-type", "QAPISchema.resolve_type()";
        NestedArray = "nested-array", "QAPISchemaArrayType.check(), where it is an assertion";
        NameClash = "name-clash", "QAPISchemaMember.check_clash()";
        BaseNotStruct = "base-not-struct", "QAPISchemaObjectType.check()";
        ContainsItself = "contains-itself", "QAPISchemaObjectType.check()";
        TagNotMember = "tag-not-member", "QAPISchemaBranches.check()";
        TagNotEnum = "tag-not-enum", "QAPISchemaBranches.check()";
        TagOptional = "tag-optional", "QAPISchemaBranches.check()";
        TagConditional = "tag-conditional", "QAPISchemaBranches.check()";
        UnionEmpty = "union-empty", "QAPISchemaBranches.check()";
        BranchNotValue = "branch-not-value", "QAPISchemaBranches.check()";
        BranchType = "branch-type",
            "QAPISchemaBranches.check() and QAPISchemaAlternateType.check()";
        BranchAmbiguous = "branch-ambiguous", "QAPISchemaAlternateType.check()";
        DataType = "data-type", "QAPISchemaCommand.check() and QAPISchemaEvent.check()";
        DataUnionUnboxed = "data-union-unboxed",
            "QAPISchemaCommand.check() and QAPISchemaEvent.check()";
        DataConditional = "data-conditional",
            "QAPISchemaCommand.check() and QAPISchemaEvent.check()";
        ReturnsType = "returns-type", "QAPISchemaCommand.check()";
        SpecialFeatureOnType = "special-feature-on-type", "QAPISchemaType.check()";
        FeatureCount = "feature-count", "QAPISchema.check(), since 10.0";
    }
    "this project, " {
        CapabilityNotString = "capability-not-string", "dialect extended";
        EnvelopeNotStruct = "envelope-not-struct", "dialect extended";
        EnvelopeMandatory = "envelope-mandatory", "dialect extended";
        EnvelopeReserved = "envelope-reserved", "dialect extended";
        CapabilitiesNotEnum = "capabilities-not-enum", "dialect extended";
        CapabilityUnknown = "capability-unknown", "dialect extended";
    }
    without examples {
        InvalidUtf8, "QEMU, scripts/qapi/parser.py, which opens files as UTF-8",
            "The file was most likely saved in an older encoding, such as Latin-1, or is no text at \
             all. Save it as UTF-8: iconv -f latin1 -t utf-8";
        LimitExceeded, "this project, all dialects",
            "The schema was most likely written by a program, or is no schema at all. \
             The message says which limit it is: split the file, or nest less.";
    }
}

/// A name that is no code's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    given: String,
    meant: Option<Code>,
}

impl UnknownCode {
    /// The code that was most likely meant.
    pub fn meant(&self) -> Option<Code> {
        self.meant
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code '{}'", self.given)?;
        match self.meant {
            Some(code) => write!(f, "; did you mean '{}'?", code.as_str()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;
    fn from_str(given: &str) -> Result<Self, UnknownCode> {
        named(given).ok_or_else(|| {
            let near = nearest(given, Code::ALL.iter().map(|code| code.as_str()));
            UnknownCode { given: given.to_owned(), meant: near.and_then(named) }
        })
    }
}

fn named(name: &str) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| code.as_str() == name)
}
