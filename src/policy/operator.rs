//! The name of a condition operator to what it tests. Names are matched exactly; what is close to one is told apart from what
//! is none (IAM User Guide, "IAM JSON policy elements: Condition operators").

/// A condition operator with what stands before and behind its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: Option<SetOperator>,
    /// What is tested.
    pub test: Test,
    /// Whether the test is negated, as in `StringNotEquals`.
    pub negated: bool,
    /// `...IfExists`: met when the key is not there.
    pub if_exists: bool,
}

/// How many of a key's values have to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperator {
    /// Each one; met when there is none.
    ForAllValues,
    /// One at least; not met when there is none.
    ForAnyValue,
}

/// What is tested, without its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// `StringEquals`.
    StringEquals,
    /// `StringEqualsIgnoreCase`.
    StringEqualsIgnoreCase,
    /// `StringLike`, with wildcards.
    StringLike,
    /// `NumericEquals` and its like.
    Numeric(Comparison),
    /// `DateEquals` and its like.
    Date(Comparison),
    /// `Bool`.
    Bool,
    /// `BinaryEquals`.
    Binary,
    /// `IpAddress`.
    IpAddress,
    /// `ArnEquals` and `ArnLike`, which are the same.
    Arn,
    /// `Null`.
    Null,
}

/// How two numbers or dates are compared: the request's to the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equals,
    /// Less, or before.
    LessThan,
    /// Less or the same.
    LessThanEquals,
    /// Greater, or after.
    GreaterThan,
    /// Greater or the same.
    GreaterThanEquals,
}

/// Why a name is no operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorError {
    /// It would be this one if its letters had the right case.
    Case(String),
    /// There is none of that name.
    Unknown,
}

impl Operator {
    /// Reads `[ForAllValues:|ForAnyValue:]NAME[IfExists]`. `Null` takes no `IfExists`.
    pub fn parse(text: &str) -> Result<Self, OperatorError> {
        let lower = text.to_ascii_lowercase();
        let (set, name) = match lower.split_once(':') {
            None => (None, lower.as_str()),
            Some(("forallvalues", name)) => (Some(SetOperator::ForAllValues), name),
            Some(("foranyvalue", name)) => (Some(SetOperator::ForAnyValue), name),
            Some(_) => return Err(OperatorError::Unknown),
        };
        let (name, if_exists) = name.strip_suffix("ifexists").map_or((name, false), |name| (name, true));
        let known = NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let Some((_, test, negated)) = known.copied() else { return Err(OperatorError::Unknown) };
        if test == Test::Null && if_exists {
            return Err(OperatorError::Unknown);
        }
        let operator = Self { set, test, negated, if_exists };
        let spelled = operator.spelled(name);
        if spelled == text { Ok(operator) } else { Err(OperatorError::Case(spelled)) }
    }

    fn spelled(self, name: &str) -> String {
        let set = match self.set {
            None => "",
            Some(SetOperator::ForAllValues) => "ForAllValues:",
            Some(SetOperator::ForAnyValue) => "ForAnyValue:",
        };
        let known = NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let name = known.map_or("", |(known, ..)| known);
        [set, name, if self.if_exists { "IfExists" } else { "" }].concat()
    }

    /// Whether policy variables are replaced in its values: string and ARN operators do it, and `Bool` by its own section of
    /// the guide, though not by the page about variables.
    #[must_use]
    pub fn takes_variables(self) -> bool {
        matches!(
            self.test,
            Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike | Test::Arn | Test::Bool
        )
    }
}

const NAMES: [(&str, Test, bool); 27] = [
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    ("StringEqualsIgnoreCase", Test::StringEqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Test::StringEqualsIgnoreCase, true),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Comparison::Equals), false),
    ("NumericNotEquals", Test::Numeric(Comparison::Equals), true),
    ("NumericLessThan", Test::Numeric(Comparison::LessThan), false),
    ("NumericLessThanEquals", Test::Numeric(Comparison::LessThanEquals), false),
    ("NumericGreaterThan", Test::Numeric(Comparison::GreaterThan), false),
    ("NumericGreaterThanEquals", Test::Numeric(Comparison::GreaterThanEquals), false),
    ("DateEquals", Test::Date(Comparison::Equals), false),
    ("DateNotEquals", Test::Date(Comparison::Equals), true),
    ("DateLessThan", Test::Date(Comparison::LessThan), false),
    ("DateLessThanEquals", Test::Date(Comparison::LessThanEquals), false),
    ("DateGreaterThan", Test::Date(Comparison::GreaterThan), false),
    ("DateGreaterThanEquals", Test::Date(Comparison::GreaterThanEquals), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::Binary, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::Arn, false),
    ("ArnLike", Test::Arn, false),
    ("ArnNotEquals", Test::Arn, true),
    ("ArnNotLike", Test::Arn, true),
    ("Null", Test::Null, false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_known_plain_and_with_what_may_stand_around_it() {
        for (name, test, negated) in NAMES {
            let plain = Operator { set: None, test, negated, if_exists: false };
            assert_eq!(Operator::parse(name), Ok(plain));
            let set = Some(SetOperator::ForAllValues);
            assert_eq!(Operator::parse(&format!("ForAllValues:{name}")), Ok(Operator { set, ..plain }));
            let if_exists = Operator::parse(&format!("ForAnyValue:{name}IfExists"));
            let set = Some(SetOperator::ForAnyValue);
            match test {
                Test::Null => assert_eq!(if_exists, Err(OperatorError::Unknown)),
                _ => assert_eq!(if_exists, Ok(Operator { set, if_exists: true, ..plain })),
            }
        }
    }

    #[test]
    fn what_is_no_operator_is_told_from_what_is_almost_one() {
        assert_eq!(
            Operator::parse("forallvalues:stringLikeifexists"),
            Err(OperatorError::Case("ForAllValues:StringLikeIfExists".to_owned()))
        );
        for name in
            ["", "StringMatches", "ForSomeValues:StringLike", "StringLike:ForAllValues", "IfExists", "é"]
        {
            assert_eq!(Operator::parse(name), Err(OperatorError::Unknown), "{name}");
        }
    }
}
