//! Where the bytes of the module are: read from the optimised module while its functions still have their names.
//!
//! Code that was inlined counts where it was inlined, and a generic function for the first of our crates its name mentions. Data
//! has no names left after linking: it is one part.

use std::collections::BTreeMap;

use anyhow::Context as _;
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

/// A part of the module: what it is, and its bytes one after the other.
pub(crate) struct Part {
    /// What the reader of the table sees.
    pub(crate) name: String,
    /// All its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// The path of the rules in a name.
const RULES: &str = "cosell_rules::";
const CONNECTION: &str = "wasm-bindgen, types, imports, exports";

/// Where a function belongs, by how its name begins, or by what it contains where a hint begins with a star; the first line that
/// fits counts.
const OWNERS: [(&str, &[&str]); 6] = [
    ("code: the client of the proxy", &["cosell_wasm::", "gloo_", "web_sys", "http::", "proxyclient"]),
    ("code: allocator", &["rlsf", "dlmalloc", "__rustc::__r"]),
    ("code: formatting, panics", &["*fmt::", "*flt2dec", "*panic", "*bignum", "*escape_debug", "*_fail", "*ToString"]),
    (CONNECTION, &["wasm_bindgen", "js_sys", "__wb", "__externref", "__abort", "__instance"]),
    ("code: `core`, `alloc`, `std`", &["core::", "alloc::", "std::", "compiler_builtins", "__rust", "mem", "* as core::"]),
    ("code: other crates", &["*"]),
];

fn owner(name: &str) -> &'static str {
    let begin = name.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '_');
    let fits = |hint: &&str| hint.strip_prefix('*').map_or_else(|| begin.starts_with(*hint), |part| name.contains(part));
    OWNERS.iter().find(|(_, hints)| hints.iter().any(fits)).map_or("", |(owner, _)| owner)
}

/// The module of the rules a function belongs to. Their entries have the names of exports, and much is inlined in them.
fn module_of_rules(name: &str) -> Option<&str> {
    if name.contains("cosellrules") || name.contains("CosellRules") {
        return Some("entries");
    }
    let (_, path) = name.split_once(RULES)?;
    path.split(|character: char| !character.is_alphanumeric() && character != '_').next()
}

/// The parts of a module, the rules by the largest `largest` of their modules and one for the rest.
pub(crate) fn of(module: &[u8], largest: usize) -> anyhow::Result<Vec<Part>> {
    let sections = read(module)?;
    let mut rules: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut others = BTreeMap::from([(CONNECTION, sections.rest)]);
    for (name, body) in sections.functions {
        let name = plain(&name);
        match module_of_rules(&name) {
            Some(module) => rules.entry(module.to_owned()).or_default().extend(body),
            None => others.entry(owner(&name)).or_default().extend(body),
        }
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    let rest: Vec<u8> = rules.iter().skip(largest).flat_map(|(_, bytes)| bytes.iter().copied()).collect();

    let mut parts = vec![Part { name: "data: tables, messages, texts".to_owned(), bytes: sections.data }];
    parts.extend(rules.into_iter().take(largest).map(|(name, bytes)| Part { name: format!("code: rules, `{name}`"), bytes }));
    parts.push(Part { name: "code: rules, the rest".to_owned(), bytes: rest });
    for (owner, _) in &OWNERS {
        parts.push(Part { name: (*owner).to_owned(), bytes: others.remove(owner).unwrap_or_default() });
    }
    parts.retain(|part| !part.bytes.is_empty());
    Ok(parts)
}

struct Sections {
    functions: Vec<(String, Vec<u8>)>,
    data: Vec<u8>,
    rest: Vec<u8>,
}

fn read(module: &[u8]) -> anyhow::Result<Sections> {
    let bytes = |range: std::ops::Range<usize>| module.get(range).unwrap_or_default();
    let (mut imported, mut names, mut bodies) = (0, BTreeMap::new(), Vec::new());
    let (mut data, mut rest) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart { .. } => {}
            Payload::CodeSectionEntry(body) => bodies.push(bytes(body.range()).to_vec()),
            Payload::DataSection(section) => data.extend(bytes(section.range())),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    names = function_names(section)?;
                }
            }
            Payload::ImportSection(section) => {
                rest.extend(bytes(section.range()));
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            other => rest.extend(other.as_section().map(|(_, range)| bytes(range)).unwrap_or_default()),
        }
    }
    let functions = (imported..).zip(bodies).map(|(index, body)| (names.remove(&index).unwrap_or_default(), body)).collect();
    Ok(Sections { functions, data, rest })
}

fn function_names(section: NameSectionReader<'_>) -> anyhow::Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for subsection in section {
        if let Name::Function(functions) = subsection? {
            for function in functions {
                let function = function.context("the names of the functions")?;
                names.insert(function.index, function.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// `core[c5930c85a12de822]::fmt` → `core::fmt`.
pub(crate) fn plain(name: &str) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => rest = after,
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain + rest
}

/// The module without names and other notes for tools, as browsers load it.
pub(crate) fn stripped(module: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut kept = module.get(..HEADER).context("no WebAssembly module")?.to_vec();
    let mut start = HEADER;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Some((_, range)) = payload.as_section() {
            // The section's own number and length stand between the end of the last one and its content.
            if !matches!(payload, Payload::CustomSection(_)) {
                kept.extend(module.get(start..range.end).context("a section that is cut short")?);
            }
            start = range.end;
        }
    }
    Ok(kept)
}

/// Magic number and version.
const HEADER: usize = 8;

#[cfg(test)]
mod tests {
    use super::{module_of_rules, owner, plain};

    #[test]
    fn a_function_belongs_where_its_name_says() {
        for (name, belongs) in [
            ("cosell_wasm::client::read::h133faff86b6eba04", "code: the client of the proxy"),
            ("<gloo_net::http::request::Request as core::convert::TryFrom<T>>::try_from", "code: the client of the proxy"),
            ("__rustc[b7974e8690430dd9]::__rdl_realloc", "code: allocator"),
            ("<f64 as core[c5930c85a12de822]::fmt::Display>::fmt", "code: formatting, panics"),
            ("alloc::collections::btree::map::BTreeMap<K,V,A>::insert", "code: `core`, `alloc`, `std`"),
            ("<serde_json::de::MapAccess<R> as serde_core::de::MapAccess>::next_value_seed", "code: other crates"),
        ] {
            assert_eq!(owner(&plain(name)), belongs, "{name}");
        }
    }

    #[test]
    fn a_function_of_the_rules_belongs_to_its_module_also_inside_a_type() {
        for (name, module) in [
            ("cosell_rules::country::find::h1", Some("country")),
            ("<cosell_rules::finding::Code as core::fmt::Display>::fmt", Some("finding")),
            ("cosellrules_review multivalue shim", Some("entries")),
            ("core::fmt::write", None),
        ] {
            assert_eq!(module_of_rules(name), module, "{name}");
        }
    }
}
