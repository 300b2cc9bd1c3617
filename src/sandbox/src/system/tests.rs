//! The sandbox as a client meets it: sockets, TLS and the files of the directory.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use reqwest::{Certificate, Client, redirect};
use serde_json::{Value, json};

use super::{Options, System};

const REFERRALS: &str = "/v1.0/engagements/referrals";

struct Bench {
    system: System,
    client: Client,
}

impl Bench {
    fn start(page: Option<PathBuf>) -> Self {
        let options = Options { page, directory: None, listen: IpAddr::V4(Ipv4Addr::LOCALHOST) };
        let system = System::start(options).expect("a sandbox");
        let anchor = Certificate::from_pem(file(&system, "ca.pem").as_bytes()).expect("a certificate");
        let client = Client::builder().tls_certs_only([anchor]).redirect(redirect::Policy::none()).build().expect("a client");
        Self { system, client }
    }

    async fn access_token(&self) -> String {
        self.token_for("https://api.partner.microsoft.com").await
    }

    async fn token_for(&self, resource: &str) -> String {
        let ready = &self.system.ready;
        let form = [
            ("grant_type", "refresh_token"),
            ("resource", resource),
            ("client_id", &ready.client_id),
            ("client_secret", &file(&self.system, "client-secret")),
            ("refresh_token", &file(&self.system, "refresh-token")),
        ];
        let url = format!("{}/{}/oauth2/token", ready.entra, ready.tenant);
        let answer: Value = self.client.post(url).form(&form).send().await.expect("an answer").json().await.expect("JSON");
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    async fn referrals(&self, token: &str) -> reqwest::Result<u16> {
        let url = format!("{}{REFERRALS}", self.system.ready.partner_center);
        let call = self.client.get(url).bearer_auth(token);
        let answer = call.header("client-request-id", uuid::Uuid::new_v4().to_string()).send().await?;
        Ok(answer.status().as_u16())
    }

    async fn lever(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/_sandbox{path}", self.system.ready.page);
        let method = method.parse().expect("a method");
        let answer = self.client.request(method, url).json(&body).send().await.expect("an answer");
        serde_json::from_slice(&answer.bytes().await.expect("a body")).unwrap_or(Value::Null)
    }
}

fn file(system: &System, name: &str) -> String {
    std::fs::read_to_string(system.ready.directory.join(name)).expect(name)
}

#[tokio::test]
async fn the_upstream_services_speak_tls_under_the_ca_of_the_directory() {
    let bench = Bench::start(None);
    let token = bench.access_token().await;
    assert_eq!(bench.referrals(&token).await.expect("an answer"), 200);
    let salesforce = format!("{}/services/oauth2/token", bench.system.ready.salesforce);
    assert!(bench.client.post(salesforce).send().await.is_ok());

    let log = bench.lever("GET", "/requests", Value::Null).await;
    let services: Vec<&str> = log.as_array().expect("entries").iter().filter_map(|entry| entry["service"].as_str()).collect();
    assert_eq!(services, ["entra", "partnerCenter", "salesforce"]);
}

#[tokio::test]
async fn a_client_that_does_not_know_the_ca_gets_nowhere() {
    let bench = Bench::start(None);
    let stranger = Client::builder().tls_certs_only([]).build().expect("a client");
    assert!(stranger.get(&bench.system.ready.partner_center).send().await.is_err());
}

#[tokio::test]
async fn a_dropped_call_ends_with_the_connection_and_not_with_an_answer() {
    let bench = Bench::start(None);
    let token = bench.access_token().await;
    for when in ["before", "after"] {
        let fault = json!({ "service": "partnerCenter", "effect": { "kind": "drop", "when": when } });
        bench.lever("POST", "/faults", fault).await;
        let error = bench.referrals(&token).await.expect_err("no answer");
        assert!(error.is_request() && !error.is_timeout() && error.status().is_none(), "{error:?}");
        assert_eq!(bench.referrals(&token).await.expect("an answer"), 200, "the next call finds a server");
    }
    let log = bench.lever("GET", "/requests", Value::Null).await;
    let seen: Vec<_> = log.as_array().expect("entries").iter().skip(1).map(|entry| entry["status"].clone()).collect();
    assert_eq!(seen, [Value::Null, json!(200), Value::Null, json!(200)], "the client did not send twice by itself");
}

#[tokio::test]
async fn a_client_that_leaves_a_held_call_is_noted_on_the_wire_too() {
    let bench = Bench::start(None);
    let token = bench.access_token().await;
    bench.lever("POST", "/faults", json!({ "service": "partnerCenter", "effect": { "kind": "hold", "when": "after" } })).await;
    tokio::select! {
        _ = bench.referrals(&token) => panic!("a held call does not end"),
        hold = bench.lever("GET", "/holds/next", Value::Null) => assert_eq!(hold["when"], "after"),
    }
    // The server learns of it when its next read fails: asked for until it has.
    let abandoned = async {
        loop {
            let log = bench.lever("GET", "/requests", Value::Null).await;
            if log[1]["outcome"] == "abandoned" {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), abandoned).await.expect("the server notices");
}

#[tokio::test]
async fn held_calls_end_when_the_faults_are_cleared() {
    let bench = Bench::start(None);
    let token = bench.access_token().await;
    bench.lever("POST", "/faults", json!({ "service": "partnerCenter", "effect": { "kind": "hold", "when": "before" } })).await;
    let (answer, ()) = tokio::join!(bench.referrals(&token), async {
        bench.lever("GET", "/holds/next", Value::Null).await;
        bench.lever("DELETE", "/faults", Value::Null).await;
    });
    assert!(answer.is_err());
}

#[tokio::test]
async fn the_page_has_lightnings_addresses_its_policy_and_a_session() {
    let page = std::env::temp_dir().join(format!("cosell-page-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(page.join("assets")).expect("a directory");
    for (name, content) in [("index.html", "<title>Page</title>"), ("assets/page.js", "1"), ("cosellRules.wasm", "\0asm")] {
        std::fs::write(page.join(name), content).expect(name);
    }
    let bench = Bench::start(Some(page.clone()));
    bench.lever("PATCH", "/settings", json!({ "Proxy_Url__c": "http://127.0.0.1:4711" })).await;
    let get = |path: &str| bench.client.get(format!("{}{path}", bench.system.ready.page)).send();

    let root = get("/").await.expect("an answer");
    assert_eq!(
        (root.status().as_u16(), &root.headers()["location"]),
        (303, &"/lightning/o/Opportunity/list".parse().expect("a value"))
    );
    for path in ["/lightning/o/Opportunity/list", "/lightning/r/Opportunity/006/view?lang=fr", "/partner-center"] {
        let document = get(path).await.expect("an answer");
        let header = |name: &str| document.headers()[name].to_str().expect("text").to_owned();
        assert!(header("set-cookie").starts_with("sid=") && header("set-cookie").contains("HttpOnly"), "{path}");
        assert!(header("content-security-policy").contains("connect-src 'self' http://127.0.0.1:4711;"), "{path}");
        assert_eq!(document.text().await.expect("a body"), "<title>Page</title>", "{path}");
    }
    let module = get("/resource/cosellRules").await.expect("an answer");
    assert_eq!(module.headers()["content-type"], "application/wasm");
    assert_eq!(get("/assets/page.js").await.expect("an answer").text().await.expect("a body"), "1");
    assert_eq!(get("/assets/../index.html").await.expect("an answer").status(), 404);
    assert_eq!(get("/elsewhere").await.expect("an answer").status(), 404);
    std::fs::remove_dir_all(page).expect("removed");
}

#[tokio::test]
async fn the_proxys_configuration_names_the_doors_and_the_anchors_of_the_webhooks() {
    let bench = Bench::start(None);
    let (ready, content) = (&bench.system.ready, file(&bench.system, "proxy.toml"));
    let blobs = ready.blobs.strip_prefix("https://").expect("an https address");
    let anchors = ready.directory.join("webhooks-ca.pem");
    let expected = [
        format!("public_url = \"{}/webhooks/partner-center\"", ready.gateway),
        format!("base_url = \"{}\"", ready.webhooks),
        "resource = \"https://api.partnercenter.microsoft.com\"".to_owned(),
        format!("certificate_hosts = [\"{blobs}\"]"),
        "allow_private_certificate_hosts = true".to_owned(),
        format!("trust_anchors = [\"{}\"]", anchors.display()),
        "issuer_organization = \"Microsoft Corporation\"".to_owned(),
    ];
    let section = content.split("[webhooks]\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a section");
    assert_eq!(section.lines().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_directory_of_its_own_goes_with_the_sandbox() {
    let bench = Bench::start(None);
    let directory = bench.system.ready.directory.clone();
    let mut names: Vec<String> = std::fs::read_dir(&directory)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "ca.pem",
            "client-secret",
            "encryption-key",
            "integration.key",
            "org.crt",
            "proxy.toml",
            "refresh-token",
            "webhooks-ca.pem",
        ]
    );
    drop(bench);
    assert!(!directory.exists());
}

#[tokio::test]
async fn a_change_reaches_the_registered_address_with_a_certificate_that_can_be_fetched() {
    let bench = Bench::start(None);
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook", socket.local_addr().expect("an address"));
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let hook = axum::routing::post(async move |headers: axum::http::HeaderMap, body: String| {
        let _ = told.send((headers, body));
    });
    let server = tokio::spawn(axum::serve(socket, axum::Router::new().route("/hook", hook)).into_future());

    let token = bench.token_for("https://api.partnercenter.microsoft.com").await;
    let registration = format!("{}/webhooks/v1/registration", bench.system.ready.webhooks);
    let body = json!({ "webhookUrl": url, "webhookEvents": ["referral-created"] });
    let answer = bench.client.post(registration).bearer_auth(token).json(&body).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let received = bench.lever("POST", "/referrals/inbound", json!({ "kind": "qualified-lead" })).await;

    let (headers, body) = heard.recv().await.expect("an event");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert!(body["ResourceUri"].as_str().expect("text").ends_with(received[0]["id"].as_str().expect("an id")));
    assert!(headers["authorization"].to_str().expect("text").starts_with("Signature "));
    let certificate = headers["x-ms-certificate-url"].to_str().expect("text");
    assert!(certificate.starts_with(&bench.system.ready.blobs));
    let fetched = bench.client.get(certificate).send().await.expect("an answer");
    assert_eq!((fetched.status().as_u16(), fetched.bytes().await.expect("a body").first()), (200, Some(&0x30)), "DER");
    let none = bench.client.get(format!("{}/cert/none.cer", bench.system.ready.blobs)).send().await.expect("an answer");
    assert_eq!(none.status(), 404);
    server.abort();
}
