//! The labels of PEM blocks (RFC 7468), so that a key in the place of a certificate is refused at start. It must not know
//! what a block holds.

/// One block: `-----BEGIN <label>-----` to `-----END <label>-----`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// What the block says it is, such as `CERTIFICATE`.
    pub(crate) label: &'a str,
    /// The block with its first and last line.
    pub(crate) text: String,
}

/// The blocks of a file in their order. What stands around them is explanation, by the RFC.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----")) {
            found.push(Block { label, text: String::new() });
            inside = true;
        }
        if let Some(block) = found.last_mut().filter(|_| inside) {
            block.text.push_str(line);
            block.text.push('\n');
        }
        inside &= !line.starts_with("-----END ");
    }
    found
}

/// What a file holds, for a sentence: "CERTIFICATE and PRIVATE KEY".
pub(crate) fn content(blocks: &[Block<'_>]) -> String {
    match blocks.iter().map(|block| block.label).collect::<Vec<_>>().as_slice() {
        [] => "nothing in PEM form".to_owned(),
        labels => labels.join(" and "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_whatever_stands_around_them() {
        let cases = [
            ("", "nothing in PEM form"),
            ("-----BEGIN-----", "nothing in PEM form"),
            ("Bag Attributes\n-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n", "PRIVATE KEY"),
            (
                "-----BEGIN CERTIFICATE-----\r\nAA==\r\n-----END CERTIFICATE-----\r\nnote\n-----BEGIN X-----\nBB==\n-----END X-----",
                "CERTIFICATE and X",
            ),
        ];
        for (text, labels) in cases {
            assert_eq!(content(&blocks(text)), labels);
        }
        assert_eq!(blocks(cases[3].0)[0].text, "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
    }
}
