//! The rules that a schema can break: a closed table. A new rule is a row here, one function that
//! checks it and one file in the corpus that shows it.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The rules that a schema can break. A closed set: each has a paragraph here and at least
        /// one file in the corpus.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the language's stages.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The code as printed and as `qapi explain` takes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// The rule and its reason, one line a line.
            pub fn explanation(self) -> &'static [&'static str] {
                match self { $(Code::$variant => const { &[$($doc.trim_ascii(),)+] },)+ }
            }
        }
    };
}

impl Code {
    /// Whether the rule is about documentation alone: what is wrong with it does not keep the rest
    /// from being understood.
    pub fn is_about_documentation(self) -> bool {
        matches!(
            self,
            Code::DocMarker
                | Code::DocUnterminated
                | Code::DocMissingSpace
                | Code::DocNameLine
                | Code::DocWithoutDefinition
                | Code::DocFreeFormDefinition
                | Code::DocFreeFormDescription
                | Code::DocMisplacedDescription
                | Code::DocInvalidName
                | Code::DocDuplicateName
                | Code::DocDuplicateSection
                | Code::DocFeaturesEmpty
                | Code::DocTextRequired
                | Code::DocObsoleteSection
                | Code::DocIndent
                | Code::DocHeading
                | Code::DocLineTooLong
                | Code::DocSentenceSpacing
                | Code::DocOnlyForCommands
                | Code::DocReturnsNothing
                | Code::DocSymbol
                | Code::DocRequired
                | Code::MemberUndocumented
                | Code::FeatureUndocumented
                | Code::DocumentedMemberMissing
                | Code::DocumentedFeatureMissing
        )
    }
}

