//! The life of a referral against Microsoft's table, and what stages ask of it, case by case.

use proptest::prelude::*;

use super::*;
use crate::{model::Opportunity, moment::parse_moment, settings::Settings};

/// Microsoft Learn, "Referral resources": status, statuses that may follow, substatuses that go with it. `Error` is known to the
/// portal and its upload only (Microsoft Learn, "Bulk upload of co-sell deals").
const TABLE: [(&str, &[&str], &[&str]); 3] = [
    ("New", &["New", "Active", "Closed"], &["Pending", "Received"]),
    ("Active", &["Active", "Closed"], &["Accepted"]),
    ("Closed", &["Closed"], &["Won", "Lost", "Declined", "Expired", "Error"]),
];

fn row(status: Status) -> (&'static [&'static str], &'static [&'static str]) {
    TABLE.iter().find(|(name, ..)| *name == status.word()).map(|&(_, next, with)| (next, with)).unwrap()
}

fn all() -> Vec<Standing> {
    let pairs = Status::ALL.iter().flat_map(|&status| Substatus::ALL.iter().map(move |&substatus| (status, substatus)));
    pairs.map(|(status, substatus)| Standing { status, substatus }).collect()
}

fn standing(words: &str) -> Standing {
    Standing::parse(words).unwrap()
}

#[test]
fn a_pair_is_legal_exactly_where_the_table_has_it() {
    assert_eq!(all().len(), 24);
    for pair in all() {
        assert_eq!(pair.is_legal(), row(pair.status).1.contains(&pair.substatus.word()), "{pair}");
    }
}

#[test]
fn a_step_is_legal_exactly_where_the_table_has_it_and_closed_is_the_end() {
    for from in all() {
        for to in all() {
            let in_table = row(from.status).0.contains(&to.status.word());
            let stays_closed = from.status != Status::Closed || from == to;
            let wanted = in_table && stays_closed && from.is_legal() && to.is_legal();
            assert_eq!(from.may_become(to), wanted, "{from} to {to}");
        }
    }
}

#[test]
fn what_is_written_is_read_back_whatever_its_case() {
    for pair in all() {
        assert_eq!(Standing::parse(&pair.to_string()), Some(pair));
        assert_eq!(Standing::parse(&pair.to_string().to_uppercase()), Some(pair));
    }
    for text in ["", "Active", "Active Accepted", "Engaged / Accepted", "Active / Engaged", "/", "New / Pending / Won"] {
        assert_eq!(Standing::parse(text), None, "{text}");
    }
}

#[test]
fn lost_and_declined_say_why_and_nothing_else_does() {
    for pair in all() {
        let wanted = match pair.substatus.word() {
            "Lost" | "Declined" => Some(List::CloseReasons),
            _ => None,
        };
        assert_eq!(pair.reasons(), wanted, "{pair}");
    }
}

#[test]
fn clocks_count_whole_days_and_press_from_the_tenth() {
    let created = parse_moment("2026-11-08T09:00:00Z").unwrap();
    let due = created.after(ANSWER);
    let cases = [
        ("2026-11-08T09:00:00Z", 14, false),
        ("2026-11-08T09:00:01Z", 14, false),
        ("2026-11-18T08:59:59Z", 5, false),
        ("2026-11-18T09:00:00Z", 4, true),
        ("2026-11-22T08:59:59Z", 1, true),
        ("2026-11-22T09:00:00Z", 0, true),
        ("2026-12-24T09:00:00Z", 0, true),
    ];
    for (now, left, pressing) in cases {
        let now_moment = parse_moment(now).unwrap();
        assert_eq!((days_left(due, now_moment), presses(due, now_moment)), (left, pressing), "{now}");
    }
}

