//! What the rules know beside the opportunity: what Microsoft was given, who shares, what is about to leave, a registration.
//!
//! All of it is optional. It comes as pairs of a name and a text, so that a page, a server and a case file give the same.

use std::borrow::Cow;

use time::Date;

use crate::{
    decimal::Decimal,
    lifecycle::Standing,
    map::{Document, Node, Operation},
    model::{DealType, Entry, Opportunity},
    moment::{self, Moment},
    text::{self, split_once, trim},
};

/// What Partner Center holds of a shared deal, as far as it is known and can't be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent<'a> {
    /// Microsoft's sellers can see it.
    pub visible: bool,
    /// The help that was asked for, where it was.
    pub help: Option<&'a str>,
    /// E-mail address of the customer contact that Microsoft was given.
    pub contact: Option<&'a str>,
    /// Where our referral stands.
    pub own: Option<Standing>,
    /// Where Microsoft's stands.
    pub microsoft: Option<Standing>,
    /// The referral came to us; we answer.
    pub incoming: bool,
    /// When our referral was created.
    pub created: Option<Moment>,
    /// Until when an answer is due.
    pub due: Option<Moment>,
    /// Sales stage that Partner Center holds.
    pub sales_stage: Option<&'a str>,
    /// When the deal was last sent.
    pub last_sent: Option<Moment>,
}

impl<'a> Sent<'a> {
    /// What a saved record says that Microsoft was given: by the deal type that came back from Partner Center, not by the
    /// checkbox, which somebody may have unticked since. `None` when it was never shared.
    pub fn of_record(saved: &Opportunity<'a>) -> Option<Self> {
        saved.link.referral_id?;
        let visible = saved.link.deal_type.map_or(saved.visible, |kind| kind != DealType::Private.api_value());
        let microsoft = saved.link.microsoft_status.and_then(Standing::parse);
        Some(Self {
            visible: visible || saved.link.microsoft_status.is_some(),
            help: saved.help.filter(|_| saved.link.microsoft_status.is_some()),
            own: saved.link.referral_status.and_then(Standing::parse),
            microsoft,
            due: saved.link.answer_due.and_then(moment::parse_moment),
            ..Self::default()
        })
    }
}

/// Who shares, at Microsoft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller<'a> {
    /// Roles in Partner Center, such as `Referrals admin`.
    pub roles: Vec<&'a str>,
    /// E-mail address.
    pub email: &'a str,
}

/// What is about to be sent: a document, or operations of a patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// The document of a create; has no members where nothing is created.
    pub document: Document<'a>,
    /// The operations of a patch; none where nothing is patched.
    pub patch: Vec<Operation<'a>>,
    /// The request names the version that it was made from (`If-Match`).
    pub names_version: bool,
    /// How many other partners are invited with it.
    pub partners: usize,
}

impl Leaving<'_> {
    /// The text that the patch puts at a path, where it does.
    pub fn patched(&self, path: &str) -> Option<&str> {
        let operation = self.patch.iter().rev().find(|operation| operation.path == path)?;
        match &operation.value {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The registration of a won deal (Microsoft Learn, "Register deals").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration<'a> {
    /// Value of the contract.
    pub contract_value: Entry<'a, Decimal>,
    /// Value of the solution in it.
    pub solution_value: Entry<'a, Decimal>,
    /// Value of one year of the contract.
    pub annual_value: Entry<'a, Decimal>,
    /// The contract has no end.
    pub perpetual: bool,
    /// When it was signed.
    pub signed: Entry<'a, Date>,
    /// When it starts.
    pub starts: Entry<'a, Date>,
    /// When it ends.
    pub ends: Entry<'a, Date>,
    /// The solution runs on Azure.
    pub on_azure: bool,
    /// It was bought in Microsoft's marketplace.
    pub in_marketplace: bool,
    /// When it was bought there.
    pub marketplace_date: Entry<'a, Date>,
    /// When the referral was created, or Microsoft was invited, whichever was later.
    pub invited: Entry<'a, Date>,
    /// The deal value in US dollars, where the currency is another one.
    pub usd_value: Entry<'a, Decimal>,
}

/// All facts of a request.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// The seller's day, as it was given.
    pub today: &'a str,
    /// The moment.
    pub now: Option<Moment>,
    /// What is told of what Microsoft was given, by name; each can be read.
    sent: Vec<(&'a str, &'a str)>,
    /// Who shares.
    pub caller: Option<Caller<'a>>,
    /// What is about to leave.
    pub leaving: Option<Leaving<'a>>,
    /// A registration.
    pub registration: Option<Registration<'a>>,
    /// What Partner Center holds, by path, as [`crate::reconcile`] compares it; empty where it is not known.
    pub held: Vec<(&'a str, &'a str)>,
}

