//! The objects and fields that Cosell's package brings, as its metadata declares them.

use super::field::{Field, Kind, OnDelete, Reference, Values, currency_code, field, picklist, reference, text};
use super::{Nature, Need, Object};

const CUSTOMER_CONTACT: Reference = Reference {
    to: "Contact",
    also: &[],
    relationship: "Microsoft_Customer_Contact__r",
    children: Some("Cosell_Opportunities__r"),
    on_delete: OnDelete::SetNull,
};

const SOLUTION_OPPORTUNITY: Reference = Reference {
    to: "Opportunity",
    also: &[],
    relationship: "Opportunity__r",
    children: Some("Microsoft_Solutions__r"),
    on_delete: OnDelete::Cascade,
};

const HELP: Values = Values::Fixed(&[
    ("WorkloadSpecificValueProposition", "Workload-specific value proposition"),
    ("CustomerTechnicalArchitecture", "Customer technical architecture"),
    ("ProofOfConceptOrDemo", "Proof of concept / demo"),
    ("QuotesOrLicensing", "Quotes and licensing"),
    ("PostSalesCustomerSuccess", "Post-sales customer success"),
    ("GeneralOrOther", "General or other"),
]);

const STATES: Values = Values::Fixed(&[
    ("NotShared", "Not shared"),
    ("InStep", "In Partner Center"),
    ("Waiting", "Waiting"),
    ("NeedsYou", "Needs you"),
    ("Broken", "Needs your admin"),
]);

const DEAL_TYPES: Values = Values::Fixed(&[("Private", "Private"), ("PartnerLed", "Partner-led"), ("CoSell", "Co-sell")]);

/// A switch with a third position: blank leaves it to the default.
const YES_NO: Values = Values::Fixed(&[("true", "Yes"), ("false", "No")]);

const DIRECTIONS: Values = Values::Fixed(&[
    ("toPartnerCenter", "To Partner Center"),
    ("toSalesforce", "To Salesforce"),
    ("both", "Both ways"),
    ("onCreate", "To Partner Center, when the referral is created"),
]);

const TRANSFORMS: Values =
    Values::Fixed(&[("text", "Text"), ("number", "Number"), ("day", "Day"), ("flag", "Yes or no"), ("tags", "Tags")]);

const WINNERS: Values = Values::Fixed(&[("salesforce", "Salesforce"), ("partnerCenter", "Partner Center")]);

const SOLUTION_TYPES: Values = Values::Fixed(&[("1P", "1P"), ("3P", "3P"), ("Assessment", "Solution assessment")]);

/// The package's fields of Opportunity.
pub(super) const OPPORTUNITY_FIELDS: &[Field] = &[
    field("Sync_with_Partner_Center__c", "Sync with Partner Center", Kind::Boolean),
    picklist("How_can_Microsoft_help__c", "How can Microsoft help?", HELP),
    field("Visible_to_Microsoft_Sellers__c", "Visible to Microsoft sellers", Kind::Boolean),
    field("Customer_Consent__c", "Customer agrees to sharing", Kind::Boolean),
    reference("Microsoft_Customer_Contact__c", "Customer contact for Microsoft", &CUSTOMER_CONTACT),
    text("Referral_Identifier__c", "Referral Identifier", 100).external_id(),
    field("Referral_Link__c", "Referral Link", Kind::Url).length(255),
    text("Engagement_Identifier__c", "Engagement Identifier", 100),
    picklist("Deal_Type__c", "Deal Type", DEAL_TYPES),
    text("Microsoft_CRM_Identifier__c", "Microsoft CRM Identifier", 100),
    text("Microsoft_Seller__c", "Microsoft Seller", 255),
    text("Referral_Status__c", "Referral Status", 40),
    text("Microsoft_Status__c", "Microsoft Status", 40),
    field("Microsoft_Answer_Due__c", "Microsoft Answer Due", Kind::DateTime),
    picklist("Cosell_State__c", "Co-sell State", STATES),
    text("Cosell_State_Reason__c", "Co-sell State Reason", 255),
    field("Audit__c", "Audit", Kind::LongText).length(131_072),
];

/// The package's fields of Lead.
pub(super) const LEAD_FIELDS: &[Field] = &[
    text("Referral_Identifier__c", "Referral Identifier", 100).external_id(),
    field("Referral_Link__c", "Referral Link", Kind::Url).length(255),
    text("Engagement_Identifier__c", "Engagement Identifier", 100),
    text("Referral_Status__c", "Referral Status", 40),
    picklist("Cosell_State__c", "Co-sell State", STATES),
    field("Audit__c", "Audit", Kind::LongText).length(131_072),
];

/// The objects of the package.
pub(super) const OBJECTS: &[Object] = &[
    Object {
        name: "Microsoft_Solution__c",
        label: "Microsoft Solution",
        plural: "Microsoft Solutions",
        prefix: "a0B",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: true,
        without: &[],
        own: &[&[
            text("Name", "Solution", 80),
            reference("Opportunity__c", "Opportunity", &SOLUTION_OPPORTUNITY).required().create_only(),
            text("Solution_Identifier__c", "Solution Identifier", 100),
            picklist("Solution_Type__c", "Solution Type", SOLUTION_TYPES),
            text("Publisher_Name__c", "Publisher Name", 255),
            text("Solution_Key__c", "Solution Key", 120).unique(),
            currency_code().read_only(),
        ]],
    },
    Object {
        name: "Cosell_Setting__mdt",
        label: "Cosell Setting",
        plural: "Cosell Settings",
        prefix: "m00",
        nature: Nature::Metadata,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            field("Proxy_Url__c", "Proxy URL", Kind::Url).length(255),
            text("Certificate__c", "Certificate", 80),
            text("Country_Field__c", "Country Field", 80),
            text("Deal_Value_Field__c", "Deal Value Field", 80),
            text("Currency_Field__c", "Currency Field", 80),
            text("Default_Currency__c", "Default Currency", 3),
            text("Active_Stage__c", "Active Stage", 255),
            text("On_Hold_Stage__c", "On-hold Stage", 255),
            picklist("Cosell_Only__c", "Sync co-sell opportunities only", YES_NO),
            picklist("Check_Mark__c", "Check mark in the name", YES_NO),
            field("Rule_Settings__c", "Rule settings", Kind::LongText).length(131_072),
        ]],
    },
    Object {
        name: "Cosell_Field_Mapping__mdt",
        label: "Cosell Field Mapping",
        plural: "Cosell Field Mappings",
        prefix: "m02",
        nature: Nature::Metadata,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("Opportunity_Field__c", "Opportunity field", 255).required(),
            text("Referral_Path__c", "Referral path", 255).required(),
            picklist("Direction__c", "Direction", DIRECTIONS).required(),
            picklist("Transform__c", "Transform", TRANSFORMS).required(),
            picklist("Winner__c", "Winner", WINNERS),
            field("Active__c", "Active", Kind::Boolean),
        ]],
    },
    Object {
        name: "Cosell_Solution__mdt",
        label: "Cosell Solution",
        plural: "Cosell Solutions",
        prefix: "m01",
        nature: Nature::Metadata,
        need: Need::Nothing,
        recycled: false,
        without: &[],
        own: &[&[
            text("Solution_Name__c", "Solution Name", 80),
            text("Solution_Identifier__c", "Solution Identifier", 100),
            text("Solution_Type__c", "Solution Type", 10),
            text("Publisher_Name__c", "Publisher Name", 255),
        ]],
    },
];
