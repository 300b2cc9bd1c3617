//! What this org has and another has not: read from its descriptions, so that no query names a field that does not exist.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

use super::SalesforceError;

/// The optional parts of an org, as far as the integration user may see them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    opportunity: HashSet<String>,
    account: HashSet<String>,
    /// Whether opportunity teams are switched on.
    pub(crate) teams: bool,
    /// Whether notes are.
    pub(crate) notes: bool,
}

impl Features {
    /// An org as a test wants it.
    #[cfg(test)]
    pub(crate) fn of<'a>(
        opportunity: impl Iterator<Item = &'a str>,
        account: impl Iterator<Item = &'a str>,
        teams: bool,
    ) -> Self {
        let names = |fields: &mut dyn Iterator<Item = &'a str>| fields.map(str::to_owned).collect();
        let (opportunity, account) = (names(&mut { opportunity }), names(&mut { account }));
        Self { opportunity, account, teams, notes: teams }
    }

    /// Reads the three descriptions: of all objects, of Opportunity, of Account.
    pub(super) fn read(global: Value, opportunity: Value, account: Value) -> Result<Self, SalesforceError> {
        let unreadable = |cause: serde_json::Error| SalesforceError::Unreadable(format!("describe: {cause}"));
        let objects: Global = serde_json::from_value(global).map_err(unreadable)?;
        let opportunity: Object = serde_json::from_value(opportunity).map_err(unreadable)?;
        let account: Object = serde_json::from_value(account).map_err(unreadable)?;
        let has = |name: &str| objects.sobjects.iter().any(|object| object.name == name);
        let (teams, notes) = (has("OpportunityTeamMember"), has("ContentNote"));
        let names = |object: &Object| object.fields.iter().map(|field| field.name.clone()).collect();
        Ok(Self { opportunity: names(&opportunity), account: names(&account), teams, notes })
    }

    pub(crate) fn opportunity_has(&self, field: &str) -> bool {
        self.opportunity.contains(field)
    }

    pub(crate) fn account_has(&self, field: &str) -> bool {
        self.account.contains(field)
    }
}

#[derive(Deserialize)]
struct Global {
    sobjects: Vec<Named>,
}

#[derive(Deserialize)]
struct Object {
    fields: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}
