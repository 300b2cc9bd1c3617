//! Running other programs and saying so.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

/// One line to the person at the terminal.
pub(crate) fn say(line: &str) {
    // Nobody is left to hear that the terminal is gone.
    let _ = writeln!(std::io::stderr(), "cosell: {line}");
}

/// Says what comes next.
pub(crate) fn announce(what: &str) {
    say(&format!("{what} …"));
}

/// A line of output proper.
pub(crate) fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Cargo, with the locked versions.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let (verb, rest) = arguments.split_first().unwrap_or((&"--version", &[]));
    command.arg(verb);
    if *verb != "fmt" {
        command.arg("--locked");
    }
    command.args(rest).current_dir(root);
    command
}

/// A program of `node_modules`.
pub(crate) fn npx(root: &Path, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(root.join("node_modules/.bin").join(program));
    command.args(arguments).current_dir(root);
    command
}

/// Node itself.
pub(crate) fn node(root: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root);
    command
}

/// Runs a program to its end, its output on the terminal.
pub(crate) fn run(command: &mut Command, name: &str) -> anyhow::Result<()> {
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("{name} could not be started"))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}