/// A fact that is refused, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactError<'a> {
    /// There is no such fact.
    Unknown(&'a str),
    /// Its text is not of the form that the fact has.
    Unreadable(&'a str),
}

impl FactError<'_> {
    /// What is wrong, in English.
    pub fn text(self) -> String {
        match self {
            Self::Unknown(name) => ["unknown fact: ", name].concat(),
            Self::Unreadable(name) => ["unreadable fact: ", name].concat(),
        }
    }
}

/// Why a fact is not taken, before its name is known.
#[derive(Clone, Copy)]
enum Refusal {
    Unknown,
    Unreadable,
}

impl<'a> Facts<'a> {
    /// Reads facts from pairs of a name and a text: `today`, `now`, `sent.help`, `caller.roles`, `registration.signed`,
    /// `document:/type`, `replace:/details/notes`, `add:/team/-`, `ifMatch`, `partners`,
    /// `held:/details/notes`. A blank text means that the fact isn't known.
    ///
    /// Fails on a name that is no fact, and on a moment, a standing, a flag or a count that can't be read. What is typed into a
    /// registration's form never fails here: the rules say what is wrong with it.
    #[inline(never)]
    pub fn of_pairs(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FactError<'a>> {
        let mut facts = Self::default();
        for (name, text) in pairs {
            // What is held is canonical already, and the last cell of a row may be blank.
            let text = if name.starts_with("held:") { text } else { trim(text) };
            facts.set(name, text).map_err(|refusal| match refusal {
                Refusal::Unknown => FactError::Unknown(name),
                Refusal::Unreadable => FactError::Unreadable(name),
            })?;
        }
        Ok(facts)
    }

    /// What Microsoft was given: what is told of it, laid over what the record says. `None` when neither says anything.
    pub fn sent(&self, recorded: Option<Sent<'a>>) -> Option<Sent<'a>> {
        if self.sent.is_empty() {
            return recorded;
        }
        let mut sent = recorded.unwrap_or_default();
        for (key, text) in &self.sent {
            // Was read before; what can't be is not kept.
            let _ = sent.set(key, text);
        }
        Some(sent)
    }

    fn set(&mut self, name: &'a str, text: &'a str) -> Result<(), Refusal> {
        if let Some((group, key)) = split_once(name, b'.') {
            return match group {
                "sent" => {
                    Sent::default().set(key, text)?;
                    if !text.is_empty() {
                        self.sent.push((key, text));
                    }
                    Ok(())
                }
                "caller" => self.caller.get_or_insert_default().set(key, text).ok_or(Refusal::Unknown),
                "registration" => self.registration.get_or_insert_default().set(key, text),
                _ => Err(Refusal::Unknown),
            };
        }
        if let Some((kind, path)) = split_once(name, b':') {
            return self.set_path(kind, path, text).ok_or(Refusal::Unknown);
        }
        match name {
            "today" => self.today = text,
            "now" => self.now = known(text, moment::parse_moment)?,
            "partners" => {
                if let Some(count) = known(text, count)? {
                    self.leaving.get_or_insert_default().partners = count;
                }
            }
            "ifMatch" => {
                if let Some(flag) = known(text, flag)? {
                    self.leaving.get_or_insert_default().names_version = flag;
                }
            }
            _ => return Err(Refusal::Unknown),
        }
        Ok(())
    }

    fn set_path(&mut self, kind: &'a str, path: &'a str, text: &'a str) -> Option<()> {
        let node = Node::Text(Cow::Borrowed(text));
        match kind {
            "held" => self.held.push((path, text)),
            "document" => self.leaving.get_or_insert_default().document.members.push((path.into(), node)),
            "replace" | "add" | "remove" => {
                let operation = Operation { op: kind.into(), path: path.into(), value: node };
                self.leaving.get_or_insert_default().patch.push(operation);
            }
            _ => return None,
        }
        Some(())
    }
}

/// What a text says; nothing where it is blank.
fn known<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some).ok_or(Refusal::Unreadable)
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn count(text: &str) -> Option<usize> {
    text::number(text).and_then(|number| usize::try_from(number).ok())
}

