//! What is wrong with a configuration: one sentence for each fault, with its key and the remedy, for the person who starts
//! the proxy. A sentence never repeats what was given for a secret.

use std::fmt;
use std::path::Path;

use super::variable;

/// Why one key cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub struct ConfigError {
    key: String,
    sentence: String,
}

impl ConfigError {
    pub(super) fn new(key: &str, sentence: String) -> Self {
        Self { key: key.to_owned(), sentence }
    }

    pub(crate) fn invalid(key: &str, reason: impl fmt::Display) -> Self {
        Self::new(key, format!("{key} is not usable: {reason}."))
    }

    /// A file that `key` names is not there or not readable.
    pub(crate) fn file(key: &str, path: &Path, cause: &std::io::Error) -> Self {
        Self::new(key, format!("{key} names the file {}, which cannot be read: {cause}.", path.display()))
    }

    pub(super) fn missing(key: &str) -> Self {
        Self::new(key, format!("{key} is not set: put it into the file given by --config, or set {}.", variable(key)))
    }

    pub(super) fn secret_missing(key: &str) -> Self {
        let name = variable(key);
        let remedy =
            format!("give it as {{ file = \"…\" }} in the configuration, or set {name}__FILE, {name}__ENV or {name}__VALUE");
        Self::new(key, format!("{key} is not set: {remedy}."))
    }

    /// The secret stands where the way to it should.
    pub(super) fn secret_form(key: &str) -> Self {
        let ways = "{ file = \"…\" }, { env = \"…\" } or { value = \"…\" }";
        Self::new(key, format!("{key} must be given as {ways}, or by {}__FILE/__ENV/__VALUE.", variable(key)))
    }

    /// A key or variable that does not exist, with the one that was probably meant.
    pub(super) fn unknown(name: &str, nearest: Option<&str>) -> Self {
        let hint =
            nearest.map_or_else(|| "`cosell-proxy defaults` lists them all".to_owned(), |key| format!("did you mean {key}?"));
        let end = if nearest.is_some() { "" } else { "." };
        Self::new(name, format!("{name} is no key of the configuration: {hint}{end}"))
    }
}

/// All that is wrong with a configuration, one line each: who mends one line should not meet the next at the next start.
#[derive(Debug, Default)]
pub struct Faults(Vec<ConfigError>);

impl Faults {
    /// Notes a fault. The first one of a key is enough: the others follow from it.
    pub(crate) fn add(&mut self, fault: ConfigError) {
        if self.0.iter().all(|known| known.key != fault.key) {
            self.0.push(fault);
        }
    }

    /// The value, or `None` with its fault noted.
    pub(crate) fn take<T>(&mut self, result: Result<T, ConfigError>) -> Option<T> {
        result.map_err(|fault| self.add(fault)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<ConfigError> for Faults {
    fn from(fault: ConfigError) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line_break}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
