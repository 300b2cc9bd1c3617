//! The demo: the sandbox's three services, the proxy in front of them, and the page, on free ports of this machine.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::step;

/// How long a service may take to say that it is ready.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a service may take to stop when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until Ctrl-C.
pub(crate) fn start(root: &Path) -> anyhow::Result<()> {
    let (signal, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = signal.send(());
    })
    .context("Ctrl-C can't be caught")?;

    step::announce("starting the sandbox");
    let page = root.join("target/www");
    let mut sandbox = Service::start(Command::new(root.join("target/debug/cosell-sandbox")).arg("--page").arg(page))?;
    let origin = sandbox.text("page")?;
    let directory = sandbox.text("directory")?;

    let configuration = Path::new(&directory).join("proxy.toml");
    step::announce("registering for the events of Partner Center");
    let mut register = Command::new(root.join("target/debug/cosell-proxy"));
    register
        .args(["webhooks", "register", "--config"])
        .arg(&configuration)
        .env("COSELL_LOG__FILTER", "error")
        .stdout(Stdio::null());
    step::run(&mut register, "cosell-proxy webhooks register")?;

    step::announce("starting the proxy");
    let mut command = Command::new(root.join("target/debug/cosell-proxy"));
    if std::env::var_os("COSELL_LOG__FILTER").is_none() {
        // Who opens a demo wants to see what goes wrong, not every call.
        command.env("COSELL_LOG__FILTER", "warn");
    }
    command.args(["serve", "--config"]).arg(&configuration);
    let mut proxy = Service::start(&mut command)?;
    let address = proxy.text("listen")?;
    // Should it have to start again, pages that are open still find it.
    command.env("COSELL_SERVER__LISTEN", address.trim_start_matches("http://"));
    ureq::patch(format!("{origin}/_sandbox/settings"))
        .send_json(json!({ "Proxy_Url__c": address }))
        .context("the org did not take the proxy's address")?;
    let inbound = format!("{origin}/_sandbox/referrals/inbound");
    ureq::post(&inbound).send_json(json!({ "kind": "co-sell" })).context("no referral came in")?;

    step::print(&format!(
        "\n  Open {origin}/\n\n  The opportunities, and what Partner Center holds, side by side. Nothing leaves this machine.\n  \
         \u{201c}Bottling line telemetry\u{201d} came from Microsoft and waits for an answer. Let another referral come in:\n\n  \
         curl --json '{{\"kind\": \"co-sell\", \"name\": \"Cold store sensors\"}}' {inbound}\n\n  \
         Ctrl-C stops everything.\n"
    ));
    loop {
        if stopped.recv_timeout(Duration::from_millis(500)).is_ok() {
            step::say("stopping");
            return Ok(());
        }
        sandbox.still_runs("sandbox")?;
        if let Err(ended) = proxy.still_runs("proxy") {
            // What a supervisor does in earnest; whoever kills it to see what happens can go on.
            step::say(&format!("{ended}; starting it again"));
            proxy = Service::start(&mut command)?;
        }
    }
}

/// A program that says on one line of standard output when it is ready. It is stopped with us.
struct Service {
    child: Child,
    ready: Value,
}

impl Service {
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let output = child.stdout.take().context("no standard output")?;
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(output).lines();
            let _ = sender.send(lines.next());
            // Whatever else it says is read, so that it never waits for a reader.
            lines.for_each(drop);
        });
        let mut service = Self { child, ready: Value::Null };
        match receiver.recv_timeout(PATIENCE) {
            Ok(Some(Ok(line))) => service.ready = serde_json::from_str(&line).with_context(|| format!("{name} said {line:?}"))?,
            Ok(_) => bail!("{name} ended before it was ready"),
            Err(_) => bail!("{name} was not ready after {} seconds", PATIENCE.as_secs()),
        }
        Ok(service)
    }

    fn text(&self, key: &str) -> anyhow::Result<String> {
        self.ready.get(key).and_then(Value::as_str).map(Into::into).with_context(|| format!("the service did not say its {key}"))
    }

    fn still_runs(&mut self, name: &str) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("the {name} ended by itself with {status}"),
        }
    }
}

impl Drop for Service {
    /// Asks it to stop, as it cleans up after itself then; makes it stop when it does not. Already gone is as good.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        let asked = Instant::now();
        while asked.elapsed() < GRACE && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