codes! {
    /// A schema file must be readable. An include is looked up relative to the file that names it.
    UnreadableFile = "unreadable-file",
    /// A schema file is UTF-8 text.
    InvalidUtf8 = "invalid-utf8",
    /// A schema has bounds, so that no input can exhaust the machine: how deep objects, lists and
    /// includes nest, how many bytes a file and a string have, how many files there are.
    LimitExceeded = "limit-exceeded",
    /// A schema uses `{ } [ ] : ,`, strings, `true` and `false`, and nothing else between comments.
    StrayCharacter = "stray-character",
    /// A string ends on the line that it starts on.
    UnterminatedString = "unterminated-string",
    /// The only escape in a string is `\\`. Names and paths need no others.
    UnknownEscape = "unknown-escape",
    /// A string holds printable ASCII only: names end up in C, Rust and on the wire.
    FunnyCharacter = "funny-character",
    /// Something else must stand here. Unlike JSON, a schema has no numbers and no null; as in JSON,
    /// a comma stands between two members or elements and not behind the last.
    UnexpectedToken = "unexpected-token",
    /// An object has at most one member of a name.
    DuplicateKey = "duplicate-key",
    /// Every top-level expression is an object: a definition, an include or a pragma.
    TopLevelNotObject = "top-level-not-object",
    /// An include directive is `{ 'include': 'path' }` with nothing else in it.
    InvalidInclude = "invalid-include",
    /// A file cannot include itself, whether directly or through others: neither could come first.
    InclusionLoop = "inclusion-loop",
    /// A pragma directive is `{ 'pragma': { … } }` with nothing else in it.
    InvalidPragma = "invalid-pragma",
    /// Pragmas are a closed set, so that a misspelled one cannot be ignored.
    UnknownPragma = "unknown-pragma",
    /// `doc-required` is true or false; `capabilities` names an enum; the pragmas that name exceptions
    /// are lists of strings.
    PragmaValue = "pragma-value",
    /// The lines that open and close a documentation block are `##` and nothing else.
    DocMarker = "doc-marker",
    /// A documentation block that is opened with `##` is closed with `##` before anything else.
    DocUnterminated = "doc-unterminated",
    /// A line of a documentation block is a lone `#`, or `# ` and text.
    DocMissingSpace = "doc-missing-space",
    /// The documentation of a definition starts with a line `@name:`.
    DocNameLine = "doc-name-line",
    /// Documentation that names a definition stands right before that definition.
    DocWithoutDefinition = "doc-without-definition",
    /// The block right before a definition is its documentation, and starts with `@name:`.
    DocFreeFormDefinition = "doc-free-form-definition",
    /// Only the documentation of a definition describes members; a line `@name:` in another block is
    /// most likely in the wrong place.
    DocFreeFormDescription = "doc-free-form-description",
    /// Descriptions of members come together, before all sections, so that readers find them.
    DocMisplacedDescription = "doc-misplaced-description",
    /// A description names what it describes.
    DocInvalidName = "doc-invalid-name",
    /// A member or a feature is described once.
    DocDuplicateName = "doc-duplicate-name",
    /// `Returns:`, `Errors:`, `Since:` and `Features:` stand at most once in a block.
    DocDuplicateSection = "doc-duplicate-section",
    /// `Features:` is followed by the description of at least one feature.
    DocFeaturesEmpty = "doc-features-empty",
    /// A section with a tag and a description have text: an empty one says nothing.
    DocTextRequired = "doc-text-required",
    /// QEMU 9.1 replaced the sections `Note:` and `Example:` by rST directives.
    DocObsoleteSection = "doc-obsolete-section",
    /// The text of a description or section is indented as its first line is: less means that it
    /// ended, and then a blank line says so.
    DocIndent = "doc-indent",
    /// Up to QEMU 10.0 a line that starts with `=` is a heading: it stands first in its block, and in
    /// none that documents a definition.
    DocHeading = "doc-heading",
    /// A line of documentation has at most 70 characters, `# ` included, so that it is readable in a
    /// terminal and in a patch. A lone URL may be longer.
    DocLineTooLong = "doc-line-too-long",
    /// Two spaces stand between sentences: QEMU's documentation has them everywhere.
    DocSentenceSpacing = "doc-sentence-spacing",
    /// A definition has exactly one of the keys `enum`, `struct`, `union`, `alternate`, `command`, `event`.
    /// That key says what is defined; with two of them nobody could tell.
    MetaKey = "meta-key",
    /// A name is a string: that of a definition, an enum value, a feature, a tag.
    NameNotString = "name-not-string",
    /// A name is a letter followed by letters, digits, `-` and `_`.
    /// Before it may stand `__RFQDN_` (downstream) and `x-` (experimental). Enum values may start with a digit.
    /// Names that start with `q_` or `q-` are the generator's own.
    InvalidName = "invalid-name",
    /// The name of an event uses neither lower case nor `-`: `BLOCK_IO_ERROR`.
    /// So the kind of a definition can be told from its name.
    NameNotUpper = "name-not-upper",
    /// The name of a command, member, enum value, branch or feature uses neither upper case nor `_`.
    /// What is older than this rule is excepted: types whose members or values break it by pragma
    /// `member-name-exceptions`, commands by `command-name-exceptions`. Members written in place of
    /// a command's or event's data, branches of alternates and features cannot be.
    NameNotLower = "name-not-lower",
    /// The name of a type is written in CamelCase: a capital, then letters and digits, one of them small.
    NameNotCamel = "name-not-camel-case",
    /// The name of a type does not end in `List`: that is the name of its array.
    /// In dialect qemu-5.2, no definition's name ends in `List` or `Kind`.
    ReservedSuffix = "reserved-suffix",
    /// A member is not called `u`, and its name does not start with `has-`: QEMU's C structs use these names.
    ReservedMemberName = "reserved-member-name",
    /// An object has all the keys that its kind requires.
    MissingKey = "missing-key",
    /// An object has no key but those that its kind knows.
    UnknownKey = "unknown-key",
    /// `data` of an enum, and `features`, are arrays.
    NotAnArray = "not-an-array",
    /// `data` of a union and of an alternate is an object: branch names and their types.
    NotAnObject = "not-an-object",
    /// `data` of an alternate has at least one branch.
    AlternateEmpty = "alternate-empty",
    /// Where a type is expected stands its name; where arrays are allowed, also `['Name']`.
    /// Members in place are possible as data of structs, commands and events and as base of a union, nowhere else.
    NotATypeName = "not-a-type-name",
    /// An array type is written as an array of exactly one type name: `['str']`.
    /// Arrays of arrays do not exist.
    ArrayElement = "array-element",
    /// `data` of a struct is an object of members; that of a command or event may be a type's name instead.
    NotMembers = "not-members",
    /// `prefix` of an enum is a string.
    PrefixNotString = "prefix-not-string",
    /// An `if` is an identifier, or an object with one of the keys `all`, `any`, `not`.
    ConditionKind = "condition-kind",
    /// An identifier in an `if` is a capital letter followed by capitals, digits and `_`, like `CONFIG_LINUX`.
    ConditionIdentifier = "condition-identifier",
    /// An object in an `if` has exactly one key: without one it says nothing, and two could not be told
    /// from a mistake.
    ConditionKeys = "condition-keys",
    /// `all` and `any` in an `if` take an array of conditions.
    ConditionNotArray = "condition-not-array",
    /// `all` and `any` in an `if` take at least one condition: of none, the answer is known.
    ConditionUseless = "condition-useless",
    /// `gen` and `success-response` may only be `false`; `boxed`, `allow-oob`, `allow-preconfig` and `coroutine` only `true`.
    /// A flag that spells out its default looks as if it changed something.
    FlagValue = "flag-value",
    /// A command cannot have both `allow-oob` and `coroutine`: QEMU has no meaning for that.
    FlagsIncompatible = "flags-incompatible",
    /// `boxed` is about the type that `data` names, so there must be one.
    BoxedWithoutData = "boxed-without-data",
    /// `capability` is a string: a value of the enum that pragma `capabilities` names.
    CapabilityNotString = "capability-not-string",
    /// Documentation right before a definition is that definition's: its `@name:` says so.
    DocSymbol = "doc-symbol",
    /// With pragma `doc-required`, every definition is documented.
    DocRequired = "doc-required",
    /// Only a command can have the sections `Returns:` and `Errors:`.
    DocOnlyForCommands = "doc-only-for-commands",
    /// Only a command that returns something can have a section `Returns:`.
    DocReturnsNothing = "doc-returns-nothing",
    /// No two definitions have one name. Types, commands and events share one name space,
    /// and what comes with the language is in it too.
    Redefinition = "redefinition",
    /// A type that is referred to exists: built in, or defined anywhere in the schema.
    UnknownType = "unknown-type",
    /// The element of an array is not an array.
    NestedArray = "nested-array",
    /// Names of one object, enum, alternate or list of features differ, also after `-` and `.` became `_`.
    /// Inherited members count. A union's branches can have the same members, as only one of them is there.
    NameClash = "name-clash",
    /// The base of a struct or union is a struct.
    BaseNotStruct = "base-not-struct",
    /// A struct is not its own base, a union not its own branch, not even through others: it would never end.
    ContainsItself = "contains-itself",
    /// `discriminator` names a member of the union's base, exactly as it is written there.
    TagNotMember = "tag-not-member",
    /// The tag of a union is of an enum type: its values name the branches.
    TagNotEnum = "tag-not-enum",
    /// The tag of a union is not optional: without it nobody knows the branch.
    TagOptional = "tag-optional",
    /// The tag of a union has no `if`: it must exist wherever the union does.
    TagConditional = "tag-conditional",
    /// A union's tag has at least one value.
    UnionEmpty = "union-empty",
    /// Each branch of a union is named for a value of the tag's enum.
    BranchNotValue = "branch-not-value",
    /// A branch of a union is a struct or a union (since 10.0), as its members stand beside the tag.
    /// A branch of an alternate is anything that has a JSON kind of its own: no `any`, no alternate.
    BranchType = "branch-type",
    /// The branches of an alternate differ in JSON kind: the value has no tag that would tell them apart.
    /// Strings do not go with numbers and booleans, as the command line knows only strings;
    /// enums do, as long as no value looks like one.
    BranchAmbiguous = "branch-ambiguous",
    /// `data` of a command or event is an object: a struct, a union, or members in place.
    DataType = "data-type",
    /// A union as `data` needs `boxed`: QEMU cannot pass its members one by one.
    DataUnionUnboxed = "data-union-unboxed",
    /// `data` with conditional members needs `boxed`: QEMU's C functions cannot have conditional parameters.
    DataConditional = "data-conditional",
    /// A command returns an object or an array of objects: members can be added to it later.
    /// Pragma `command-returns-exceptions` lists what is older than this rule.
    ReturnsType = "returns-type",
    /// The features `deprecated` and `unstable` are for commands, events, members and enum values, not for types.
    SpecialFeatureOnType = "special-feature-on-type",
    /// A schema has at most 64 different features, `deprecated` and `unstable` among them: QEMU keeps sets of them in 64 bits.
    FeatureCount = "feature-count",
    /// A definition that is documented has every member, argument, value and branch documented.
    /// Pragma `documentation-exceptions` lists what is older than this rule.
    MemberUndocumented = "member-undocumented",
    /// A definition that is documented has every feature documented.
    FeatureUndocumented = "feature-undocumented",
    /// Each documented member exists in the definition itself.
    DocumentedMemberMissing = "documented-member-missing",
    /// Each documented feature exists in the definition.
    DocumentedFeatureMissing = "documented-feature-missing",
    /// `envelope` names a struct: its members may stand beside `return` in a reply.
    EnvelopeNotStruct = "envelope-not-struct",
    /// All members of an envelope are optional: a server that is older than them sends none.
    EnvelopeMandatory = "envelope-mandatory",
    /// No member of an envelope has a name that the protocol uses for messages:
    /// return, error, id, event, data, timestamp, QMP, execute.
    EnvelopeReserved = "envelope-reserved",
    /// Pragma `capabilities` names an enum.
    CapabilitiesNotEnum = "capabilities-not-enum",
    /// `capability` names a value of the enum that pragma `capabilities` names.
    CapabilityUnknown = "capability-unknown",
}
