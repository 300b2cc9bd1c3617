//! The standard sales objects, as far as Cosell touches them, with the widths of Salesforce's "Object Reference".

use super::field::{Field, Kind, OnDelete, Reference, Values, currency_code, field, open_picklist, picklist, reference, text};
use super::package;
use super::{Nature, Need, Object};

const OWNER: Reference = Reference { to: "User", also: &[], relationship: "Owner", children: None, on_delete: OnDelete::Keep };

const OPPORTUNITY_ACCOUNT: Reference = Reference {
    to: "Account",
    also: &[],
    relationship: "Account",
    children: Some("Opportunities"),
    on_delete: OnDelete::Cascade,
};

const CONTACT_ACCOUNT: Reference =
    Reference { to: "Account", also: &[], relationship: "Account", children: Some("Contacts"), on_delete: OnDelete::Cascade };

const PRIMARY_CONTACT: Reference =
    Reference { to: "Contact", also: &[], relationship: "Contact", children: None, on_delete: OnDelete::SetNull };

const ROLE_OPPORTUNITY: Reference = Reference {
    to: "Opportunity",
    also: &[],
    relationship: "Opportunity",
    children: Some("OpportunityContactRoles"),
    on_delete: OnDelete::Cascade,
};

const ROLE_CONTACT: Reference = Reference {
    to: "Contact",
    also: &[],
    relationship: "Contact",
    children: Some("OpportunityContactRoles"),
    on_delete: OnDelete::Keep,
};

const TEAM_OPPORTUNITY: Reference = Reference {
    to: "Opportunity",
    also: &[],
    relationship: "Opportunity",
    children: Some("OpportunityTeamMembers"),
    on_delete: OnDelete::Cascade,
};

const TEAM_USER: Reference = Reference { to: "User", also: &[], relationship: "User", children: None, on_delete: OnDelete::Keep };

const CONTACT_ROLES: Values = Values::Fixed(&[
    ("Business User", "Business User"),
    ("Decision Maker", "Decision Maker"),
    ("Economic Buyer", "Economic Buyer"),
    ("Economic Decision Maker", "Economic Decision Maker"),
    ("Evaluator", "Evaluator"),
    ("Executive Sponsor", "Executive Sponsor"),
    ("Influencer", "Influencer"),
    ("Technical Buyer", "Technical Buyer"),
    ("Other", "Other"),
]);

const TEAM_ROLES: Values = Values::Fixed(&[
    ("Account Manager", "Account Manager"),
    ("Channel Manager", "Channel Manager"),
    ("Executive Sponsor", "Executive Sponsor"),
    ("Lead Qualifier", "Lead Qualifier"),
    ("Opportunity Owner", "Opportunity Owner"),
    ("Pre-Sales Consultant", "Pre-Sales Consultant"),
    ("Sales Manager", "Sales Manager"),
    ("Sales Rep", "Sales Rep"),
]);

const ACCESS_LEVELS: Values = Values::Fixed(&[("Read", "Read Only"), ("Edit", "Read/Write"), ("All", "Owner")]);

const FORECAST_CATEGORIES: Values = Values::Fixed(&[
    ("Omitted", "Omitted"),
    ("Pipeline", "Pipeline"),
    ("BestCase", "Best Case"),
    ("MostLikely", "Most Likely"),
    ("Forecast", "Commit"),
    ("Closed", "Closed"),
]);

const DESCRIPTION: Field = field("Description", "Description", Kind::LongText).length(32_000);
const OWNER_ID: Field = reference("OwnerId", "Owner ID", &OWNER);

