//! The built-in rows. In the order of a document: members of one object stand together.
//!
//! Source: Microsoft Learn, "Co-sell connector for Salesforce CRM" (what is kept in step), "Create a referral", "Update a lead or
//! opportunity" and the swagger of the "Partner Center Referrals" connector (which paths can be changed).

use std::borrow::Cow;

use super::{Blank, Direction, Mapping, Side, Source, Transform, When, Winner};
use crate::{finding::Field, salesforce::field};

use Direction::{Both, ToSalesforce};
use Field::Referral;
use Transform::{Day, Flag, Latch, Link, List, Number, SalesStage, Set, Standing, Text};
use When::{Create, UntilAsked};

/// A row of ours that goes to Partner Center, may be changed there, and is never blank; the rest is said where it differs.
const fn row(source: Source, path: &'static str, transform: Transform, about: Field) -> Mapping<'static> {
    of_field(source, "", path, transform, about)
}

/// The same with the field of Salesforce that it comes from.
const fn of_field(
    source: Source,
    field: &'static str,
    path: &'static str,
    transform: Transform,
    about: Field,
) -> Mapping<'static> {
    Mapping {
        source,
        field: Cow::Borrowed(field),
        path: Cow::Borrowed(path),
        direction: Direction::ToPartnerCenter,
        when: When::Always,
        transform,
        winner: Winner::Salesforce,
        side: Side::Own,
        blank: Blank::Never,
        about,
    }
}

/// What Partner Center knows and the record is told.
const fn told(path: &'static str, field: &'static str, transform: Transform) -> Mapping<'static> {
    of_field(Source::None, field, path, transform, Referral).goes(ToSalesforce).when(Create).won_by(Winner::PartnerCenter)
}

impl Mapping<'static> {
    const fn goes(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    const fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    const fn won_by(mut self, winner: Winner) -> Self {
        self.winner = winner;
        self
    }

    const fn of_microsoft(mut self) -> Self {
        self.side = Side::Microsoft;
        self
    }

    const fn blank(mut self, blank: Blank) -> Self {
        self.blank = blank;
        self
    }
}

/// Every built-in row.
pub static ROWS: [Mapping<'static>; 34] = [
    of_field(Source::Name, "Name", "/name", Text, Field::Name).goes(Both).when(Create).blank(Blank::OnCreate),
    row(Source::Id, "/externalReferenceId", Text, Referral),
    row(Source::Constant("SalesQualified"), "/qualification", Text, Referral).when(Create),
    // Always `Shared`: the type can't be changed later, and a private deal may still become co-sell.
    row(Source::Constant("Shared"), "/type", Text, Referral).when(Create),
    row(Source::Target, "/target", List, Field::Solutions).when(Create).blank(Blank::OnCreate),
    row(Source::CustomerName, "/customerProfile/name", Text, Field::AccountName).when(Create).blank(Blank::OnCreate),
    row(Source::Street, "/customerProfile/address/addressLine1", Text, Field::AccountStreet).when(Create).blank(Blank::OnCreate),
    row(Source::MoreStreet, "/customerProfile/address/addressLine2", Text, Field::AccountStreet)
        .when(Create)
        .blank(Blank::OnCreate),
    row(Source::City, "/customerProfile/address/city", Text, Field::AccountCity).when(Create).blank(Blank::OnCreate),
    row(Source::State, "/customerProfile/address/state", Text, Field::AccountState).when(Create).blank(Blank::OnCreate),
    row(Source::PostalCode, "/customerProfile/address/postalCode", Text, Field::AccountPostalCode)
        .when(Create)
        .blank(Blank::OnCreate),
    row(Source::Country, "/customerProfile/address/country", Text, Field::AccountCountry).when(Create).blank(Blank::OnCreate),
    row(Source::Contact, "/customerProfile/team", Set, Field::Contact).when(UntilAsked),
    row(Source::ConsentToShare, "/consent/consentToToShareInfoWithOthers", Flag, Field::Consent).when(Create),
    row(Source::ConsentToContact, "/consent/consentToContact", Flag, Field::Consent).when(Create),
    of_field(Source::Visible, field::VISIBLE, "/consent/consentToShareReferralWithMicrosoftSellers", Latch, Field::Visibility)
        .goes(Both)
        .won_by(Winner::PartnerCenter),
    of_field(Source::Description, "Description", "/details/notes", Text, Field::Notes).goes(Both).blank(Blank::Always),
    row(Source::Amount, "/details/dealValue", Number, Field::Amount).goes(Both),
    row(Source::Currency, "/details/currency", Text, Field::Currency).goes(Both).blank(Blank::OnCreate),
    of_field(Source::CloseDate, "CloseDate", "/details/closingDateTime", Day, Field::CloseDate).goes(Both),
    row(Source::Solutions, "/details/requirements/solutions", Set, Field::Solutions),
    row(Source::Attributes, "/details/requirements/additionalRequirements/attributes", List, Field::MarketplaceIntent)
        .when(Create),
    row(Source::Team, "/team", Set, Field::Team),
    // Nobody is asked through our own referral; Microsoft's carries the request.
    row(Source::Constant("Unknown"), "/inviteContext/assistanceRequestCode", Text, Field::Help).when(Create),
    row(Source::SalesStage, "/salesStage", SalesStage, Field::Stage),
    of_field(Source::Stage, "StageName", "/status", Standing, Field::Stage).goes(Both).won_by(Winner::PartnerCenter),
    told("/id", field::REFERRAL_ID, Text),
    told("/id", field::REFERRAL_LINK, Link),
    told("/engagementId", field::ENGAGEMENT_ID, Text),
    told("/referralProgram", "", Text),
    told("/trackingInfo/microsoftMsxId", field::CRM_ID, Text).of_microsoft(),
    row(Source::Target, "/target", List, Referral).when(Create).of_microsoft(),
    row(Source::Help, "/inviteContext/assistanceRequestCode", Text, Field::Help).when(Create).of_microsoft(),
    row(Source::Description, "/inviteContext/notes", Text, Field::Notes).when(Create).of_microsoft(),
];
