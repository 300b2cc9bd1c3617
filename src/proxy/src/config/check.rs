//! The rules that single values of the configuration have to keep. Files that it names are not opened here.

use url::{Host, Url};

use super::{Config, ConfigError, Faults, https_url, variable};
use crate::log;
use crate::webhook::{Algorithm, authority};

impl Config {
    /// Notes everything that is missing or that cannot be used.
    pub(super) fn check(&self, faults: &mut Faults) {
        self.check_presence(faults);
        self.check_numbers(faults);
        self.check_addresses(faults);
        if !is_version(&self.salesforce.api_version) {
            let reason = format!("\"{}\" is not a version such as \"66.0\", in quotation marks", self.salesforce.api_version);
            faults.add(ConfigError::invalid("salesforce.api_version", reason));
        }
        faults.take(log::filter(&self.log.filter));
    }

    fn check_presence(&self, faults: &mut Faults) {
        let path = self.store.path.to_string_lossy();
        let required: [(&str, &str); 17] = [
            ("server.listen", &self.server.listen),
            ("seller_token.audience", &self.seller_token.audience),
            ("salesforce.login_url", &self.salesforce.login_url),
            ("salesforce.audience", &self.salesforce.audience),
            ("salesforce.consumer_key", &self.salesforce.consumer_key),
            ("salesforce.username", &self.salesforce.username),
            ("salesforce.org_id", &self.salesforce.org_id),
            ("salesforce.api_version", &self.salesforce.api_version),
            ("entra.authority_url", &self.entra.authority_url),
            ("entra.tenant", &self.entra.tenant),
            ("entra.client_id", &self.entra.client_id),
            ("partner_center.base_url", &self.partner_center.base_url),
            ("partner_center.resource", &self.partner_center.resource),
            ("webhooks.base_url", &self.webhooks.base_url),
            ("webhooks.resource", &self.webhooks.resource),
            ("webhooks.issuer_organization", &self.webhooks.issuer_organization),
            ("store.path", &path),
        ];
        for (key, _) in required.iter().filter(|(_, value)| value.trim().is_empty()) {
            faults.add(ConfigError::missing(key));
        }
        let lists = [
            ("seller_token.certificates", &self.seller_token.certificates),
            ("webhooks.certificate_hosts", &self.webhooks.certificate_hosts),
            ("webhooks.algorithms", &self.webhooks.algorithms),
        ];
        for (key, _) in lists.iter().filter(|(_, list)| list.is_empty()) {
            faults.add(ConfigError::missing(key));
        }
        if self.server.allowed_origins.is_empty() {
            let key = "server.allowed_origins";
            let remedy = "name the address of your org's pages, such as https://acme.lightning.force.com, there or in";
            faults.add(ConfigError::new(key, format!("{key} is empty, so no page could call: {remedy} {}.", variable(key))));
        }
    }

    /// Zero would mean: at once, without end, or nothing at all. The times that may be zero are not listed.
    fn check_numbers(&self, faults: &mut Faults) {
        let numbers = [
            ("server.request_timeout_seconds", self.server.request_timeout.is_zero()),
            ("server.body_limit_bytes", self.server.body_limit_bytes == 0),
            ("seller_token.max_lifetime_seconds", self.seller_token.max_lifetime.is_zero()),
            ("partner_center.max_pages", self.partner_center.max_pages == 0),
            ("partner_center.response_limit_bytes", self.partner_center.response_limit_bytes == 0),
            ("webhooks.check_seconds", self.webhooks.check.is_zero()),
            ("webhooks.certificate_timeout_seconds", self.webhooks.certificate_timeout.is_zero()),
            ("webhooks.certificate_limit_bytes", self.webhooks.certificate_limit_bytes == 0),
            ("webhooks.certificate_cache_seconds", self.webhooks.certificate_cache.is_zero()),
            ("webhooks.body_limit_bytes", self.webhooks.body_limit_bytes == 0),
            ("http.connect_timeout_seconds", self.http.connect_timeout.is_zero()),
            ("http.timeout_seconds", self.http.timeout.is_zero()),
            ("reconcile.backoff_base_seconds", self.reconcile.backoff_base.is_zero()),
            ("reconcile.backoff_cap_seconds", self.reconcile.backoff_cap.is_zero()),
            ("reconcile.lease_seconds", self.reconcile.lease.is_zero()),
            ("reconcile.worker_interval_seconds", self.reconcile.worker_interval.is_zero()),
            ("reconcile.worker_parallel", self.reconcile.worker_parallel == 0),
            ("feed.longest_interval_seconds", self.feed.longest_interval.is_zero()),
            ("feed.overlap_seconds", self.feed.overlap.is_zero()),
            ("sweep.overlap_seconds", self.sweep.overlap.is_zero()),
        ];
        for (key, _) in numbers.iter().filter(|(_, zero)| *zero) {
            faults.add(ConfigError::new(key, format!("{key} must be more than 0.")));
        }
    }