#[test]
fn sales_stages_are_read_as_words_and_as_percent() {
    let cases = [
        ("Qualify", Some(SalesStage::Qualified)),
        ("develop", Some(SalesStage::Developed)),
        ("PROPOSE", Some(SalesStage::Proposed)),
        ("Close", Some(SalesStage::Negotiated)),
        ("10", Some(SalesStage::Created)),
        ("20", Some(SalesStage::Qualified)),
        ("40%", Some(SalesStage::Developed)),
        (" 60 % ", Some(SalesStage::Proposed)),
        ("80", Some(SalesStage::Negotiated)),
        ("100", Some(SalesStage::Won)),
        ("", None),
        ("%", None),
        ("50", None),
        ("040", None),
        ("Closed Lost", None),
    ];
    for (text, stage) in cases {
        assert_eq!(SalesStage::of(text), stage, "{text}");
    }
}

#[test]
fn a_sales_stage_is_recognised_in_what_partner_center_holds() {
    for stage in SalesStage::ALL {
        assert!(stage.is_held_as(stage.word()) && stage.is_held_as(stage.percent()), "{stage:?}");
        let others = SalesStage::ALL.into_iter().filter(|other| *other != stage);
        for other in others {
            assert!(!stage.is_held_as(other.percent()), "{stage:?} as {other:?}");
            assert_eq!(stage.is_held_as(other.word()), stage.word() == other.word(), "{stage:?} as {other:?}");
        }
    }
}

#[test]
fn an_opportunitys_stage_is_translated_by_the_admins_lines_first() {
    let own = Settings::from_pairs([("salesStages", "Verbal|80\nQualification|Develop\nA|B|propose\nWorkshop| Collect data ")])
        .unwrap();
    let percent = Settings::from_pairs([("salesStagePercent", "true")]).unwrap();
    let standard = Settings::default();
    let cases = [
        (&standard, "Prospecting", Some("Qualify")),
        (&standard, "Qualification", Some("Qualify")),
        (&standard, "Needs Analysis", Some("Develop")),
        (&standard, "Value Proposition", Some("Develop")),
        (&standard, "Id. Decision Makers", Some("Develop")),
        (&standard, "Perception Analysis", Some("Develop")),
        (&standard, "Proposal/Price Quote", Some("Propose")),
        (&standard, "Negotiation/Review", Some("Close")),
        (&standard, "Closed Won", Some("Close")),
        (&standard, "Closed Lost", None),
        (&standard, "Verbal", None),
        (&standard, "", None),
        (&percent, "Prospecting", Some("10")),
        (&percent, "Closed Won", Some("100")),
        (&own, "Verbal", Some("Close")),
        (&own, "Qualification", Some("Develop")),
        (&own, "A|B", Some("Propose")),
        (&own, "Workshop", Some("Collect data")),
        (&own, "Prospecting", Some("Qualify")),
    ];
    for (settings, stage, sent) in cases {
        assert_eq!(sales_stage_text(stage, settings), sent, "{stage}");
    }
}

#[test]
fn a_stage_of_an_assessment_is_none_of_the_usual_ones() {
    let settings = Settings::from_pairs([("salesStages", "Workshop|Collect data\nVerbal|80")]).unwrap();
    assert_eq!(sales_stage_of("Workshop", &settings), None);
    assert_eq!(sales_stage_of("Verbal", &settings), Some(SalesStage::Negotiated));
    assert_eq!(sales_stage_of("Closed Won", &settings), Some(SalesStage::Won));
}

#[test]
fn lines_of_sales_stages_that_mean_nothing_are_refused() {
    for text in ["Verbal", "Verbal|", "|Qualify", "Verbal|80\n\nProspecting|10"] {
        let error = Settings::from_pairs([("salesStages", text)]).expect_err(text);
        assert_eq!(error.name, "salesStages", "{text}");
    }
}

fn deal(stage: &str) -> Opportunity<'_> {
    Opportunity { stage, is_won: stage == "Closed Won", is_closed: stage.starts_with("Closed"), ..Opportunity::default() }
}

