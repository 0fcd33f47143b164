//! A service with one command for each thing that a conversation can try.

use qapi_runtime::{
    Availability, Call, Command, CommandInfo, Error, Event, EventInfo, Gate, Object, Reply,
    Request, SchemaInfo, Service,
};

/// See [`SCHEMA`] for what the commands are about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Toy;

/// What there is.
pub const SCHEMA: SchemaInfo = SchemaInfo {
    commands: &[
        CommandInfo::new("guest-ping").out_of_band(),
        CommandInfo::new("double"),
        CommandInfo::new("fail"),
        CommandInfo::new("panic"),
        CommandInfo::new("vanish").silent(),
        CommandInfo::new("tell"),
        CommandInfo::new("tell-all").capability("events"),
        CommandInfo::new("frozen"),
        CommandInfo::new("blocked"),
        CommandInfo::new("look").gated_arguments(EVENTS_MODE).gated_returns(EVENTS_DETAIL),
    ],
    events: &[EventInfo::new("PLAIN"), EventInfo::new("DETAILED").capability("events")],
    capabilities: &["oob", "events"],
};

const EVENTS_MODE: &[Gate] = &[Gate { path: &["mode"], capability: "events" }];
const EVENTS_DETAIL: &[Gate] = &[Gate { path: &["items", "detail"], capability: "events" }];

#[derive(Command)]
#[qapi(name = "guest-ping", oob)]
pub struct Ping;

#[derive(Command)]
#[qapi(name = "double", returns = i64)]
pub struct Double {
    pub value: i64,
}

#[derive(Command)]
#[qapi(name = "fail")]
pub struct Fail;

#[derive(Command)]
#[qapi(name = "panic")]
pub struct Panic;

#[derive(Command)]
#[qapi(name = "vanish", no_success_response)]
pub struct Vanish {
    pub fail: Option<bool>,
}

#[derive(Command)]
#[qapi(name = "tell")]
pub struct Tell;

#[derive(Command)]
#[qapi(name = "tell-all", capability = "events")]
pub struct TellAll;

#[derive(Command)]
#[qapi(name = "look", returns = Seen)]
pub struct Look {
    pub mode: Option<String>,
}

#[derive(Debug, Object)]
pub struct Seen {
    pub items: Vec<Item>,
}

#[derive(Debug, Object)]
pub struct Item {
    pub name: String,
    pub detail: Option<i64>,
}

#[derive(Event)]
#[qapi(name = "PLAIN")]
pub struct Plain;

#[derive(Debug, PartialEq, Event)]
#[qapi(name = "DETAILED", capability = "events")]
pub struct Detailed {
    pub detail: i64,
}

impl Service for Toy {
    fn schema(&self) -> &'static SchemaInfo {
        &SCHEMA
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        match request.name() {
            "guest-ping" => request.answer(|Ping| Ok(())),
            "double" => request.answer(|Double { value }| Ok(value.wrapping_mul(2))),
            "fail" => request.answer(|Fail| Err(Error::generic("it failed"))),
            "panic" => request.answer(|Panic| panic!("as asked")),
            "vanish" => request.answer(|Vanish { fail }| match fail {
                Some(true) => Err(Error::generic("it stays")),
                _ => Ok(()),
            }),
            "tell" => request.answer(|Tell| tell(call)),
            "tell-all" => request.answer(|TellAll| tell(call)),
            "look" => request.answer(|_: Look| Ok(seen())),
            _ => request.unknown(),
        }
    }

    fn availability(&self, command: &str) -> Availability {
        match command {
            "frozen" => Availability::Disabled("the agent is in frozen state".to_owned()),
            "blocked" => Availability::Disabled(String::new()),
            _ => Availability::Enabled,
        }
    }
}

fn tell(call: &Call) -> qapi_runtime::Result<()> {
    call.emitter().emit(&Plain);
    call.emitter().emit(&Detailed { detail: 1 });
    Ok(())
}

fn seen() -> Seen {
    let item = |name: &str| Item { name: name.to_owned(), detail: Some(7) };
    Seen { items: vec![item("a"), item("b")] }
}
