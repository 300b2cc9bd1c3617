//! Programs that neither npm nor cargo brings: Debian's packages, installed only where that is ours to do.

use std::{path::Path, process::Command};

use crate::step;

/// Installs those of the packages that are missing, when we are root on a system that has apt; does nothing elsewhere.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<()> {
    if !is_root() || !Path::new("/usr/bin/apt-get").exists() {
        return Ok(());
    }
    let packages: Vec<_> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if packages.is_empty() {
        return Ok(());
    }
    step::announce(&format!("installing {} from Debian", packages.join(", ")));
    let mut update = Command::new("apt-get");
    step::run(update.args(["update", "--quiet=2"]), "apt-get update")?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(packages);
    step::run(install.env("DEBIAN_FRONTEND", "noninteractive"), "apt-get install")
}

fn is_installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]).output();
    asked.is_ok_and(|output| output.stdout == b"installed")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
