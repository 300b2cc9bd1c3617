//! Leads and their statuses, with the widths of Salesforce's "Object Reference".

use super::field::{Field, Kind, OnDelete, Reference, Values, currency_code, field, open_picklist, reference, text};
use super::package;
use super::{Nature, Need, Object};

const OWNER: Reference =
    Reference { to: "User", also: &["Group"], relationship: "Owner", children: None, on_delete: OnDelete::Keep };

const CONVERTED_ACCOUNT: Reference =
    Reference { to: "Account", also: &[], relationship: "ConvertedAccount", children: None, on_delete: OnDelete::SetNull };

const CONVERTED_CONTACT: Reference =
    Reference { to: "Contact", also: &[], relationship: "ConvertedContact", children: None, on_delete: OnDelete::SetNull };

const CONVERTED_OPPORTUNITY: Reference = Reference {
    to: "Opportunity",
    also: &[],
    relationship: "ConvertedOpportunity",
    children: None,
    on_delete: OnDelete::SetNull,
};

const SOURCES: Values = Values::Fixed(&[
    ("Web", "Web"),
    ("Phone Inquiry", "Phone Inquiry"),
    ("Partner Referral", "Partner Referral"),
    ("Purchased List", "Purchased List"),
    ("Other", "Other"),
]);

const FIELDS: &[Field] = &[
    text("LastName", "Last Name", 80).required(),
    text("FirstName", "First Name", 40),
    text("Name", "Full Name", 121).read_only(),
    text("Company", "Company", 255).required(),
    text("Title", "Title", 128),
    field("Email", "Email", Kind::Email).length(80),
    field("Phone", "Phone", Kind::Phone).length(40),
    field("Website", "Website", Kind::Url).length(255),
    field("Street", "Street", Kind::TextArea).length(255),
    text("City", "City", 40),
    text("State", "State/Province", 80),
    open_picklist("StateCode", "State/Province Code", Values::States).length(10).needs(Need::CountryPicklists),
    text("PostalCode", "Zip/Postal Code", 20),
    text("Country", "Country", 80),
    open_picklist("CountryCode", "Country Code", Values::Countries).length(10).needs(Need::CountryPicklists),
    field("Description", "Description", Kind::LongText).length(32_000),
    open_picklist("LeadSource", "Lead Source", SOURCES),
    open_picklist("Status", "Status", Values::LeadStatuses).required(),
    field("AnnualRevenue", "Annual Revenue", Kind::Currency(18, 0)),
    reference("OwnerId", "Owner ID", &OWNER),
    field("IsConverted", "Converted", Kind::Boolean).read_only(),
    field("ConvertedDate", "Converted Date", Kind::Date).read_only(),
    reference("ConvertedAccountId", "Converted Account ID", &CONVERTED_ACCOUNT).read_only(),
    reference("ConvertedContactId", "Converted Contact ID", &CONVERTED_CONTACT).read_only(),
    reference("ConvertedOpportunityId", "Converted Opportunity ID", &CONVERTED_OPPORTUNITY).read_only(),
    currency_code(),
];

/// The lead and its statuses.
pub(super) const OBJECTS: &[Object] = &[
    Object {
        name: "Lead",
        label: "Lead",
        plural: "Leads",
        prefix: "00Q",
        nature: Nature::Record,
        need: Need::Leads,
        recycled: true,
        without: &[],
        own: &[FIELDS, package::LEAD_FIELDS],
    },
    Object {
        name: "LeadStatus",
        label: "Lead Status Value",
        plural: "Lead Status Values",
        prefix: "01K",
        nature: Nature::Setup,
        need: Need::Leads,
        recycled: false,
        without: &[],
        own: &[&[
            text("MasterLabel", "Master Label", 255).required(),
            text("ApiName", "API Name", 255),
            field("SortOrder", "Order", Kind::Int),
            field("IsDefault", "Is Default", Kind::Boolean),
            field("IsConverted", "Converted", Kind::Boolean),
        ]],
    },
];
