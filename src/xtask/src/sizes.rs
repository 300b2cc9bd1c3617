//! How much a browser has to load for the rules: measured, printed, and recorded in the README between two markers.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context as _, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{
    module,
    parts::{self, Part},
    step,
};

const START: &str = "<!-- sizes: npm run sizes -- --write -->";
const END: &str = "<!-- /sizes -->";

/// How far the recorded total may be from a fresh build, in parts of a hundred: compilers differ by a few bytes between machines.
const TOLERANCE: usize = 2;

/// How many modules of the rules the README's table names.
const LARGEST: usize = 3;

struct Size {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table.
pub(crate) fn print(root: &Path) -> anyhow::Result<()> {
    step::print(&format!("{}\n{}", table(&measure(root)?), parts_table(root, usize::MAX)?));
    Ok(())
}

/// Writes the table into the README.
pub(crate) fn record(root: &Path) -> anyhow::Result<()> {
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path)?;
    let (before, _, after) = around(&readme)?;
    let table = format!("{}\n{}", table(&measure(root)?), parts_table(root, LARGEST)?);
    fs::write(&path, format!("{before}{START}\n{table}\n{END}{after}"))?;
    step::print(&table);
    Ok(())
}

/// Fails when the README's total is not what a fresh build weighs.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let readme = fs::read_to_string(root.join("README.md"))?;
    let (_, recorded, _) = around(&readme)?;
    let total = |table: &str| -> Option<usize> {
        let row = table.lines().find(|line| line.contains("together"))?;
        row.split('|').map(str::trim).nth(3)?.replace(',', "").parse().ok()
    };
    let fresh = table(&measure(root)?);
    let (Some(recorded), Some(fresh)) = (total(recorded), total(&fresh)) else { bail!("the README has no table of sizes") };
    if recorded.abs_diff(fresh) * 100 > fresh * TOLERANCE {
        bail!("the README says {recorded} bytes gzip, a fresh build has {fresh}: run `npm run sizes -- --write`");
    }
    Ok(())
}

fn around(readme: &str) -> anyhow::Result<(&str, &str, &str)> {
    let (before, rest) = readme.split_once(START).context("README.md has lost the marker of the sizes")?;
    let (table, after) = rest.split_once(END).context("README.md has lost the end marker of the sizes")?;
    Ok((before, table, after))
}

fn measure(root: &Path) -> anyhow::Result<Vec<Size>> {
    let mut sizes = vec![
        size("module (`cosellRules.wasm`)", &fs::read(module::binary(root))?)?,
        size("glue (`cosellRules.js`)", &fs::read(module::glue(root))?)?,
    ];
    let sum = |part: fn(&Size) -> usize| sizes.iter().map(part).sum();
    let together = Size {
        name: "together".to_owned(),
        raw: sum(|size| size.raw),
        gzip: sum(|size| size.gzip),
        brotli: sum(|size| size.brotli),
    };
    sizes.push(together);
    Ok(sizes)
}

fn size(name: &str, bytes: &[u8]) -> anyhow::Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &brotli::enc::BrotliEncoderParams::default())?;
    Ok(Size { name: name.to_owned(), raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}

fn table(sizes: &[Size]) -> String {
    let mut lines = vec!["| bytes | raw | gzip | brotli |".to_owned(), "| --- | ---: | ---: | ---: |".to_owned()];
    lines.extend(
        sizes
            .iter()
            .map(|size| format!("| {} | {} | {} | {} |", size.name, grouped(size.raw), grouped(size.gzip), grouped(size.brotli))),
    );
    lines.join("\n")
}

/// Where the bytes are.
fn parts_table(root: &Path, largest: usize) -> anyhow::Result<String> {
    let mut parts = parts::of(&fs::read(module::named(root))?, largest)?;
    parts.push(Part { name: "glue".to_owned(), bytes: fs::read(module::glue(root))? });
    let mut lines = vec![
        "\nWhere they are; each part is compressed alone here, so that the parts add up to more than the whole:\n".to_owned(),
        "| part | raw | gzip |".to_owned(),
        "| --- | ---: | ---: |".to_owned(),
    ];
    for part in &parts {
        let size = size(&part.name, &part.bytes)?;
        lines.push(format!("| {} | {} | {} |", size.name, grouped(size.raw), grouped(size.gzip)));
    }
    Ok(lines.join("\n"))
}

/// `70123` → `70,123`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
