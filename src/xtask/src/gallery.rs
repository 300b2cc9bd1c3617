//! `npm run gallery`: a picture of every state of every component. It needs the module and a page of its own; no proxy and no sandbox.

use std::path::Path;

use crate::{browser, module, setup, step};

/// Builds the module and the gallery's page, and takes the pictures whose names contain one of the words.
pub(crate) fn gallery(root: &Path, words: &[String]) -> anyhow::Result<()> {
    setup::node_modules(root)?;
    module::build(root)?;
    page(root)?;
    step::announce("taking the pictures");
    let mut script = step::node(root);
    script.arg("tests/gallery.mjs").args(words).env("COSELL_CHROMIUM", browser::find()?);
    step::run(&mut script, "tests/gallery.mjs")
}

/// Builds the page that places every component by itself.
pub(crate) fn page(root: &Path) -> anyhow::Result<()> {
    step::announce("building the gallery's page");
    step::run(&mut step::npx(root, "rollup", &["--config", "tests/gallery/rollup.config.mjs", "--silent"]), "rollup")
}
