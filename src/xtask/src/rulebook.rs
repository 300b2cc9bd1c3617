//! The rule reference, `docs/rules.md`: printed by the rules themselves, kept here.

use std::{fs, path::Path};

use anyhow::{Context as _, bail, ensure};

use crate::step;

const PAGE: &str = "docs/rules.md";

/// Writes the page.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    fs::write(root.join(PAGE), page(root)?).context(PAGE)
}

/// Fails when the page is not what the rule book says.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    if fs::read_to_string(root.join(PAGE)).unwrap_or_default() != page(root)? {
        bail!("{PAGE} is not current: run `npm run rulebook`");
    }
    Ok(())
}

fn page(root: &Path) -> anyhow::Result<String> {
    let printed = step::cargo(root, &["run", "--quiet", "--package", "cosell-rules", "--example", "rulebook"]).output()?;
    ensure!(printed.status.success(), "the rule book does not build: {}", String::from_utf8_lossy(&printed.stderr));
    Ok(String::from_utf8(printed.stdout)?)
}
