//! A command → what it took.

use std::process::{Command, Stdio};

use wait4::Wait4;

/// What one run of a process took, its children included.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Processor seconds, user and system.
    pub cpu: f64,
    /// The largest resident set, in bytes.
    pub memory: f64,
}

/// Runs a command to its end. One that fails is an error: its cost says nothing.
pub fn once(command: &mut Command) -> Result<Cost, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |what: &str| format!("{name}: {what}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error.to_string()))?;
    // What it says is little: read it before it ends, and show it only if it fails.
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        std::io::Read::read_to_string(&mut stderr, &mut said)
            .map_err(|e| failed(&e.to_string()))?;
    }
    let usage = child.wait4().map_err(|error| failed(&error.to_string()))?;
    if !usage.status.success() {
        return Err(format!("{command:?} failed: {said}"));
    }
    let seconds = usage.rusage.utime + usage.rusage.stime;
    Ok(Cost { cpu: seconds.as_secs_f64(), memory: usage.rusage.maxrss as f64 })
}

/// Runs several commands in turns, after one round that does not count, and gives each one's
/// medians.
pub fn in_turns(commands: &mut [Command], runs: usize) -> Result<Vec<Cost>, String> {
    let mut costs = vec![Vec::with_capacity(runs); commands.len()];
    for command in &mut *commands {
        once(command)?;
    }
    for _ in 0..runs {
        for (command, costs) in commands.iter_mut().zip(&mut costs) {
            costs.push(once(command)?);
        }
    }
    Ok(costs.iter().map(|costs| medians(costs)).collect())
}

fn medians(costs: &[Cost]) -> Cost {
    Cost { cpu: median(costs, |cost| cost.cpu), memory: median(costs, |cost| cost.memory) }
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
