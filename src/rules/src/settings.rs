//! What an admin decides: which fields hold what, which stages mean what, which rules give way, what the lists of codes hold.
//!
//! Settings arrive as pairs of a name and a text, the same from the page and from the org's custom metadata, and are refused by
//! name when one can't be read. Blank ones take the connector's defaults.

use std::fmt;

use crate::{
    lifecycle::sales_stages_are_readable,
    map::Mapping,
    row,
    taxonomy::{List, Taxonomy},
    text::{lines, number, split, split_once, trim},
    validate,
};

/// Name of the setting whose text is lines of settings.
const RULES: &str = "rules";

/// Settings that take any text, in the order of [`Settings::text`]. In one text: comparing with each by itself is three times the
/// code.
const TEXTS: &str = "locale countryField dealValueField currencyField defaultCurrency reasonField marketplaceIntentField \
                     partnerRoleField solutionAreaField solutionPlayField locationField dunsField federalField referralProgramField \
                     activeStage onHoldStage wonStage lostStage leadStatuses partnerId catalog countryNames otherCountryNames currencyNames";

/// What blank settings are.
const DEFAULTS: [(&str, &str); 7] = [
    ("locale", "en"),
    ("countryField", "BillingCountry"),
    ("dealValueField", "Amount"),
    ("currencyField", "CurrencyIsoCode"),
    ("activeStage", "Qualification"),
    ("wonStage", "Closed Won"),
    ("lostStage", "Closed Lost"),
];

/// The admin's settings and the reader's language.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice of its own that an admin makes")]
pub struct Settings {
    /// Language of messages, a BCP 47 tag; a language that isn't spoken gets English.
    pub locale: String,
    /// Account field that holds the country; a path where it lies behind a lookup (`Country__r.ISO_Code__c`).
    pub country_field: String,
    /// Opportunity field that holds the deal value.
    pub deal_value_field: String,
    /// Opportunity field that holds the currency.
    pub currency_field: String,
    /// ISO 4217 code of an org with a single currency, whose records carry none; else empty.
    pub default_currency: String,
    /// Opportunity field for why a deal was lost or declined; empty where the org has none, as with the next six.
    pub reason_field: String,
    /// Opportunity field for the marketplace intent.
    pub marketplace_intent_field: String,
    /// Opportunity field for the partner's role.
    pub partner_role_field: String,
    /// Opportunity field for the solution area.
    pub solution_area_field: String,
    /// Opportunity field for the solution play.
    pub solution_play_field: String,
    /// Opportunity field for the location of a solution assessment.
    pub location_field: String,
    /// Account field for the D-U-N-S number.
    pub duns_field: String,
    /// Account checkbox for a federal customer of the United States.
    pub federal_field: String,
    /// Opportunity field for Microsoft's referral program.
    pub referral_program_field: String,
    /// Stage of a referral that was accepted.
    pub active_stage: String,
    /// Stage of a referral that waits for our answer; nothing is sent while a deal is in it. Empty: none.
    pub on_hold_stage: String,
    /// Stage of a deal that was won on Microsoft's side.
    pub won_stage: String,
    /// Stage of a deal that was lost, declined or expired on Microsoft's side.
    pub lost_stage: String,
    /// Lines `stage|Microsoft's sales stage`, for stages that are called otherwise than Salesforce's own.
    pub sales_stages: String,
    /// Sales stages are sent in percent rather than as words.
    pub sales_stage_percent: bool,
    /// Only co-sell opportunities come in from Partner Center; without it, leads do too.
    pub cosell_only: bool,
    /// A check mark before the name of an opportunity says how its pair stands.
    pub check_mark: bool,
    /// Lines `New|Open - Not Contacted`: the lead status for each status of a referral.
    pub lead_statuses: String,
    /// Services co-sell: partner role, solution area and play are required.
    pub services_co_sell: bool,
    /// The partner's own id at Microsoft, where it should be compared with a solution's.
    pub partner_id: String,
    /// Lines `identifier|name|kind|status|partner id` of the solutions that may be shared; empty where there is no catalogue.
    pub catalog: String,
    /// Numbers of rules that only advise. Rules that Microsoft's API enforces don't give way.
    pub relaxed: Vec<u8>,
    /// Fields that are mapped beside the built-in ones.
    pub mapping: Vec<Mapping<'static>>,
    /// Microsoft's lists of codes.
    pub taxonomy: Taxonomy,
    /// Lines `DE|Allemagne`: country names in the reader's language.
    pub country_names: String,
    /// Lines `DE|Alemania`: country names in other languages, for guesses.
    pub other_country_names: String,
    /// Lines `EUR|euro`: currency names in the reader's language.
    pub currency_names: String,
}

/// A setting that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The setting's name.
    pub name: String,
    /// What is wrong and what is expected, in English.
    pub problem: String,
}

