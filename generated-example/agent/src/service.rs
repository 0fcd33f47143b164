//! The agent as a server sees it: the generated dispatch, and the administrator's lists before it.

use crate::access::REASON;
use crate::agent::Agent;
use crate::schema::Dispatch;
use qapi_runtime::{Availability, Call, Reply, Request, SchemaInfo, Service};

/// What a server of this agent serves.
pub struct AgentService(Dispatch<Agent>);

impl Agent {
    /// Makes it ready for a server.
    pub fn into_service(self) -> AgentService {
        AgentService(Dispatch(self))
    }
}

impl Service for AgentService {
    fn schema(&self) -> &'static SchemaInfo {
        self.0.schema()
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        self.0.call(call, request)
    }

    /// Forbidden commands are answered as if there were none of that name, with a reason.
    fn availability(&self, command: &str) -> Availability {
        let Dispatch(agent) = &self.0;
        if agent.access().allows(command) {
            Availability::Enabled
        } else {
            Availability::Disabled(REASON.to_owned())
        }
    }
}
