//! `npm run simulate`: the whole system on a simulated network and clock, one world for each seed.

use std::path::Path;

use crate::step;

/// Builds the simulation and runs it with these arguments.
pub(crate) fn simulate(root: &Path, arguments: &[String]) -> anyhow::Result<()> {
    let mut cargo = step::cargo(root, &["run", "--quiet", "--profile", "simulation", "--package", "cosell-simulation", "--"]);
    step::run(cargo.args(arguments), "cosell-simulation")
}

/// What every change must hold: a thousand worlds, and that a world without one of the protections is found out.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let tests = ["test", "--quiet", "--profile", "simulation", "--package", "cosell-simulation"];
    step::run(&mut step::cargo(root, &tests), "cargo test")?;
    simulate(root, &["--seeds".to_owned(), "1000".to_owned()])
}
