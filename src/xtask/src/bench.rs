//! `npm run bench`: what a review costs in the page, measured in Chromium inside Lightning Web Security.

use std::path::Path;

use crate::{browser, module, setup, step};

/// Builds the module and the benchmark's pages, measures, prints. Never part of a test: it asserts nothing on time.
pub(crate) fn bench(root: &Path) -> anyhow::Result<()> {
    setup::node_modules(root)?;
    module::build(root)?;
    step::announce("building the benchmark's pages");
    step::run(&mut step::npx(root, "rollup", &["--config", "tests/bench/rollup.config.mjs", "--silent"]), "rollup")?;
    step::announce("measuring (about a minute)");
    step::run(step::node(root).arg("tests/bench/run.mjs").env("COSELL_CHROMIUM", browser::find()?), "tests/bench/run.mjs")
}
