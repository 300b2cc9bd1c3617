//! Makes a panic stop the module at once, without words first.
//!
//! Whoever prints a panic prints it to a standard error stream, and a browser has none: the sentences, and the machinery that puts
//! them together, are a tenth of the code and nobody ever reads them. What is seen from outside stays: the module traps.

use anyhow::ensure;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Functions of the standard library that only tell why the module stops: by how a name begins, or, with a star, ends. Numbers are
/// written by `text.rs`; where the library writes one, it is for a panic.
const TELL: [&str; 11] = [
    "core::panicking::",
    "<std::panicking::panic_handler::",
    "* as core::fmt::Debug>::fmt",
    "* as core::fmt::Display>::fmt",
    "* as core::fmt::UpperHex>::fmt",
    "* as core::fmt::Write>::write_fmt",
    "*_fail",
    "*unwrap_failed",
    "*expect_failed",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error",
];

/// Is there as soon as somebody says `format!` or `to_string` of what is no text.
const FORMATS: [&str; 2] = ["alloc::fmt::format", "ToString>::to_string"];

/// Puts a trap in the place of every function that tells why the module stops.
///
/// Fails when the module formats: what would be formatted for a reader would stop it, too.
pub(crate) fn silence(module: &mut Module) -> anyhow::Result<()> {
    let names = module.funcs.iter_local().map(|(id, _)| (id, module.funcs.get(id).name.clone().unwrap_or_default()));
    let names: Vec<_> = names.map(|(id, name)| (id, crate::parts::plain(&name))).collect();
    let formatter = names.iter().find(|(_, name)| FORMATS.iter().any(|formats| name.contains(formats)));
    ensure!(formatter.is_none(), "something that runs in a browser formats with the library: join texts instead");
    let tellers: Vec<FunctionId> = names.iter().filter(|(_, name)| tells(name)).map(|(id, _)| *id).collect();
    // Other names in another version of the compiler: the module would be right, and larger.
    ensure!(!tellers.is_empty(), "no function of the module tells of a panic");
    for id in tellers {
        let ty = module.funcs.get(id).ty();
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let arguments = params.iter().map(|param| module.locals.add(*param)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        builder.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    Ok(())
}

fn tells(name: &str) -> bool {
    let is_theirs = !name.trim_start_matches('<').starts_with("cosell_");
    let fits = |hint: &&str| hint.strip_prefix('*').map_or_else(|| name.starts_with(*hint), |end| name.ends_with(end));
    is_theirs && TELL.iter().any(fits)
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn what_tells_of_a_panic_is_found_by_its_name() {
        for (name, expected) in [
            ("core[c5930c85a12de822]::panicking::panic_fmt", true),
            ("core[c5930c85a12de822]::str::slice_error_fail", true),
            ("core[c5930c85a12de822]::result::unwrap_failed", true),
            ("alloc[3ca501edff3f0c7c]::alloc::handle_alloc_error", true),
            (
                "<std[a543996e6e7dbf1e]::panicking::panic_handler::StaticStrPayload as core[c5930c85a12de822]::fmt::Display>::fmt",
                true,
            ),
            ("<core[c5930c85a12de822]::fmt::Error as core[c5930c85a12de822]::fmt::Debug>::fmt", true),
            ("<u32 as core[c5930c85a12de822]::fmt::Display>::fmt", true),
            ("<cosell_rules::decimal::Decimal as core[c5930c85a12de822]::fmt::Display>::fmt", false),
            ("core[c5930c85a12de822]::str::converts::from_utf8", false),
            ("std[a543996e6e7dbf1e]::thread::panicking", false),
            ("cosell_rules::validate::must_fail", false),
        ] {
            assert_eq!(tells(&crate::parts::plain(name)), expected, "{name}");
        }
    }
}
