//! What objects and fields the org has, as data. Must not know any record, nor how a call names a field.

mod content;
mod field;
mod leads;
mod package;
mod platform;
mod standard;

use super::Features;

pub(super) use field::{Access, Field, Kind, OnDelete, Reference, Values};

/// The org feature that an object or a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// There in every org.
    Nothing,
    /// There with multiple currencies.
    MultiCurrency,
    /// There with opportunity teams.
    Teams,
    /// There with state and country picklists.
    CountryPicklists,
    /// There with notes switched on.
    Notes,
    /// There for users who may see leads.
    Leads,
}

impl Need {
    fn met(self, features: Features) -> bool {
        match self {
            Self::Nothing => true,
            Self::MultiCurrency => features.multi_currency,
            Self::Teams => features.teams,
            Self::CountryPicklists => features.country_picklists,
            Self::Notes => features.notes,
            Self::Leads => features.leads,
        }
    }
}

/// What may be done with the rows of an object over the data APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Created, changed and deleted by callers.
    Record,
    /// Rows that the set-up pages make; callers only read them.
    Setup,
    /// A custom metadata type: read by callers, written by deployments.
    Metadata,
}

/// One object of the org.
#[derive(Debug)]
pub(super) struct Object {
    /// API name.
    pub(super) name: &'static str,
    /// Label in English.
    pub(super) label: &'static str,
    /// Plural of the label.
    pub(super) plural: &'static str,
    /// The first three characters of the ids.
    pub(super) prefix: &'static str,
    /// Who writes the rows.
    pub(super) nature: Nature,
    /// The feature it belongs to.
    pub(super) need: Need,
    /// Whether deleted rows lie in the recycle bin, where `queryAll` finds them.
    pub(super) recycled: bool,
    /// Fields that every other object of its nature has.
    pub(super) without: &'static [&'static str],
    /// The fields beyond those every object of its nature has, in lists by who declares them.
    pub(super) own: &'static [&'static [Field]],
}

impl Object {
    /// The fields an org with these features shows, system fields first.
    pub(super) fn fields(&self, features: Features) -> impl Iterator<Item = &'static Field> {
        let system = match self.nature {
            Nature::Record => platform::RECORD_FIELDS,
            Nature::Setup => platform::SETUP_FIELDS,
            Nature::Metadata => platform::METADATA_FIELDS,
        };
        let own = self.own.iter().copied().flatten();
        let system = system.iter().filter(|field| !self.without.contains(&field.name));
        system.chain(own).filter(move |field| field.need.met(features))
    }

    /// A field by its API name, in any case.
    pub(super) fn field(&self, name: &str, features: Features) -> Option<&'static Field> {
        self.fields(features).find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The reference field behind a relationship name such as `Account`, in any case.
    pub(super) fn parent(&self, relationship: &str, features: Features) -> Option<(&'static Field, &'static Reference)> {
        self.fields(features).find_map(|field| match field.kind {
            Kind::Reference(reference)
                if reference.relationship.eq_ignore_ascii_case(relationship) && object(reference.to, features).is_some() =>
            {
                Some((field, reference))
            }
            _ => None,
        })
    }

    /// The child object and its reference field behind a child relationship name such as `OpportunityContactRoles`.
    pub(super) fn child(&self, relationship: &str, features: Features) -> Option<(&'static Object, &'static Field)> {
        self.children(features)
            .find(|(_, _, name)| name.eq_ignore_ascii_case(relationship))
            .map(|(child, field, _)| (child, field))
    }

    /// Every child relationship: child object, its reference field, the relationship's name.
    pub(super) fn children(&self, features: Features) -> impl Iterator<Item = (&'static Object, &'static Field, &'static str)> {
        let name = self.name;
        objects(features).flat_map(move |child| {
            child.fields(features).filter_map(move |field| match field.kind {
                Kind::Reference(reference) if reference.leads_to(name) => {
                    reference.children.map(|children| (child, field, children))
                }
                _ => None,
            })
        })
    }

    /// Whether the object comes from a package or an admin.
    pub(super) fn custom(&self) -> bool {
        self.name.ends_with("__c") || self.name.ends_with("__mdt")
    }
}

/// Every object an org with these features has.
pub(super) fn objects(features: Features) -> impl Iterator<Item = &'static Object> {
    let lists = [standard::OBJECTS, leads::OBJECTS, content::OBJECTS, platform::OBJECTS, package::OBJECTS];
    lists.into_iter().flatten().filter(move |object| object.need.met(features))
}

/// An object by its API name, in any case.
pub(super) fn object(name: &str, features: Features) -> Option<&'static Object> {
    objects(features).find(|object| object.name.eq_ignore_ascii_case(name))
}

/// The object whose ids start as this one does.
pub(super) fn object_of_id(id: &str, features: Features) -> Option<&'static Object> {
    let prefix = super::ids::prefix(id);
    objects(features).find(|object| object.prefix == prefix)
}
