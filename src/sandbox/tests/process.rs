//! The program as its parent process meets it: one line when it is ready, and an end when it is told to.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Starts the program and reads its one line.
fn start(arguments: &[&str]) -> std::io::Result<(Child, Value)> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cosell-sandbox"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.as_mut() {
        BufReader::new(stdout).read_line(&mut line)?;
    }
    Ok((child, serde_json::from_str(&line)?))
}

#[test]
fn the_line_says_where_everything_is() {
    let (mut child, ready) = start(&["--until-stdin-closes"]).expect("a sandbox");
    assert_eq!(ready["event"], "ready");
    let schemes = [("page", "http://127.0.0.1:"), ("salesforce", "https://localhost:"), ("partnerCenter", "https://localhost:")];
    for (name, start) in schemes.into_iter().chain(["entra", "webhooks", "blobs"].map(|name| (name, "https://localhost:"))) {
        assert!(ready[name].as_str().is_some_and(|url| url.starts_with(start)), "{name}: {ready}");
    }
    for name in ["directory", "orgId", "consumerKey", "username", "audience", "tenant", "clientId"] {
        assert!(ready[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {ready}");
    }
    drop(child.stdin.take());
    assert!(child.wait().expect("an end").success());
}

#[test]
fn a_signal_ends_it_cleanly_and_takes_the_secrets_away() {
    for signal in ["-TERM", "-INT"] {
        let (mut child, ready) = start(&[]).expect("a sandbox");
        let directory = ready["directory"].as_str().expect("a directory");
        assert!(Path::new(directory).join("integration.key").exists());
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("a signal");
        assert!(sent.success());
        assert!(child.wait().expect("an end").success(), "{signal}");
        assert!(!Path::new(directory).exists());
    }
}

#[test]
fn a_directory_that_was_given_stays() {
    let directory = std::env::temp_dir().join(format!("cosell-sandbox-given-{}", uuid::Uuid::new_v4()));
    let (mut child, ready) = start(&["--until-stdin-closes", "--directory", &directory.to_string_lossy()]).expect("a sandbox");
    drop(child.stdin.take());
    assert!(child.wait().expect("an end").success());
    let given = ready["directory"].as_str().expect("a directory");
    assert!(Path::new(given).join("ca.pem").exists());
    std::fs::remove_dir_all(directory).expect("removed");
}
