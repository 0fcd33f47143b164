use base64::prelude::{BASE64_STANDARD, Engine};
use qapi_agent::processes::{Exit, LARGEST_OUTPUT, MOST_PROCESSES, Processes};
use qapi_agent::schema::GuestExecStatus;
use qapi_agent::schema::commands::GuestExec;
use qapi_agent::schema::{GuestExecCaptureOutput as Capture, GuestExecCaptureOutputMode as Mode};
use std::sync::mpsc;

/// A call of guest-exec with a program and its arguments.
fn program(words: &[&str]) -> GuestExec {
    let (path, arg) = words.split_first().expect("a program has a name");
    let arg = arg.iter().map(|&word| word.to_owned()).collect();
    GuestExec {
        path: (*path).to_owned(),
        arg: Some(arg),
        env: None,
        input_data: None,
        capture_output: None,
    }
}

fn shell(script: &str) -> GuestExec {
    program(&["sh", "-c", script])
}

fn captured(exec: GuestExec, mode: Mode) -> GuestExec {
    GuestExec { capture_output: Some(Capture::Mode(mode)), ..exec }
}

/// Runs a program to its end and asks what became of it.
fn run(processes: &Processes, exec: &GuestExec) -> (Exit, GuestExecStatus) {
    let (tell, told) = mpsc::channel();
    let pid = processes.exec(exec, move |exit| tell.send(exit).unwrap()).unwrap().pid;
    let exit = told.recv().unwrap();
    assert_eq!(exit.pid, pid);
    (exit, processes.status(pid).unwrap())
}

fn refused(exec: &GuestExec) -> String {
    let processes = Processes::default();
    processes.exec(exec, |_| unreachable!("it did not start")).unwrap_err().desc
}

/// What `status` has of an output.
fn base64(text: &str) -> Option<String> {
    Some(BASE64_STANDARD.encode(text))
}

#[test]
fn exit_codes_and_signals() {
    let processes = Processes::default();
    let (exit, status) = run(&processes, &shell("exit 3"));
    assert_eq!((exit.exitcode, exit.signal), (Some(3), None));
    assert_eq!((status.exited, status.exitcode, status.signal), (true, Some(3), None));
    assert_eq!((&status.out_data, status.out_truncated), (&None, None));
    let (exit, status) = run(&processes, &shell("kill -9 $$"));
    assert_eq!((exit.exitcode, exit.signal), (None, Some(9)));
    assert_eq!((status.exitcode, status.signal), (None, Some(9)));
}

#[test]
fn a_status_is_told_once() {
    let processes = Processes::default();
    let (exit, _) = run(&processes, &shell("exit 0"));
    let error = processes.status(exit.pid).unwrap_err();
    assert_eq!(error.desc, format!("PID {} does not exist", exit.pid));
}