    fn check_addresses(&self, faults: &mut Faults) {
        if !is_listen_address(&self.server.listen) {
            let reason =
                format!("\"{}\" is not an address and a port, such as 127.0.0.1:8080, without http://", self.server.listen);
            faults.add(ConfigError::invalid("server.listen", reason));
        }
        for origin in &self.server.allowed_origins {
            let exact = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !exact {
                let reason = format!("\"{origin}\" is not an origin, such as https://acme.lightning.force.com without a path");
                faults.add(ConfigError::invalid("server.allowed_origins", reason));
            }
        }
        faults.take(https_url("salesforce.login_url", &self.salesforce.login_url));
        faults.take(https_url("entra.authority_url", &self.entra.authority_url));
        faults.take(https_url("partner_center.base_url", &self.partner_center.base_url));
        faults.take(https_url("webhooks.base_url", &self.webhooks.base_url));
        self.check_webhooks(faults);
        if !self.partner_center.referral_link.contains("{id}") {
            faults.add(ConfigError::invalid("partner_center.referral_link", "it does not contain {id}"));
        }
    }

    fn check_webhooks(&self, faults: &mut Faults) {
        if !self.webhooks.public_url.is_empty() {
            faults.take(callback_url(&self.webhooks.public_url));
        }
        for host in &self.webhooks.certificate_hosts {
            let exact = Url::parse(&format!("https://{host}")).is_ok_and(|url| authority(&url) == *host);
            if !exact {
                let form = "certificates.example or certificates.example:8443";
                let reason = format!("\"{host}\" is not a host, such as {form}");
                faults.add(ConfigError::invalid("webhooks.certificate_hosts", reason));
            }
        }
        for name in &self.webhooks.algorithms {
            if Algorithm::parse(name).is_none() {
                let known = Algorithm::ALL.map(Algorithm::name).join(", ");
                faults.add(ConfigError::invalid("webhooks.algorithms", format!("\"{name}\" is none of {known}")));
            }
        }
    }
}

/// Where events arrive. Partner Center calls nothing but https; on this machine alone an event may come without it, since it is
/// signed all the same.
fn callback_url(text: &str) -> Result<Url, ConfigError> {
    let key = "webhooks.public_url";
    let local = |url: &Url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let url = match Url::parse(text) {
        Ok(url) if url.scheme() == "http" && local(&url) => url,
        _ => https_url(key, text)?,
    };
    if url.path() == "/" {
        let reason = format!("\"{text}\" has no path: it usually ends in /webhooks/partner-center");
        return Err(ConfigError::invalid(key, reason));
    }
    Ok(url)
}

/// `66.0`: Salesforce answers any other spelling as if there were no such record.
fn is_version(text: &str) -> bool {
    let number = text.strip_suffix(".0").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_listen_address(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && !host.contains('/') && port.parse::<u16>().is_ok())
}
