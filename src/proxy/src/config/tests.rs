//! The default file, its overrides, and the sentences for what is missing.

use std::collections::BTreeMap;
use std::io::Write;

use toml_keys::{Leaf, leaves};

use super::*;

/// Reads the keys of the default file, so that no test has a list of its own.
mod toml_keys {
    use config::{File, FileFormat, Source, Value, ValueKind};

    #[derive(Clone, Debug, PartialEq)]
    pub(super) enum Leaf {
        Text,
        Number,
        List,
    }

    pub(super) fn leaves(toml: &str) -> Vec<(String, Leaf)> {
        let map = File::from_str(toml, FileFormat::Toml).collect().unwrap();
        let mut found = Vec::new();
        for (name, value) in map {
            collect(&name, &value, &mut found);
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found
    }

    fn collect(name: &str, value: &Value, found: &mut Vec<(String, Leaf)>) {
        match &value.kind {
            ValueKind::Table(table) => table.iter().for_each(|(key, value)| collect(&format!("{name}.{key}"), value, found)),
            ValueKind::Array(_) => found.push((name.to_owned(), Leaf::List)),
            ValueKind::I64(_) | ValueKind::I128(_) | ValueKind::U64(_) | ValueKind::Float(_) => {
                found.push((name.to_owned(), Leaf::Number));
            }
            _ => found.push((name.to_owned(), Leaf::Text)),
        }
    }
}

/// What a proxy needs to start, by variables.
fn complete() -> Environment {
    [
        ("COSELL_SELLER_TOKEN__CERTIFICATES", "/etc/cosell/org.crt"),
        ("COSELL_SALESFORCE__LOGIN_URL", "https://acme.my.salesforce.com"),
        ("COSELL_SALESFORCE__CONSUMER_KEY", "3MVG9"),
        ("COSELL_SALESFORCE__USERNAME", "integration@partner.example"),
        ("COSELL_SALESFORCE__ORG_ID", "00DQy00000ZZZzz"),
        ("COSELL_SALESFORCE__PRIVATE_KEY__VALUE", "key"),
        ("COSELL_ENTRA__TENANT", "partner.example"),
        ("COSELL_ENTRA__CLIENT_ID", "a"),
        ("COSELL_ENTRA__CLIENT_SECRET__VALUE", "s3cret"),
        ("COSELL_ENTRA__REFRESH_TOKEN__VALUE", "r3fresh"),
        ("COSELL_STORE__ENCRYPTION_KEY__VALUE", "k3y"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .collect()
}

fn with(name: &str, value: &str) -> Environment {
    let mut environment = complete();
    environment.insert(name.to_owned(), value.to_owned());
    environment
}

fn file(text: &str) -> temp::File {
    temp::File::with(text)
}

/// A file that is gone when the test is over.
mod temp {
    use std::path::{Path, PathBuf};

    pub(super) struct File(PathBuf);

    impl File {
        pub(super) fn with(text: &str) -> Self {
            let path = std::env::temp_dir().join(format!("cosell-config-{}.toml", uuid::Uuid::new_v4()));
            let mut file = std::fs::File::create(&path).unwrap();
            super::Write::write_all(&mut file, text.as_bytes()).unwrap();
            Self(path)
        }

        pub(super) fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            std::fs::remove_file(&self.0).unwrap();
        }
    }
}

#[test]
fn every_key_of_the_default_file_is_overridden_by_its_variable() {
    // Values that would not pass by chance: none of them is a default.
    let special = BTreeMap::from([
        ("salesforce.login_url", "https://changed.example"),
        ("entra.authority_url", "https://changed.example"),
        ("partner_center.base_url", "https://changed.example"),
        ("partner_center.referral_link", "https://changed.example/{id}"),
        ("salesforce.api_version", "67.0"),
        ("server.allowed_origins", "https://one.example, https://two.example"),
        ("log.format", "json"),
    ]);
    let keys = leaves(DEFAULTS);
    assert!(keys.len() > 40, "{}", keys.len());
    for (key, leaf) in keys {
        let value = special.get(key.as_str()).copied().unwrap_or(match leaf {
            Leaf::Text => "changed",
            Leaf::Number => "7",
            Leaf::List => "one,two",
        });
        let secret = Secret::FORMS.iter().find_map(|form| key.strip_suffix(&format!(".{form}")).map(|base| (base, *form)));
        if let Some((base, form)) = secret {
            secret_form_is_taken(base, form);
            continue;
        }
        let before = format!("{:#?}", Config::load(None, &complete()).unwrap());
        let after = format!("{:#?}", Config::load(None, &with(&variable(&key), value)).unwrap());
        assert_ne!(before, after, "{} has no effect", variable(&key));
        let shown = match leaf {
            Leaf::Number => "7".to_owned(),
            _ => value.split(", ").next().unwrap().split(',').next().unwrap().to_lowercase(),
        };
        assert!(after.to_lowercase().contains(&shown), "{key}");
    }
}

fn secret_form_is_taken(base: &str, form: &str) {
    let mut environment = complete();
    environment.retain(|name, _| !name.starts_with(&variable(base)));
    let kept = file("from a file\n");
    let (value, expected) = match form {
        "value" => ("by value", "by value"),
        "env" => ("SOME_VARIABLE", "from a variable"),
        _ => (kept.path().to_str().unwrap(), "from a file"),
    };
    environment.insert("SOME_VARIABLE".into(), "from a variable".into());
    environment.insert(variable(&format!("{base}.{form}")), value.into());
    let config = Config::load(None, &environment).unwrap();
    let secrets = [
        ("salesforce.private_key", &config.salesforce.private_key),
        ("entra.client_secret", &config.entra.client_secret),
        ("entra.refresh_token", &config.entra.refresh_token),
        ("store.encryption_key", &config.store.encryption_key),
    ];
    let (_, secret) = secrets.iter().find(|(key, _)| *key == base).unwrap();
    assert_eq!(secret.expose(), expected, "{base}.{form}");
}

#[test]
fn the_file_is_stronger_than_the_defaults_and_the_environment_stronger_than_the_file() {
    let given = file("[server]\nlisten = \"0.0.0.0:1\"\n[log]\nfilter = \"debug\"\n");
    let config = Config::load(Some(given.path()), &with("COSELL_LOG__FILTER", "trace")).unwrap();
    assert_eq!((config.server.listen.as_str(), config.log.filter.as_str()), ("0.0.0.0:1", "trace"));
    assert_eq!(config.server.body_limit_bytes, 65_536);
}

#[test]
fn a_variable_replaces_whichever_way_the_file_gives_a_secret() {
    let given = file("[entra]\nclient_secret = { file = \"/nowhere\" }\n");
    let config = Config::load(Some(given.path()), &complete()).unwrap();
    assert_eq!(config.entra.client_secret.expose(), "s3cret");
}

#[test]
fn what_is_missing_or_wrong_is_one_sentence_with_its_key_and_a_remedy() {
    type Change = fn(&mut Environment);
    let cases: [(Change, &str); 9] = [
        (
            |all| drop(all.remove("COSELL_SALESFORCE__CONSUMER_KEY")),
            "salesforce.consumer_key is not set: put it into the file given by --config, or set COSELL_SALESFORCE__CONSUMER_KEY.",
        ),
        (
            |all| drop(all.remove("COSELL_STORE__ENCRYPTION_KEY__VALUE")),
            "store.encryption_key is not set: give it as { file = \"…\" } in the configuration, or set \
             COSELL_STORE__ENCRYPTION_KEY__FILE, COSELL_STORE__ENCRYPTION_KEY__ENV or COSELL_STORE__ENCRYPTION_KEY__VALUE.",
        ),
        (
            |all| drop(all.insert("COSELL_ENTRA__CLIENT_SECRET__FILE".into(), "/nowhere".into())),
            "entra.client_secret is given in more than one way: keep one of value, env and file.",
        ),
        (
            |all| {
                all.remove("COSELL_ENTRA__CLIENT_SECRET__VALUE");
                all.insert("COSELL_ENTRA__CLIENT_SECRET__ENV".into(), "NOT_THERE".into());
            },
            "entra.client_secret names the environment variable NOT_THERE, which is not set.",
        ),
        (
            |all| drop(all.insert("COSELL_SALESFORCE__LOGIN_URL".into(), "http://acme.my.salesforce.com".into())),
            "salesforce.login_url is not usable: \"http://acme.my.salesforce.com\" does not begin with https://.",
        ),
        (
            |all| drop(all.insert("COSELL_SERVER__ALLOWED_ORIGINS".into(), "https://acme.example/".into())),
            "server.allowed_origins is not usable: \"https://acme.example/\" is not an origin, such as \
             https://acme.lightning.force.com without a path.",
        ),
        (|all| drop(all.insert("COSELL_HTTP__TIMEOUT_SECONDS".into(), "-1".into())), "-1 is not a number of seconds"),
        (|all| drop(all.insert("COSELL_SALESFORCE__LOGIN_ULR".into(), "x".into())), "unknown field `login_ulr`"),
        (
            |all| drop(all.insert("COSELL_PARTNER_CENTER__REFERRAL_LINK".into(), "https://x.example".into())),
            "it does not contain {id}",
        ),
    ];
    for (change, sentence) in cases {
        let mut environment = complete();
        change(&mut environment);
        let error = Config::load(None, &environment).unwrap_err().to_string();
        assert!(error.contains(sentence), "{error}");
    }
}

#[test]
fn other_variables_with_our_prefix_are_no_settings() {
    assert!(Config::load(None, &with("COSELL_CHROME", "/usr/bin/chromium")).is_ok());
    assert!(Config::load(None, &with("COSELL_TEST__DIRECTORY", "/tmp")).is_ok());
}

#[test]
fn a_secret_is_never_shown() {
    let shown = format!("{:?}", Config::load(None, &complete()).unwrap());
    for secret in ["s3cret", "r3fresh", "k3y"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
