//! The org has the fields that the package brings, as its metadata declares them.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::Features;
use super::super::schema::{Field, Kind, Values, object};

/// Where the package declares its objects.
fn objects() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lwc/main/default/objects")
}

fn directory(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// The texts of an element, wherever it stands.
fn all<'a>(xml: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    xml.split(&open).skip(1).filter_map(|rest| Some(rest.split_once(&close)?.0)).collect()
}

fn one<'a>(xml: &'a str, element: &str) -> &'a str {
    all(xml, element).first().copied().unwrap_or_default()
}

/// What metadata says about a field, in the words of describe.
fn declared(xml: &str) -> String {
    let length = one(xml, "length").parse::<usize>().unwrap_or_default();
    let [external, unique] = ["externalId", "unique"].map(|flag| one(xml, flag) == "true");
    let kind = match one(xml, "type") {
        "Checkbox" => "boolean",
        "Text" => "string",
        "LongTextArea" => "textarea",
        "Url" => "url",
        "DateTime" => "datetime",
        "Picklist" => "picklist",
        "Lookup" | "MasterDetail" => "reference",
        other => other,
    };
    let values: Vec<&str> = all(xml, "value").into_iter().map(|value| one(value, "fullName")).collect();
    describe(kind, length, [external, unique], one(xml, "referenceTo"), &values)
}

/// What the schema says about it.
fn known(field: &Field) -> String {
    let length = if matches!(field.kind, Kind::Text | Kind::LongText) { field.length } else { 0 };
    let to = if let Kind::Reference(reference) = field.kind { reference.to } else { "" };
    let values: Vec<&str> = match field.kind {
        Kind::Picklist { values: Values::Fixed(values), .. } => values.iter().map(|(value, _)| *value).collect(),
        _ => Vec::new(),
    };
    describe(field.describe_type(), length, [field.external_id, field.unique], to, &values)
}

fn describe(kind: &str, length: usize, [external, unique]: [bool; 2], to: &str, values: &[&str]) -> String {
    format!("{kind} length={length} external={external} unique={unique} to={to} values={values:?}")
}

#[test]
fn every_field_of_the_package_is_in_the_org_as_it_is_declared() {
    for path in directory(&objects()) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let object = object(&name, Features::default()).unwrap_or_else(|| panic!("the org has no {name}"));
        let fields = directory(&path.join("fields"));
        assert!(!fields.is_empty(), "{name} has no fields");
        for file in fields {
            let xml = fs::read_to_string(file).expect("a file");
            let field = one(&xml, "fullName");
            let known = object.field(field, Features::default()).map(known);
            assert_eq!(known, Some(declared(&xml)), "{name}.{field}");
        }
    }
}
