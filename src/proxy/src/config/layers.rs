//! The three layers (built-in defaults, file, environment) put over each other, and the names in them checked. It must not
//! know what a key means; it knows which exist, which hold secrets, and which name files.

use std::collections::BTreeMap;
use std::path::Path;

use config::{FileFormat, Map, Source, Value, ValueKind};

use super::{ConfigError, DEFAULTS, Environment, Faults, PREFIX, Secret, variable};

/// Where a relative path in a file means one beside that file. Each secret's `file` is one more.
const PATHS: [&str; 5] =
    ["seller_token.certificates", "webhooks.trust_anchors", "webhooks.intermediates", "tls.trust_anchors", "store.path"];

/// Variables with our prefix that belong to the build of this project, not to the proxy.
const FOREIGN: [&str; 2] = ["COSELL_CHROMIUM", "COSELL_POSTGRES_BIN"];

/// With how many slips (a letter too many, too few, another, or two swapped) a name is still taken for another.
const SLIPS: usize = 3;

type Table = Map<String, Value>;

/// The keys that exist: those of the default file.
struct Keys {
    leaves: Vec<String>,
    sections: Vec<String>,
}

impl Keys {
    fn of(defaults: &Table) -> Self {
        let leaves = flatten(defaults.clone()).into_iter().map(|(key, _)| key).collect();
        Self { leaves, sections: defaults.keys().cloned().collect() }
    }

    fn exists(&self, key: &str) -> bool {
        self.leaves.iter().any(|leaf| leaf == key)
    }

    /// Whether a variable of this key is meant for us; others share the prefix, of tests, say.
    fn in_section(&self, key: &str) -> bool {
        key.split_once('.').is_some_and(|(section, _)| self.sections.iter().any(|known| known == section))
    }

    fn is_secret(&self, key: &str) -> bool {
        Secret::FORMS.iter().all(|form| self.exists(&format!("{key}.{form}")))
    }

    fn nearest(&self, name: &str, spell: impl Fn(&str) -> String) -> Option<String> {
        let secrets = self.leaves.iter().filter_map(|leaf| leaf.rsplit_once('.')).map(|(base, _)| base);
        let known = self.leaves.iter().map(String::as_str).chain(secrets.filter(|base| self.is_secret(base)));
        let slips = known.map(spell).map(|known| (strsim::damerau_levenshtein(name, &known), known));
        slips.min().filter(|(slips, _)| *slips <= SLIPS).map(|(_, known)| known)
    }

    /// What is wrong with a key of a file, or with the key that a variable stands for; `name` is how it was written.
    fn fault(&self, key: &str, name: &str, spell: impl Fn(&str) -> String) -> Option<ConfigError> {
        // A secret with a wrong member below it, too: what was meant to be the secret could be anywhere in there.
        let secret = key.match_indices('.').map(|(end, _)| key.split_at(end).0).chain([key]).find(|part| self.is_secret(part));
        match secret {
            _ if self.exists(key) => None,
            Some(secret) => Some(ConfigError::secret_form(secret)),
            None if self.sections.iter().any(|section| section == key) => {
                Some(ConfigError::new(key, format!("{key} must be a section of the configuration: [{key}].")))
            }
            None => Some(ConfigError::unknown(name, self.nearest(name, spell).as_deref())),
        }
    }
}

