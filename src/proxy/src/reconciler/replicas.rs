//! Several processes on one store, with services of a test's own, on a clock that jumps: for tests.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Worker;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Secret;
use crate::config::tests::config_with;
use crate::net::{self, Answer, Carried, Http, Transport};
use crate::store::crypto::Cipher;
use crate::store::tests::Directory;
use crate::store::{Pace, Store};
use crate::surroundings::Surroundings;
use crate::token::tests::{NOW, ORG, RECORD};

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

#[derive(Debug)]
pub(super) struct RuntimeClock(pub(super) Instant);

impl Clock for RuntimeClock {
    fn now(&self) -> OffsetDateTime {
        NOW + self.0.elapsed()
    }
}

/// A call: whose, when, and what.
pub(super) type Call = (&'static str, Instant, String);

/// What a service says to a path and a body, if it has something else to say than usual.
pub(super) type Answers = Arc<dyn Fn(&str, &[u8]) -> Option<Value> + Send + Sync>;

/// Both services, as one process sees them. Everything is empty but one opportunity that nobody has shared.
struct Services {
    who: &'static str,
    calls: Arc<Mutex<Vec<Call>>>,
    /// How long the process stands still before the first answer to a query arrives.
    pause: Mutex<Duration>,
    answers: Answers,
}

impl fmt::Debug for Services {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Services")
    }
}

impl Transport for Services {
    fn execute(&self, request: reqwest::Request, _: usize) -> Carried<'_> {
        let (path, query) = (request.url().path().to_owned(), request.url().query().unwrap_or_default().to_owned());
        self.calls.lock().unwrap().push((self.who, Instant::now(), format!("{} {path}", request.method())));
        Box::pin(async move {
            if path.ends_with("/query") {
                let pause = std::mem::take(&mut *self.pause.lock().unwrap());
                tokio::time::sleep(pause).await;
            }
            let special = (self.answers)(&path, request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default());
            let body = special.unwrap_or_else(|| usual(&path, &query)).to_string().into_bytes();
            Ok(Answer { status: StatusCode::OK, headers: HeaderMap::new(), body })
        })
    }
}

/// What a service says to a path and a query.
fn usual(path: &str, query: &str) -> Value {
    let rows = |rows: &[Value]| json!({ "done": true, "records": rows });
    match path.rsplit('/').next().unwrap_or_default() {
        "token" if path.starts_with("/services") => {
            let id = "https://login.salesforce.com/id/00DQy00000ZZZzzMAH/005Qy00000aaaaaIAA";
            json!({ "access_token": "00D!token", "instance_url": "https://org.example", "id": id })
        }
        "token" => json!({ "access_token": "token", "expires_in": "3600" }),
        "sobjects" => json!({ "sobjects": [] }),
        "describe" => json!({ "fields": [] }),
        "composite" => json!({ "compositeResponse": [] }),
        "query" if query.contains("__mdt") => rows(&[]),
        "query" => {
            let base: Value = serde_json::from_str(include_str!("../../../rules/tests/cases/base.json")).unwrap();
            let mut record = base["record"].clone();
            record["Id"] = RECORD.into();
            record["Sync_with_Partner_Center__c"] = false.into();
            rows(&[record])
        }
        _ => json!({ "value": [] }),
    }
}

/// Processes over one store.
pub(super) struct Replicas {
    pub(super) store: Store,
    pub(super) clock: Arc<RuntimeClock>,
    pub(super) calls: Arc<Mutex<Vec<Call>>>,
    answers: Answers,
    directory: Directory,
}

impl Replicas {
    pub(super) async fn start() -> Self {
        Self::with(Arc::new(|_, _| None)).await
    }

    pub(super) async fn with(answers: Answers) -> Self {
        let store = Store::in_memory(Cipher::from_config(&Secret::from(KEY)).unwrap(), Pace::Block).await.unwrap();
        let clock = Arc::new(RuntimeClock(Instant::now()));
        Self { store, clock, calls: Arc::default(), answers, directory: Directory::new() }
    }

    /// A process that stands still for so long when it asks Salesforce first.
    pub(super) fn process(&self, who: &'static str, pause: Duration) -> App {
        let org = self.directory.file("org.crt", &ORG.certificate);
        let key = self.directory.file("key.pem", &ORG.private_key);
        let config = config_with(&[
            ("SELLER_TOKEN__CERTIFICATES", org.as_str()),
            ("SALESFORCE__PRIVATE_KEY__VALUE", ""),
            ("SALESFORCE__PRIVATE_KEY__FILE", &key),
            ("STORE__ENCRYPTION_KEY__VALUE", KEY),
        ]);
        let services =
            Services { who, calls: Arc::clone(&self.calls), pause: Mutex::new(pause), answers: Arc::clone(&self.answers) };
        let surroundings = Surroundings {
            name: who.to_owned(),
            clock: Arc::<RuntimeClock>::clone(&self.clock),
            chance: Arc::new(crate::chance::SystemChance),
            http: Http::over(net::builder(&config).unwrap().build().unwrap(), Arc::new(services)),
        };
        App::within(&config, surroundings, self.store.clone(), None).unwrap()
    }

    /// A worker that lives until the set is dropped, or until it is told to stop.
    pub(super) fn work(&self, who: &'static str, stop: watch::Receiver<bool>) -> JoinSet<()> {
        let (_, worker): (_, Worker) = self.process(who, Duration::ZERO).into_parts();
        let mut tasks = JoinSet::new();
        tasks.spawn(worker.work(stop));
        tasks
    }

    /// Who read a list after that moment, and how long after it: changes in Salesforce, or Partner Center's list.
    pub(super) fn readers(&self, list: &str, since: Instant) -> Vec<(&'static str, Duration)> {
        let calls = self.calls.lock().unwrap();
        let mut readers: Vec<(&'static str, Duration)> = Vec::new();
        for (who, at, _) in calls.iter().filter(|(_, at, call)| *at > since && call.ends_with(list)) {
            if readers.iter().all(|(reader, _)| reader != who) {
                readers.push((who, *at - since));
            }
        }
        readers
    }
}
