//! A secret from a value, an environment variable or a file. Knows nothing of what the secret is for.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, Environment};

/// A secret of the configuration: read once at start, never shown by `Debug`.
#[derive(Clone, Default, Deserialize)]
#[serde(from = "Source")]
pub struct Secret {
    source: Source,
    text: SecretString,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Source {
    value: String,
    env: String,
    file: String,
}

impl From<Source> for Secret {
    fn from(source: Source) -> Self {
        Self { source, text: SecretString::default() }
    }
}

impl Secret {
    /// The ways in which a secret can be given.
    pub(super) const FORMS: [&'static str; 3] = ["value", "env", "file"];

    /// Reads the secret from where it was said to be. `key` is its name in the configuration, for the error.
    pub(super) fn read(&mut self, key: &str, environment: &Environment) -> Result<(), ConfigError> {
        let source = std::mem::take(&mut self.source);
        let given = [&source.value, &source.env, &source.file].iter().filter(|form| !form.is_empty()).count();
        if given > 1 {
            return Err(ConfigError::new(key, format!("{key} is given in more than one way: keep one of value, env and file.")));
        }
        // What is named is not repeated: it may be the secret itself, put into the wrong place.
        let text = if !source.file.is_empty() {
            std::fs::read_to_string(&source.file)
                .map_err(|cause| ConfigError::new(key, format!("{key} names a file that cannot be read: {cause}.")))?
        } else if !source.env.is_empty() {
            let named = environment.get(&source.env).cloned();
            named.ok_or_else(|| ConfigError::new(key, format!("{key} names an environment variable that is not set.")))?
        } else {
            source.value
        };
        let text = text.trim();
        if text.is_empty() {
            return Err(ConfigError::secret_missing(key));
        }
        self.text = SecretString::from(text);
        Ok(())
    }

    /// The same for a secret that may be left out: then it is blank. One that is to come from a blank file is missing all the same.
    pub(super) fn read_if_given(&mut self, key: &str, environment: &Environment) -> Result<(), ConfigError> {
        let Source { value, env, file } = &self.source;
        if [value, env, file].into_iter().all(String::is_empty) { Ok(()) } else { self.read(key, environment) }
    }

    /// Itself, unless it was left out.
    #[must_use]
    pub fn given(&self) -> Option<&Self> {
        (!self.expose().is_empty()).then_some(self)
    }

    /// The secret itself, for the one call that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self { source: Source::default(), text: SecretString::from(text) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}