impl<'a> Sent<'a> {
    fn set(&mut self, key: &str, text: &'a str) -> Result<(), Refusal> {
        let place = match key {
            "help" => &mut self.help,
            "contact" => &mut self.contact,
            "salesStage" => &mut self.sales_stage,
            _ => return self.set_other(key, text),
        };
        *place = (!text.is_empty()).then_some(text);
        Ok(())
    }

    fn set_other(&mut self, key: &str, text: &str) -> Result<(), Refusal> {
        let moment = match key {
            "created" => &mut self.created,
            "due" => &mut self.due,
            "lastSent" => &mut self.last_sent,
            "own" | "microsoft" => {
                let place = if key == "own" { &mut self.own } else { &mut self.microsoft };
                *place = known(text, Standing::parse)?;
                return Ok(());
            }
            "visible" | "incoming" => {
                let place = if key == "visible" { &mut self.visible } else { &mut self.incoming };
                *place = known(text, flag)?.unwrap_or_default();
                return Ok(());
            }
            _ => return Err(Refusal::Unknown),
        };
        *moment = known(text, moment::parse_moment)?;
        Ok(())
    }

    /// What is known of it, as the facts that [`Facts::of_pairs`] reads, without the moment of the last request.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let flag = |is_so: bool| Some(String::from(if is_so { "true" } else { "false" }));
        let all = [
            ("sent.visible", flag(self.visible)),
            ("sent.help", self.help.map(Into::into)),
            ("sent.contact", self.contact.map(Into::into)),
            ("sent.own", self.own.map(|standing| standing.to_string())),
            ("sent.microsoft", self.microsoft.map(|standing| standing.to_string())),
            ("sent.incoming", flag(self.incoming)),
            ("sent.created", self.created.map(moment::format_moment)),
            ("sent.due", self.due.map(moment::format_moment)),
            ("sent.salesStage", self.sales_stage.map(Into::into)),
        ];
        all.into_iter().filter_map(|(name, text)| text.filter(|text| !text.is_empty()).map(|text| (name, text))).collect()
    }
}

impl<'a> Caller<'a> {
    fn set(&mut self, key: &str, text: &'a str) -> Option<()> {
        match key {
            "roles" => self.roles = text::split(text, b',').map(trim).filter(|role| !role.is_empty()).collect(),
            "email" => self.email = text,
            _ => return None,
        }
        Some(())
    }
}

impl<'a> Registration<'a> {
    fn set(&mut self, key: &str, text: &'a str) -> Result<(), Refusal> {
        let place = match key {
            "perpetual" => &mut self.perpetual,
            "onAzure" => &mut self.on_azure,
            "inMarketplace" => &mut self.in_marketplace,
            _ => return self.set_amount(key, text).ok_or(Refusal::Unknown),
        };
        *place = known(text, flag)?.unwrap_or_default();
        Ok(())
    }

