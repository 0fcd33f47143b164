//! What a build script can choose: handlers that return futures, serde's traits, a part of a schema.

/// Handlers that return futures, served by a server that has threads.
mod futures {
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use qapi_runtime::{Call, Error, Result, Waiting, blocking, loopback, protocol};

    use bar::{Bill, Client as _, Dispatch, Drink, commands};

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod bar {
        qapi_runtime::include_schema!("bar_async");
    }

    struct Bar;

    /// Is pending once, and woken by another thread.
    #[derive(Default)]
    struct Later(bool);

    impl Future for Later {
        type Output = ();

        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            if std::mem::replace(&mut self.0, true) {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            std::thread::spawn(move || waker.wake());
            Poll::Pending
        }
    }

    impl bar::Server for Bar {
        async fn order(&self, _call: &Call, order: commands::Order) -> Result<Bill> {
            Later::default().await;
            match order.drink {
                Drink::Espresso => Ok(Bill::new(180 * order.count.unwrap_or(1))),
                drink => Err(Error::generic(format!("we have no {drink}"))),
            }
        }
    }

    #[test]
    fn are_waited_for() {
        let service = Waiting(Dispatch(Bar));
        let client =
            loopback::connect(service, protocol::Config::default(), blocking::Options::default())
                .expect("a server in this process answers");
        let order = commands::Order { count: Some(2), ..commands::Order::new(Drink::Espresso) };
        assert_eq!(client.order(order).expect("is served").cents, 360);
        let refused = client.order(commands::Order::new(Drink::Tea)).unwrap_err();
        assert_eq!(refused.server().expect("the server's words").desc, "we have no tea");
    }
}

/// Serde's traits: the form is that on the wire, whatever the format.
mod serde_traits {
    use unions::{File, Inet, TagOnly, WithBase, WithBaseBranch};

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod unions {
        qapi_runtime::include_schema!("unions_serde");
    }

    /// QAPI types inside something that is none.
    type Settings = (String, WithBase, Vec<TagOnly>);

    #[test]
    fn write_what_the_wire_would_and_read_it_back() {
        let port = u16::MAX;
        let inet = Inet { port: Some(port), ..Inet::new("host") };
        let settings: Settings = (
            "one".to_owned(),
            WithBase::new("d0", WithBaseBranch::File(File::new("/disk"))),
            vec![TagOnly::Inet(inet), TagOnly::None],
        );
        let text = serde_json::to_string(&settings).expect("writes");
        let expected = r#"["one",{"id":"d0","kind":"file","path":"/disk"},
                           [{"host":"host","port":65535,"type":"inet"},{"type":"none"}]]"#;
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&text), value(expected));
        assert_eq!(serde_json::from_str::<Settings>(&text).expect("reads"), settings);
    }

    #[test]
    fn say_what_does_not_fit_in_qemu_s_words() {
        let wrong = r#"{"type":"inet","host":"h","port":65536}"#;
        let error = serde_json::from_str::<TagOnly>(wrong).expect_err("the port is too large");
        assert!(error.to_string().contains("Parameter 'port' expects uint16_t"), "{error}");
        // Read as a client: what nobody knows is kept.
        let unknown = serde_json::from_str::<TagOnly>(r#"{"type":"rdma","gid":[1]}"#);
        let unknown = unknown.expect("an unknown branch is kept");
        assert_eq!(unknown.tag(), "rdma");
        assert_eq!(
            serde_json::to_string(&unknown).expect("writes"),
            r#"{"type":"rdma","gid":[1]}"#
        );
    }
}

/// A command and what it needs.
mod part {
    #[expect(dead_code, reason = "a schema has more than one program needs")]
    mod unions {
        qapi_runtime::include_schema!("unions_only");
    }

    #[test]
    fn has_what_was_asked_for_and_nothing_else() {
        let text = include_str!(concat!(env!("OUT_DIR"), "/unions_only.rs"));
        for part in ["pub struct Migrate", "pub enum Nested", "pub enum TagOnly", "pub struct Exec"]
        {
            assert!(text.contains(part), "{part}");
        }
        for part in ["pub struct Open", "WithBase", "pub mod events", "trait Server"] {
            assert!(!text.contains(part), "{part}");
        }
    }
}

/// What generated types offer besides the wire.
mod comforts {
    use qapi_runtime::{Command as _, Event as _};

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod unions {
        qapi_runtime::include_schema!("unions_serde");
    }

    #[allow(unreachable_pub, dead_code, deprecated)]
    mod flags {
        include!("schema/ok/flags-features-and-conditions.rs");
    }

    #[test]
    fn an_enum_lists_its_values() {
        let names: Vec<&str> = unions::Kind::ALL.iter().map(unions::Kind::as_str).collect();
        assert_eq!(names, ["file", "inet", "none"]);
        assert_eq!(names, unions::Kind::NAMES);
    }

    #[test]
    fn a_branch_becomes_its_union() {
        let file = unions::File::new("/disk");
        assert_eq!(unions::TagOnly::from(file.clone()), unions::TagOnly::File(file));
    }

