//! The query options of the list: which there are, and how they are read and carried on from page to page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::filter::Filter;
use super::parse;

/// What `$select` may name: the properties of a referral as documented.
const PROPERTIES: &str = "\
    id engagementId name externalReferenceId createdDateTime updatedDateTime expirationDateTime acceptedDateTime \
    closedDateTime status substatus statusReason type qualification customerProfile consent details team inviteContext \
    target eTag links organizationId organizationName direction campaignId referralProgram salesStage favorite \
    lastModifiedVia lastRunId mpnId trackingInfo registrations registrationStatus callToAction referralSource quality \
    isSpam tags";

/// A sort order: one of the two documented moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::partner_center) struct Order {
    /// `createdDateTime` or `updatedDateTime`.
    pub(in crate::partner_center) property: String,
    /// Newest first.
    pub(in crate::partner_center) descending: bool,
}

/// Where a row stands in its list: by what it is sorted on, then by its number in the order of creation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::partner_center) struct Place {
    /// The moment it is sorted on; empty where the list is in the order of creation.
    pub(in crate::partner_center) moment: String,
    /// Its number among all referrals.
    pub(in crate::partner_center) number: usize,
}

/// A list request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::partner_center) struct Query {
    /// What is kept.
    pub(in crate::partner_center) filter: Option<Filter>,
    /// In which order; that of creation when absent.
    pub(in crate::partner_center) order: Option<Order>,
    /// How many in all pages together.
    pub(in crate::partner_center) top: Option<usize>,
    /// How many are passed over.
    pub(in crate::partner_center) skip: usize,
    /// The last row of the page before, when this is not the first.
    pub(in crate::partner_center) after: Option<Place>,
    /// Whether all matches are counted; what the page holds is counted otherwise.
    pub(in crate::partner_center) count: Option<bool>,
    /// The properties to give; all when absent.
    pub(in crate::partner_center) select: Option<Vec<String>>,
    /// The options as they were written, without `$top` and `$skip`: what the next page needs.
    raw: Vec<(String, String)>,
}

impl Query {
    /// Reads the query of a URL. The error is the option and what is wrong with it.
    pub(in crate::partner_center) fn read(query: &str) -> Result<Self, (String, String)> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        match pairs.iter().find(|(name, _)| name == "$skiptoken") {
            // The token carries everything; what stands beside it has been said before.
            Some((name, token)) => {
                let refused = || (name.clone(), "the token is not one of ours".to_owned());
                let Token { options, after } = Token::opened(token).ok_or_else(refused)?;
                Ok(Self { after: Some(after), ..Self::from_pairs(options)? })
            }
            None => Self::from_pairs(pairs),
        }
    }

    fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, (String, String)> {
        let mut read = Self::default();
        for (name, value) in pairs.into_iter().filter(|(name, _)| name.starts_with('$')) {
            if read.raw.iter().any(|(known, _)| *known == name) {
                return Err((name, "the option is given twice".to_owned()));
            }
            read.option(&name, &value).map_err(|error| (name.clone(), error))?;
            read.raw.push((name, value));
        }
        read.raw.retain(|(name, _)| name != "$top" && name != "$skip");
        Ok(read)
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        let number = || value.parse::<usize>().map_err(|_| format!("'{value}' is no number"));
        match name {
            "$filter" => self.filter = Some(parse::filter(value)?),
            "$orderby" => self.order = Some(order(value)?),
            "$top" => self.top = Some(number()?),
            "$skip" => self.skip = number()?,
            "$count" => self.count = Some(value.parse().map_err(|_| format!("'{value}' is neither true nor false"))?),
            "$select" => self.select = Some(select(value)?),
            _ => return Err("the option is not supported".to_owned()),
        }
        Ok(())
    }

    /// An opaque token for the rows behind the one at this place, of which `top` are still wanted. It names the row and
    /// not how many were seen: whatever changes in between, a row that did not change comes once.
    pub(in crate::partner_center) fn skip_token(&self, after: Place, top: Option<usize>) -> String {
        let mut options = self.raw.clone();
        options.extend(top.map(|top| ("$top".to_owned(), top.to_string())));
        URL_SAFE_NO_PAD.encode(json!(Token { options, after }).to_string())
    }
}

/// What a skip token says.
#[derive(Serialize, Deserialize)]
struct Token {
    options: Vec<(String, String)>,
    after: Place,
}

impl Token {
    fn opened(token: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()
    }
}

fn order(value: &str) -> Result<Order, String> {
    let mut words = value.split_whitespace();
    let (property, direction, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or("asc"), words.next());
    if !["createdDateTime", "updatedDateTime"].contains(&property) || rest.is_some() {
        return Err(format!("'{value}' cannot be sorted by: use createdDateTime or updatedDateTime"));
    }
    match direction {
        "asc" => Ok(Order { property: property.to_owned(), descending: false }),
        "desc" => Ok(Order { property: property.to_owned(), descending: true }),
        other => Err(format!("'{other}' is neither asc nor desc")),
    }
}

fn select(value: &str) -> Result<Vec<String>, String> {
    value
        .split(',')
        .map(|name| {
            let name = name.trim();
            if PROPERTIES.split_ascii_whitespace().any(|known| known == name) {
                Ok(name.to_owned())
            } else {
                Err(format!("'{name}' is no property of a referral"))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Place, Query};

    #[test]
    fn a_token_carries_the_whole_request_to_the_next_page() {
        let first = Query::read("$filter=status%20eq%20'Active'&$orderby=updatedDateTime+desc&$select=id,%20status&$top=150");
        let first = first.expect("a query");
        let place = Place { moment: "2026-11-22T14:00:00.0000000Z".to_owned(), number: 7 };
        let token = first.skip_token(place.clone(), Some(50));
        let next = Query::read(&format!("$skiptoken={token}&$filter=ignored")).expect("a query");
        assert_eq!((next.after, next.top), (Some(place), Some(50)));
        assert_eq!((&next.filter, &next.order, &next.select), (&first.filter, &first.order, &first.select));
    }

    #[test]
    fn an_option_that_is_not_documented_is_refused_and_named() {
        let cases = [
            ("$expand=team", "$expand"),
            ("$orderby=name", "$orderby"),
            ("$orderby=createdDateTime down", "$orderby"),
            ("$orderby=createdDateTime,updatedDateTime", "$orderby"),
            ("$top=-1", "$top"),
            ("$skip=some", "$skip"),
            ("$count=yes", "$count"),
            ("$select=id,secret", "$select"),
            ("$filter=", "$filter"),
            ("$top=1&$top=2", "$top"),
            ("$skiptoken=abc", "$skiptoken"),
        ];
        for (query, option) in cases {
            assert_eq!(Query::read(query).expect_err(query).0, option, "{query}");
        }
    }

    #[test]
    fn what_is_no_odata_option_is_passed_over() {
        assert_eq!(Query::read("x=1&y"), Ok(Query::default()));
    }
}