impl SettingsError {
    /// Both in one sentence.
    pub fn text(&self) -> String {
        [&*self.name, ": ", &*self.problem].concat()
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

impl std::error::Error for SettingsError {}

impl Default for Settings {
    fn default() -> Self {
        let mut settings = Self {
            locale: String::new(),
            country_field: String::new(),
            deal_value_field: String::new(),
            currency_field: String::new(),
            default_currency: String::new(),
            reason_field: String::new(),
            marketplace_intent_field: String::new(),
            partner_role_field: String::new(),
            solution_area_field: String::new(),
            solution_play_field: String::new(),
            location_field: String::new(),
            duns_field: String::new(),
            federal_field: String::new(),
            referral_program_field: String::new(),
            active_stage: String::new(),
            on_hold_stage: String::new(),
            won_stage: String::new(),
            lost_stage: String::new(),
            sales_stages: String::new(),
            sales_stage_percent: false,
            cosell_only: true,
            check_mark: false,
            lead_statuses: String::new(),
            services_co_sell: false,
            partner_id: String::new(),
            catalog: String::new(),
            relaxed: Vec::new(),
            mapping: Vec::new(),
            taxonomy: Taxonomy::default(),
            country_names: String::new(),
            other_country_names: String::new(),
            currency_names: String::new(),
        };
        for (name, text) in DEFAULTS {
            if let Some(place) = settings.text(name) {
                text.clone_into(place);
            }
        }
        settings
    }
}

impl Settings {
    /// Reads settings from pairs of a name and a text. Blank texts take the default; of two for one name the later one stands.
    ///
    /// The text of the setting `rules` is settings itself, the form in which an org holds all that has no field of its own: lines
    /// `name = value`, where a repeated name makes a list. Blank lines and those that begin with `#` say nothing.
    ///
    /// Fails on a name that is no setting and on a text that can't be one, naming the setting.
    pub fn from_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        for (name, text) in pairs {
            if name == RULES {
                settings.read_lines(text)?;
            } else {
                settings.read(name, text)?;
            }
        }
        Mapping::conflicts(&settings).map_or(Ok(settings), |problem| Err(refused("mapping", problem)))
    }

    #[inline(never)]
    fn read(&mut self, name: &str, text: &str) -> Result<(), SettingsError> {
        let text = trim(text);
        if text.is_empty() {
            return Ok(());
        }
        // A separator in the name of a field would end a cell of the columns.
        let read = if text.contains(row::SEPARATORS) { Err("holds a control character") } else { self.set(name, text) };
        read.map_err(|problem| refused(name, problem))
    }

    fn read_lines(&mut self, text: &str) -> Result<(), SettingsError> {
        let mut gathered: Vec<(&str, String)> = Vec::new();
        for line in lines(text).map(trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, value) = split_once(line, b'=').ok_or_else(|| refused(RULES, "must be lines name = value"))?;
            let (name, value) = (trim(name), trim(value));
            if name == RULES {
                return Err(refused(RULES, "can't hold itself"));
            }
            if value.is_empty() {
                continue;
            }
            match gathered.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => {
                    list.push('\n');
                    list.push_str(value);
                }
                None => gathered.push((name, value.into())),
            }
        }
        gathered.iter().try_for_each(|(name, text)| self.read(name, text))
    }

    /// The place of a setting that takes any text.
    #[inline(never)]
    fn text(&mut self, name: &str) -> Option<&mut String> {
        let place = split(TEXTS, b' ').position(|known| known == name)?;
        let texts = [
            &mut self.locale,
            &mut self.country_field,
            &mut self.deal_value_field,
            &mut self.currency_field,
            &mut self.default_currency,
            &mut self.reason_field,
            &mut self.marketplace_intent_field,
            &mut self.partner_role_field,
            &mut self.solution_area_field,
            &mut self.solution_play_field,
            &mut self.location_field,
            &mut self.duns_field,
            &mut self.federal_field,
            &mut self.referral_program_field,
            &mut self.active_stage,
            &mut self.on_hold_stage,
            &mut self.won_stage,
            &mut self.lost_stage,
            &mut self.lead_statuses,
            &mut self.partner_id,
            &mut self.catalog,
            &mut self.country_names,
            &mut self.other_country_names,
            &mut self.currency_names,
        ];
        texts.into_iter().nth(place)
    }

    fn set(&mut self, name: &str, text: &str) -> Result<(), &'static str> {
        if let Some(place) = self.text(name) {
            text.clone_into(place);
            return Ok(());
        }
        match name {
            "salesStages" if sales_stages_are_readable(text) => text.clone_into(&mut self.sales_stages),
            "salesStages" => return Err("must be lines stage|Microsoft's sales stage"),
            "salesStagePercent" => self.sales_stage_percent = flag(text)?,
            "coSellOnly" => self.cosell_only = flag(text)?,
            "checkMark" => self.check_mark = flag(text)?,
            "servicesCoSell" => self.services_co_sell = flag(text)?,
            "relaxed" => self.relaxed = relaxed(text)?,
            "mapping" => {
                self.mapping.clear();
                for line in lines(text) {
                    self.mapping.push(Mapping::parse(line)?);
                }
            }
            _ => {
                let list = name
                    .strip_prefix("taxonomy.")
                    .and_then(|key| List::ALL.into_iter().find(|list| list.name() == key))
                    .ok_or("is no setting")?;
                self.taxonomy.replace(list, text);
            }
        }
        Ok(())
    }
}

