//! Error bodies and statuses as cases.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};
use time::macros::datetime;

use super::*;

#[test]
fn an_error_body_is_read_in_every_documented_shape() {
    let cases = [
        (
            r#"{"error":{"code":"invalidRequest","message":"The request is invalid.","target":"referral"}}"#,
            ("invalidRequest", "The request is invalid.", Some("referral")),
        ),
        (
            r#"{"error":{"code":"unAuthorized","message":"Not authorized.","innerError":{"code":"x","message":"Unauthorized referral access"}}}"#,
            ("unAuthorized", "Unauthorized referral access", None),
        ),
        (
            r#"{"Error":{"Code":"invalidRequest","Message":"outer","innererror":{"message":"","INNERERROR":{"message":"deepest"}}}}"#,
            ("invalidRequest", "deepest", None),
        ),
        (
            r#"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#,
            ("", "Rate limit is exceeded. Try again in 57 seconds.", None),
        ),
        (r#"{"error":"just text"}"#, ("", "", None)),
        (r#"{"error":{"code":7,"message":null}}"#, ("", "", None)),
        (r#"["not an object"]"#, ("", "", None)),
        ("<html>Bad gateway</html>", ("", "", None)),
        ("", ("", "", None)),
    ];
    for (body, (code, message, target)) in cases {
        let expected = ErrorBody { code: code.into(), message: message.into(), target: target.map(Into::into) };
        assert_eq!(ErrorBody::read(body.as_bytes()), expected, "{body}");
    }
}

#[test]
fn an_error_says_the_code_and_the_message_as_far_as_there_are_any() {
    let cases = [
        ("", "status 403"),
        (r#"{"error":{"code":"unAuthorized"}}"#, "status 403: unAuthorized"),
        (r#"{"message":"No."}"#, "status 403: No."),
        (r#"{"error":{"code":"unAuthorized","message":"No."}}"#, "status 403: unAuthorized: No."),
    ];
    for (body, expected) in cases {
        let answer = Answer { status: StatusCode::FORBIDDEN, headers: HeaderMap::new(), body: body.into() };
        let error = PartnerCenterError::from_answer(&answer, Effect::Once, datetime!(2026-11-22 14:00 UTC));
        assert_eq!(error.to_string(), format!("Partner Center forbids this: {expected}"));
    }
}

fn kind(status: u16, effect: Effect) -> &'static str {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", HeaderValue::from_static("9"));
    let answer = Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: Vec::new() };
    let nine = Some(Duration::from_secs(9));
    match PartnerCenterError::from_answer(&answer, effect, datetime!(2026-11-22 14:00 UTC)) {
        PartnerCenterError::Throttled { after } if after == nine => "throttled after 9 s",
        PartnerCenterError::Unavailable { after, .. } if after == nine => "unavailable after 9 s",
        PartnerCenterError::Unclear { .. } => "unclear",
        PartnerCenterError::Refused { .. } => "refused",
        PartnerCenterError::SignIn { .. } => "sign-in",
        PartnerCenterError::Forbidden { .. } => "forbidden",
        PartnerCenterError::NotFound => "not found",
        PartnerCenterError::Changed => "changed",
        PartnerCenterError::Unreadable(_) => "unreadable",
        other => panic!("{status}: {other}"),
    }
}

#[test]
fn every_status_says_what_can_be_done() {
    let cases = [
        (400, "refused", "refused"),
        (401, "sign-in", "sign-in"),
        (403, "forbidden", "forbidden"),
        (404, "not found", "refused"),
        (408, "unavailable after 9 s", "unclear"),
        (409, "refused", "unclear"),
        (410, "not found", "refused"),
        (412, "changed", "refused"),
        (422, "refused", "refused"),
        (429, "throttled after 9 s", "throttled after 9 s"),
        (500, "unavailable after 9 s", "unclear"),
        (502, "unavailable after 9 s", "unclear"),
        (503, "unavailable after 9 s", "unclear"),
        (504, "unavailable after 9 s", "unclear"),
        (302, "unreadable", "unclear"),
    ];
    for (status, read, create) in cases {
        assert_eq!(kind(status, Effect::Once), read, "{status}");
        assert_eq!(kind(status, Effect::Twice), create, "{status}");
    }
}

#[test]
fn a_create_is_unclear_only_if_it_was_sent() {
    let not_sent = PartnerCenterError::from_call(CallError::NotSent("refused".into()), Effect::Twice);
    assert!(matches!(not_sent, PartnerCenterError::Unavailable { .. }), "{not_sent}");
    let sent = PartnerCenterError::from_call(CallError::Unclear("timed out".into()), Effect::Twice);
    assert!(matches!(sent, PartnerCenterError::Unclear { .. }), "{sent}");
    let read = PartnerCenterError::from_call(CallError::Unclear("timed out".into()), Effect::Once);
    assert!(matches!(read, PartnerCenterError::Unavailable { .. }), "{read}");
    let long = PartnerCenterError::from_call(CallError::TooLong(9), Effect::Twice);
    assert!(matches!(long, PartnerCenterError::Unclear { .. }), "{long}");
}