#[test]
fn a_stage_asks_the_one_step_that_brings_the_referral_along() {
    const ACCEPT: Option<Standing> = Some(Standing::ACCEPTED);
    const DECLINE: Option<Standing> = Some(Standing::DECLINED);
    const WIN: Option<Standing> = Some(Standing::WON);
    const LOSE: Option<Standing> = Some(Standing::LOST);
    // The standing, then what is asked in an open stage, the on-hold stage, a won stage and a lost stage.
    let incoming = [
        ("New / Pending", [ACCEPT, None, ACCEPT, DECLINE]),
        ("New / Received", [ACCEPT, None, ACCEPT, DECLINE]),
        ("Active / Accepted", [None, None, WIN, LOSE]),
        ("Closed / Won", [None; 4]),
        ("Closed / Lost", [None; 4]),
        ("Closed / Declined", [None; 4]),
        ("Closed / Expired", [None; 4]),
        ("Closed / Error", [None; 4]),
    ];
    let outgoing = [
        ("New / Pending", [None, None, WIN, LOSE]),
        ("New / Received", [None, None, WIN, LOSE]),
        ("Active / Accepted", [None, None, WIN, LOSE]),
        ("Closed / Won", [None; 4]),
        ("Closed / Lost", [None; 4]),
        ("Closed / Declined", [None; 4]),
        ("Closed / Expired", [None; 4]),
        ("Closed / Error", [None; 4]),
    ];
    let settings = Settings::from_pairs([("onHoldStage", "On hold")]).unwrap();
    let stages = ["Qualification", "On hold", "Closed Won", "Closed Lost"];
    for (came_to_us, table) in [(true, incoming), (false, outgoing)] {
        for (words, steps) in table {
            for (stage, step) in stages.into_iter().zip(steps) {
                let found = wanted(&deal(stage), standing(words), came_to_us, &settings);
                assert_eq!(found, step, "{words}, incoming {came_to_us}, {stage}");
            }
        }
    }
}

#[test]
fn an_on_hold_stage_that_counts_as_closed_asks_nothing_either() {
    let settings = Settings::from_pairs([("onHoldStage", "Closed for now")]).unwrap();
    for own in [Standing::PENDING, Standing::ACCEPTED] {
        assert_eq!(wanted(&deal("Closed for now"), own, true, &settings), None, "{own}");
    }
}

#[test]
fn without_an_on_hold_stage_only_closing_answers_an_incoming_referral() {
    let settings = Settings::default();
    let cases = [
        ("Qualification", None),
        ("", None),
        ("Closed Won", Some(Standing::ACCEPTED)),
        ("Closed Lost", Some(Standing::DECLINED)),
    ];
    for (stage, step) in cases {
        assert_eq!(wanted(&deal(stage), Standing::PENDING, true, &settings), step, "{stage}");
    }
}

#[test]
fn a_blank_stage_is_not_the_on_hold_stage_that_an_org_lacks() {
    let lost = Opportunity { is_closed: true, ..Opportunity::default() };
    assert!(!is_on_hold(&lost, &Settings::default()));
    assert_eq!(wanted(&lost, Standing::ACCEPTED, false, &Settings::default()), Some(Standing::LOST));
}

fn any_standing() -> impl Strategy<Value = Standing> {
    proptest::sample::select(all())
}

proptest! {
    #[test]
    fn no_sequence_of_legal_steps_ever_leaves_closed(start in any_standing(), tries in proptest::collection::vec(any_standing(), 0..60)) {
        let mut here = start;
        let mut closed_as = None;
        for next in tries.into_iter().filter(|_| start.is_legal()) {
            if here.may_become(next) {
                here = next;
            }
            prop_assert!(here.is_legal());
            closed_as = closed_as.or(here.is_closed().then_some(here));
            prop_assert!(closed_as.is_none_or(|closed| closed == here), "{closed_as:?} became {here}");
        }
    }

    #[test]
    fn what_a_stage_asks_is_always_a_legal_step_and_comes_to_rest(
        own in any_standing().prop_filter("legal", |own| own.is_legal()),
        stage in "Qualification|On hold|Closed Won|Closed Lost",
        incoming: bool,
        holds: bool,
    ) {
        let settings = Settings { on_hold_stage: if holds { "On hold".into() } else { String::new() }, ..Settings::default() };
        let mut here = own;
        for _ in 0..3 {
            let Some(next) = wanted(&deal(&stage), here, incoming, &settings) else { break };
            prop_assert!(here.may_become(next) && here != next, "{here} to {next}");
            here = next;
        }
        prop_assert_eq!(wanted(&deal(&stage), here, incoming, &settings), None);
    }
}
