//! Cargo's subcommands that only some commands need: installed where they touch nobody else's, in `target/tools`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};

use crate::step;

/// A subcommand of cargo that this repository was tried with.
pub(crate) struct Tool {
    /// Its crate, and its program.
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

impl Tool {
    /// The program; installs it when it or its version is missing.
    pub(crate) fn find(&self, root: &Path) -> anyhow::Result<PathBuf> {
        let (place, Self { name, version }) = (root.join("target/tools"), self);
        let program = place.join("bin").join(name);
        let record = std::fs::read_to_string(place.join(".crates.toml")).unwrap_or_default();
        if program.is_file() && record.contains(&format!("\"{name} {version} ")) {
            return Ok(program);
        }
        step::announce(&format!("installing {name} {version} into target/tools (some minutes, once)"));
        let mut install = step::cargo(root, &["install", name, "--version", version, "--quiet", "--force", "--root"]);
        install.arg(&place).env("CARGO_TARGET_DIR", place.join("build"));
        step::run(&mut install, "cargo install")
            .with_context(|| format!("{name} could not be installed; is the network reachable?"))?;
        ensure!(program.is_file(), "{name} was installed, but {} is not there", program.display());
        Ok(program)
    }

    /// The subcommand as cargo itself would start it.
    pub(crate) fn command(&self, root: &Path) -> anyhow::Result<Command> {
        let mut command = Command::new(self.find(root)?);
        command.arg(self.name.trim_start_matches("cargo-")).current_dir(root);
        Ok(command)
    }
}
