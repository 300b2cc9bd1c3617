//! `npm run fuzz`: libFuzzer on every entry of the rules that takes bytes or text from outside.
//!
//! On the stable tool chain: coverage comes from LLVM through flags that stable has; only the sanitizers need nightly, and they
//! look for what safe Rust does not do. What is found stays in `target/fuzz`; the seeds under `src/rules/fuzz` are not touched.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};

use crate::{step, tools::Tool};

const CARGO_FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2" };
const HOME: &str = "src/rules/fuzz";

/// Seconds for one input, and megabytes for the process: more is a finding.
const LIMITS: [&str; 2] = ["-timeout=10", "-rss_limit_mb=1024"];

/// What became of one target.
struct Outcome {
    executions: u64,
    /// What libFuzzer said of the input that failed, and where it lies.
    crash: Option<String>,
}

/// Runs one target or all, each for so many seconds; fails at the end when one found something.
pub(crate) fn fuzz(root: &Path, target: Option<&str>, seconds: u32) -> anyhow::Result<()> {
    let all = targets(root)?;
    let chosen: Vec<&String> = all.iter().filter(|name| target.is_none_or(|target| *name == target)).collect();
    ensure!(!chosen.is_empty(), "there is no target called {}; there are {}", target.unwrap_or("anything"), all.join(", "));

    let output = root.join("target/fuzz/build");
    step::announce("building the fuzz targets");
    let mut build = CARGO_FUZZ.command(root)?;
    build.args(["build", "--sanitizer", "none", "--fuzz-dir", HOME, "--target-dir"]).arg(&output).args(target);
    step::run(&mut build, "cargo fuzz build")?;

    let programs = output.join(host(root)?).join("release");
    let mut crashes = Vec::new();
    for name in chosen {
        step::announce(&format!("{name} for {seconds} s"));
        let Outcome { executions, crash } = run(root, &programs.join(name), name, seconds)?;
        step::print(&format!("{name:<12} {executions:>12} executions  {} crashes", u8::from(crash.is_some())));
        if let Some(crash) = crash {
            step::print(&crash);
            crashes.push(name.as_str());
        }
    }
    if !crashes.is_empty() {
        bail!("{} found an input that fails", crashes.join(", "));
    }
    Ok(())
}

/// The targets: one file each.
fn targets(root: &Path) -> anyhow::Result<Vec<String>> {
    let folder = root.join(HOME).join("src/bin");
    let files = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut names: Vec<_> =
        files.flatten().filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    Ok(names)
}

/// This machine, as rustc names it: cargo-fuzz builds below that name.
fn host(root: &Path) -> anyhow::Result<String> {
    let said = Command::new("rustc").arg("-vV").current_dir(root).output().context("rustc")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).context("rustc names no host")
}

fn run(root: &Path, program: &Path, name: &str, seconds: u32) -> anyhow::Result<Outcome> {
    let (corpus, crashes) = (root.join("target/fuzz/corpus").join(name), root.join("target/fuzz/crashes").join(name));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&crashes)?;
    let mut fuzzer = Command::new(program);
    fuzzer
        .args(LIMITS)
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}/", crashes.display())])
        .arg("-print_final_stats=1")
        // What is new goes into the first folder; the seeds are read only.
        .args([corpus, root.join(HOME).join("seeds").join(name)])
        .current_dir(root)
        .stdin(Stdio::null());
    let output = fuzzer.output().with_context(|| format!("{name} could not be started"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let executions = executions(&said);
    let crash = (!output.status.success()).then(|| interesting(&said));
    ensure!(crash.is_some() || executions.is_some(), "{name} did not say how often it ran:\n{said}");
    Ok(Outcome { executions: executions.unwrap_or_default(), crash })
}

fn executions(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok())
}

/// Of a crash: what panicked, what libFuzzer calls it, and where the input lies.
fn interesting(said: &str) -> String {
    let mut lines = said.lines().skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR: libFuzzer"));
    let head = lines.by_ref().take(4).collect::<Vec<_>>();
    let place = said.lines().find(|line| line.contains("Test unit written to"));
    head.into_iter().chain(place).fold(String::new(), |text, line| text + "  " + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_seeds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let targets = targets(&root).unwrap();
        assert!(!targets.is_empty());
        for target in targets {
            let seeds = fs::read_dir(root.join(HOME).join("seeds").join(&target)).map(Iterator::count).unwrap_or_default();
            assert!(seeds > 0, "{target} has no seeds");
        }
    }

    #[test]
    fn the_figures_and_the_failure_are_read_from_what_libfuzzer_says() {
        let said = "#5 NEW cov: 7\nthread 'x' panicked at src/x.rs:1:2:\nno\n==1== ERROR: libFuzzer: deadly signal\nstack\nmore\n\
                    stat::number_of_executed_units: 4711\nTest unit written to target/fuzz/crashes/x/crash-1\n";
        assert_eq!(executions(said), Some(4711));
        assert_eq!(executions("#5 NEW"), None);
        let shown = interesting(said);
        assert!(shown.contains("panicked at src/x.rs") && shown.ends_with("crash-1\n") && !shown.contains("NEW"), "{shown}");
    }
}
