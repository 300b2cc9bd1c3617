//! Notes and the links that hang them on records, with the widths of Salesforce's "Object Reference".
//! A note is a content document whose file is HTML, so both objects share their ids.

use super::field::{Kind, OnDelete, Reference, Values, field, picklist, reference, text};
use super::{Nature, Need, Object};

const OWNER: Reference = Reference { to: "User", also: &[], relationship: "Owner", children: None, on_delete: OnDelete::Keep };

const DOCUMENT: Reference = Reference {
    to: "ContentDocument",
    also: &[],
    relationship: "ContentDocument",
    children: Some("ContentDocumentLinks"),
    on_delete: OnDelete::Cascade,
};

const LINKED: Reference = Reference {
    to: "Opportunity",
    also: &["Lead", "Account", "Contact", "User"],
    relationship: "LinkedEntity",
    children: Some("ContentDocumentLinks"),
    on_delete: OnDelete::Cascade,
};

const SHARE_TYPES: Values = Values::Fixed(&[("V", "Viewer"), ("C", "Collaborator"), ("I", "Inferred")]);

const VISIBILITIES: Values =
    Values::Fixed(&[("AllUsers", "All Users"), ("InternalUsers", "Standard Users"), ("SharedUsers", "Shared Users")]);

/// What notes are made of.
pub(super) const OBJECTS: &[Object] = &[
    Object {
        name: "ContentDocument",
        label: "Content Document",
        plural: "Content Documents",
        prefix: "069",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: true,
        without: &[],
        own: &[&[
            text("Title", "Title", 255).required(),
            text("FileType", "File Type", 20).read_only(),
            text("FileExtension", "File Extension", 40).read_only(),
            field("ContentSize", "Content Size", Kind::Int).read_only(),
            reference("OwnerId", "Owner ID", &OWNER),
        ]],
    },
    Object {
        name: "ContentNote",
        label: "Note",
        plural: "Notes",
        prefix: "069",
        nature: Nature::Record,
        need: Need::Notes,
        recycled: true,
        without: &[],
        own: &[&[
            text("Title", "Title", 255).required(),
            field("Content", "Content", Kind::Base64),
            field("TextPreview", "Text Preview", Kind::TextArea).length(255).read_only(),
            text("FileType", "File Type", 20).read_only(),
            text("FileExtension", "File Extension", 40).read_only(),
            field("ContentSize", "Content Size", Kind::Int).read_only(),
            field("IsReadOnly", "Is Read Only", Kind::Boolean).read_only(),
            reference("OwnerId", "Owner ID", &OWNER).read_only(),
        ]],
    },
    Object {
        name: "ContentDocumentLink",
        label: "Content Document Link",
        plural: "Content Document Link",
        prefix: "06A",
        nature: Nature::Record,
        need: Need::Nothing,
        recycled: false,
        without: &["CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById"],
        own: &[&[
            reference("LinkedEntityId", "Linked Entity ID", &LINKED).required().create_only(),
            reference("ContentDocumentId", "ContentDocument ID", &DOCUMENT).required().create_only(),
            picklist("ShareType", "Share Type", SHARE_TYPES),
            picklist("Visibility", "Visibility", VISIBILITIES),
        ]],
    },
];
