//! One page of the list of referrals, with the quirks that are documented: the count is that of the page, and the
//! link to the next one is `http://` and lacks `/engagements`.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::document::{Document, text};
use super::error::ApiError;
use super::odata::{Order, Place, Query};

/// How many a page holds (Partner REST, "Get a list of referrals").
const PAGE: usize = 100;

/// The page that a query asks for. `host` is the one the request was sent to.
pub(super) fn page(referrals: &[Document], query: &str, host: &str) -> Result<Value, ApiError> {
    let query = Query::read(query).map_err(|(option, error)| ApiError::invalid(&option, format!("{option}: {error}.")))?;
    let kept = |referral: &Document| query.filter.as_ref().is_none_or(|filter| filter.keeps(referral));
    let mut matches: Vec<(Place, &Document)> = referrals
        .iter()
        .enumerate()
        .filter(|(_, referral)| kept(referral))
        .map(|(number, referral)| (place(number, referral, query.order.as_ref()), referral))
        .collect();
    matches.sort_by(|(one, _), (other, _)| in_order(one, other, query.order.as_ref()));
    let total = matches.len();
    if let Some(last) = &query.after {
        matches.retain(|(place, _)| in_order(place, last, query.order.as_ref()).is_gt());
    }
    let wanted = query.top.unwrap_or(usize::MAX);
    let left = matches.get(query.skip..).unwrap_or_default();
    let shown = left.get(..wanted.min(PAGE).min(left.len())).unwrap_or_default();
    let rows: Vec<Value> = shown.iter().map(|(_, row)| selected(row, query.select.as_deref())).collect();

    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    put("@odata.context", json!(context(host)));
    match query.count {
        Some(true) => put("@odata.count", json!(total)),
        Some(false) => None,
        None => put("@odata.count", json!(rows.len())),
    };
    if let Some((last, _)) = shown.last()
        && shown.len() < left.len().min(wanted)
    {
        let token = query.skip_token(last.clone(), query.top.map(|_| wanted - shown.len()));
        put("@odata.nextLink", json!(format!("http://{host}/v1.0/referrals?$skiptoken={token}")));
    }
    put("value", Value::Array(rows));
    Ok(Value::Object(answer))
}

/// The `@odata.context` of the list; that of one referral adds `/$entity`.
pub(super) fn context(host: &str) -> String {
    format!("https://{host}/v1.0/engagements/$metadata#referrals")
}

fn place(number: usize, referral: &Document, order: Option<&Order>) -> Place {
    let moment = order.map_or_else(String::new, |order| text(referral, &[order.property.as_str()]).to_owned());
    Place { moment, number }
}

/// The moments sort as text; ties stay in the order of creation.
fn in_order(one: &Place, other: &Place, order: Option<&Order>) -> Ordering {
    let by_moment = one.moment.cmp(&other.moment);
    let by_moment = if order.is_some_and(|order| order.descending) { by_moment.reverse() } else { by_moment };
    by_moment.then(one.number.cmp(&other.number))
}

fn selected(referral: &Document, select: Option<&[String]>) -> Value {
    let Some(names) = select else { return Value::Object(referral.clone()) };
    let some = names.iter().filter_map(|name| Some((name.clone(), referral.get(name)?.clone())));
    Value::Object(some.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample::object;
    use super::{Document, page};

    const HOST: &str = "partner.example";

    /// Referrals made one minute after another and updated in the reverse order; every third is closed.
    fn referrals(count: usize) -> Vec<Document> {
        let referral = |number: usize| {
            let status = if number.is_multiple_of(3) { "Closed" } else { "Active" };
            object(json!({
                "id": number.to_string(), "status": status, "name": "x",
                "createdDateTime": format!("2026-11-22T{:02}:{:02}:00.0000000Z", number / 60, number % 60),
                "updatedDateTime": format!("2026-11-23T{:02}:{:02}:00.0000000Z", (count - number) / 60, (count - number) % 60),
            }))
        };
        (0..count).map(referral).collect()
    }

    fn ids(page: &Value) -> Vec<usize> {
        let rows = page["value"].as_array().expect("rows");
        rows.iter().map(|row| row["id"].as_str().expect("an id").parse().expect("a number")).collect()
    }

    /// All pages, following the token and nothing else of the link.
    fn all_pages(count: usize, query: &str) -> Vec<Vec<usize>> {
        let (stored, mut pages) = (referrals(count), Vec::new());
        let mut query = query.to_owned();
        loop {
            let answer = page(&stored, &query, HOST).expect("a page");
            pages.push(ids(&answer));
            let Some(link) = answer["@odata.nextLink"].as_str() else { return pages };
            let token = link.strip_prefix("http://partner.example/v1.0/referrals?$skiptoken=").expect("the documented form");
            query = format!("$skiptoken={token}");
        }
    }

    #[test]
    fn a_page_holds_a_hundred_and_leads_to_the_next() {
        let pages = all_pages(250, "");
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 100, 50]);
        assert_eq!(pages.concat(), (0..250).collect::<Vec<_>>());
        assert_eq!(all_pages(100, "").len(), 1);
        assert_eq!(all_pages(0, ""), [[0_usize; 0]]);
    }

    #[test]
    fn filter_order_top_and_skip_hold_across_pages() {
        let newest = all_pages(250, "$filter=status eq 'Active'&$orderby=createdDateTime desc&$top=130&$skip=2").concat();
        let expected: Vec<usize> = (0..250_usize).rev().filter(|number| !number.is_multiple_of(3)).skip(2).take(130).collect();
        assert_eq!(newest, expected);
        assert_eq!(all_pages(5, "$orderby=updatedDateTime"), [[4, 3, 2, 1, 0]]);
    }

    #[test]
    fn what_changes_between_two_pages_neither_hides_nor_repeats_what_does_not() {
        for (query, moved_to, repeated) in
            [("$orderby=updatedDateTime desc", "2026-11-24", false), ("$orderby=updatedDateTime", "2026-11-24", true)]
        {
            let mut stored = referrals(150);
            let first = page(&stored, query, HOST).expect("a page");
            let seen = ids(&first);
            let link = first["@odata.nextLink"].as_str().expect("a next page");
            let moved = seen[0];
            stored[moved].insert("updatedDateTime".to_owned(), json!(format!("{moved_to}T00:00:00.0000000Z")));
            let token = link.split("skiptoken=").last().expect("a token");
            let mut rest = ids(&page(&stored, &format!("$skiptoken={token}"), HOST).expect("a page"));
            assert_eq!(rest.contains(&moved), repeated, "{query}");
            rest.retain(|id| *id != moved);
            let mut all = [seen, rest].concat();
            all.sort_unstable();
            assert_eq!(all, (0..150).collect::<Vec<_>>(), "{query}");
        }
    }

    #[test]
    fn the_count_is_that_of_the_page_unless_all_are_asked_for() {
        let stored = referrals(150);
        let count = |query: &str| page(&stored, query, HOST).expect("a page").get("@odata.count").cloned();
        assert_eq!(count("$top=10"), Some(json!(10)));
        assert_eq!(count("$top=10&$count=true"), Some(json!(150)));
        assert_eq!(count("$count=false"), None);
    }

    #[test]
    fn select_gives_the_named_properties_only() {
        let answer = page(&referrals(1), "$select=id,status,customerProfile", HOST).expect("a page");
        assert_eq!(answer["value"], json!([{ "id": "0", "status": "Closed" }]));
    }
}
