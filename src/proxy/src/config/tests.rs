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
        Switch,
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
            ValueKind::Boolean(_) => found.push((name.to_owned(), Leaf::Switch)),
            _ => found.push((name.to_owned(), Leaf::Text)),
        }
    }
}

/// What a proxy needs to start, by variables.
fn complete() -> Environment {
    [
        ("COSELL_SERVER__ALLOWED_ORIGINS", "https://acme.lightning.force.com"),
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

/// A configuration with these variables besides, without the prefix.
pub(crate) fn config_with(variables: &[(&str, &str)]) -> Config {
    let mut environment = complete();
    environment.extend(variables.iter().map(|(name, value)| (format!("COSELL_{name}"), (*value).to_owned())));
    Config::load(None, &environment).unwrap()
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
        ("webhooks.algorithms", "rsa-sha384, rsa-sha512"),
        ("webhooks.base_url", "https://changed.example"),
        ("webhooks.public_url", "https://changed.example/webhooks/partner-center"),
        ("salesforce.api_version", "67.0"),
        ("server.allowed_origins", "https://one.example, https://two.example"),
        ("server.listen", "0.0.0.0:7"),
        ("log.format", "json"),
        ("log.filter", "debug"),
    ]);
    let keys = leaves(DEFAULTS);
    assert!(keys.len() > 40, "{}", keys.len());
    for (key, leaf) in keys {
        let value = special.get(key.as_str()).copied().unwrap_or(match leaf {
            Leaf::Text => "changed",
            Leaf::Number => "7",
            Leaf::List => "one,two",
            // None is on by default.
            Leaf::Switch => "true",
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
        ("store.postgres", &config.store.postgres),
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

/// What the proxy says when these variables come on top of a complete configuration; `-` removes one.
fn refusal(changes: &[(&str, &str)]) -> String {
    let mut environment = complete();
    for (name, value) in changes {
        environment.insert(format!("COSELL_{name}"), (*value).to_owned());
    }
    environment.retain(|_, value| value != "-");
    Config::load(None, &environment).unwrap_err().to_string()
}

#[test]
fn what_is_missing_or_wrong_is_one_sentence_with_its_key_and_a_remedy() {
    let unset = "is not set: put it into the file given by --config, or set";
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("SALESFORCE__CONSUMER_KEY", "-")], &format!("salesforce.consumer_key {unset} COSELL_SALESFORCE__CONSUMER_KEY.")),
        (&[("STORE__PATH", "")], &format!("store.path {unset} COSELL_STORE__PATH.")),
        (
            &[("STORE__ENCRYPTION_KEY__VALUE", "-")],
            "store.encryption_key is not set: give it as { file = \"…\" } in the configuration, or set \
             COSELL_STORE__ENCRYPTION_KEY__FILE, COSELL_STORE__ENCRYPTION_KEY__ENV or COSELL_STORE__ENCRYPTION_KEY__VALUE.",
        ),
        (
            &[("ENTRA__CLIENT_SECRET__FILE", "/nowhere")],
            "entra.client_secret is given in more than one way: keep one of value, env and file.",
        ),
        (
            &[("SALESFORCE__LOGIN_URL", "http://acme.my.salesforce.com")],
            "salesforce.login_url is not usable: \"http://acme.my.salesforce.com\" does not begin with https://.",
        ),
        (
            &[("SALESFORCE__LOGIN_URL", "acme.my.salesforce.com")],
            "salesforce.login_url is not usable: \"acme.my.salesforce.com\" does not begin with https://.",
        ),
        (
            &[("SERVER__ALLOWED_ORIGINS", "https://acme.example/")],
            "server.allowed_origins is not usable: \"https://acme.example/\" is not an origin, such as \
             https://acme.lightning.force.com without a path.",
        ),
        (
            &[("SERVER__ALLOWED_ORIGINS", "")],
            "server.allowed_origins is empty, so no page could call: name the address of your org's pages, such as \
             https://acme.lightning.force.com, there or in COSELL_SERVER__ALLOWED_ORIGINS.",
        ),
        (
            &[("SERVER__LISTEN", "http://127.0.0.1:8080")],
            "server.listen is not usable: \"http://127.0.0.1:8080\" is not an address and a port, such as 127.0.0.1:8080, \
             without http://.",
        ),
        (
            &[("HTTP__TIMEOUT_SECONDS", "-1")],
            "http.timeout_seconds is not usable: -1 is not a number of seconds from 0 to a year.",
        ),
        (&[("SERVER__BODY_LIMIT_BYTES", "many")], "server.body_limit_bytes must be a whole number, 0 or more."),
        (&[("PARTNER_CENTER__MAX_PAGES", "-1")], "partner_center.max_pages must be a whole number, 0 or more."),
        (&[("RECONCILE__LEASE_SECONDS", "long")], "reconcile.lease_seconds must be a number."),
        (&[("LOG__FORMAT", "xml")], "log.format is not usable: \"xml\" is neither \"text\" nor \"json\"."),
        (
            &[("SALESFORCE__LOGIN_ULR", "x")],
            "COSELL_SALESFORCE__LOGIN_ULR is no key of the configuration: did you mean COSELL_SALESFORCE__LOGIN_URL?",
        ),
        (
            &[("SALESFORCE__WEATHER", "x")],
            "COSELL_SALESFORCE__WEATHER is no key of the configuration: `cosell-proxy defaults` lists them all.",
        ),
        (
            &[("PARTNER_CENTER__REFERRAL_LINK", "https://x.example")],
            "partner_center.referral_link is not usable: it does not contain {id}.",
        ),
        (
            &[("WEBHOOKS__PUBLIC_URL", "http://cosell.example/webhooks/partner-center")],
            "webhooks.public_url is not usable: \"http://cosell.example/webhooks/partner-center\" does not begin with https://.",
        ),
        (
            &[("WEBHOOKS__PUBLIC_URL", "https://cosell.example")],
            "webhooks.public_url is not usable: \"https://cosell.example\" has no path: it usually ends in \
             /webhooks/partner-center.",
        ),
        (
            &[("WEBHOOKS__ALGORITHMS", "rsa-sha256,rsa-sha1")],
            "webhooks.algorithms is not usable: \"rsa-sha1\" is none of rsa-sha256, rsa-sha384, rsa-sha512.",
        ),
        (
            &[("WEBHOOKS__CERTIFICATE_HOSTS", "https://certificates.example/x")],
            "webhooks.certificate_hosts is not usable: \"https://certificates.example/x\" is not a host, such as \
             certificates.example or certificates.example:8443.",
        ),
        (&[("WEBHOOKS__ALGORITHMS", "")], &format!("webhooks.algorithms {unset} COSELL_WEBHOOKS__ALGORITHMS.")),
    ];
    for (changes, sentence) in cases {
        assert_eq!(&refusal(changes), sentence);
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_one_line_for_each_key() {
    let said = refusal(&[
        ("SALESFORCE__USERNAME", "-"),
        ("ENTRA__TENANT", "-"),
        ("ENTRA__CLIENT_SECRET", "s3cret"),
        ("HTTP__TIMEOUT_SECONDS", "0"),
        ("LOG__FILTER", "loud"),
    ]);
    let keys: Vec<&str> = said.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(keys, ["entra.client_secret", "salesforce.username", "entra.tenant", "http.timeout_seconds", "log.filter"]);
}

#[test]
fn numbers_that_would_stop_everything_are_refused() {
    let may_be_zero = [
        "feed.interval_seconds",
        "reconcile.settle_seconds",
        "reconcile.first_look_seconds",
        "reconcile.lookup_margin_seconds",
        "salesforce.describe_cache_seconds",
        "seller_token.leeway_seconds",
        "server.preflight_max_age_seconds",
        "server.shutdown_grace_seconds",
        "sweep.interval_seconds",
        "sweep.look_again_seconds",
    ];
    for (key, _) in leaves(DEFAULTS).into_iter().filter(|(_, leaf)| *leaf == Leaf::Number) {
        let result = Config::load(None, &with(&variable(&key), "0"));
        if may_be_zero.contains(&key.as_str()) {
            assert!(result.is_ok(), "{key}");
        } else {
            assert_eq!(result.unwrap_err().to_string(), format!("{key} must be more than 0."));
        }
    }
}

#[test]
fn a_version_is_taken_as_text_or_number_and_only_in_full() {
    let cases = [
        ("\"66.0\"", Some("66.0")),
        ("66.0", Some("66.0")),
        ("66", None),
        ("66.5", None),
        ("\"v66.0\"", None),
        ("\"66\"", None),
        ("\".0\"", None),
        ("\"latest\"", None),
    ];
    for (given, expected) in cases {
        let kept = file(&format!("[salesforce]\napi_version = {given}\n"));
        let result = Config::load(Some(kept.path()), &complete());
        match expected {
            Some(version) => assert_eq!(result.unwrap().salesforce.api_version, version),
            None => assert!(result.unwrap_err().to_string().starts_with("salesforce.api_version is not usable: "), "{given}"),
        }
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_refused_and_never_repeated() {
    const SECRET: &str = "SUPERSECRET";
    for base in ["salesforce.private_key", "entra.client_secret", "entra.refresh_token", "store.encryption_key", "store.postgres"]
    {
        let form = format!(
            "{base} must be given as {{ file = \"…\" }}, {{ env = \"…\" }} or {{ value = \"…\" }}, or by \
             {}__FILE/__ENV/__VALUE.",
            variable(base)
        );
        let (section, name) = base.split_once('.').unwrap();
        let in_file = [
            (format!("{name} = \"{SECRET}\""), form.clone()),
            (format!("{name} = [\"{SECRET}\"]"), form.clone()),
            (format!("{name} = {{ secret = \"{SECRET}\" }}"), form.clone()),
            (format!("{name} = {{ {SECRET} = \"\" }}"), form.clone()),
            (format!("{name} = {{ value = [\"{SECRET}\"] }}"), format!("{base}.value must be a text.")),
            (
                format!("{name} = {{ file = \"{SECRET}\" }}"),
                format!("{base} names a file that cannot be read: No such file or directory (os error 2)."),
            ),
            (format!("{name} = {{ env = \"{SECRET}\" }}"), format!("{base} names an environment variable that is not set.")),
            (format!("{name} = {SECRET}"), "line 2".to_owned()),
            (format!("{name} = \"{SECRET}"), "line 2".to_owned()),
            (format!("{name}_ = \"{SECRET}\""), format!("{base}_ is no key of the configuration: did you mean {base}")),
        ];
        let mut environment = complete();
        environment.retain(|variable_name, _| !variable_name.starts_with(&variable(base)));
        for (line, sentence) in in_file {
            let kept = file(&format!("[{section}]\n{line}\n"));
            let said = Config::load(Some(kept.path()), &environment).unwrap_err().to_string();
            assert!(said.contains(&sentence) && !said.contains(SECRET), "{line}: {said}");
        }
        let in_environment = [
            ("", form.clone()),
            ("__FILE", format!("{base} names a file that cannot be read: No such file or directory (os error 2).")),
            ("__ENV", format!("{base} names an environment variable that is not set.")),
            ("__VALU", form),
        ];
        for (ending, sentence) in in_environment {
            let mut environment = environment.clone();
            environment.insert(format!("{}{ending}", variable(base)), SECRET.to_owned());
            let said = Config::load(None, &environment).unwrap_err().to_string();
            assert_eq!(said, sentence, "{base}{ending}");
        }
    }
}

#[test]
fn what_is_no_section_or_no_key_of_a_file_is_refused() {
    let cases = [
        ("server = \"s3cret\"", "server must be a section of the configuration: [server]."),
        ("[sever]\nlisten = \"x\"", "sever.listen is no key of the configuration: did you mean server.listen?"),
        ("[server]\nlisten.on = 1", "server.listen.on is no key of the configuration: did you mean server.listen?"),
        ("[entra]\nauthority_url = [1]", "entra.authority_url must be a text."),
    ];
    for (text, sentence) in cases {
        let kept = file(text);
        assert_eq!(Config::load(Some(kept.path()), &complete()).unwrap_err().to_string(), sentence);
    }
    let missing = Config::load(Some(Path::new("/nowhere.toml")), &complete()).unwrap_err().to_string();
    assert!(missing.starts_with("The configuration file /nowhere.toml cannot be read: "), "{missing}");
}

#[test]
fn a_relative_path_in_a_file_is_beside_the_file_and_one_in_a_variable_where_we_are() {
    let secret = file("beside\n");
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let given = file(&format!(
        "[seller_token]\ncertificates = [\"org.crt\", \"/etc/other.crt\"]\n[tls]\ntrust_anchors = [\"ca.pem\"]\n\
         [store]\npath = \"data/cosell.sqlite\"\n[entra]\nclient_secret = {{ file = \"{}\" }}\n",
        name(secret.path())
    ));
    let mut environment = complete();
    environment.remove("COSELL_SELLER_TOKEN__CERTIFICATES");
    environment.remove("COSELL_ENTRA__CLIENT_SECRET__VALUE");
    let config = Config::load(Some(given.path()), &environment).unwrap();
    let beside = |name: &str| given.path().parent().unwrap().join(name).to_str().unwrap().to_owned();
    assert_eq!(config.seller_token.certificates, [beside("org.crt"), "/etc/other.crt".to_owned()]);
    assert_eq!(config.tls.trust_anchors, [beside("ca.pem")]);
    assert_eq!(config.store.path.to_str().unwrap(), beside("data/cosell.sqlite"));
    assert_eq!(config.entra.client_secret.expose(), "beside");

    environment.insert("COSELL_SELLER_TOKEN__CERTIFICATES".into(), "here.crt".into());
    assert_eq!(Config::load(Some(given.path()), &environment).unwrap().seller_token.certificates, ["here.crt"]);
}

#[test]
fn variables_that_only_look_like_settings_are_named_and_change_nothing() {
    let cases = [
        (
            "COSELL_SEVRER__LISTEN",
            Some("COSELL_SEVRER__LISTEN is no setting and has no effect: did you mean COSELL_SERVER__LISTEN?"),
        ),
        (
            "COSELL_SERVER_LISTEN",
            Some("COSELL_SERVER_LISTEN is no setting and has no effect: did you mean COSELL_SERVER__LISTEN?"),
        ),
        ("COSELL_TEST__DIRECTORY", Some("COSELL_TEST__DIRECTORY is no setting and has no effect.")),
        ("COSELL_CHROMIUM", None),
        ("COSELL_POSTGRES_BIN", None),
        ("COSELL_SERVER__LISTEN", None),
        ("COSELLER", None),
        ("PATH", None),
    ];
    for (name, sentence) in cases {
        let environment = with(name, "127.0.0.1:0");
        assert_eq!(strangers(&environment), sentence.into_iter().collect::<Vec<_>>(), "{name}");
        assert!(Config::load(None, &environment).is_ok(), "{name}");
    }
}

#[test]
fn a_secret_is_never_shown() {
    let shown = format!("{:?}", Config::load(None, &complete()).unwrap());
    for secret in ["s3cret", "r3fresh", "k3y"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