    #[test]
    #[allow(deprecated)]
    fn a_command_and_an_event_say_what_the_schema_says_of_them() {
        use flags::{commands, events};
        assert_eq!(commands::Old::FEATURES, ["deprecated"]);
        assert_eq!(commands::XTry::FEATURES, ["unstable"]);
        assert_eq!(events::Limited::FEATURES, ["deprecated"]);
        assert_eq!((commands::Old::SINCE, commands::XTry::CAPABILITY), (None, None));
    }
}

/// Types that two schemas have in common, once in a program.
mod sharing {
    use std::path::Path;

    use qapi_codegen::Config;
    use qapi_codegen::rust::Serde;

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod monitor {
        qapi_runtime::include_schema!("monitor");
    }

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod daemon {
        qapi_runtime::include_schema!("daemon");
    }

    #[test]
    fn takes_what_one_monitor_said_to_another() {
        let plain = monitor::Plain::new("/disk");
        let node = monitor::Node::new(monitor::NodeBranch::File(plain));
        // The same type by either name, down to its branches.
        let node: daemon::Node = node;
        assert!(matches!(&node.driver, daemon::NodeBranch::File(plain) if plain.size.is_none()));
        let add = daemon::commands::Add(node.clone());
        assert_eq!(add.0, monitor::commands::Add(node).0);
    }

    #[test]
    fn leaves_apart_what_differs_and_what_refers_to_it() {
        let theirs = monitor::Export::new("e0");
        let ours = daemon::Export::new("e0", true);
        assert_eq!((theirs.id, ours.id, ours.writable), ("e0".to_owned(), "e0".to_owned(), true));
        let text = generated("daemon.rs");
        for written in ["pub struct Export", "pub struct Node2"] {
            assert!(text.contains(written), "{written} is the daemon's own");
        }
        for imported in ["Plain", "Raw", "Address", "Driver", "NodeRef", "Node", "NodeBranch"] {
            let import = format!("pub use crate::sharing::monitor::{imported};");
            assert!(text.contains(&import), "{imported} is the monitor's");
        }
    }

    fn generated(name: &str) -> String {
        std::fs::read_to_string(Path::new(env!("OUT_DIR")).join(name)).expect("is generated")
    }

    #[test]
    fn is_refused_where_the_types_would_not_be_the_same() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let monitor = Config::new("sharing/monitor.json");
        let daemon = || Config::new("sharing/daemon.json").out_dir(folder.path());
        for (config, expected) in [
            (
                daemon().serde(Serde::With).shares(&monitor, "crate::monitor"),
                "crate::monitor: only one of the two has serde's traits",
            ),
            (daemon().shares(&monitor, "monitor;"), "monitor;: this is no path of a module"),
            (daemon().shares(&monitor, "a::b<u8>"), "a::b<u8>: this is no path of a module"),
        ] {
            let failure = config.try_generate().expect_err("cannot be shared");
            assert!(failure.to_string().ends_with(expected), "{failure}");
        }
    }

    #[test]
    fn with_several_what_is_inside_a_type_is_the_same_everywhere() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).expect("is ours");
            Config::new(folder.path().join(name)).out_dir(folder.path())
        };
        let inner = "{ 'struct': 'Inner', 'data': { 'id': 'int' } }";
        let outer = "{ 'struct': 'Outer', 'data': { 'inner': 'Inner' } }";
        let returns = |ty: &str| format!("{{ 'command': 'get', 'returns': '{ty}' }}");
        let first = write("first.json", &[inner, &returns("Inner")].join("\n"));
        let both = [inner, outer, &returns("Outer")].join("\n");
        let second = write("second.json", &both);
        let ours = write("ours.json", &both).shares(&first, "crate::first");
        let generated = ours.shares(&second, "crate::second").try_generate().expect("is right");
        let text = std::fs::read_to_string(generated.path).expect("is generated");
        // `crate::second::Outer` has an `Inner` of its own.
        assert!(text.contains("pub use crate::first::Inner;"), "{text}");
        assert!(text.contains("pub struct Outer") && !text.contains("crate::second"), "{text}");
    }

    #[test]
    fn keeps_apart_what_is_otherwise_by_wish() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let monitor = Config::new("sharing/monitor.json").field("Plain.filename").as_bytes();
        let daemon = Config::new("sharing/daemon.json").out_dir(folder.path());
        let generated = daemon.shares(&monitor, "crate::monitor").try_generate().expect("is right");
        let text = std::fs::read_to_string(generated.path).expect("is generated");
        assert!(text.contains("pub struct Plain") && text.contains("pub struct Node {"));
        assert!(text.contains("pub use crate::monitor::Driver;"));
        let shared = |input: &&std::path::PathBuf| input.ends_with("block.json");
        assert_eq!(generated.inputs.iter().filter(shared).count(), 1);
    }
}

/// Setters for what may be absent.
mod setters {
    use names::commands::Use;
    use recursion::{Image, Pong};

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod flags {
        qapi_runtime::include_schema!("flags_setters");
    }

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod names {
        qapi_runtime::include_schema!("names_setters");
    }

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod recursion {
        qapi_runtime::include_schema!("recursion_setters");
    }

