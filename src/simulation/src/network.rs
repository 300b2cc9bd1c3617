//! The network between a process and the services: carries requests to the real routers and answers back, and does to them what
//! networks do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use cosell_proxy::net::{Answer, CallError, Carried, Transport};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::life::Life;
use crate::protection::Sabotage;
use crate::watch;
use crate::weather::Fault;
use crate::world::{ENTRA, ORG, PARTNER_CENTER, World};

/// How long a client waits for an answer: `http.timeout_seconds`.
const PATIENCE: Duration = Duration::from_secs(30);

/// One process's way to the services.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) world: Arc<World>,
    pub(crate) life: Arc<Life>,
    /// Until when, in milliseconds of the world, Partner Center asked this process not to call.
    pause: AtomicU64,
}

/// A request that can be sent more than once.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) service: &'static str,
    router: Router,
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Parcel {
    /// What can be said of it in the trace: no credential, and nothing that differs between two runs of a seed.
    fn label(&self) -> String {
        let body = if self.method == Method::GET || self.target.contains("/oauth2/") {
            String::new()
        } else {
            format!(" {}", String::from_utf8_lossy(&self.body))
        };
        // Of Salesforce's queries everybody knows what they ask, and Entra's path is another in each run.
        let target = match self.service {
            ORG => self.path(),
            ENTRA => "",
            _ => &self.target,
        };
        format!("{} {}{target}{body}", self.method, self.service)
    }

    /// The path alone.
    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Delivers it and brings the answer.
    pub(crate) async fn deliver(self) -> Result<Answer, CallError> {
        let mut request = Request::builder().method(self.method).uri(self.target).header(header::HOST, self.service);
        if let Some(headers) = request.headers_mut() {
            headers.extend(self.headers);
        }
        let request = request.body(Body::from(self.body)).map_err(|error| CallError::NotSent(error.to_string()))?;
        let (parts, body) =
            self.router.oneshot(request).await.map_or_else(|never| match never {}, axum::response::Response::into_parts);
        let body = to_bytes(body, usize::MAX).await.map_err(|error| CallError::Unclear(error.to_string()))?;
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.into() })
    }

    fn is_write(&self) -> bool {
        self.method != Method::GET && !self.target.contains("/oauth2/")
    }
}

impl Transport for Wire {
    fn execute(&self, request: reqwest::Request, limit: usize) -> Carried<'_> {
        Box::pin(async move {
            let host = request.url().host_str().unwrap_or_default();
            let Some((service, router)) = self.world.service(host) else {
                return Err(CallError::NotSent(format!("there is nobody at {host}")));
            };
            let query = request.url().query().map(|query| format!("?{query}")).unwrap_or_default();
            let parcel = Parcel {
                service,
                router,
                method: request.method().clone(),
                target: format!("{}{query}", request.url().path()),
                headers: request.headers().clone(),
                body: request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default().to_vec(),
            };
            // What is asked of the process while it stands still with this in its hands it cannot know when it goes on.
            let pause = self.pause.load(Ordering::Relaxed);
            self.life.goes_on().await;
            let outcome = self.carry(self.sabotaged(parcel), pause).await;
            self.life.goes_on().await;
            match outcome {
                Ok(answer) if answer.body.len() > limit => Err(CallError::TooLong(limit)),
                outcome => outcome,
            }
        })
    }
}

impl Wire {
    /// The way of one life.
    pub(crate) fn new(world: Arc<World>, life: Arc<Life>) -> Self {
        Self { world, life, pause: AtomicU64::new(0) }
    }

    /// Carries it there and an answer back. `pause` is until when the process had been asked not to call when it let go of this.
    async fn carry(&self, parcel: Parcel, pause: u64) -> Result<Answer, CallError> {
        let is_partner_center = parcel.service == PARTNER_CENTER;
        if is_partner_center && self.world.clock.millis() < pause {
            self.world.violate("nothing is called during a pause that was asked for", parcel.label());
        }
        let is_list = is_partner_center && parcel.method == Method::GET && parcel.target.contains('?');
        let is_write = parcel.is_write();
        let fault = self.world.weather.strikes(|fault| match fault {
            fault if fault.is_of_store() || fault.is_of_events() => false,
            Fault::StaleList => is_list,
            // Partner Center has no way to tell a create from its double, and no call that takes one back: of a network that
            // doubles creates two referrals come, whoever asks.
            Fault::Doubled => is_write && parcel.method != Method::POST,
            // Nor can anything take a create back that has been handed over when the process stands still: until then it looks at the
            // clock.
            Fault::PauseBefore => parcel.method != Method::POST || parcel.target.contains("/oauth2/"),
            Fault::Late | Fault::BadGateway | Fault::DeathAfter => is_write,
            Fault::Throttled => is_partner_center,
            _ => true,
        });
        self.trace(&parcel, fault);
        match fault {
            Some(Fault::Refused) => return Err(CallError::NotSent("connection refused".to_owned())),
            Some(Fault::DeathBefore) => {
                self.life.end("before a request");
                self.life.goes_on().await;
            }
            Some(Fault::PauseBefore) => {
                self.life.pause("before a request");
                self.life.goes_on().await;
            }
            Some(Fault::LostBefore) => {
                tokio::time::sleep(self.world.network.between(50, 5_000)).await;
                return Err(CallError::Unclear("connection lost".to_owned()));
            }
            Some(Fault::Late) => return self.late(parcel).await,
            Some(Fault::Throttled) => return Ok(self.throttled()),
            Some(Fault::Unavailable) => return Ok(plain(StatusCode::SERVICE_UNAVAILABLE)),
            Some(Fault::SessionEnd) if parcel.service == ORG => self.world.services.expire_sessions(),
            Some(Fault::SessionEnd) => self.world.services.expire_access_tokens(),
            Some(Fault::StaleList) => self.stale(),
            _ => {}
        }
        let way = if fault == Some(Fault::Slow) { (2_000, 12_000) } else { (5, 150) };
        tokio::time::sleep(self.world.network.between(way.0, way.1)).await;
        let answer = watch::deliver(&self.world, &self.life.name, parcel.clone()).await;
        if fault == Some(Fault::PauseAfter) {
            self.life.pause("after a request");
        }
        if matches!(fault, Some(Fault::DeathAfter | Fault::LostAfter | Fault::BadGateway)) || self.life.is_paused() {
            self.world.patches.unheard(&parcel.target);
            if parcel.service == ORG && parcel.method == Method::POST {
                self.world.patches.unheard_of_making(&self.life.name, self.world.clock.millis());
            }
        }
        match fault {
            Some(Fault::DeathAfter) => {
                self.life.end("after a request");
                self.life.goes_on().await;
            }
            Some(Fault::Doubled) => {
                tokio::time::sleep(self.world.network.between(0, 3_000)).await;
                watch::deliver(&self.world, &self.life.name, parcel.clone()).await.map(drop)?;
            }
            Some(Fault::LostAfter) => {
                tokio::time::sleep(self.world.network.between(50, 5_000)).await;
                return Err(CallError::Unclear("connection lost".to_owned()));
            }
            Some(Fault::BadGateway) => return Ok(plain(StatusCode::BAD_GATEWAY)),
            _ => {}
        }
        tokio::time::sleep(self.world.network.between(way.0, way.1)).await;
        answer.map(|answer| self.sabotaged_answer(answer))
    }

