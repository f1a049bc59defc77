//! What a new link takes where its seller says nothing.

use chrono::TimeDelta;

use super::usage_limit::UsageLimit;

/// A shop's defaults for new links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LinkDefaults {
    /// How many payments; `None` for as many as come.
    pub usage_limit: Option<UsageLimit>,
    /// How long after it was made; `None` for good.
    pub life: Option<TimeDelta>,
    /// Whether a line that can only mean one thing becomes a link without a question.
    pub makes_unasked: bool,
}
