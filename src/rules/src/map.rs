//! From an opportunity to the documents that create its referrals.
//!
//! A private or partner-led deal is one document; a co-sell deal is two: ours, then Microsoft's, which joins the engagement of the
//! first and carries the request for help (Microsoft Learn, "Create a referral").

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    model::{Account, DealType, Opportunity, Person},
    referral::{
        Address, Consent, CreateReferral, CustomerProfile, Details, InviteContext, Member, Requirements, SolutionTag, Target,
    },
    salesforce::format_date,
};

/// What Microsoft would be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// How far the deal is opened.
    pub deal_type: DealType,
    /// Our own referral.
    pub referral: CreateReferral,
    /// Microsoft's referral; only for co-sell, and without its engagement until ours is created.
    pub microsoft: Option<CreateReferral>,
}

/// All that a share would send, as far as the deal is filled in.
pub fn preview(opportunity: &Opportunity) -> Preview {
    let deal_type = opportunity.deal_type();
    Preview {
        deal_type,
        referral: own_referral(opportunity),
        microsoft: (deal_type == DealType::CoSell).then(|| microsoft_referral(opportunity, None)),
    }
}

/// The partner's own referral.
pub fn own_referral(opportunity: &Opportunity) -> CreateReferral {
    let solutions: Vec<_> = opportunity.solutions.iter().filter(|solution| !solution.identifier.is_empty()).collect();
    CreateReferral {
        name: opportunity.name.clone(),
        external_reference_id: opportunity.id.clone(),
        engagement_id: None,
        qualification: "SalesQualified",
        // Always `Shared`: the type can't be changed later, and a private deal may still become co-sell.
        kind: "Shared",
        target: solutions.first().map(|solution| Target::solution(&solution.identifier)).into_iter().collect(),
        customer_profile: customer_profile(opportunity),
        consent: Consent {
            consent_to_to_share_info_with_others: opportunity.consent,
            // Agreed to only where somebody is asked to call: without help, nobody at Microsoft is.
            consent_to_contact: opportunity.consent && opportunity.help.is_some(),
            consent_to_share_referral_with_microsoft_sellers: opportunity.deal_type() != DealType::Private,
        },
        details: Details {
            notes: opportunity.description.clone(),
            deal_value: opportunity.amount.value().map(Decimal::normalize),
            currency: opportunity.currency.clone(),
            // Midnight UTC of the same calendar day: no zone may move a close date.
            closing_date_time: opportunity.close_date.value().map(|date| format!("{}T00:00:00Z", format_date(*date))),
            requirements: Requirements {
                solutions: solutions
                    .into_iter()
                    .map(|solution| SolutionTag {
                        id: solution.identifier.clone(),
                        name: solution.name.clone(),
                        kind: "Name",
                        solution_type: solution.kind.clone(),
                        publisher_name: solution.publisher.clone(),
                    })
                    .collect(),
            },
        },
        // Microsoft asks for complete members; one that is not is left out rather than sent in half.
        team: opportunity.team.iter().filter(|person| person.is_complete()).map(member).collect(),
        invite_context: InviteContext { assistance_request_code: "Unknown".into(), notes: String::new() },
    }
}

/// The second referral of a co-sell deal, which asks Microsoft for help.
pub fn microsoft_referral(opportunity: &Opportunity, engagement_id: Option<&str>) -> CreateReferral {
    CreateReferral {
        engagement_id: engagement_id.map(Into::into),
        target: vec![Target::microsoft()],
        invite_context: InviteContext {
            assistance_request_code: opportunity.help.clone().unwrap_or_else(|| "Unknown".into()),
            notes: opportunity.description.clone(),
        },
        ..own_referral(opportunity)
    }
}

fn customer_profile(opportunity: &Opportunity) -> CustomerProfile {
    let nobody = Account::default();
    let account = opportunity.account.as_ref().unwrap_or(&nobody);
    let mut lines = account.street.lines().map(str::trim).filter(|line| !line.is_empty());
    CustomerProfile {
        name: account.name.clone(),
        address: Address {
            address_line1: lines.next().unwrap_or_default().into(),
            address_line2: lines.collect::<Vec<_>>().join(", "),
            city: account.city.clone(),
            state: account.state.clone(),
            postal_code: account.postal_code.clone(),
            country: account.country.clone(),
        },
        team: opportunity.customer_contact().filter(|contact| contact.is_complete()).map(member).into_iter().collect(),
    }
}

fn member(person: &Person) -> Member {
    Member {
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        phone_number: person.phone.clone(),
        email: person.email.clone(),
    }
}