/// The standard objects.
pub(super) const OBJECTS: &[Object] = &[
    Object {
        name: "Opportunity",
        label: "Opportunity",
        plural: "Opportunities",
        prefix: "006",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: true,
        without: &[],
        own: &[
            &[
                reference("AccountId", "Account ID", &OPPORTUNITY_ACCOUNT),
                text("Name", "Name", 120).required(),
                DESCRIPTION,
                open_picklist("StageName", "Stage", Values::Stages).required(),
                field("Amount", "Amount", Kind::Currency(16, 2)),
                field("Probability", "Probability (%)", Kind::Percent),
                field("CloseDate", "Close Date", Kind::Date).required(),
                text("NextStep", "Next Step", 255),
                field("IsClosed", "Closed", Kind::Boolean).read_only(),
                field("IsWon", "Won", Kind::Boolean).read_only(),
                picklist("ForecastCategory", "Forecast Category", FORECAST_CATEGORIES).read_only(),
                field("HasOpportunityLineItem", "Has Line Item", Kind::Boolean).read_only(),
                OWNER_ID,
                reference("ContactId", "Contact ID", &PRIMARY_CONTACT).create_only(),
                currency_code(),
            ],
            package::OPPORTUNITY_FIELDS,
        ],
    },
    Object {
        name: "Account",
        label: "Account",
        plural: "Accounts",
        prefix: "001",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: true,
        without: &[],
        own: &[&[
            text("Name", "Account Name", 255).required(),
            field("BillingStreet", "Billing Street", Kind::TextArea).length(255),
            text("BillingCity", "Billing City", 40),
            text("BillingState", "Billing State/Province", 80),
            text("BillingPostalCode", "Billing Zip/Postal Code", 20),
            text("BillingCountry", "Billing Country", 80),
            open_picklist("BillingCountryCode", "Billing Country Code", Values::Countries)
                .length(10)
                .needs(Need::CountryPicklists),
            open_picklist("BillingStateCode", "Billing State/Province Code", Values::States)
                .length(10)
                .needs(Need::CountryPicklists),
            field("Phone", "Account Phone", Kind::Phone).length(40),
            field("Website", "Website", Kind::Url).length(255),
            text("DunsNumber", "D-U-N-S Number", 9),
            DESCRIPTION,
            OWNER_ID,
            currency_code(),
        ]],
    },
    Object {
        name: "Contact",
        label: "Contact",
        plural: "Contacts",
        prefix: "003",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: true,
        without: &[],
        own: &[&[
            reference("AccountId", "Account ID", &CONTACT_ACCOUNT),
            text("LastName", "Last Name", 80).required(),
            text("FirstName", "First Name", 40),
            text("Name", "Full Name", 121).read_only(),
            field("Email", "Email", Kind::Email).length(80),
            field("Phone", "Business Phone", Kind::Phone).length(40),
            text("Title", "Title", 128),
            OWNER_ID,
            currency_code(),
        ]],
    },
    Object {
        name: "OpportunityContactRole",
        label: "Opportunity Contact Role",
        plural: "Opportunity Contact Roles",
        prefix: "00K",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            reference("OpportunityId", "Opportunity ID", &ROLE_OPPORTUNITY).required().create_only(),
            reference("ContactId", "Contact ID", &ROLE_CONTACT).required(),
            open_picklist("Role", "Role", CONTACT_ROLES),
            field("IsPrimary", "Primary", Kind::Boolean),
            currency_code().read_only(),
        ]],
    },
    Object {
        name: "OpportunityTeamMember",
        label: "Opportunity Team Member",
        plural: "Opportunity Team Members",
        prefix: "00q",
        nature: Nature::Record,
        need: Need::Teams,
        recycled: false,
        without: &[],
        own: &[&[
            reference("OpportunityId", "Opportunity ID", &TEAM_OPPORTUNITY).required().create_only(),
            reference("UserId", "User ID", &TEAM_USER).required().create_only(),
            text("Name", "Name", 361).read_only(),
            open_picklist("TeamMemberRole", "Member Role", TEAM_ROLES),
            picklist("OpportunityAccessLevel", "Opportunity Access", ACCESS_LEVELS),
            currency_code().read_only(),
        ]],
    },
];
