//! Finds a Chromium for the browser tests, or installs Debian's where that is ours to do, with what it writes in.

use std::path::PathBuf;

use anyhow::bail;

use crate::debian;

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MACOS: [&str; 2] =
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/// The page asks for Arial, and Liberation is as wide: in what else a bare machine has, text breaks in other places.
const FONTS: [&str; 2] = ["fonts-liberation", "fonts-noto-color-emoji"];

/// The path of a Chromium or Chrome: `COSELL_CHROMIUM`, else what is on the PATH, else Debian's, installed now when we are root.
pub(crate) fn find() -> anyhow::Result<PathBuf> {
    debian::install(&FONTS)?;
    if let Some(named) = std::env::var_os("COSELL_CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    debian::install(&["chromium"])?;
    match installed() {
        Some(found) => Ok(found),
        None => bail!("the browser tests need Chromium or Chrome: install one, or name it in COSELL_CHROMIUM"),
    }
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    on_path.chain(MACOS.map(PathBuf::from)).find(|candidate| candidate.is_file())
}
