//! `npm run mutants`: breaks the rules in one place at a time and looks whether a test of the rules notices.
//!
//! The score is caught / (caught + missed). A mutant that makes the tests hang is caught; one that does not compile is none. A
//! survivor that changes nothing that anybody could see is named, with the reason, in `src/rules/survivors.json`.

use std::{fs, path::Path};

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::{step, tools::Tool};

const CARGO_MUTANTS: Tool = Tool { name: "cargo-mutants", version: "27.1.0" };
const EXPLAINED: &str = "src/rules/survivors.json";

/// Below this score, in parts of a hundred, a survivor without an explanation fails the command.
const GOAL: usize = 90;

/// Exit codes of cargo-mutants that only say that mutants were missed, or timed out.
const JUDGED: [i32; 3] = [0, 2, 3];

/// What became of all mutants.
#[derive(Debug, Default, PartialEq)]
struct Score {
    caught: usize,
    timeout: usize,
    unviable: usize,
    /// Names of those that no test noticed, with their line.
    missed: Vec<String>,
}

impl Score {
    /// Parts of a hundred, rounded down; a hundred when there was nothing to catch.
    fn percent(&self) -> usize {
        let caught = self.caught + self.timeout;
        (caught * 100).checked_div(caught + self.missed.len()).unwrap_or(100)
    }
}

/// A survivor that may live.
struct Explained {
    /// The mutant without its line, which moves.
    mutant: String,
    reason: String,
}

/// Runs cargo-mutants on the rules, prints the score and the survivors.
pub(crate) fn mutants(root: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let explained = explained(&fs::read_to_string(root.join(EXPLAINED)).context(EXPLAINED)?)?;
    let output = root.join("target/mutants");
    fs::create_dir_all(&output)?;
    let mut command = CARGO_MUTANTS.command(root)?;
    command.args(["--package", "cosell-rules", "--jobs", "2", "--output"]).arg(&output).args(arguments);
    // The tests look at whole tables: a little optimisation makes them nine times as fast, for half a second more of compiling.
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    // Each job has its own copy; in one target directory they would wait for each other.
    command.env_remove("CARGO_TARGET_DIR");
    let status = command.status().context("cargo-mutants could not be started")?;
    if !status.code().is_some_and(|code| JUDGED.contains(&code)) {
        bail!("cargo-mutants ended with {status}");
    }
    if arguments.iter().any(|argument| argument == "--list") {
        return Ok(());
    }
    let outcomes = output.join("mutants.out/outcomes.json");
    let score = score(&fs::read_to_string(&outcomes).with_context(|| outcomes.display().to_string())?)?;
    report(&score, &explained, arguments.is_empty())
}

fn report(score: &Score, explained: &[Explained], whole: bool) -> anyhow::Result<()> {
    let reason =
        |name: &str| explained.iter().find(|known| known.mutant == without_line(name)).map(|known| known.reason.as_str());
    for name in &score.missed {
        match reason(name) {
            Some(reason) => step::print(&format!("explained  {name}\n           {reason}")),
            None => step::print(&format!("SURVIVED   {name}")),
        }
    }
    if whole {
        let survived = |known: &&Explained| score.missed.iter().any(|name| without_line(name) == known.mutant);
        for stale in explained.iter().filter(|known| !survived(known)) {
            step::print(&format!("stale      {}: no longer survives, take it out of {EXPLAINED}", stale.mutant));
        }
    }
    let Score { caught, timeout, unviable, missed } = score;
    let unexplained = missed.iter().filter(|name| reason(name).is_none()).count();
    step::print(&format!(
        "\nscore {} %: {} caught ({timeout} by the clock), {} missed ({} explained), {unviable} did not compile",
        score.percent(),
        caught + timeout,
        missed.len(),
        missed.len() - unexplained
    ));
    if score.percent() < GOAL && unexplained > 0 {
        bail!("{unexplained} unexplained survivors, and the score is below {GOAL} %");
    }
    Ok(())
}

