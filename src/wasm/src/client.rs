//! The page's client of the proxy: a seller's calls and an admin's, each with a time limit, every failure with a code.
//!
//! Written to be small, because every opportunity page loads it: options are read one by one, texts are joined instead of
//! formatted, and the promises are chained in JavaScript, where a Rust future would bring an executor along.

use std::thread::LocalKey;

use cosell_rules::json::Json;
use gloo_net::http::Headers;
use js_sys::{Array, Error, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request, RequestInit, Response};

const DEFAULT_TIMEOUT_MS: f64 = 30_000.0;
const DEFAULT_LOCALE: &str = "en";

/// Calls the proxy with a token of the org.
#[wasm_bindgen]
#[derive(Debug)]
pub struct ProxyClient {
    /// Without a slash at its end.
    base_url: String,
    timeout_ms: f64,
    locale: String,
}

#[wasm_bindgen]
impl ProxyClient {
    /// Takes the proxy's address; throws an `Error` with `code` `settings.unreadable` that names the option it cannot use.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "ProxyOptions")] options: &JsValue) -> Result<Self, JsValue> {
        let unreadable = |problem| Err(error("settings.unreadable", problem, None));
        let Some(base_url) = property(options, "baseUrl").as_string().filter(|url| is_http(url)) else {
            return unreadable("baseUrl is no http address");
        };
        let timeout = property(options, "timeoutMs");
        let timeout_ms = if is_blank(&timeout) { Some(DEFAULT_TIMEOUT_MS) } else { timeout.as_f64() };
        let Some(timeout_ms) = timeout_ms.filter(|limit| (0.0..=f64::from(u32::MAX)).contains(limit)) else {
            return unreadable("timeoutMs is no number of milliseconds");
        };
        let locale = property(options, "locale");
        let locale = if is_blank(&locale) { Some(DEFAULT_LOCALE.to_owned()) } else { locale.as_string() };
        let Some(locale) = locale.filter(|locale| is_visible(locale)) else {
            return unreadable("locale is no language tag");
        };
        Ok(Self { base_url: base_url.trim_end_matches('/').to_owned(), timeout_ms, locale })
    }

    /// How the pair stands. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<PairState>")]
    pub fn read(&self, opportunity_id: &str, token: &str) -> Promise {
        self.call("GET", opportunity_id, "", token, None)
    }

    /// Makes both sides equal, and tells how the pair stands then. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<PairState>")]
    pub fn reconcile(&self, opportunity_id: &str, token: &str) -> Promise {
        self.call("POST", opportunity_id, "/reconcile", token, None)
    }

    /// Accepts or declines a referral that came in, the latter with a reason; tells how the pair stands then. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<PairState>")]
    pub fn decide(
        &self,
        opportunity_id: &str,
        token: &str,
        #[wasm_bindgen(unchecked_param_type = "'accept' | 'decline'")] decision: &str,
        reason: &str,
    ) -> Promise {
        let mut body = Json::default();
        body.open('{');
        body.member("decision", decision);
        if !reason.is_empty() {
            body.member("reason", reason);
        }
        body.close('}');
        self.call("POST", opportunity_id, "/decision", token, Some(&body.into_text()))
    }

    /// A call of whoever sets the proxy up: `path` is below `/v1/admin/`, `body` is JSON. Rejects with a `ProxyError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<object>")]
    #[allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over a text that may be missing as a whole")]
    pub fn admin(
        &self,
        #[wasm_bindgen(unchecked_param_type = "'GET' | 'POST'")] method: &str,
        path: &str,
        token: &str,
        body: Option<String>,
    ) -> Promise {
        self.send(method, &["/v1/admin/", path], token, body.as_deref(), &OBJECT)
    }
}

#[wasm_bindgen]
extern "C" {
    /// The page's own `fetch`. The one of `gloo-net` stops the module when a promise is rejected with anything but an `Error`.
    fn fetch(request: &Request) -> Chain;

    #[wasm_bindgen(extends = Promise)]
    type Chain;

    #[wasm_bindgen(method)]
    fn then(this: &Chain, fulfilled: &JsValue, rejected: &JsValue) -> Chain;

    /// `JSON.parse` of a text that stays in JavaScript.
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &JsValue) -> Result<JsValue, JsValue>;
}

type Step = Closure<dyn Fn(JsValue) -> Result<JsValue, JsValue>>;

