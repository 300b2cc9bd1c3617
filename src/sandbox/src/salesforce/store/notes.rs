//! Notes: the HTML in them, and the content document and the owner's link that the platform makes with each.
//! Must not know how a caller reads a note.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::super::errors::ApiError;
use super::super::moment;
use super::super::schema::object;
use super::{Row, Writer, text};

/// The characters of `TextPreview`.
const PREVIEW: usize = 255;
/// The tags a note keeps its form with.
const TAGS: [&str; 20] = [
    "a", "b", "br", "div", "em", "h1", "h2", "h3", "i", "img", "li", "ol", "p", "s", "span", "strike", "strong", "sub", "u", "ul",
];
/// The only entities that are read; others are refused, and so is an ampersand by itself.
const ENTITIES: [(&str, &str); 6] = [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("nbsp;", " ")];

/// Reads the content that was written, keeps it without its line breaks, and fills the fields that follow from it.
pub(super) fn write(row: &mut Row) -> Result<(), ApiError> {
    let written = text(row, "Content").to_owned();
    let bytes = STANDARD.decode(&written).ok();
    let html = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(unacceptable)?;
    // The editor knows no line breaks but its tags.
    let html: String = html.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let plain = plain(&html).ok_or_else(unacceptable)?;
    for (field, value) in [
        ("Content", Value::from(STANDARD.encode(&html))),
        ("ContentSize", html.len().into()),
        ("TextPreview", plain.chars().take(PREVIEW).collect::<String>().into()),
        ("FileType", "SNOTE".into()),
        ("FileExtension", "snote".into()),
    ] {
        row.insert(field.to_owned(), value);
    }
    Ok(())
}

/// What Apex raises as an `UnexpectedException`, and the API as an unknown one.
fn unacceptable() -> ApiError {
    let message =
        "Note can't be saved because it contains HTML tags or unescaped characters that are not allowed in a Note.: [Content]";
    ApiError::new(500, "UNKNOWN_EXCEPTION", message)
}

/// The text of a note's HTML; `None` for HTML that a note does not take.
fn plain(html: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&', '>']) {
        let (before, special) = rest.split_at(at);
        plain.push_str(before);
        rest = if let Some(entity) = special.strip_prefix('&') {
            let (name, character) = ENTITIES.iter().find(|(name, _)| entity.starts_with(name))?;
            plain.push_str(character);
            entity.strip_prefix(name)?
        } else {
            let (tag, after) = special.strip_prefix('<')?.split_once('>')?;
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            let name = name.to_ascii_lowercase();
            if !TAGS.contains(&name.as_str()) {
                return None;
            }
            if matches!(name.as_str(), "br" | "p" | "li" | "div") && !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
            after
        };
    }
    plain.push_str(rest);
    Some(plain.trim().to_owned())
}

impl Writer<'_> {
    /// Gives a new note its content document, under the same id, and links that with the note's owner.
    pub(super) fn add_document(&mut self, id: &str) -> Result<(), ApiError> {
        self.copy_document(id);
        let Some(links) = object("ContentDocumentLink", self.features) else {
            return Ok(());
        };
        let owner = self.user.clone();
        let mut body = Row::new();
        for (field, value) in
            [("ContentDocumentId", id), ("LinkedEntityId", &owner), ("ShareType", "I"), ("Visibility", "AllUsers")]
        {
            body.insert(field.to_owned(), value.into());
        }
        self.create(links, &body).map(|_| ())
    }

    /// Makes the content document say what its note says.
    pub(super) fn copy_document(&mut self, id: &str) {
        let (Some(documents), Some(note)) =
            (object("ContentDocument", self.features), self.store.get("ContentNote", id).cloned())
        else {
            return;
        };
        let fields = documents.fields(self.features).map(|field| field.name);
        let row = fields.filter_map(|field| Some((field.to_owned(), note.get(field)?.clone()))).collect();
        self.store.put(documents.name, id, row);
    }

    /// Deletes the other half of a note or of its document; with the document go its links.
    pub(super) fn delete_counterpart(&mut self, deleted: &str, id: &str) -> Result<(), ApiError> {
        match deleted {
            "ContentNote" => match object("ContentDocument", self.features) {
                Some(documents) if self.store.get(documents.name, id).is_some() => self.delete(documents, id),
                _ => Ok(()),
            },
            "ContentDocument" => {
                self.store.discard("ContentNote", id, &moment::rest(self.now));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_note_takes_simple_html_and_escaped_text_only() {
        for (html, text) in [
            ("Plain text.", Some("Plain text.")),
            ("<p>One</p><p>Two<br/>three</p>", Some("One Two three")),
            ("Fish &amp; chips &lt;hot&gt; &#39;now&#39;", Some("Fish & chips <hot> 'now'")),
            ("Fish & chips", None),
            ("a &eacute; b", None),
            ("2 > 1", None),
            ("1 < 2", None),
            ("<script>x</script>", None),
        ] {
            assert_eq!(plain(html).as_deref(), text, "{html}");
        }
    }
}
