//! The fields every object has, and the objects that the set-up pages fill
//! (Salesforce, "Object Reference": Organization, User, `OpportunityStage`, `CurrencyType`).

use super::field::{Field, Kind, OnDelete, Reference, Values, field, picklist, reference, text};
use super::{Nature, Need, Object};

const CREATED_BY: Reference =
    Reference { to: "User", also: &[], relationship: "CreatedBy", children: None, on_delete: OnDelete::Keep };

const MODIFIED_BY: Reference =
    Reference { to: "User", also: &[], relationship: "LastModifiedBy", children: None, on_delete: OnDelete::Keep };

const ID: Field = field("Id", "Record ID", Kind::Id).length(18).read_only();
const DELETED: Field = field("IsDeleted", "Deleted", Kind::Boolean).read_only();
const CREATED: Field = field("CreatedDate", "Created Date", Kind::DateTime).read_only();
const CREATED_BY_ID: Field = reference("CreatedById", "Created By ID", &CREATED_BY).read_only();
const MODIFIED: Field = field("LastModifiedDate", "Last Modified Date", Kind::DateTime).read_only();
const MODIFIED_BY_ID: Field = reference("LastModifiedById", "Last Modified By ID", &MODIFIED_BY).read_only();
const MODSTAMP: Field = field("SystemModstamp", "System Modstamp", Kind::DateTime).read_only();

/// Of every record.
pub(super) const RECORD_FIELDS: &[Field] = &[ID, DELETED, CREATED, CREATED_BY_ID, MODIFIED, MODIFIED_BY_ID, MODSTAMP];

/// Of the rows that the set-up pages make.
pub(super) const SETUP_FIELDS: &[Field] = &[ID, CREATED, CREATED_BY_ID, MODIFIED, MODIFIED_BY_ID, MODSTAMP];

/// Of every custom metadata record.
pub(super) const METADATA_FIELDS: &[Field] = &[
    ID,
    text("DeveloperName", "Custom Metadata Record Name", 40).required(),
    text("MasterLabel", "Label", 40).required(),
    text("Label", "Label", 40),
    text("Language", "Master Language", 40),
    text("NamespacePrefix", "Namespace Prefix", 15),
    text("QualifiedApiName", "Qualified API Name", 70),
    MODSTAMP,
];

const FORECAST: Values = Values::Fixed(&[
    ("Omitted", "Omitted"),
    ("Pipeline", "Pipeline"),
    ("Best Case", "Best Case"),
    ("Most Likely", "Most Likely"),
    ("Commit", "Commit"),
    ("Closed", "Closed"),
]);

const USER_TYPES: Values = Values::Fixed(&[
    ("Standard", "Standard"),
    ("PowerPartner", "Partner"),
    ("PowerCustomerSuccess", "Customer Portal Manager"),
    ("CspLitePortal", "High Volume Portal"),
    ("Guest", "Guest"),
    ("AutomatedProcess", "AutomatedProcess"),
]);

/// Objects whose rows callers only read.
pub(super) const OBJECTS: &[Object] = &[
    Object {
        name: "Organization",
        label: "Organization",
        plural: "Organizations",
        prefix: "00D",
        nature: Nature::Setup,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("Name", "Name", 80).required(),
            text("OrganizationType", "Edition", 255),
            field("IsSandbox", "Is Sandbox", Kind::Boolean),
            text("InstanceName", "Instance Name", 5),
            text("NamespacePrefix", "Namespace Prefix", 15),
            text("LanguageLocaleKey", "Language", 40),
            text("DefaultLocaleSidKey", "Locale", 40),
            text("TimeZoneSidKey", "Time Zone", 40),
        ]],
    },
    Object {
        name: "User",
        label: "User",
        plural: "Users",
        prefix: "005",
        nature: Nature::Setup,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("Username", "Username", 80).required(),
            text("LastName", "Last Name", 80).required(),
            text("FirstName", "First Name", 40),
            text("Name", "Full Name", 121).read_only(),
            field("Email", "Email", Kind::Email).length(128).required(),
            field("Phone", "Phone", Kind::Phone).length(40),
            text("Title", "Title", 80),
            field("IsActive", "Active", Kind::Boolean),
            picklist("UserType", "User Type", USER_TYPES),
            text("LanguageLocaleKey", "Language", 40),
            text("LocaleSidKey", "Locale", 40),
            text("TimeZoneSidKey", "Time Zone", 40),
        ]],
    },
    Object {
        name: "Group",
        label: "Group",
        plural: "Group",
        prefix: "00G",
        nature: Nature::Setup,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("Name", "Name", 40).required(),
            text("DeveloperName", "Developer Name", 80),
            text("Type", "Type", 40).required(),
        ]],
    },
    Object {
        name: "OpportunityStage",
        label: "Opportunity Stage",
        plural: "Opportunity Stages",
        prefix: "01J",
        nature: Nature::Setup,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("MasterLabel", "Master Label", 255).required(),
            text("ApiName", "API Name", 255),
            field("IsActive", "Is Active", Kind::Boolean),
            field("IsClosed", "Closed", Kind::Boolean),
            field("IsWon", "Won", Kind::Boolean),
            field("DefaultProbability", "Probability (%)", Kind::Percent),
            picklist("ForecastCategoryName", "Forecast Category Name", FORECAST),
            field("SortOrder", "Order", Kind::Int),
            text("Description", "Description", 255),
        ]],
    },
    Object {
        name: "CurrencyType",
        label: "Currency Type",
        plural: "Currency Types",
        prefix: "01L",
        nature: Nature::Setup,
        need: Need::MultiCurrency,
        recycled: false,
        without: &[],
        own: &[&[
            text("IsoCode", "Currency ISO Code", 3).required(),
            field("ConversionRate", "Conversion Rate", Kind::Number(12, 6)),
            field("DecimalPlaces", "Decimal Places", Kind::Int),
            field("IsActive", "Active", Kind::Boolean),
            field("IsCorporate", "Corporate Currency", Kind::Boolean),
        ]],
    },
];