    fn trace(&self, parcel: &Parcel, fault: Option<Fault>) {
        let fault = fault.map(|fault| format!(" [{fault:?}]")).unwrap_or_default();
        self.world.trace.note(format!("{}{fault} {}", self.life.name, parcel.label()));
    }

    /// Arrives when the client has given up, but before `reconcile.settle_seconds` are over.
    async fn late(&self, parcel: Parcel) -> Result<Answer, CallError> {
        let (world, name) = (Arc::clone(&self.world), self.life.name.clone());
        let arrives = PATIENCE + self.world.network.between(500, 20_000);
        tokio::spawn(async move {
            tokio::time::sleep(arrives).await;
            world.trace.note(format!("{name} late {}", parcel.label()));
            // Nobody waits for the answer.
            let target = parcel.target.clone();
            drop(watch::deliver(&world, &name, parcel).await);
            world.patches.unheard(&target);
            world.patches.unheard_of_making(&name, world.clock.millis());
        });
        tokio::time::sleep(PATIENCE).await;
        Err(CallError::Unclear("timed out".to_owned()))
    }

    fn throttled(&self) -> Answer {
        let seconds = 5 + self.world.network.below(90);
        let pause = self.world.clock.millis() + seconds * 1_000;
        // One that stands still hears of it later.
        if !self.life.is_paused() {
            self.pause.fetch_max(pause, Ordering::Relaxed);
        }
        let mut answer = plain(StatusCode::TOO_MANY_REQUESTS);
        answer.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self.sabotaged_answer(answer)
    }

    /// Lists are answered from what is there now, for a while.
    fn stale(&self) {
        self.world.services.make_lists_stale(u32::MAX);
        let world = Arc::clone(&self.world);
        let lasts = self.world.network.between(200, 8_000);
        tokio::spawn(async move {
            tokio::time::sleep(lasts).await;
            world.services.make_lists_stale(0);
        });
    }

    fn sabotaged(&self, mut parcel: Parcel) -> Parcel {
        match self.world.sabotage() {
            Some(Sabotage::RequestHeader(name)) => drop(parcel.headers.remove(name)),
            Some(Sabotage::NoReference) if parcel.service == PARTNER_CENTER && parcel.method == Method::POST => {
                if let Ok(Value::Object(mut document)) = serde_json::from_slice(&parcel.body) {
                    document.remove("externalReferenceId");
                    parcel.body = Value::Object(document).to_string().into_bytes();
                }
            }
            Some(Sabotage::NoIdentifier) if parcel.service == ORG && parcel.method == Method::POST => {
                if let Ok(mut document) = serde_json::from_slice::<Value>(&parcel.body) {
                    without(&mut document, "Referral_Identifier__c");
                    parcel.body = document.to_string().into_bytes();
                }
            }
            Some(Sabotage::BlindSearch) if parcel.target.contains("Outgoing") => {
                parcel.target = parcel.target.replace("Outgoing", "Nowhere");
            }
            _ => {}
        }
        parcel
    }

    fn sabotaged_answer(&self, mut answer: Answer) -> Answer {
        if let Some(Sabotage::AnswerHeader(name)) = self.world.sabotage() {
            answer.headers.remove(name);
        }
        answer
    }
}

/// Takes members of a name out, wherever they are.
fn without(document: &mut Value, name: &str) {
    match document {
        Value::Object(members) => {
            members.remove(name);
            members.values_mut().for_each(|member| without(member, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without(item, name)),
        _ => {}
    }
}

/// An answer of something in between, which knows nothing of either side.
fn plain(status: StatusCode) -> Answer {
    let body = json!({ "statusCode": status.as_u16(), "message": "Try again later." }).to_string();
    Answer { status, headers: HeaderMap::new(), body: body.into_bytes() }
}
