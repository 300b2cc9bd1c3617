//! `npm test`: every check there is, each by its name, all of them even when one fails.

use std::{
    ffi::OsString,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::bail;

use crate::{browser, build, gallery, java, reproduce, rulebook, setup, simulate, sizes, step, tables};

struct Check {
    name: &'static str,
    run: fn(&Path) -> anyhow::Result<()>,
}

/// In the order of what is quickest to mend.
const CHECKS: &[Check] = &[
    Check { name: "rustfmt", run: |root| step::run(&mut step::cargo(root, &["fmt", "--all", "--check"]), "cargo fmt") },
    Check { name: "tables", run: tables::check },
    Check { name: "rulebook", run: rulebook::check },
    Check { name: "prettier", run: |root| npx(root, "prettier", &["--check", "--log-level=warn", "."]) },
    Check { name: "clippy", run: |root| cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]) },
    Check { name: "clippy-wasm", run: |root| cargo(root, CLIPPY_WASM) },
    Check { name: "rust", run: |root| cargo(root, &["test", "--workspace", "--exclude", "cosell-simulation", "--quiet"]) },
    Check { name: "simulation", run: simulate::check },
    Check { name: "build", run: build },
    Check { name: "eslint", run: |root| npx(root, "eslint", &["--max-warnings=0", "."]) },
    Check {
        name: "types",
        run: |root| {
            step::run(step::node(root).arg("tests/types/emit.mjs"), "emit.mjs")
                .and_then(|()| npx(root, "tsc", &["--project", "tests/types"]))
        },
    },
    Check { name: "jest", run: |root| npx(root, "sfdx-lwc-jest", &["--", "--silent", "--ci"]) },
    Check { name: "module", run: |root| node_tests(root, &["tests/module/*.test.mjs"]) },
    Check { name: "package", run: |root| node_tests(root, &["tests/package/*.test.mjs"]) },
    Check { name: "apex", run: |root| run_tests(root, &["tests/apex/*.test.mjs"], "PATH", java::path()?) },
    Check { name: "system", run: |root| node_tests(root, &["tests/system/*.test.mjs"]) },
    Check { name: "browser", run: |root| gallery::page(root).and_then(|()| node_tests(root, &["tests/browser/*.test.mjs"])) },
    Check { name: "sizes", run: sizes::check },
    Check { name: "reproducible", run: reproduce::check },
];

const CLIPPY_WASM: &[&str] = &[
    "clippy",
    "--package",
    "cosell-rules",
    "--package",
    "cosell-wasm",
    "--target",
    "wasm32-unknown-unknown",
    "--",
    "-D",
    "warnings",
];

/// Runs the named checks, or all; fails at the end when one did.
pub(crate) fn check(root: &Path, names: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = names.iter().find(|name| CHECKS.iter().all(|check| check.name != **name)) {
        let known = CHECKS.iter().map(|check| check.name).collect::<Vec<_>>().join(", ");
        bail!("there is no check called {unknown}; there are {known}");
    }
    setup::node_modules(root)?;
    setup::wasm_target(root)?;
    let mut results: Vec<(&str, Duration, Option<String>)> = Vec::new();
    for check in CHECKS.iter().filter(|check| names.is_empty() || names.iter().any(|name| name == check.name)) {
        step::announce(check.name);
        let start = Instant::now();
        let failure = (check.run)(root).err().map(|error| format!("{error:#}"));
        results.push((check.name, start.elapsed(), failure));
    }
    step::print("");
    for (name, time, failure) in &results {
        let verdict = failure.as_deref().map_or_else(|| "passed".to_owned(), |failure| format!("FAILED: {failure}"));
        step::print(&format!("  {name:<12} {:>7.1} s  {verdict}", time.as_secs_f64()));
    }
    let failed = results.iter().filter(|(_, _, failure)| failure.is_some()).count();
    step::print(&format!("\nchecks: {} passed, {failed} failed", results.len() - failed));
    if failed > 0 {
        bail!("{failed} of {} checks", results.len());
    }
    Ok(())
}

fn cargo(root: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    step::run(&mut step::cargo(root, arguments), "cargo")
}

fn npx(root: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    step::run(&mut step::npx(root, program, arguments), program)
}

/// Tests that may need a browser.
fn node_tests(root: &Path, patterns: &[&str]) -> anyhow::Result<()> {
    run_tests(root, patterns, "COSELL_CHROMIUM", browser::find()?.into())
}

/// No file of tests takes half as long. One that does not end, because it waits without a limit of its own, is ended and named.
const LIMIT: Duration = Duration::from_mins(20);

/// Node's own test runner; two files at a time, as each starts a whole system and waits for most of its time.
fn run_tests(root: &Path, patterns: &[&str], variable: &str, value: OsString) -> anyhow::Result<()> {
    let files: Vec<String> = patterns.iter().flat_map(|pattern| files(root, pattern)).collect();
    if files.is_empty() {
        bail!("no test matches {patterns:?}");
    }
    let mut node: Command = step::node(root);
    node.args(["--test", "--test-concurrency=2", "--test-reporter=spec", &format!("--test-timeout={}", LIMIT.as_millis())]);
    step::run(node.args(files).env(variable, value), "node --test")
}

/// The files `folder/*.ending`, sorted. Node 20 does not expand patterns itself.
fn files(root: &Path, pattern: &str) -> Vec<String> {
    let (folder, ending) = pattern.split_once('*').unwrap_or((pattern, ""));
    let mut found: Vec<_> = std::fs::read_dir(root.join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(ending))
        .map(|name| format!("{folder}{name}"))
        .collect();
    found.sort();
    found
}
