//! Programs that clients run: a bounded table of those that run and those that have ended and whose
//! end nobody has asked for yet.
//!
//! In: the arguments of guest-exec and guest-exec-status. Out: what they return. `start` makes a
//! process, `watch` stays with it in a thread of its own until it has ended and all its output is
//! here.

mod start;
mod watch;

use crate::base64;
use crate::failure::failed;
use crate::schema::commands;
use crate::schema::{GuestExec, GuestExecStatus};
use qapi_runtime::{Error, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use watch::{Captured, Ended};

/// The most programs at once: running, or ended and not asked for.
pub const MOST_PROCESSES: usize = 64;
/// The most bytes of a program's standard output, and of its standard error, that are kept.
pub const LARGEST_OUTPUT: usize = 16 << 20;

/// All programs.
#[derive(Clone, Debug, Default)]
pub struct Processes {
    table: Arc<Mutex<Table>>,
}

#[derive(Debug, Default)]
struct Table {
    /// By process id. The system may give the id of a process that has ended to a new one; the old
    /// one is forgotten then.
    known: BTreeMap<i64, Known>,
    started: u64,
}

#[derive(Debug)]
struct Known {
    /// Programs are counted as they are started.
    order: u64,
    /// Absent while it runs.
    ended: Option<Ended>,
}

/// Where a program is in the table, if it still is.
#[derive(Clone, Copy)]
struct Place {
    pid: i64,
    order: u64,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Its process id.
    pub pid: i64,
    /// What it returned, if it ended by itself.
    pub exitcode: Option<i64>,
    /// The signal that ended it, if one did.
    pub signal: Option<i64>,
}

impl Processes {
    /// guest-exec. When the program has ended, `then` is told, in another thread; from there on
    /// [`Processes::status`] knows it, too.
    pub fn exec(
        &self,
        command: &commands::GuestExec,
        then: impl FnOnce(Exit) + Send + 'static,
    ) -> Result<GuestExec> {
        let plan = start::plan(command)?;
        // The thread comes first, so that no program can run unobserved.
        let (hand_over, take_over) = mpsc::channel();
        let processes = self.clone();
        thread::Builder::new()
            .name("guest-exec".to_owned())
            .spawn(move || {
                if let Ok((place, running)) = take_over.recv() {
                    then(processes.record(place, watch::watch(running)));
                }
            })
            .map_err(|error| failed("failed to create thread", &error))?;
        // Not under the lock: starting can take a while, and others shall not wait for it. So every
        // session that starts one at the same time may go one beyond the bound.
        self.table().make_room()?;
        let running = plan.start()?;
        let place = self.table().insert(i64::from(running.id()));
        drop(hand_over.send((place, running)));
        Ok(GuestExec { pid: place.pid })
    }

    /// guest-exec-status. A program that has ended is forgotten by this.
    pub fn status(&self, pid: i64) -> Result<GuestExecStatus> {
        let mut table = self.table();
        let known = table
            .known
            .get_mut(&pid)
            .ok_or_else(|| Error::generic(format!("PID {pid} does not exist")))?;
        let Some(ended) = known.ended.take() else { return Ok(GuestExecStatus::new(false)) };
        table.known.remove(&pid);
        drop(table);
        Ok(status(&ended))
    }

    /// Notes that a program has ended.
    fn record(&self, place: Place, ended: Ended) -> Exit {
        let exit = Exit { pid: place.pid, exitcode: ended.exitcode, signal: ended.signal };
        if let Some(known) = self.table().known.get_mut(&place.pid)
            && known.order == place.order
        {
            known.ended = Some(ended);
        }
        exit
    }

    /// The table is whole also after a panic: every change of it is one step.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// In a full table, the oldest of those that have ended gives way: its client seems not to want
    /// to know. Programs that run stay.
    fn make_room(&mut self) -> Result<()> {
        if self.known.len() < MOST_PROCESSES {
            return Ok(());
        }
        let ended = self.known.iter().filter(|(_, known)| known.ended.is_some());
        let oldest = ended.min_by_key(|(_, known)| known.order).map(|(&pid, _)| pid);
        let oldest = oldest.ok_or_else(|| {
            Error::generic(format!("{MOST_PROCESSES} programs are running already"))
        })?;
        self.known.remove(&oldest);
        Ok(())
    }

    fn insert(&mut self, pid: i64) -> Place {
        self.started += 1;
        self.known.insert(pid, Known { order: self.started, ended: None });
        Place { pid, order: self.started }
    }
}

fn status(ended: &Ended) -> GuestExecStatus {
    // Output that was not kept or is empty has no members at all.
    let data = |output: &Captured| {
        (!output.bytes.is_empty()).then(|| (base64::encode(&output.bytes), output.truncated))
    };
    let (out_data, out_truncated) = data(&ended.out).unzip();
    let (err_data, err_truncated) = data(&ended.err).unzip();
    GuestExecStatus {
        exited: true,
        exitcode: ended.exitcode,
        signal: ended.signal,
        out_data,
        err_data,
        out_truncated,
        err_truncated,
    }
}
