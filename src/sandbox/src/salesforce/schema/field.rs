//! What a field is: type, widths, who may write it. Must not know any particular field.

use super::Need;

/// When callers may write a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Access {
    /// Never.
    ReadOnly,
    /// When the record is created.
    CreateOnly,
    /// Always.
    Writable,
}

/// What happens to a row when the row it points to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum OnDelete {
    /// It is deleted as well.
    Cascade,
    /// The field is emptied.
    SetNull,
    /// The field keeps pointing at the deleted row.
    Keep,
}

/// Where a reference field points.
#[derive(Debug)]
pub(in crate::salesforce) struct Reference {
    /// API name of the parent object; of the usual one, where rows of several objects can be the parent.
    pub(in crate::salesforce) to: &'static str,
    /// Further objects whose rows can be the parent.
    pub(in crate::salesforce) also: &'static [&'static str],
    /// How a path names the parent: `Account`, `Opportunity__r`.
    pub(in crate::salesforce) relationship: &'static str,
    /// How the parent names its children, where it does.
    pub(in crate::salesforce) children: Option<&'static str>,
    /// What a deleted parent does to the row.
    pub(in crate::salesforce) on_delete: OnDelete,
}

impl Reference {
    /// The objects whose rows can be the parent.
    pub(in crate::salesforce) fn objects(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.to).chain(self.also.iter().copied())
    }

    /// Whether a row of this object can be the parent.
    pub(in crate::salesforce) fn leads_to(&self, object: &str) -> bool {
        self.to == object || self.also.contains(&object)
    }
}

/// Where the values of a picklist come from.
#[derive(Clone, Copy, Debug)]
pub(in crate::salesforce) enum Values {
    /// Value and label, fixed in the definition.
    Fixed(&'static [(&'static str, &'static str)]),
    /// The rows of `OpportunityStage`.
    Stages,
    /// The rows of `LeadStatus`.
    LeadStatuses,
    /// The rows of `CurrencyType`.
    Currencies,
    /// The countries of the address settings: code and name.
    Countries,
    /// Their states: code and name.
    States,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub(in crate::salesforce) enum Kind {
    /// The record's own id.
    Id,
    /// One line of text.
    Text,
    /// Several lines, at most 255 characters, may be filtered.
    TextArea,
    /// Long text, may be neither filtered nor sorted.
    LongText,
    /// A file: written in base64, read as the address of its bytes, neither filtered nor sorted.
    Base64,
    /// An e-mail address.
    Email,
    /// A telephone number, any text.
    Phone,
    /// A link, any text.
    Url,
    /// True or false, never null.
    Boolean,
    /// A whole number.
    Int,
    /// A number with this many digits in front of the point and behind it.
    Number(u32, u32),
    /// A sum of money: digits in front of the point and behind it.
    Currency(u32, u32),
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// One of a list of values; only a restricted one refuses others.
    Picklist {
        /// The list.
        values: Values,
        /// Whether other values are refused.
        restricted: bool,
    },
    /// The id of another record.
    Reference(&'static Reference),
}

/// One field of an object.
#[derive(Debug)]
pub(in crate::salesforce) struct Field {
    /// API name.
    pub(in crate::salesforce) name: &'static str,
    /// Label in English.
    pub(in crate::salesforce) label: &'static str,
    /// Type.
    pub(in crate::salesforce) kind: Kind,
    /// The most characters of a text; 0 for what is no text.
    pub(in crate::salesforce) length: usize,
    /// Who may write it.
    pub(in crate::salesforce) access: Access,
    /// Whether a record cannot be without it.
    pub(in crate::salesforce) required: bool,
    /// Whether it is an external id, by which a record can be addressed.
    pub(in crate::salesforce) external_id: bool,
    /// Whether two records cannot share its value.
    pub(in crate::salesforce) unique: bool,
    /// The feature it belongs to.
    pub(in crate::salesforce) need: Need,
}

/// A field of a type, of no length, writable.
pub(super) const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field {
        name,
        label,
        kind,
        length: 0,
        access: Access::Writable,
        required: false,
        external_id: false,
        unique: false,
        need: Need::Nothing,
    }
}

/// One line of text.
pub(super) const fn text(name: &'static str, label: &'static str, length: usize) -> Field {
    field(name, label, Kind::Text).length(length)
}

/// A picklist that takes other values too.
pub(super) const fn open_picklist(name: &'static str, label: &'static str, values: Values) -> Field {
    field(name, label, Kind::Picklist { values, restricted: false }).length(255)
}

/// A picklist that refuses other values.
pub(super) const fn picklist(name: &'static str, label: &'static str, values: Values) -> Field {
    field(name, label, Kind::Picklist { values, restricted: true }).length(255)
}

/// A reference to another record.
pub(super) const fn reference(name: &'static str, label: &'static str, to: &'static Reference) -> Field {
    field(name, label, Kind::Reference(to)).length(18)
}

/// The currency of a record: only in an org with several.
pub(super) const fn currency_code() -> Field {
    let mut field = picklist("CurrencyIsoCode", "Currency ISO Code", Values::Currencies);
    field.need = Need::MultiCurrency;
    field.length(3)
}

impl Field {
    pub(super) const fn length(mut self, length: usize) -> Self {
        self.length = length;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// An external id of the package; each of them is unique too.
    pub(super) const fn external_id(mut self) -> Self {
        self.external_id = true;
        self.unique()
    }

    pub(super) const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    pub(super) const fn read_only(mut self) -> Self {
        self.access = Access::ReadOnly;
        self
    }

    pub(super) const fn create_only(mut self) -> Self {
        self.access = Access::CreateOnly;
        self
    }

    pub(super) const fn needs(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    /// Whether an admin or a package made it.
    pub(in crate::salesforce) fn custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    /// The type as describe names it.
    pub(in crate::salesforce) fn describe_type(&self) -> &'static str {
        match self.kind {
            Kind::Id => "id",
            Kind::Text => "string",
            Kind::TextArea | Kind::LongText => "textarea",
            Kind::Base64 => "base64",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Url => "url",
            Kind::Boolean => "boolean",
            Kind::Int => "int",
            Kind::Number(..) => "double",
            Kind::Currency(..) => "currency",
            Kind::Percent => "percent",
            Kind::Date => "date",
            Kind::DateTime => "datetime",
            Kind::Picklist { .. } => "picklist",
            Kind::Reference(_) => "reference",
        }
    }

    /// Whether a query may filter and sort by it.
    pub(in crate::salesforce) fn filterable(&self) -> bool {
        !matches!(self.kind, Kind::LongText | Kind::Base64)
    }
}