    fn set_amount(&mut self, key: &str, text: &'a str) -> Option<()> {
        let amount = match key {
            "contractValue" => &mut self.contract_value,
            "solutionValue" => &mut self.solution_value,
            "annualValue" => &mut self.annual_value,
            "usdValue" => &mut self.usd_value,
            _ => return self.set_day(key, text),
        };
        *amount = Entry::of(text, Decimal::read);
        Some(())
    }

    fn set_day(&mut self, key: &str, text: &'a str) -> Option<()> {
        let day = match key {
            "signed" => &mut self.signed,
            "starts" => &mut self.starts,
            "ends" => &mut self.ends,
            "marketplaceDate" => &mut self.marketplace_date,
            "invited" => &mut self.invited,
            _ => return None,
        };
        *day = Entry::of(text, moment::parse_day);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error<'a>(name: &'a str, text: &'a str) -> Option<FactError<'a>> {
        Facts::of_pairs([(name, text)]).err()
    }

    #[test]
    fn a_fact_that_cannot_be_read_is_refused_by_its_name_and_a_blank_one_is_not_known() {
        let cases = [
            ("now", "2026-11-22"),
            ("partners", "two"),
            ("ifMatch", "yes"),
            ("sent.created", "2026-11-22"),
            ("sent.due", "soon"),
            ("sent.lastSent", "2026-11-22T14:00:00+01:00"),
            ("sent.own", "Active"),
            ("sent.microsoft", "Open / Pending"),
            ("sent.visible", "1"),
            ("sent.incoming", "no"),
            ("registration.perpetual", "maybe"),
            ("registration.onAzure", "TRUE"),
            ("registration.inMarketplace", "x"),
        ];
        for (name, text) in cases {
            assert_eq!(error(name, text), Some(FactError::Unreadable(name)), "{text}");
            assert_eq!(error(name, " "), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_no_fact_is_refused_whatever_it_says() {
        for name in ["gossip", "sent.odd", "sent.", "caller.odd", "registration.odd", "odd.own", "odd:/type"] {
            for text in ["", "true"] {
                assert_eq!(error(name, text), Some(FactError::Unknown(name)));
            }
        }
    }

    #[test]
    fn what_is_told_is_laid_over_what_the_record_says() {
        let recorded =
            Sent { visible: true, help: Some("GeneralOrOther"), own: Standing::parse("Active / Accepted"), ..Sent::default() };
        let told =
            [("sent.own", "Closed / Won"), ("sent.due", "2026-12-06T14:01:00Z"), ("sent.help", ""), ("sent.incoming", "true")];
        let facts = Facts::of_pairs(told).unwrap();
        let due = moment::parse_moment("2026-12-06T14:01:00Z");
        let whole = Sent { own: Standing::parse("Closed / Won"), due, incoming: true, ..recorded.clone() };
        assert_eq!(facts.sent(Some(recorded.clone())), Some(whole));
        let hidden = Facts::of_pairs([("sent.visible", "false")]).unwrap();
        assert_eq!(hidden.sent(Some(recorded.clone())), Some(Sent { visible: false, ..recorded.clone() }));
        let blank = Facts::of_pairs([("sent.own", ""), ("sent.visible", " ")]).unwrap();
        assert_eq!((blank.sent(Some(recorded.clone())), blank.sent(None)), (Some(recorded), None));
    }

    #[test]
    fn what_was_given_survives_as_facts() {
        let sent = Sent {
            visible: true,
            help: Some("ProofOfConceptOrDemo"),
            contact: Some("ada@alder.example"),
            own: Standing::parse("Active / Accepted"),
            microsoft: Standing::parse("New / Pending"),
            incoming: true,
            created: moment::parse_moment("2026-11-22T14:01:00Z"),
            due: moment::parse_moment("2026-12-06T14:01:00Z"),
            sales_stage: Some("Qualify"),
            last_sent: None,
        };
        for sent in [sent, Sent::default()] {
            let told = sent.facts();
            let facts = Facts::of_pairs(told.iter().map(|(name, text)| (*name, text.as_str()))).unwrap();
            assert_eq!(facts.sent(None), Some(sent.clone()));
        }
    }
}
