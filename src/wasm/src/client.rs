//! The page's client of the proxy: two calls, each with a time limit, every failure with a code.

use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Error, JSON, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::AbortSignal;

const DEFAULT_TIMEOUT_MS: u32 = 30_000;

/// Calls the proxy with a seller's token.
#[wasm_bindgen]
#[derive(Debug)]
pub struct ProxyClient {
    options: Options,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    base_url: String,
    timeout_ms: Option<u32>,
    locale: Option<String>,
}

#[wasm_bindgen]
impl ProxyClient {
    /// Takes the proxy's address; throws an `Error` with `code` `settings.unreadable` when there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "ProxyOptions")] options: JsValue) -> Result<Self, JsValue> {
        match serde_wasm_bindgen::from_value::<Options>(options) {
            Ok(options) if !["https://", "http://"].iter().any(|scheme| options.base_url.starts_with(scheme)) => {
                Err(error("settings.unreadable", "baseUrl is no http address", None))
            }
            Ok(options) if !options.locale.as_deref().is_none_or(is_visible) => {
                Err(error("settings.unreadable", "locale is no language tag", None))
            }
            Ok(options) => Ok(Self { options }),
            Err(problem) => Err(error("settings.unreadable", &problem.to_string(), None)),
        }
    }

    /// How the pair stands. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<PairState>")]
    pub fn read(&self, opportunity_id: &str, token: &str) -> Promise {
        self.call(Method::GET, opportunity_id, "", token)
    }

    /// Makes both sides equal, and tells how the pair stands then. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<PairState>")]
    pub fn reconcile(&self, opportunity_id: &str, token: &str) -> Promise {
        self.call(Method::POST, opportunity_id, "/reconcile", token)
    }
}

impl ProxyClient {
    fn call(&self, method: Method, opportunity_id: &str, action: &str, token: &str) -> Promise {
        // The id becomes part of a path: only what a Salesforce id consists of may get there.
        if !matches!(opportunity_id.len(), 15 | 18) || !opportunity_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Promise::reject(&error("opportunity.id", "not a Salesforce id", None));
        }
        // A header takes nothing else, and the request would fail without telling anybody.
        if !is_visible(token) {
            return Promise::reject(&error("token.invalid", "not a token", None));
        }
        let url = format!("{}/v1/opportunities/{opportunity_id}{action}", self.options.base_url.trim_end_matches('/'));
        let (options, authorization) = (self.options.clone(), format!("Bearer {token}"));
        future_to_promise(async move { send(method, &url, &options, &authorization).await })
    }
}

/// Whether a text consists of what may stand in a header.
fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

async fn send(method: Method, url: &str, options: &Options, authorization: &str) -> Result<JsValue, JsValue> {
    let timeout = AbortSignal::timeout_with_u32(options.timeout_ms.unwrap_or(DEFAULT_TIMEOUT_MS));
    let response = RequestBuilder::new(url)
        .method(method)
        .header("authorization", authorization)
        .header("accept-language", options.locale.as_deref().unwrap_or("en"))
        .abort_signal(Some(&timeout))
        .send()
        .await
        .map_err(|problem| failed(&problem))?;
    let text = response.text().await.map_err(|problem| failed(&problem))?;
    let body = JSON::parse(&text).unwrap_or(JsValue::NULL);
    if response.ok() && property(&body, "state").as_string().is_some() {
        return Ok(body);
    }
    Err(refused(&response, &body))
}

/// No answer: the time ran out, or the network, CORS or the page's own policy stood in the way.
fn failed(problem: &gloo_net::Error) -> JsValue {
    match problem {
        gloo_net::Error::JsError(problem) if matches!(problem.name.as_str(), "TimeoutError" | "AbortError") => {
            error("proxy.timeout", &problem.message, None)
        }
        other => error("proxy.unreachable", &other.to_string(), None),
    }
}

/// An answer that is a problem (RFC 9457), or no answer of the proxy's at all.
fn refused(response: &Response, body: &JsValue) -> JsValue {
    let status = Some(response.status());
    let Some(code) = property(body, "code").as_string() else {
        return error("proxy.unreadable", &format!("HTTP {}", response.status()), status);
    };
    let detail = property(body, "detail").as_string().or_else(|| property(body, "title").as_string()).unwrap_or_default();
    let refusal = error(&code, &detail, status);
    let findings = property(body, "findings");
    if findings.is_truthy() {
        set(&refusal, "findings", &findings);
    }
    if let Some(seconds) = response.headers().get("retry-after").and_then(|value| value.parse::<u32>().ok()) {
        set(&refusal, "retryAfter", &seconds.into());
    }
    refusal
}

/// A JavaScript `Error` that carries a code.
pub(crate) fn error(code: &str, detail: &str, status: Option<u16>) -> JsValue {
    let error: JsValue = Error::new(detail).into();
    set(&error, "code", &code.into());
    if let Some(status) = status {
        set(&error, "status", &status.into());
    }
    error
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Fails only on an object that takes no properties; ours is made two lines before.
    let _ = Reflect::set(object, &name.into(), value);
}
