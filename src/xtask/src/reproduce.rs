//! The same source makes the same module: what `npm run build` left is built again in another place, and both are compared with
//! the SHA-256 that is recorded for whoever reviews the package. Beside it the crates are listed that the module is made of.
//!
//! What decides the bytes is pinned: the compiler (rust-toolchain.toml), the crates (Cargo.lock), wasm-opt and terser
//! (package-lock.json). The record holds on the platform it names; there a difference fails. On another platform the two builds
//! must be equal, and a record that differs is only told: nobody has tried whether compilers for two platforms agree.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest as _, Sha256};

use crate::{module, step};

/// Where the hashes stand, as `sha256sum --check` reads them from the top of the repository.
const RECORD: &str = "src/wasm/built.sha256";

/// Where the crates stand, between two markers.
const REVIEW: &str = "docs/security-review.md";
const START: &str = "<!-- crates: npm run reproduce -- --write -->\n";
const END: &str = "<!-- /crates -->";

/// What the build reads, besides npm's packages.
const SOURCES: [&str; 4] = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src"];

/// Writes the record.
pub(crate) fn record(root: &Path) -> anyhow::Result<()> {
    twice(root)?;
    let record = lines(root)?;
    step::print(&record);
    fs::write(root.join(RECORD), record).context(RECORD)?;
    fs::write(root.join(REVIEW), listed(root)?).context(REVIEW)
}

/// Fails when a second build differs from the first, or the record from both.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    if fs::read_to_string(root.join(REVIEW))? != listed(root)? {
        bail!("{REVIEW} does not list the module's crates: run `npm run reproduce -- --write`");
    }
    twice(root)?;
    let (recorded, built) = (fs::read_to_string(root.join(RECORD)).unwrap_or_default(), lines(root)?);
    step::print(&built);
    if hashes(&recorded) == hashes(&built) {
        return Ok(());
    }
    let platform = compiler(root)?;
    if recorded.lines().next().is_some_and(|head| head.contains(&platform)) {
        bail!("{RECORD} is not current: run `npm run reproduce -- --write`");
    }
    step::say(&format!("{RECORD} was written by another compiler than {platform}, and differs from what this one builds"));
    Ok(())
}

/// Builds again elsewhere and compares byte by byte.
fn twice(root: &Path) -> anyhow::Result<()> {
    // A path of another length, with a blank in it.
    let elsewhere = root.join("target").join("another place").join("where it is built");
    for name in SOURCES {
        replace(&root.join(name), &elsewhere.join(name))?;
    }
    step::announce("building the WebAssembly module a second time, elsewhere");
    module::build_in(&elsewhere, root)?;
    for (first, second) in results(root).iter().zip(results(&elsewhere)) {
        ensure!(
            fs::read(first)? == fs::read(&second)?,
            "{} and {} differ: something of the place got into one",
            first.display(),
            second.display()
        );
    }
    Ok(())
}

/// The module and its glue.
fn results(root: &Path) -> [PathBuf; 2] {
    [module::binary(root), module::glue(root)]
}

/// The record as it should be: a line of remark, and a line for each file.
fn lines(root: &Path) -> anyhow::Result<String> {
    let mut lines = format!("# npm run build, with {}\n", compiler(root)?);
    for path in results(root) {
        let hash = Sha256::digest(fs::read(&path)?);
        let hex = hash.iter().fold(String::new(), |mut hex, byte| {
            // Writing into a text can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let name = path.strip_prefix(root)?.display().to_string().replace('\\', "/");
        let _ = writeln!(lines, "{hex}  {name}");
    }
    Ok(lines)
}

/// The page of the review with the crates as they are now.
fn listed(root: &Path) -> anyhow::Result<String> {
    let page = fs::read_to_string(root.join(REVIEW)).context(REVIEW)?;
    let (before, rest) = page.split_once(START).context("docs/security-review.md has lost the marker of the crates")?;
    let (_, after) = rest.split_once(END).context("docs/security-review.md has lost the end marker of the crates")?;
    Ok(format!("{before}{START}{}{END}{after}", crates(root)?))
}

/// A table of what is compiled into the module, ours left out: what only runs while it is compiled is not in it.
fn crates(root: &Path) -> anyhow::Result<String> {
    let arguments = ["tree", "--package", "cosell-wasm", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
    let mut tree = step::cargo(root, &arguments);
    let said = tree.args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"]).output()?;
    ensure!(said.status.success(), "cargo tree: {}", String::from_utf8_lossy(&said.stderr));
    let said = String::from_utf8(said.stdout)?;
    let mut by_licence: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (package, licence) in said.lines().filter_map(|line| line.split_once('|')) {
        if !package.starts_with("cosell-") {
            by_licence.entry(licence).or_default().insert(package.replace(" v", " "));
        }
    }
    let mut table = "| licence | crates |\n| --- | --- |\n".to_owned();
    for (licence, crates) in by_licence {
        let crates: Vec<String> = crates.into_iter().collect();
        // Writing into a text can't fail.
        let _ = writeln!(table, "| {licence} | {} |", crates.join(", "));
    }
    Ok(table)
}

fn hashes(record: &str) -> Vec<&str> {
    record.lines().filter(|line| !line.starts_with('#')).collect()
}

/// `rustc 1.95.0 (59807616e 2026-04-14) on x86_64-unknown-linux-gnu`.
fn compiler(root: &Path) -> anyhow::Result<String> {
    let said = Command::new("rustc").arg("-vV").current_dir(root).output().context("rustc is needed")?;
    let said = String::from_utf8(said.stdout)?;
    let version = said.lines().next().unwrap_or_default();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    ensure!(!version.is_empty() && !host.is_empty(), "rustc does not say what it is");
    Ok(format!("{version} on {host}"))
}

/// Makes `to` what `from` is. Files that are the same already stay, so that cargo need not build them anew.
fn replace(from: &Path, to: &Path) -> anyhow::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(to)? {
            let name = entry?.file_name();
            if !from.join(&name).exists() {
                remove(&to.join(name))?;
            }
        }
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            replace(&from.join(&name), &to.join(name))?;
        }
        return Ok(());
    }
    let content = fs::read(from).with_context(|| from.display().to_string())?;
    if fs::read(to).is_ok_and(|other| other == content) {
        return Ok(());
    }
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::write(to, content).with_context(|| to.display().to_string())
}

fn remove(path: &Path) -> anyhow::Result<()> {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::hashes;

    #[test]
    fn another_compiler_with_the_same_result_is_no_difference() {
        let record = "# npm run build, with rustc 1.95.0 on linux\nab12  a.wasm\n";
        assert_eq!(hashes(record), hashes("# npm run build, with rustc 1.95.0 on macos\nab12  a.wasm\n"));
        assert_ne!(hashes(record), hashes("# npm run build, with rustc 1.95.0 on linux\nab13  a.wasm\n"));
    }
}
