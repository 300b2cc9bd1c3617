//! Carries the messages over real sockets, one after another, so that they arrive in the order that the queue says.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, redirect};

use super::{Message, Outcome, Webhooks};

/// How long a receiver may take. The real limit is not published.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client for receivers of whatever kind: trusts the sandbox's own authority besides those of the system.
pub(crate) fn client(ca_pem: &str) -> Result<Client, reqwest::Error> {
    Client::builder()
        .tls_certs_merge([Certificate::from_pem(ca_pem.as_bytes())?])
        .redirect(redirect::Policy::none())
        .timeout(PATIENCE)
        .no_proxy()
        .build()
}

/// Carries what is due for as long as it is polled. Never ends by itself; a service of the sandbox like any other.
pub(crate) async fn carry(webhooks: Arc<Webhooks>, client: Client) -> std::io::Result<()> {
    loop {
        while let Some(message) = webhooks.take_due() {
            let id = message.id;
            webhooks.attempted(id, attempt(&client, message).await);
        }
        let due = webhooks.next_due_in().and_then(|wait| Duration::try_from(wait).ok());
        let due = async {
            match due {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => {}
            () = webhooks.rung() => {}
        }
    }
}

async fn attempt(client: &Client, message: Message) -> Outcome {
    let mut headers = HeaderMap::new();
    for (name, value) in message.headers {
        match HeaderValue::try_from(value) {
            Ok(value) => headers.insert(HeaderName::from_static(name), value),
            Err(error) => return Outcome::Failed(format!("{name}: {error}")),
        };
    }
    match client.post(message.url).headers(headers).body(message.body).send().await {
        Ok(answer) => Outcome::Answered(answer.status().as_u16()),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}
