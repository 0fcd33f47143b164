//! `qapi explain`: the rule behind a diagnostic, by its code; without a code, all of them.

use qapi_codegen::diagnostic::Code;

use crate::Ending;
use crate::args::Explain;
use crate::speak::Speaker;

pub(crate) fn run(options: &Explain, speaker: &Speaker) -> Ending {
    match options.code.as_deref().map(str::parse::<Code>) {
        None => speaker.result(&list()),
        Some(Ok(code)) => speaker.result(&explained(code)),
        Some(Err(unknown)) => {
            let ending = speaker.failure(&unknown.to_string());
            if unknown.meant().is_none() {
                speaker.progress("all codes: qapi explain");
            }
            ending
        }
    }
}

/// Every code with the first sentence of its rule, a line each.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let line = |code: &Code| format!("{:width$}  {}\n", code.as_str(), code.summary());
    Code::ALL.iter().map(line).collect()
}

/// The rule, examples, and where it comes from; a blank line between any two.
fn explained(code: Code) -> String {
    let parts = [
        Some(format!("{}\n", code.as_str())),
        Some(format!("{}\n", code.explanation().join("\n"))),
        code.occasion().map(|occasion| format!("{occasion}\n")),
        code.wrong().map(|example| format!("Wrong, as example.json:\n\n{}", indented(example))),
        code.right().map(|example| format!("Right:\n\n{}", indented(example))),
        Some(format!("The rule comes from: {}\n", code.origin())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn indented(example: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    example.lines().map(line).collect()
}
