//! Pipes: to a program that is started for it, and our own standard input and output.

use super::threaded::{AtEnd, ReadAhead, WriteBehind};
use super::{Source, Stream};
use std::io;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// The standard input and output of a program, which is killed when the stream is dropped.
pub(super) fn command(words: &[String]) -> io::Result<Stream> {
    let [program, arguments @ ..] = words else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "there is no command"));
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = Running(command.spawn()?);
    let missing = || io::Error::other("the command has no pipes");
    let sink = Box::new(WriteBehind::start(child.0.stdin.take().ok_or_else(missing)?)?);
    let output = child.0.stdout.take().ok_or_else(missing)?;
    let source =
        Box::new(WithCommand { source: ReadAhead::start(output, AtEnd::Close)?, _child: child });
    Ok(Stream { source, sink })
}

/// Our own standard input and output.
pub(super) fn stdio() -> io::Result<Stream> {
    Ok(Stream {
        source: Box::new(ReadAhead::start(io::stdin(), AtEnd::Close)?),
        sink: Box::new(WriteBehind::start(io::stdout())?),
    })
}

struct WithCommand {
    source: ReadAhead,
    _child: Running,
}

impl Source for WithCommand {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        self.source.read(buffer, deadline)
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; what counts is that none is left behind.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
