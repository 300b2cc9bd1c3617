//! Finds a Java runtime for what judges Apex, or installs Debian's where that is ours to do.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use crate::debian;

/// What Salesforce Code Analyzer asks for.
const OLDEST: u32 = 11;

/// The search path with a Java of at least version 11 in front: `JAVA_HOME`'s, else what is on the PATH, else Debian's, installed
/// now when we are root.
pub(crate) fn path() -> anyhow::Result<OsString> {
    if let Some(folder) = installed() {
        return in_front(&folder);
    }
    debian::install(&["default-jre-headless"])?;
    match installed() {
        Some(folder) => in_front(&folder),
        None => bail!("the Apex check needs Java {OLDEST} or newer: install one (Debian: apt-get install default-jre-headless)"),
    }
}

/// The folder of the first `java` that is new enough. Being there is not enough: macOS has one that only says where to get Java.
fn installed() -> Option<PathBuf> {
    let home = std::env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    home.into_iter().chain(std::env::split_paths(&path)).find(|folder| {
        let file = folder.join("java");
        file.is_file() && version(&file).is_some_and(|version| version >= OLDEST)
    })
}

fn version(java: &Path) -> Option<u32> {
    let said = Command::new(java).arg("-version").stdin(Stdio::null()).output().ok().filter(|said| said.status.success())?;
    major(&String::from_utf8_lossy(&said.stderr))
}

/// `openjdk version "17.0.15" 2025-04-15` → 17. Up to 8 the numbers began with `1.`: old enough to be called 1.
fn major(said: &str) -> Option<u32> {
    let (_, quoted) = said.split_once('"')?;
    quoted.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn in_front(folder: &Path) -> anyhow::Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the folder of Java can't be put on the PATH")
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_is_what_java_says_about_itself() {
        for (said, version) in [
            ("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime Environment", Some(17)),
            ("openjdk version \"26-ea\" 2026-03-17", Some(26)),
            ("java version \"1.8.0_402\"", Some(1)),
            ("The operation couldn't be completed. Unable to locate a Java Runtime.", None),
        ] {
            assert_eq!(major(said), version, "{said}");
        }
    }
}
