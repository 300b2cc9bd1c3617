//! All referrals of one direction: for a store that has to be made again.

use super::{PartnerCenter, PartnerCenterError, Search};

/// Who began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Another, for us.
    Incoming,
    /// We, for another.
    Outgoing,
}

impl PartnerCenter {
    /// All referrals of a direction, newest first, as far as pages may be read.
    pub async fn all(&self, direction: Direction) -> Result<Search, PartnerCenterError> {
        let filter = match direction {
            Direction::Incoming => "direction eq 'Incoming'",
            Direction::Outgoing => "direction eq 'Outgoing'",
        };
        self.pages(&[("$filter", filter), ("$orderby", "createdDateTime desc")], |_| true).await
    }
}
