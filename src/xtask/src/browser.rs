//! Finds a Chromium for the browser tests, or installs Debian's where that is ours to do.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

use crate::step;

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MACOS: [&str; 2] =
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/// The path of a Chromium or Chrome: `COSELL_CHROMIUM`, else what is on the PATH, else Debian's, installed now when we are root.
pub(crate) fn find() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("COSELL_CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    if is_root() && Path::new("/usr/bin/apt-get").exists() {
        step::announce("installing Chromium from Debian");
        let mut update = Command::new("apt-get");
        step::run(update.args(["update", "--quiet=2"]), "apt-get update")?;
        let mut install = Command::new("apt-get");
        install.args(["install", "--yes", "--quiet=2", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"]);
        step::run(install.env("DEBIAN_FRONTEND", "noninteractive"), "apt-get install chromium")?;
    }
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

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
