//! Prints what leaves the org, `docs/data-flow.md`, from the mapping itself: `npm run rulebook` keeps it, `npm test` checks it.
//!
//! A value that the mapping gains does not compile here until it is said where in Salesforce it comes from.

use std::io::{self, Write as _};

use cosell_rules::{
    map::{Direction, Mapping, ROWS, Side, Source, When},
    settings::Settings,
};

const HEAD: &str = "\
<!-- Written by `npm run rulebook` from src/rules/src/map/rows.rs; `npm test` checks that it is current. -->

# Data flow: what leaves the org

```
 seller's browser ──(1) token───▶ Cosell server ──(3) referral──────────────▶ Microsoft
        ▲                          ▲     │       ◀─(4) what changed there────  Partner Center
        │ (0) record, by           │     │
        │ Salesforce's own APIs    │ (2) record
        │                          │     │ (5) what Microsoft says
 Salesforce org ───────────────────┘ ◀───┘
```

The set-up page goes the same ways: (6) and (7) as (1), (8) as (0).

The server is yours: you host it, and nobody else sees what passes through it. It reports to nobody; neither it nor the page loads
anything from another host, counts visits or sends telemetry.

| | from, to | what | when | under whose consent |
| --- | --- | --- | --- | --- |
| 0 | org, browser | the opportunity with account, contacts, team and solutions, as far as the seller may see them | the page is open | the seller's own access (user mode) |
| 1 | browser, server | a signed token: org, user, opportunity, action, for five minutes; the seller's answer to a referral, with its reason. No field of the record | the page is open; a click | *Cosell Share* and, but for looking, edit access, checked before it is signed |
| 2 | org, server | the record, read by the integration user; changed records of shared deals, found every few seconds | a share; a change | the admin's, by the permission set *Cosell Integration* |
| 3 | server, Microsoft | the rows below, and nothing else of the record; the answer to a referral that came in | see the rows; a click, or a move of the stage | the seller's, as said below |
| 4 | Microsoft, server | referrals of your organisation, and events about them | they change | your contract with Microsoft |
| 5 | server, org | status, answer, link, Microsoft's seller; of a referral that comes from Microsoft also customer, contacts and notes | a change there | the admin's, by *Cosell Integration* |
| 6 | admin's browser, server | a signed token: org, user, action, for five minutes; what is to be done: register for events (which tells Microsoft the server's public address), have a test event sent, look at a pair again, by its id. No field of a record | the set-up page is open; a click | *Administer Cosell*, checked before it is signed |
| 7 | server, admin's browser | of each connection: how it stands, its address, when it was signed in, the names of integration user, org and tenant, calls used, never a secret; where events go; of each deal or referral that needs somebody: ids, times and why, in a sentence that may quote the value that was refused | the set-up page is open | the same token |
| 8 | org, admin's browser | the settings, stages, features of the org, how many users hold *Cosell Integration*, whether fields that settings name exist and may be written; and back, the settings when they are saved | the set-up page is open; *Save* | *Administer Cosell*; to save also *Customize Application* |

Nothing of a record goes to Microsoft before a seller ticks *Sync with Partner Center* (the button *Share with Microsoft*) and every rule that
[blocks](rules.md) is satisfied. Two of them are about people: without the seller's tick *Customer agrees to sharing* nothing is sent at
all (rule 23, which an admin can relax), and where Microsoft's help is asked the same tick says that the customer may be contacted
(rule 24). *Visible to Microsoft sellers* decides who at Microsoft sees the deal; asking for help implies it, and it can't be taken back.
Nothing more is sent once *Sync* is unticked or the opportunity is gone; and nothing is recalled: what Microsoft has, Microsoft keeps.
";

const TOLD: &str = "
## What comes back from a referral

| where it stands in the referral | Salesforce |
| --- | --- |
";

const FOOT: &str = "
Rows marked *both ways* come back too. A row that an admin maps ([installation](install.md), `mapping`) is sent like the others, in the
direction and to the place that the setting says; and each setting such as `reasonField` that names a field adds that one field.

## What stays where

- **In the server's store**: ids of opportunity, referral and engagement, the state of the pair, and for merging what both sides held
  last, by path: the values of the rows above. The refresh token of Partner Center is encrypted with `store.encryption_key`; the rest is
  protected by the file's or the database's own means. A lost store can be made again from the two sides, so it may also be deleted.