fn refused(name: &str, problem: &str) -> SettingsError {
    SettingsError { name: name.into(), problem: problem.into() }
}

fn flag(text: &str) -> Result<bool, &'static str> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("must be true or false"),
    }
}

fn relaxed(text: &str) -> Result<Vec<u8>, &'static str> {
    let (mut relaxed, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| matches!(byte, b',' | b' ' | b'\n')).unwrap_or(rest.len());
        let (part, tail) = rest.split_at_checked(end).unwrap_or_default();
        rest = tail.get(1..).unwrap_or_default();
        if part.is_empty() {
            continue;
        }
        let rule = number(part).and_then(|number| u8::try_from(number).ok());
        let rule = rule.ok_or("must be numbers of rules with commas between them")?;
        if !validate::can_be_relaxed(rule) {
            return Err("names a rule that can't give way");
        }
        relaxed.push(rule);
    }
    Ok(relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_with_a_separator_is_refused_by_name() {
        for separator in row::SEPARATORS {
            let text = format!("Country{separator}__c");
            let error = Settings::from_pairs([("locale", "fr"), ("countryField", &text)]).unwrap_err();
            assert_eq!(error.to_string(), "countryField: holds a control character");
        }
    }

    /// Every setting, and so every difference.
    fn shown(settings: &Settings) -> String {
        format!("{settings:?}")
    }

    #[test]
    fn lines_of_settings_are_read_as_if_each_had_come_by_itself() {
        let text = "# Ours since the spring.\r\nrelaxed = 12\r\n\r\nmapping = Campaign_Code__c|/campaignId|both|text\nmapping =\n  relaxed=45\n\
                    mapping = Note__c | /details/notes2 | onCreate | text\nreasonField = Loss_Reason__c\npartnerId =\n\
                    taxonomy.closeReasons = Price=high\ntaxonomy.closeReasons = Other";
        let alone = [
            ("relaxed", "12,45"),
            ("mapping", "Campaign_Code__c|/campaignId|both|text\nNote__c | /details/notes2 | onCreate | text"),
            ("reasonField", "Loss_Reason__c"),
            ("taxonomy.closeReasons", "Price=high\nOther"),
        ];
        let (whole, alone) = (Settings::from_pairs([("rules", text)]).unwrap(), Settings::from_pairs(alone).unwrap());
        assert_eq!(shown(&whole), shown(&alone));
        assert_eq!((whole.relaxed.as_slice(), whole.mapping.len()), ([12, 45].as_slice(), 2));
    }

    #[test]
    fn what_the_installation_guide_shows_can_be_read() {
        for guide in [include_str!("../../../docs/install.md"), include_str!("../../../docs/fr/installation.md")] {
            let examples: Vec<&str> = guide.split("```ini").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
            let [general, connector] = examples.as_slice() else { panic!("{} examples", examples.len()) };
            let settings = Settings::from_pairs([("rules", *general)]).unwrap();
            assert_eq!((settings.relaxed.as_slice(), settings.mapping.len()), ([12].as_slice(), 1));
            assert!(!settings.reason_field.is_empty() && settings.taxonomy.is_complete(List::SolutionAreas));
            assert_eq!(Settings::from_pairs([("rules", *connector)]).unwrap().mapping.len(), 3);
        }
    }

    #[test]
    fn lines_that_say_nothing_change_nothing() {
        for text in ["", " \n\n", "# relaxed = 7", "relaxed =", "relaxed =\nrelaxed =", "\r\n"] {
            assert_eq!(shown(&Settings::from_pairs([("rules", text)]).unwrap()), shown(&Settings::default()), "{text:?}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_refused_by_the_name_of_its_setting() {
        let cases = [
            ("relaxed 12", "rules: must be lines name = value"),
            ("rules = relaxed", "rules: can't hold itself"),
            ("relaxed = 7", "relaxed: names a rule that can't give way"),
            ("relaxed = many", "relaxed: must be numbers of rules with commas between them"),
            ("locale = fr\nodd = 1", "odd: is no setting"),
            ("= 1", ": is no setting"),
            ("taxonomy.odd = A", "taxonomy.odd: is no setting"),
            ("salesStagePercent = yes", "salesStagePercent: must be true or false"),
            ("salesStagePercent = true\nsalesStagePercent = true", "salesStagePercent: must be true or false"),
            ("reasonField = Loss\u{1f}__c", "reasonField: holds a control character"),
        ];
        for (text, expected) in cases {
            assert_eq!(Settings::from_pairs([("rules", text)]).unwrap_err().to_string(), expected, "{text}");
        }
    }
}