/// The merged tables, by section. `None` when the file cannot be read at all; other faults leave the key out.
pub(super) fn merge(file: Option<&Path>, environment: &Environment, faults: &mut Faults) -> Option<Table> {
    let defaults = faults.take(read(DEFAULTS, "the built-in defaults"))?;
    let keys = Keys::of(&defaults);
    let mut given = Table::new();
    if let Some(path) = file {
        given = faults.take(read_file(path))?;
        let beside = path.parent().unwrap_or(Path::new(""));
        given = flatten(given)
            .into_iter()
            .filter(|(key, _)| keys.fault(key, key, str::to_owned).map(|fault| faults.add(fault)).is_none())
            .map(|(key, value)| {
                let value = if names_files(&key) { absolute(value, beside) } else { value };
                (key, value)
            })
            .collect();
    }
    let (mut blanks, mut variables) = (Table::new(), Table::new());
    // In order, so that the same faults are told in the same order.
    for (name, value) in environment.iter().collect::<BTreeMap<_, _>>() {
        let Some(key) = key_of(name).filter(|key| keys.in_section(key)) else { continue };
        if let Some(fault) = keys.fault(&key, name, variable) {
            faults.add(fault);
            continue;
        }
        // A secret given by the environment replaces one given by the file, in whichever way.
        if let Some((secret, _)) = key.rsplit_once('.').filter(|(secret, _)| keys.is_secret(secret)) {
            blanks.extend(Secret::FORMS.map(|form| (format!("{secret}.{form}"), Value::from(""))));
        }
        variables.insert(key, Value::from(value.as_str()));
    }
    let layers = [defaults, given, blanks, variables].map(Layer);
    let mut builder = config::Config::builder();
    for layer in layers {
        builder = builder.add_source(layer);
    }
    let merged = builder.build().and_then(|merged| merged.collect());
    faults.take(merged.map_err(|error| ConfigError::new("", format!("The configuration cannot be read: {error}."))))
}

/// Sentences about variables that look like ours and are not: they have no effect, which somebody should know.
pub fn strangers(environment: &Environment) -> Vec<String> {
    let Ok(defaults) = read(DEFAULTS, "the built-in defaults") else { return Vec::new() };
    let keys = Keys::of(&defaults);
    let ours = |name: &str| key_of(name).is_none_or(|key| keys.in_section(&key));
    let mut names: Vec<&String> = environment.keys().filter(|name| !ours(name)).collect();
    names.sort();
    let sentence = |name: &String| match keys.nearest(name, variable) {
        Some(nearest) => format!("{name} is no setting and has no effect: did you mean {nearest}?"),
        None => format!("{name} is no setting and has no effect."),
    };
    names.into_iter().map(sentence).collect()
}

/// The key that a variable of ours would stand for: `COSELL_LOG__FILTER` → `log.filter`.
fn key_of(name: &str) -> Option<String> {
    let rest = name.strip_prefix(PREFIX).filter(|_| !FOREIGN.contains(&name))?;
    Some(rest.to_lowercase().replace("__", "."))
}

fn read_file(path: &Path) -> Result<Table, ConfigError> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|cause| ConfigError::new("", format!("The configuration file {name} cannot be read: {cause}.")))?;
    read(&text, &format!("the file {name}"))
}

fn read(text: &str, name: &str) -> Result<Table, ConfigError> {
    config::File::from_str(text, FileFormat::Toml).collect().map_err(|cause| {
        // The parser shows the line, which may hold a secret: only its place and what is wrong with it are told.
        let cause = cause.to_string();
        let told: Vec<&str> = cause.lines().filter(|line| !line.contains('|')).collect();
        ConfigError::new("", format!("The configuration cannot be read: {name}: {}.", told.join(": ")))
    })
}

/// Every value by its whole key. What is no table is one value, lists too.
fn flatten(table: Table) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut open: Vec<(String, Value)> = table.into_iter().collect();
    while let Some((key, value)) = open.pop() {
        match value.kind {
            ValueKind::Table(table) => open.extend(table.into_iter().map(|(name, value)| (format!("{key}.{name}"), value))),
            _ => found.push((key, value)),
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn names_files(key: &str) -> bool {
    PATHS.contains(&key) || key.rsplit_once('.').is_some_and(|(secret, form)| secret.contains('.') && form == "file")
}

/// A path, or each of a list of them, from where the configuration file is.
fn absolute(value: Value, beside: &Path) -> Value {
    match value.kind {
        ValueKind::Array(items) => Value::from(items.into_iter().map(|item| absolute(item, beside)).collect::<Vec<_>>()),
        ValueKind::String(text) if !text.is_empty() => Value::from(beside.join(text).to_string_lossy().into_owned()),
        _ => value,
    }
}

/// One layer: keys, or whole tables, over what lies below.
#[derive(Clone, Debug)]
struct Layer(Table);

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Table, config::ConfigError> {
        Ok(self.0.clone())
    }
}
