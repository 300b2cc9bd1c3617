//! `cosell-simulation`: runs the worlds of many seeds and says what was not kept.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, bail};
use clap::Parser;
use cosell_simulation::{Ground, Outcome, PROTECTIONS, Protection, run};

/// Runs the whole system on a simulated network and clock, one world for each seed.
#[derive(Parser)]
struct Arguments {
    /// How many worlds.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Take one protection out.
    #[arg(long, value_name = "PROTECTION")]
    without: Option<String>,
    /// How many worlds at once; as many as there are processors when absent.
    #[arg(long)]
    threads: Option<usize>,
}

#[derive(Default)]
struct Totals {
    runs: u64,
    faults: BTreeMap<&'static str, u64>,
    failed: Vec<(u64, Outcome)>,
    broken: Vec<String>,
}

fn main() -> ExitCode {
    let said = simulate(&Arguments::parse());
    match said {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("cosell-simulation: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything was kept.
fn simulate(arguments: &Arguments) -> anyhow::Result<bool> {
    let without = arguments.without.as_deref().map(named).transpose()?;
    let begin = Instant::now();
    let ground = Ground::lay()?;
    let threads = match arguments.threads {
        Some(threads) => threads.max(1),
        None => thread::available_parallelism().map_or(1, usize::from),
    };
    let (next, totals) = (AtomicU64::new(arguments.from), Mutex::new(Totals::default()));
    let end = arguments.from.saturating_add(arguments.seeds);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    // What is missing is found: more worlds would only say it again.
                    let is_found = without.is_some() && !lock(&totals).failed.is_empty();
                    if seed >= end || is_found {
                        return;
                    }
                    let outcome = run(&ground, seed, without);
                    lock(&totals).add(seed, outcome);
                }
            });
        }
    });
    let mut totals = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    totals.failed.sort_by_key(|(seed, _)| *seed);
    totals.report(begin.elapsed().as_secs_f64());
    if let Some(error) = totals.broken.first() {
        bail!("{} worlds could not be run: {error}", totals.broken.len());
    }
    Ok(totals.failed.is_empty())
}

fn lock(totals: &Mutex<Totals>) -> MutexGuard<'_, Totals> {
    totals.lock().unwrap_or_else(PoisonError::into_inner)
}

fn named(name: &str) -> anyhow::Result<Protection> {
    Protection::named(name).with_context(|| {
        let names: Vec<_> = PROTECTIONS.iter().map(|protection| protection.name).collect();
        format!("there is no protection {name}; there are {}", names.join(", "))
    })
}

impl Totals {
    fn add(&mut self, seed: u64, outcome: anyhow::Result<Outcome>) {
        self.runs += 1;
        match outcome {
            Ok(outcome) => {
                for (name, count) in &outcome.faults {
                    *self.faults.entry(name).or_default() += count;
                }
                if !outcome.violations.is_empty() {
                    self.failed.push((seed, outcome));
                }
            }
            Err(error) => self.broken.push(format!("{error:#}")),
        }
    }

    fn report(&self, seconds: f64) {
        if let Some((seed, outcome)) = self.failed.first() {
            say(&format!("seed {seed}, the end of what happened:"));
            for line in &outcome.tail {
                say(line);
            }
        }
        for (seed, outcome) in &self.failed {
            for violation in &outcome.violations {
                say(&format!("seed {seed}: not kept: {}: {}", violation.promise, violation.found));
            }
        }
        say(&format!("{} worlds in {seconds:.1} s", self.runs));
        for (name, count) in &self.faults {
            say(&format!("  {count:>7}  {name}"));
        }
        say(&format!("violations: {} worlds", self.failed.len()));
        if let Some((seed, _)) = self.failed.first() {
            say(&format!("again: --from {seed} --seeds 1"));
        }
    }
}

fn say(line: &str) {
    // Nobody is left to hear that the terminal is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}
