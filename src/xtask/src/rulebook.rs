//! Pages of the documentation that the rules print about themselves: kept here, so that they can't say what no longer holds.

use std::{fs, path::Path};

use anyhow::{Context as _, bail, ensure};

use crate::step;

struct Page {
    path: &'static str,
    /// The example of `cosell-rules` that prints it.
    example: &'static str,
}

const PAGES: [Page; 2] =
    [Page { path: "docs/rules.md", example: "rulebook" }, Page { path: "docs/data-flow.md", example: "dataflow" }];

/// Writes the pages.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    PAGES.iter().try_for_each(|page| fs::write(root.join(page.path), printed(root, page)?).context(page.path))
}

/// Fails when a page is not what the rules say.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    for page in &PAGES {
        if fs::read_to_string(root.join(page.path)).unwrap_or_default() != printed(root, page)? {
            bail!("{} is not current: run `npm run rulebook`", page.path);
        }
    }
    Ok(())
}

fn printed(root: &Path, page: &Page) -> anyhow::Result<String> {
    let arguments = ["run", "--quiet", "--package", "cosell-rules", "--example", page.example];
    let printed = step::cargo(root, &arguments).output()?;
    ensure!(printed.status.success(), "{} does not build: {}", page.path, String::from_utf8_lossy(&printed.stderr));
    Ok(String::from_utf8(printed.stdout)?)
}
