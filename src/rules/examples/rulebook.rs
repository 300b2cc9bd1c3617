//! Prints the rule reference, `docs/rules.md`, from the rule book itself: `npm run rulebook` keeps it, `npm test` checks it.

use std::io::{self, Write as _};

use cosell_rules::{
    finding::Severity,
    message, taxonomy,
    validate::{Basis, RULES, Rule},
};

const HEAD: &str = "\
<!-- Written by `npm run rulebook` from src/rules/src/validate; `npm test` checks that it is current. -->

# The rule book

What Partner Center accepts, as Cosell checks it. The page asks every rule while the seller types, and the proxy asks again before
anything is sent; but a rule speaks only where it is given what it looks at. What needs more than the record (what Partner Center
holds, the document that is about to leave, other deals, a setting) is said with the rule, and some of it nobody gives yet.

What *blocks* stops the share; a *warning* never does. Codes are stable: they are never reworded or given another meaning.

A rule that is known from Microsoft's portal, its CSV upload or the connector alone can be relaxed by an admin: its number in the
setting `relaxed` turns its blocks into warnings. What Microsoft's API enforces, or what we conclude from it, doesn't give way. A
rule that only warns is advice and stops nothing.
";

fn main() -> io::Result<()> {
    let mut rules: Vec<&Rule> = RULES.iter().collect();
    rules.sort_by_key(|rule| rule.number);
    let mut page = io::stdout().lock();
    writeln!(
        page,
        "{HEAD}\n{} rules. Microsoft's lists of codes are of {}; a setting replaces each.\n",
        rules.len(),
        taxonomy::AS_OF
    )?;
    writeln!(page, "|     | rule | can be relaxed |\n| --: | ---- | -------------- |")?;
    for rule in &rules {
        let relaxed = match (only_warns(rule), rule.can_be_relaxed()) {
            (true, _) => "advice only",
            (false, true) => "yes",
            (false, false) => "no",
        };
        writeln!(page, "| [{0}](#rule-{0}) | {1} | {relaxed} |", rule.number, rule.summary)?;
    }
    rules.into_iter().try_for_each(|rule| section(&mut page, rule))
}

fn only_warns(rule: &Rule) -> bool {
    rule.kinds.iter().all(|kind| kind.severity == Severity::Warn)
}

fn section(page: &mut impl io::Write, rule: &Rule) -> io::Result<()> {
    let basis = match rule.basis {
        Basis::Api => "Microsoft's API or its documentation",
        Basis::Portal => "Microsoft's portal, CSV upload or connector",
        Basis::Conclusion => "our own conclusion from what is documented",
    };
    writeln!(page, "\n## Rule {}\n\n**{}**\n\n{}\n", rule.number, rule.summary, rule.about)?;
    writeln!(page, "| code | weight | field | what the seller reads |\n| ---- | ------ | ----- | --------------------- |")?;
    for kind in rule.kinds {
        let words = message::template(kind.code, "en").unwrap_or_default();
        writeln!(page, "| `{}` | {} | {} | {words} |", kind.code, kind.severity.name(), kind.field.name())?;
    }
    writeln!(page, "\nBasis: {basis}. Source: {}.", rule.source.trim_end_matches('.'))
}
