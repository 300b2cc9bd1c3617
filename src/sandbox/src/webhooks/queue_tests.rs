//! The queue, by the clock of the test.

use serde_json::{Value, json};
use time::Duration;

use super::{ATTEMPTS, Event, Letter, Outcome, Queue, State, status_name};
use crate::clock::test::START;

fn letter(number: u8) -> Letter {
    Letter {
        url: "https://proxy.example/".to_owned(),
        ms_signature_header: false,
        event: Event::ReferralUpdated,
        body: number.to_string(),
        correlation: None,
    }
}

/// A queue with a fault, into which so many letters were raised at [`START`].
fn raised(fault: Option<Value>, letters: u8) -> Queue {
    let mut queue = Queue::default();
    if let Some(effect) = fault {
        queue.faults.add(serde_json::from_value(json!({ "effect": effect, "times": 0 })).expect("a fault"));
    }
    (1..=letters).for_each(|number| queue.raise(letter(number), START));
    queue
}

/// The bodies that are sent by then, each taken by the receiver.
fn sent(queue: &mut Queue, after: Duration) -> Vec<String> {
    let now = START + after;
    std::iter::from_fn(|| {
        let next = queue.take_due(now)?;
        queue.attempted(next.id, Outcome::Answered(200), now);
        Some(next.letter.body)
    })
    .collect()
}

fn states(queue: &Queue) -> Vec<State> {
    queue.all().iter().map(|delivery| delivery.state).collect()
}

#[test]
fn letters_are_sent_once_in_the_order_in_which_they_were_raised() {
    let mut queue = raised(None, 3);
    assert_eq!(sent(&mut queue, Duration::ZERO), ["1", "2", "3"]);
    assert_eq!(states(&queue), [State::Delivered; 3]);
    assert_eq!((queue.take_due(START + Duration::DAY), queue.next_due()), (None, None));
}

#[test]
fn what_is_not_taken_is_tried_ten_times_at_doubled_intervals_and_then_no_more() {
    let mut queue = raised(None, 1);
    queue.retry_base = Duration::seconds(3);
    let (mut now, mut waits) = (START, Vec::new());
    while let Some(due) = queue.next_due() {
        waits.push((due - now).whole_seconds());
        assert_eq!(queue.take_due(due - Duration::MILLISECOND), None, "not before it is due");
        now = due;
        let next = queue.take_due(now).expect("a delivery");
        assert_eq!(queue.take_due(now), None, "one attempt at a time");
        let outcome = if waits.len() % 2 == 0 { Outcome::Answered(503) } else { Outcome::Failed("refused".to_owned()) };
        queue.attempted(next.id, outcome, now);
    }
    assert_eq!(waits, [0, 3, 6, 12, 24, 48, 96, 192, 384, 768]);
    let delivery = &queue.all()[0];
    assert_eq!((delivery.state, delivery.results.len()), (State::DeadLettered, ATTEMPTS));
    assert_eq!(
        json!(delivery.results[..2]),
        json!([
            { "responseCode": "", "responseMessage": "refused", "systemError": true, "dateTimeUtc": "2026-11-22T14:00:00.0000000" },
            { "responseCode": "ServiceUnavailable", "responseMessage": "", "systemError": false,
              "dateTimeUtc": "2026-11-22T14:00:03.0000000" },
        ])
    );
}

#[test]
fn any_status_of_success_takes_a_delivery_and_no_other_does() {
    for (status, state) in
        [(200, State::Delivered), (204, State::Delivered), (301, State::Waiting), (401, State::Waiting), (500, State::Waiting)]
    {
        let mut queue = raised(None, 1);
        let id = queue.take_due(START).expect("a delivery").id;
        queue.attempted(id, Outcome::Answered(status), START);
        assert_eq!(states(&queue), [state], "{status}");
    }
}

#[test]
fn each_fault_does_what_it_says() {
    let minute = Duration::MINUTE;
    let cases = [
        (json!({ "kind": "vanish" }), vec![], vec![], vec![State::Vanished; 2]),
        (json!({ "kind": "double" }), vec!["1", "1", "2", "2"], vec![], vec![State::Delivered; 4]),
        (json!({ "kind": "delay", "seconds": 60 }), vec![], vec!["1", "2"], vec![State::Delivered; 2]),
        (json!({ "kind": "holdBack" }), vec![], vec![], vec![State::Held; 2]),
    ];
    for (effect, at_once, later, end) in cases {
        let mut queue = raised(Some(effect.clone()), 2);
        assert_eq!(sent(&mut queue, minute - Duration::MILLISECOND), at_once, "{effect}");
        assert_eq!(sent(&mut queue, minute), later, "{effect}");
        assert_eq!(states(&queue), end, "{effect}");
    }
}

#[test]
fn what_was_held_back_comes_out_in_reverse() {
    let mut queue = raised(Some(json!({ "kind": "holdBack" })), 3);
    queue.faults.clear();
    queue.raise(letter(4), START);
    assert_eq!(sent(&mut queue, Duration::ZERO), ["4"]);
    assert_eq!((queue.release(START), queue.release(START)), (3, 0));
    assert_eq!(sent(&mut queue, Duration::ZERO), ["3", "2", "1"]);
}

#[test]
fn a_forged_delivery_is_tried_once() {
    let forge = json!({ "kind": "forge", "forgery": { "how": "brokenSignature" } });
    for (status, state) in [(401, State::Refused), (200, State::Delivered)] {
        let mut queue = raised(Some(forge.clone()), 1);
        let id = queue.take_due(START).expect("a delivery").id;
        queue.attempted(id, Outcome::Answered(status), START);
        assert_eq!((states(&queue), queue.next_due()), (vec![state], None));
    }
}

#[test]
fn a_delivery_can_be_repeated_and_forgotten_once_it_has_ended() {
    let mut queue = raised(None, 1);
    sent(&mut queue, Duration::ZERO);
    assert!(queue.repeat(1, START) && !queue.repeat(9, START));
    queue.forget_ended();
    assert_eq!(states(&queue), [State::Waiting]);
    assert_eq!(sent(&mut queue, Duration::ZERO), ["1"]);
}

#[test]
fn a_status_is_named_as_the_documentation_names_it() {
    let cases =
        [(200, "OK"), (401, "Unauthorized"), (500, "InternalServerError"), (203, "NonAuthoritativeInformation"), (599, "599")];
    for (status, name) in cases {
        assert_eq!(status_name(status), name);
    }
}
