//! Builds the WebAssembly module: cargo, wasm-bindgen as a library, wasm-opt from npm.
//!
//! The glue goes where a Lightning component imports it, the binary where Salesforce serves it as a static resource. Both are
//! built, never committed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::{panics, parts, setup, step};

/// What browsers of Salesforce's supported list run. Named one by one: `--all-features` writes what Chromium refuses to load.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How the module is made small. Nothing lies in the first kilobyte of its memory but the far end of the stack, so small offsets can
/// be folded into addresses; and neighbours by name are alike, which makes the compressed module smaller.
const PASSES: [&str; 8] =
    ["--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--low-memory-unused", "--reorder-functions-by-name", "--debuginfo"];

/// Where the static resource lies.
pub(crate) fn binary(root: &Path) -> PathBuf {
    root.join("lwc/main/default/staticresources/cosellRules.wasm")
}

/// Where the glue lies.
pub(crate) fn glue(root: &Path) -> PathBuf {
    root.join("lwc/main/default/lwc/cosellRules/cosellRules.js")
}

/// Where the optimised module lies that still has the names of its functions.
pub(crate) fn named(root: &Path) -> PathBuf {
    root.join("target/wasm-bindgen/named.wasm")
}

/// Builds both.
pub(crate) fn build(root: &Path) -> anyhow::Result<()> {
    setup::wasm_target(root)?;
    step::announce("building the WebAssembly module");
    build_in(root, root)
}

/// Builds both from the sources in `root` and leaves them there; npm's packages are those of `tools`.
pub(crate) fn build_in(root: &Path, tools: &Path) -> anyhow::Result<()> {
    let arguments = ["build", "--package", "cosell-wasm", "--target", "wasm32-unknown-unknown", "--profile", "wasm"];
    step::run(isolated(step::cargo(root, &arguments)).env("CARGO_ENCODED_RUSTFLAGS", flags(root)), "cargo build")?;

    let bound = root.join("target/wasm-bindgen");
    let compiled = root.join("target/wasm32-unknown-unknown/wasm/cosell_wasm.wasm");
    let mut output = Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(true)
        .keep_debug(true)
        .remove_producers_section(true)
        .out_name("cosellRules")
        .generate_output()
        .context("wasm-bindgen")?;
    panics::silence(output.wasm_mut())?;
    let short = short_imports(&mut output);
    output.emit(&bound).context("wasm-bindgen")?;

    fs::create_dir_all(binary(root).parent().unwrap_or(root))?;
    fs::create_dir_all(glue(root).parent().unwrap_or(root))?;
    let from = bound.join("cosellRules_bg.wasm");
    let mut optimize = step::npx(tools, "wasm-opt", &PASSES);
    step::run(optimize.args(FEATURES).arg(&from).arg("--output").arg(named(root)), "wasm-opt")?;
    fs::write(binary(root), parts::stripped(&fs::read(named(root))?)?)?;
    let script = bound.join("short.js");
    fs::write(&script, renamed(fs::read_to_string(bound.join("cosellRules.js"))?, &short)?)?;
    // The file comes first: an option without a value would take it for one.
    let mut minify = step::npx(tools, "terser", &[]);
    minify.arg(&script).args(["--module", "--compress", "passes=2", "--mangle", "--output"]).arg(glue(root));
    step::run(&mut minify, "terser")?;
    fs::copy(bound.join("cosellRules.d.ts"), glue(root).with_extension("d.ts"))?;
    Ok(())
}

/// Cargo's command, building into `target/` of its own directory: whatever the environment names, the module is read from there.
fn isolated(mut command: Command) -> Command {
    command.env_remove("CARGO_TARGET_DIR");
    command
}

/// Gives the functions that the binary imports short names, and returns the old ones with the new.
///
/// Their own names end in hashes, which no compression makes smaller: 2 kB of what a browser loads.
fn short_imports(output: &mut Output) -> Vec<(String, String)> {
    let imports = output.wasm_mut().imports.iter_mut().enumerate();
    imports
        .map(|(position, import)| {
            let short = format!("i{position}");
            (std::mem::replace(&mut import.name, short.clone()), short)
        })
        .collect()
}

/// The glue, offering its functions under their short names.
fn renamed(mut script: String, names: &[(String, String)]) -> anyhow::Result<String> {
    for (long, short) in names {
        let offered = format!("\n        {long}: ");
        // Named anywhere else, it could not be renamed by replacing a text.
        if !script.contains(&offered) || script.matches(long).count() != 1 {
            bail!("the glue does not offer {long} exactly once");
        }
        script = script.replace(&offered, &format!("\n        {short}: "));
    }
    Ok(script)
}

/// How eagerly the compiler puts one function into another. For size alone it takes 5, and every step of an iterator is a call: at
/// this value the module is quicker and hardly larger, since what is put into its place can be simplified there.
const INLINE: u32 = 100;

/// Compiler flags: how much is inlined, and what keeps this machine's paths out of the binary, so that it is the same wherever it
/// is built.
fn flags(root: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    // Encoded, so that a path may have a blank in it; and so given, no flags of the environment come in.
    [
        format!("-Cllvm-args=-inline-threshold={INLINE}"),
        format!("--remap-path-prefix={}=/cargo", home.display()),
        format!("--remap-path-prefix={}=/cosell", root.display()),
    ]
    .join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_built_where_it_is_read_whatever_the_environment_says() {
        let mut command = Command::new("cargo");
        command.env("CARGO_TARGET_DIR", "elsewhere");
        let command = isolated(command);
        assert!(command.get_envs().any(|(name, value)| name == "CARGO_TARGET_DIR" && value.is_none()), "{command:?}");
    }
}