#[test]
fn a_program_that_runs_has_no_status_but_that() {
    let processes = Processes::default();
    let (tell, told) = mpsc::channel();
    // It ends when the input does, which the pipe to it keeps open.
    let exec =
        GuestExec { input_data: base64(&"x".repeat(1 << 20)), ..program(&["sleep", "1000"]) };
    let pid = processes.exec(&exec, move |exit| tell.send(exit).unwrap()).unwrap().pid;
    assert_eq!(processes.status(pid), Ok(GuestExecStatus::new(false)));
    let id = rustix::process::Pid::from_raw(pid.try_into().unwrap()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    assert_eq!(told.recv().unwrap().signal, Some(15));
}

#[test]
fn output_is_kept_as_asked() {
    let processes = Processes::default();
    let both = || shell("echo out; echo err >&2");
    let (out, err) = (base64("out\n"), base64("err\n"));
    for (capture, expected) in [
        (None, (None, None)),
        (Some(Capture::Flag(false)), (None, None)),
        (Some(Capture::Mode(Mode::None)), (None, None)),
        (Some(Capture::Flag(true)), (out.clone(), err.clone())),
        (Some(Capture::Mode(Mode::Separated)), (out.clone(), err.clone())),
        (Some(Capture::Mode(Mode::Stdout)), (out, None)),
        (Some(Capture::Mode(Mode::Stderr)), (None, err)),
        (Some(Capture::Mode(Mode::Merged)), (base64("out\nerr\n"), None)),
    ] {
        let exec = GuestExec { capture_output: capture.clone(), ..both() };
        let (_, status) = run(&processes, &exec);
        assert_eq!(status.out_truncated, expected.0.is_some().then_some(false), "{capture:?}");
        assert_eq!((status.out_data, status.err_data), expected, "{capture:?}");
    }
}

#[test]
fn too_much_output_is_cut_and_does_not_stop_the_program() {
    let processes = Processes::default();
    let exec = captured(program(&["head", "-c", "17000000", "/dev/zero"]), Mode::Stdout);
    let (_, status) = run(&processes, &exec);
    assert_eq!(status.exitcode, Some(0));
    assert_eq!(status.out_truncated, Some(true));
    assert_eq!(status.out_data.unwrap().len(), LARGEST_OUTPUT.div_ceil(3) * 4);
}

#[test]
fn input_reaches_the_program_and_ends() {
    let processes = Processes::default();
    let text = "line\n".repeat(60_000);
    let exec = GuestExec { input_data: base64(&text), ..captured(program(&["cat"]), Mode::Stdout) };
    assert_eq!(run(&processes, &exec).1.out_data, base64(&text));
    let nothing = captured(shell("cat; echo end"), Mode::Stdout);
    assert_eq!(run(&processes, &nothing).1.out_data, base64("end\n"));
    let empty = GuestExec { input_data: Some(String::new()), ..nothing };
    assert_eq!(run(&processes, &empty).1.out_data, base64("end\n"));
}

#[test]
fn a_program_need_not_read_its_input() {
    let processes = Processes::default();
    let input = base64(&"x".repeat(1 << 20));
    let exec = GuestExec { input_data: input.clone(), ..program(&["true"]) };
    assert_eq!(run(&processes, &exec).1.exitcode, Some(0));
    // Somebody else keeps the pipe open, and does not read either.
    let exec = GuestExec { input_data: input, ..shell("exec 3<&0; sleep 30 <&3 & exit 5") };
    assert_eq!(run(&processes, &exec).1.exitcode, Some(5));
}

#[test]
fn the_environment_is_replaced() {
    let processes = Processes::default();
    let with = |entries: &[&str]| {
        let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
        GuestExec { env: Some(entries), ..captured(program(&["/usr/bin/env"]), Mode::Stdout) }
    };
    let (_, status) = run(&processes, &with(&["B=2", "A=1=x", "C="]));
    assert_eq!(status.out_data, base64("A=1=x\nB=2\nC=\n"));
    assert_eq!(run(&processes, &with(&[])).1.out_data, None);
    let error = refused(&with(&["A=1", "secret"]));
    assert_eq!(error, "Parameter 'env[1]' is not of the form NAME=value");
}

#[test]
fn a_program_has_its_own_group_and_no_foreign_descriptors() {
    let processes = Processes::default();
    let exec = captured(shell("cut -d ' ' -f 5 /proc/$$/stat; echo $$"), Mode::Stdout);
    let (exit, status) = run(&processes, &exec);
    assert_eq!(status.out_data, base64(&format!("{0}\n{0}\n", exit.pid)));
    let file = tempfile::NamedTempFile::new().unwrap();
    let exec = captured(shell("readlink /proc/$$/fd/* || true"), Mode::Stdout);
    let (_, status) = run(&processes, &exec);
    let open = BASE64_STANDARD.decode(status.out_data.unwrap()).unwrap();
    let open = String::from_utf8(open).unwrap();
    assert!(open.contains("/dev/null") && !open.contains(file.path().to_str().unwrap()), "{open}");
}

#[test]
fn programs_that_cannot_be_run() {
    for (path, reason) in [
        ("/nonexistent/prog", "No such file or directory"),
        ("", "No such file or directory"),
        ("/tmp", "Permission denied"),
        ("/etc/passwd", "Permission denied"),
    ] {
        let error = refused(&program(&[path]));
        assert_eq!(error, format!("Failed to execute child process “{path}” ({reason})"));
    }
    // A bare name is looked for in all of PATH, and a folder that this user may not look into is
    // another reason than not having found it.
    let text = |reason| format!("Failed to execute child process “nonexistent-program” ({reason})");
    let reasons = ["No such file or directory", "Permission denied"].map(text);
    assert!(reasons.contains(&refused(&program(&["nonexistent-program"]))));
    assert!(refused(&program(&["a\0b"])).starts_with("Failed to execute child process"));
    let exec = GuestExec { input_data: Some("***".to_owned()), ..program(&["/nonexistent"]) };
    assert_eq!(refused(&exec), "Base64 data contains invalid characters");
}

#[test]
fn the_table_is_bounded_and_forgets_the_oldest_end() {
    let processes = Processes::default();
    let start = |exec: &GuestExec| {
        let (tell, told) = mpsc::channel();
        let started = processes.exec(exec, move |exit| tell.send(exit).unwrap_or(()));
        (started.map(|exec| exec.pid), told)
    };
    let ended: Vec<i64> = (0..2)
        .map(|_| {
            let (pid, told) = start(&program(&["true"]));
            told.recv().unwrap();
            pid.unwrap()
        })
        .collect();
    let sleepers: Vec<_> =
        (0..MOST_PROCESSES - 1).map(|_| start(&program(&["sleep", "1000"])).0.unwrap()).collect();
    assert!(processes.status(ended[0]).is_err());
    assert_eq!(processes.status(ended[1]).unwrap().exitcode, Some(0));
    let (last, _) = start(&program(&["sleep", "1000"]));
    let (refused, _) = start(&program(&["true"]));
    assert_eq!(refused.unwrap_err().desc, format!("{MOST_PROCESSES} programs are running already"));
    for pid in sleepers.into_iter().chain(last) {
        let pid = rustix::process::Pid::from_raw(pid.try_into().unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    }
}
