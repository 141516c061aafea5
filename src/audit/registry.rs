//! Every rule there is: its code, how much it matters at the most, what AWS says, which words exist for it, where in the console of
//! an identity provider the setting stands, and what there is to copy. `docs/findings.md` is written from it.

mod endpoint;
mod entra;
mod pages;
mod pasted;
mod quotes;
mod roles;
mod saml;
mod session;
mod signature;
mod sts;
mod trust;

use super::product::Product;
pub use super::recipe::Recipe;
pub use super::topic::Topic;
use crate::severity::Severity;

/// One thing that can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable code, such as `aws.no_role`.
    pub code: &'static str,
    /// How much it matters at the most; a finding may matter less.
    pub severity: Severity,
    /// AWS's own message for it, word for word, where one is documented; more may follow behind it.
    pub aws_message: Option<&'static str>,
    /// Which setting of the identity provider decides it.
    pub topic: Option<Topic>,
    /// Which words exist beside its message and hint.
    pub words: &'static [Word],
    /// What there is to copy.
    pub recipe: Option<Recipe>,
}

/// Words that a rule may have. The message key is the code, dots as underscores, and the suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Why it happens.
    Cause,
    /// What to do at any identity provider.
    Generic,
    /// What to do in Microsoft Entra ID.
    Entra,
    /// What to do in Okta.
    Okta,
    /// What to do in AD FS.
    AdFs,
    /// What to do in Google Workspace.
    Google,
    /// What to do in PingOne or PingFederate.
    Ping,
    /// What to do in Keycloak.
    Keycloak,
    /// What to do in IAM.
    Iam,
}

impl Word {
    /// The end of the message key.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Cause => "_cause",
            Self::Generic => "_fix_generic",
            Self::Entra => "_fix_entra",
            Self::Okta => "_fix_okta",
            Self::AdFs => "_fix_adfs",
            Self::Google => "_fix_google",
            Self::Ping => "_fix_ping",
            Self::Keycloak => "_fix_keycloak",
            Self::Iam => "_fix_iam",
        }
    }
}

impl Rule {
    /// The end of the message key that says what to do at this identity provider: its own words, else those for any.
    #[must_use]
    pub fn fix(&self, product: Product) -> Option<Word> {
        [product.word(), Word::Generic].into_iter().find(|word| self.words.contains(word))
    }

    /// Whether it is known for words of this kind.
    #[must_use]
    pub fn has(&self, word: Word) -> bool {
        self.words.contains(&word)
    }

    /// The page of AWS or Microsoft about it.
    #[must_use]
    pub fn page(&self) -> Option<&'static str> {
        pages::page(self.code)
    }

    const fn says(self, aws_message: &'static str) -> Self {
        Self { aws_message: Some(aws_message), ..self }
    }

    const fn at(self, topic: Topic) -> Self {
        Self { topic: Some(topic), ..self }
    }

    const fn words(self, words: &'static [Word]) -> Self {
        Self { words, ..self }
    }

    const fn gives(self, recipe: Recipe) -> Self {
        Self { recipe: Some(recipe), ..self }
    }
}

/// The rule with this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// Every rule, family by family.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

/// Rules of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name that the page of findings gives it.
    pub title: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
}

/// The families, in the order of the page.
pub const FAMILIES: [Family; 9] = [
    Family { title: "Response", rules: saml::RULES },
    Family { title: "Recipient, audience and subject", rules: endpoint::RULES },
    Family { title: "Roles", rules: roles::RULES },
    Family { title: "Session", rules: session::RULES },
    Family { title: "Metadata", rules: trust::RULES },
    Family { title: "Signature", rules: signature::RULES },
    Family { title: "Answer of STS", rules: sts::RULES },
    Family { title: "Messages of AWS", rules: pasted::RULES },
    Family { title: "Errors of Microsoft Entra ID", rules: entra::RULES },
];

const fn error(code: &'static str) -> Rule {
    plain(code, Severity::Error)
}

const fn warning(code: &'static str) -> Rule {
    plain(code, Severity::Warning)
}

const fn note(code: &'static str) -> Rule {
    plain(code, Severity::Note)
}

const fn plain(code: &'static str, severity: Severity) -> Rule {
    Rule { code, severity, aws_message: None, topic: None, words: &[], recipe: None }
}
