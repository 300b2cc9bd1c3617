//! What a fresh machine lacks: npm's packages and the WebAssembly target.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, bail};

use crate::step;

/// Installs npm's packages when the lock file is another than the one they were installed from.
pub(crate) fn node_modules(root: &Path) -> anyhow::Result<()> {
    let lock = fs::read(root.join("package-lock.json")).context("package-lock.json can't be read")?;
    let installed = root.join("node_modules/.installed-from");
    if fs::read(&installed).is_ok_and(|from| from == lock) {
        return Ok(());
    }
    step::announce("installing npm packages");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(root);
    step::run(&mut npm, "npm ci").context("npm's packages could not be installed; is the network reachable?")?;
    fs::write(&installed, lock).context("node_modules can't be written")
}

/// Asks rustup for the WebAssembly target, which it may have been told not to install by itself.
pub(crate) fn wasm_target(root: &Path) -> anyhow::Result<()> {
    let installed =
        Command::new("rustup").args(["target", "list", "--installed"]).current_dir(root).output().context("rustup is needed")?;
    if String::from_utf8_lossy(&installed.stdout).lines().any(|target| target == "wasm32-unknown-unknown") {
        return Ok(());
    }
    step::announce("installing the WebAssembly target");
    let added = Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(root).status()?;
    if !added.success() {
        bail!("the WebAssembly target could not be installed; is the network reachable?");
    }
    Ok(())
}