/// "src/a.rs:3:9: replace f" → "src/a.rs: replace f".
fn without_line(name: &str) -> String {
    match name.split_once(": ") {
        Some((place, change)) => format!("{}: {change}", place.split(':').next().unwrap_or(place)),
        None => name.to_owned(),
    }
}

fn score(outcomes: &str) -> anyhow::Result<Score> {
    let all: Value = serde_json::from_str(outcomes).context("outcomes.json")?;
    let mut score = Score::default();
    for outcome in all.get("outcomes").and_then(Value::as_array).context("outcomes.json has no outcomes")? {
        // The baseline is no mutant.
        let Some(name) = outcome.pointer("/scenario/Mutant/name").and_then(Value::as_str) else { continue };
        match outcome.get("summary").and_then(Value::as_str) {
            Some("CaughtMutant") => score.caught += 1,
            Some("Timeout") => score.timeout += 1,
            Some("Unviable") => score.unviable += 1,
            Some("MissedMutant") => score.missed.push(name.to_owned()),
            other => bail!("{name}: no such outcome: {other:?}"),
        }
    }
    Ok(score)
}

fn explained(text: &str) -> anyhow::Result<Vec<Explained>> {
    let rows: Value = serde_json::from_str(text).context(EXPLAINED)?;
    let mut explained = Vec::new();
    for row in rows.as_array().with_context(|| format!("{EXPLAINED} is no list"))? {
        let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned();
        let known = Explained { mutant: text("mutant"), reason: text("reason") };
        ensure!(!known.mutant.is_empty() && !known.reason.is_empty(), "{EXPLAINED}: {row} lacks its mutant or its reason");
        ensure!(without_line(&known.mutant) == known.mutant, "{EXPLAINED}: {} names a line, which moves", known.mutant);
        explained.push(known);
    }
    Ok(explained)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(names: &[&str], caught: usize) -> Score {
        Score { caught, missed: names.iter().map(|name| (*name).to_owned()).collect(), ..Score::default() }
    }

    fn known() -> Vec<Explained> {
        explained(r#"[{ "mutant": "a.rs: replace < with <= in f", "reason": "equal never happens" }]"#).unwrap()
    }

    #[test]
    fn the_committed_explanations_are_readable() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(EXPLAINED);
        explained(&fs::read_to_string(path).unwrap()).unwrap();
    }

    #[test]
    fn a_timeout_is_caught_and_what_does_not_compile_does_not_count() {
        let of = |kind: &str| format!(r#"{{ "summary": "{kind}", "scenario": {{ "Mutant": {{ "name": "a.rs:1:2: x" }} }} }}"#);
        let all = ["CaughtMutant", "CaughtMutant", "Timeout", "Unviable", "MissedMutant"].map(of).join(",");
        let text = format!(r#"{{ "outcomes": [{{ "summary": "Success", "scenario": "Baseline" }}, {all}] }}"#);
        let score = score(&text).unwrap();
        assert_eq!(score, Score { caught: 2, timeout: 1, unviable: 1, missed: vec!["a.rs:1:2: x".into()] });
        assert_eq!(score.percent(), 75);
        assert_eq!(Score::default().percent(), 100);
    }

    #[test]
    fn only_an_unexplained_survivor_below_the_goal_fails() {
        let (explained, other) = ("a.rs:7:9: replace < with <= in f", "a.rs:7:9: replace < with > in f");
        for (says, names, caught, passes) in [
            ("explained, below the goal", [explained].as_slice(), 1, true),
            ("unexplained, at the goal", &[other], 9, true),
            ("unexplained, below the goal", &[other], 8, false),
            ("both, below the goal", &[explained, other], 8, false),
        ] {
            assert_eq!(report(&missed(names, caught), &known(), false).is_ok(), passes, "{says}");
        }
    }

    #[test]
    fn an_explanation_names_no_line_and_has_a_reason() {
        for text in [r#"[{ "mutant": "a.rs:7:9: x", "reason": "r" }]"#, r#"[{ "mutant": "a.rs: x", "reason": " " }]"#, "{}"] {
            assert!(explained(text).is_err(), "{text}");
        }
    }
}