- **In the server's log**: ids, codes, times, and of a failure what the other side said about it; no token and no record.
- **In the browser**: nothing beyond the page's life; no cookie, no local storage.
- **At Microsoft**: the rows above, under Microsoft's terms for partners.
";

fn main() -> io::Result<()> {
    let settings = Settings::default();
    let mut page = io::stdout().lock();
    writeln!(
        page,
        "{HEAD}\n## What Microsoft is sent\n\nOf a co-sell deal there are two referrals: yours, and one that asks Microsoft, which repeats yours.\n"
    )?;
    writeln!(page, "| from Salesforce | where it stands in the referral | sent |")?;
    writeln!(page, "| --- | --- | --- |")?;
    for row in ROWS.iter().filter(|row| row.direction != Direction::ToSalesforce) {
        writeln!(page, "| {} | `{}` | {} |", origin(row, &settings), row.path, sent(row))?;
    }
    write!(page, "{TOLD}")?;
    for row in ROWS.iter().filter(|row| row.direction == Direction::ToSalesforce) {
        let field = match row.field(&settings) {
            "" => "the field that the setting `referralProgramField` names, if any".to_owned(),
            field => format!("`{field}`"),
        };
        writeln!(page, "| `{}` | {field} |", row.path)?;
    }
    write!(page, "{FOOT}")
}

/// When and which way a row goes.
fn sent(row: &Mapping<'_>) -> String {
    let when = match row.when {
        When::Create => "once, with the share",
        When::UntilAsked => "with the share and at a change, until Microsoft is asked for help",
        When::Always => "with the share and at a change",
    };
    let side = if row.side == Side::Microsoft { ", where Microsoft's help is asked" } else { "" };
    let back = if row.direction == Direction::Both { "; both ways" } else { "" };
    format!("{when}{side}{back}")
}

/// Where a value comes from in an org that has the standard settings.
fn origin(row: &Mapping<'_>, settings: &Settings) -> String {
    let field = |name: &str| format!("`{name}`");
    match row.source {
        Source::Constant(text) => format!("nothing: always `{text}`"),
        Source::Id => "`Opportunity.Id`".to_owned(),
        Source::Name => "`Opportunity.Name`, without a check mark before it".to_owned(),
        Source::Amount | Source::Currency => {
            format!("`Opportunity.{}`, or the field that the setting names", row.field(settings))
        }
        Source::CloseDate => field("Opportunity.CloseDate"),
        Source::Description => field("Opportunity.Description"),
        Source::Stage => {
            "`Opportunity.StageName`, as status; the reason of a lost deal from the field that `reasonField` names".to_owned()
        }
        Source::SalesStage => "`Opportunity.StageName`, by Microsoft's words".to_owned(),
        Source::Visible => format!("`Opportunity.{}`; yes wherever help is asked", row.field(settings)),
        Source::ConsentToShare => field("Opportunity.Customer_Consent__c"),
        Source::ConsentToContact => format!("{}, where help is asked; else no", field("Opportunity.Customer_Consent__c")),
        Source::CustomerName => field("Account.Name"),
        Source::Street => "`Account.BillingStreet`, its first line".to_owned(),
        Source::MoreStreet => "`Account.BillingStreet`, its other lines".to_owned(),
        Source::City => field("Account.BillingCity"),
        Source::State => field("Account.BillingState"),
        Source::PostalCode => field("Account.BillingPostalCode"),
        Source::Country => format!("`Account.{}`, or the field that the setting names, as a code", settings.country_field),
        Source::Contact => {
            "the contact that was chosen for Microsoft, else the first contact role: first name, last name, e-mail, phone"
                .to_owned()
        }
        Source::Team => "owner and opportunity team: first name, last name, e-mail, phone".to_owned(),
        Source::Solutions => field("Microsoft_Solution__c.Solution_Identifier__c"),
        Source::Target if row.side == Side::Microsoft => "nothing: always Microsoft".to_owned(),
        Source::Target => "`Microsoft_Solution__c.Solution_Identifier__c` of the first solution".to_owned(),
        Source::Attributes => {
            "the fields that `marketplaceIntentField`, `partnerRoleField`, `solutionAreaField` and `solutionPlayField` name"
                .to_owned()
        }
        Source::Help => field("Opportunity.How_can_Microsoft_help__c"),
        Source::None | Source::Mapped => "nothing".to_owned(),
    }
}
