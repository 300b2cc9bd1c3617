//! Builds the WebAssembly module: cargo, wasm-bindgen as a library, wasm-opt from npm.
//!
//! The glue goes where a Lightning component imports it, the binary where Salesforce serves it as a static resource. Both are
//! built, never committed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::{setup, step};

/// What browsers of Salesforce's supported list run. Named one by one: `--all-features` writes what Chromium refuses to load.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Where the static resource lies.
pub(crate) fn binary(root: &Path) -> PathBuf {
    root.join("lwc/main/default/staticresources/cosellRules.wasm")
}

/// Where the glue lies.
pub(crate) fn glue(root: &Path) -> PathBuf {
    root.join("lwc/main/default/lwc/cosellRules/cosellRules.js")
}

/// Builds both.
pub(crate) fn build(root: &Path) -> anyhow::Result<()> {
    setup::wasm_target(root)?;
    step::announce("building the WebAssembly module");
    let arguments = ["build", "--package", "cosell-wasm", "--target", "wasm32-unknown-unknown", "--profile", "wasm"];
    step::run(step::cargo(root, &arguments).env("RUSTFLAGS", remapped(root)), "cargo build")?;

    let bound = root.join("target/wasm-bindgen");
    let compiled = root.join("target/wasm32-unknown-unknown/wasm/cosell_wasm.wasm");
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .omit_default_module_path(true)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("cosellRules")
        .generate(&bound)
        .context("wasm-bindgen")?;

    fs::create_dir_all(binary(root).parent().unwrap_or(root))?;
    fs::create_dir_all(glue(root).parent().unwrap_or(root))?;
    let (from, to) = (bound.join("cosellRules_bg.wasm"), binary(root));
    let mut optimize = step::npx(root, "wasm-opt", &["-Oz", "--strip-debug", "--strip-producers"]);
    step::run(optimize.args(FEATURES).arg(&from).arg("--output").arg(&to), "wasm-opt")?;
    fs::copy(bound.join("cosellRules.js"), glue(root))?;
    fs::copy(bound.join("cosellRules.d.ts"), glue(root).with_extension("d.ts"))?;
    Ok(())
}

/// Compiler flags that keep this machine's paths out of the binary, so that it is the same wherever it is built.
fn remapped(root: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    format!("--remap-path-prefix={}=/cargo --remap-path-prefix={}=/cosell", home.display(), root.display())
}