thread_local! {
    // What follows a request knows nothing of the request: one function for all of them, made once and never given back.
    static ARRIVED: JsValue = Step::new(|response: JsValue| arrived(&response)).into_js_value();
    static PAIR: JsValue = Step::new(|answer: JsValue| read(&answer, |body| property(body, "state").is_string())).into_js_value();
    static OBJECT: JsValue = Step::new(|answer: JsValue| read(&answer, JsValue::is_object)).into_js_value();
    static FAILED: JsValue = Step::new(|problem: JsValue| Err(failed(&problem))).into_js_value();
}

impl ProxyClient {
    fn call(&self, method: &str, opportunity_id: &str, action: &str, token: &str, body: Option<&str>) -> Promise {
        // The id becomes part of a path: only what a Salesforce id consists of may get there.
        if !matches!(opportunity_id.len(), 15 | 18) || !opportunity_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Promise::reject(&error("opportunity.id", "not a Salesforce id", None));
        }
        self.send(method, &["/v1/opportunities/", opportunity_id, action], token, body, &PAIR)
    }

    fn send(&self, method: &str, path: &[&str], token: &str, body: Option<&str>, read: &'static LocalKey<JsValue>) -> Promise {
        match self.request(method, path, token, body) {
            Ok(request) => {
                let arrived = ARRIVED.with(|step| fetch(&request).then(step, &JsValue::UNDEFINED));
                read.with(|read| FAILED.with(|failed| arrived.then(read, failed))).into()
            }
            Err(problem) => Promise::reject(&problem),
        }
    }

    fn request(&self, method: &str, path: &[&str], token: &str, body: Option<&str>) -> Result<Request, JsValue> {
        // A header takes nothing else, and the request would fail without telling anybody.
        if !is_visible(token) {
            return Err(error("token.invalid", "not a token", None));
        }
        let url = [&*self.base_url, &path.concat()].concat();
        let mut authorization = String::from("Bearer ");
        authorization.push_str(token);
        let headers = Headers::new();
        headers.set("authorization", &authorization);
        headers.set("accept-language", &self.locale);
        let options = RequestInit::new();
        options.set_method(method);
        if let Some(body) = body {
            headers.set("content-type", "application/json");
            options.set_body(&body.into());
        }
        options.set_headers(&headers.into_raw());
        options.set_signal(Some(&AbortSignal::timeout_with_f64(self.timeout_ms)));
        Request::new_with_str_and_init(&url, &options).map_err(|problem| failure("proxy.unreachable", &problem))
    }
}

/// The head of an answer is there: waits for its text too.
fn arrived(response: &JsValue) -> Result<JsValue, JsValue> {
    let text = response.unchecked_ref::<Response>().text()?;
    Ok(Promise::all(&Array::of2(response, &text)).into())
}

/// An answer is there, as `[response, text]`: the object that was asked for, or what came in its place.
fn read(answer: &JsValue, fits: fn(&JsValue) -> bool) -> Result<JsValue, JsValue> {
    let answer: &Array = answer.unchecked_ref();
    let response: Response = answer.get(0).unchecked_into();
    let body = parse(&answer.get(1)).unwrap_or(JsValue::NULL);
    if response.ok() && fits(&body) {
        return Ok(body);
    }
    Err(refused(&response, &body))
}

/// No answer: the time ran out, or the network, CORS or the page's own policy stood in the way.
fn failed(problem: &JsValue) -> JsValue {
    let code = match text(problem, "name").as_deref() {
        Some("TimeoutError" | "AbortError") => "proxy.timeout",
        _ => "proxy.unreachable",
    };
    failure(code, problem)
}

fn failure(code: &str, problem: &JsValue) -> JsValue {
    error(code, &text(problem, "message").unwrap_or_default(), None)
}

/// An answer that is a problem (RFC 9457), or no answer of the proxy's at all.
fn refused(response: &Response, body: &JsValue) -> JsValue {
    let status = Some(response.status());
    let Some(code) = text(body, "code") else {
        return error("proxy.unreadable", "not an answer of the proxy", status);
    };
    let detail = text(body, "detail").or_else(|| text(body, "title")).unwrap_or_default();
    let refusal = error(&code, &detail, status);
    let findings = property(body, "findings");
    if findings.is_truthy() {
        set(&refusal, "findings", &findings);
    }
    let wait = response.headers().get("retry-after").ok().flatten();
    if let Some(seconds) = wait.and_then(|value| value.parse::<u32>().ok()) {
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

fn is_http(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether a text consists of what may stand in a header.
fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_blank(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name).as_string()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Fails only on an object that takes no properties; ours is made two lines before.
    let _ = Reflect::set(object, &name.into(), value);
}