    #[test]
    fn take_what_new_would_take() {
        let plug = flags::commands::Plug::new("d").with_id("net0");
        assert_eq!(plug.id.as_deref(), Some("net0"));
        // A box is none of the caller's business.
        let image = Image::new("top").with_backing(Image::new("base"));
        assert_eq!(image.backing.expect("is set").name, "base");
        assert!(Pong::new(Vec::new()).ping.is_none());
    }

    #[test]
    fn are_named_after_members_that_rust_reserves() {
        let reserved =
            names::Reserved::new("t", 1, 2, true, false, true, false, "in", "match", "u", "n", 3);
        let with = Use::new(names::Look::Self_).with_fn(reserved.clone());
        assert_eq!(with.r#fn, Some(reserved));
    }

    #[test]
    fn say_that_their_member_is_deprecated() {
        let path = std::path::Path::new(env!("OUT_DIR")).join("flags_setters.rs");
        let text = std::fs::read_to_string(path).expect("is generated");
        let setter = text.find("pub fn with_middle").expect("the member may be absent");
        let before = &text[..setter];
        let own = &before[before.rfind("/// The same with `middle`").expect("is documented")..];
        assert!(own.contains("#[deprecated"), "{own}");
    }
}

/// Members that are something else in Rust than the schema alone would make them.
mod overrides {
    use qapi_codegen::Config;
    use qapi_runtime::json::Document;
    use qapi_runtime::{Policy, Wire, Writer};

    use agent::{GuestExec, commands};

    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    mod agent {
        qapi_runtime::include_schema!("agent_bytes");
    }

    #[test]
    fn bytes_are_base64_on_the_wire() {
        let mut write = commands::GuestFileWrite::new(7, *b"\0\xff");
        write.count = Some(2);
        let mut writer = Writer::new();
        write.write(&mut writer);
        assert_eq!(writer.as_bytes(), br#"{"handle": 7, "buf-b64": "AP8=", "count": 2}"#);
        let document = Document::parse(writer.as_bytes()).expect("is JSON");
        let read = commands::GuestFileWrite::read(document.root(Policy::Strict));
        assert_eq!(read.expect("is read back"), write);
        // They may be a secret, and so may what is made of them.
        let shown = format!("{write:?}");
        assert!(shown.contains("Base64(2 bytes)") && !shown.contains("AP8="), "{shown}");
    }

    #[test]
    fn what_is_no_base64_is_an_error() {
        let document = Document::parse(br#"{"path": "/bin/true", "input-data": "?"}"#);
        let document = document.expect("is JSON");
        let error = commands::GuestExec::read(document.root(Policy::Strict));
        let error = error.expect_err("a question mark is no base64");
        assert_eq!(error.path(), "input-data");
    }

    #[test]
    fn attributes_are_added() {
        assert!(GuestExec::new(1) < GuestExec::new(2));
    }

    #[test]
    fn a_path_that_leads_nowhere_is_told() {
        let config = || Config::new("door/bar.json").out_dir(std::env::temp_dir());
        let told = |config: Config| config.try_generate().expect_err("is wrong").to_string();
        let misspelled = told(config().field("order.cuont").as_bytes());
        assert!(
            misspelled
                .contains("order.cuont: 'order' has no 'cuont' of its own; did you mean 'count'?"),
            "{misspelled}"
        );
        let no_type = told(config().field("order.count").as_type("a b"));
        assert!(no_type.contains("order.count: `a b` is no Rust type"), "{no_type}");
        let marked = told(config().attribute("Bill", "#[doc = \"\\u{1}0\"]"));
        assert!(marked.contains("is no attribute"), "{marked}");
        let number = told(config().field("order.count").as_bytes());
        assert!(number.contains("bytes are a 'str' on the wire, and this is 'int'"), "{number}");
        let named = Config::new("sharing/monitor.json").out_dir(std::env::temp_dir());
        let named = told(named.field("add.driver").as_bytes());
        assert!(
            named.contains("add.driver: what 'add' has is of 'Node': say 'Node.driver'"),
            "{named}"
        );
        let no_attribute = told(config().attribute("Bill", "derive(Ord)"));
        assert!(no_attribute.contains("Bill: `derive(Ord)` is no attribute"), "{no_attribute}");
        let both = told(config().field("order.cuont").as_bytes().attribute("Bill", "derive(Ord)"));
        assert!(both.contains("order.cuont: ") && both.contains("Bill: "), "all at once: {both}");
    }
}

/// Conditions that are cargo features, none of which this crate has.
mod features {
    #[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
    #[allow(deprecated)]
    mod flags {
        qapi_runtime::include_schema!("flags_gated");
    }

    #[test]
    fn what_is_not_enabled_is_not_there() {
        let all = include_str!("schema/ok/flags-features-and-conditions.rs");
        let text = include_str!(concat!(env!("OUT_DIR"), "/flags_gated.rs"));
        let conditional = all.matches("CommandInfo::new(").count();
        assert!(text.contains("#[cfg(feature = "), "conditions are attributes");
        assert!(flags::SCHEMA.commands.len() < conditional, "some command has a condition");
    }
}
