//! The steps behind the npm scripts: build, start, test. Each does its own set-up and says what it is doing.

mod bench;
mod browser;
mod check;
mod debian;
mod fuzz;
mod gallery;
mod java;
mod messages;
mod module;
mod mutants;
mod panics;
mod parts;
mod reproduce;
mod rulebook;
mod setup;
mod simulate;
mod sizes;
mod start;
mod step;
mod tables;
mod tools;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Build, demo, test and release steps of Cosell")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything: the WebAssembly module, the page, the proxy and the sandbox.
    Build,
    /// Build everything and serve the opportunity page with all that it needs, on loopback.
    Start,
    /// Run every check and test; with names, only those.
    Test {
        /// Names of checks, as `npm test` prints them.
        names: Vec<String>,
    },
    /// Share one co-sell deal through the page in headless Chromium, and print what came of it.
    Smoke,
    /// Take the pictures of the documentation anew.
    Pictures,
    /// Take a picture of every state of every component, in both widths and languages, into target/gallery.
    Gallery {
        /// Words in the names of components or states; all without.
        words: Vec<String>,
    },
    /// Print the size of the module; with --write, record it in the README.
    Sizes {
        /// Record the figures in the README.
        #[arg(long)]
        write: bool,
    },
    /// Build the module a second time in another place, compare, and print its SHA-256; with --write, record it.
    Reproduce {
        /// Record the hashes in src/wasm/built.sha256.
        #[arg(long)]
        write: bool,
    },
    /// Measure a review in the page, beside the same checks in zod and valibot.
    Bench,
    /// Feed the rules what nobody would write, and see whether they hold.
    Fuzz {
        /// One target; all without.
        target: Option<String>,
        /// How long for each target.
        #[arg(long, default_value_t = 30)]
        seconds: u32,
    },
    /// Break the rules in one place at a time, and see whether a test notices.
    Mutants {
        /// For cargo-mutants, after `--`: such as `--file src/rules/src/plan.rs`.
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Run the whole system on a simulated network and clock, one world for each seed.
    Simulate {
        /// For cosell-simulation: `--seeds N`, `--from S`, `--without PROTECTION`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Write the tables and the words of the rules anew from their sources under src/rules/data.
    Tables,
    /// Write docs/rules.md and docs/data-flow.md anew from the rules.
    Rulebook,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let root = root()?;
    match command {
        Command::Build => build(&root),
        Command::Start => {
            build(&root)?;
            start::start(&root)
        }
        Command::Test { names } => check::check(&root, &names),
        Command::Smoke => in_browser(&root, "tests/smoke.mjs"),
        Command::Pictures => in_browser(&root, "tests/pictures.mjs"),
        Command::Gallery { words } => gallery::gallery(&root, &words),
        Command::Sizes { write } => {
            setup::node_modules(&root)?;
            module::build(&root)?;
            if write { sizes::record(&root) } else { sizes::print(&root) }
        }
        Command::Reproduce { write } => {
            setup::node_modules(&root)?;
            module::build(&root)?;
            if write { reproduce::record(&root) } else { reproduce::check(&root) }
        }
        Command::Bench => bench::bench(&root),
        Command::Fuzz { target, seconds } => fuzz::fuzz(&root, target.as_deref(), seconds),
        Command::Mutants { arguments } => mutants::mutants(&root, &arguments),
        Command::Simulate { arguments } => simulate::simulate(&root, &arguments),
        Command::Tables => tables::generate(&root),
        Command::Rulebook => rulebook::write(&root),
    }
}

fn build(root: &Path) -> anyhow::Result<()> {
    setup::node_modules(root)?;
    module::build(root)?;
    sizes::print(root)?;
    let script = root.join("src/xtask/stage-package.mjs");
    step::run(step::node(root).arg(script), "laying out the Salesforce package")?;
    step::announce("building the page");
    step::run(&mut step::npx(root, "rollup", &["--config", "www/rollup.config.mjs", "--silent"]), "rollup")?;
    step::announce("building the proxy and the sandbox");
    step::run(&mut step::cargo(root, &["build", "--package", "cosell-proxy", "--package", "cosell-sandbox"]), "cargo build")
}

/// Builds everything and runs a script that drives the page.
fn in_browser(root: &Path, script: &str) -> anyhow::Result<()> {
    build(root)?;
    step::run(step::node(root).arg(script).env("COSELL_CHROMIUM", browser::find()?), script)
}

/// The top of the repository.
fn root() -> anyhow::Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .and_then(Path::parent)
        .map(Path::to_path_buf)
        .context("the repository has lost its shape: src/xtask is not two levels deep")
}
