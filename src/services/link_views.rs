//! Counting who opens a link's page: in memory first, so that looking at a page writes nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use super::{ServiceError, Services};
use crate::domain::id::LinkId;

/// A day begins at a quarter of an hour in every zone.
const QUARTER: TimeDelta = TimeDelta::minutes(15);

/// Links and quarters that one process remembers until they are written down. While the database is
/// away, further ones are not counted: money needs the room more.
const REMEMBERED_MAX: usize = 50_000;

/// Views that are not written down yet, by link and quarter of an hour. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct ViewCounts(Arc<Mutex<Counts>>);

type Counts = BTreeMap<(LinkId, DateTime<Utc>), i64>;

impl ViewCounts {
    /// Counts views of a link in the quarter that holds this instant.
    fn add(&self, link_id: LinkId, at: DateTime<Utc>, views: i64) {
        let quarter = at.duration_trunc(QUARTER).unwrap_or(at);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() < REMEMBERED_MAX || counts.contains_key(&(link_id, quarter)) {
            *counts.entry((link_id, quarter)).or_default() += views;
        }
    }

    fn take(&self) -> Counts {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Services {
    /// Counts that a person opened a link's page now. Nothing is written, and nothing about the person is
    /// kept.
    pub fn count_view(&self, link_id: LinkId) {
        self.views.add(link_id, self.clock.now(), 1);
    }

    /// Writes down what was counted since the last time; gives how many views that were.
    ///
    /// # Errors
    /// When the database cannot be asked; what was counted is kept for the next time.
    pub async fn write_views(&self) -> Result<i64, ServiceError> {
        let counts = self.views.take();
        if counts.is_empty() {
            return Ok(0);
        }
        match self.write_counts(&counts).await {
            Ok(()) => Ok(counts.values().sum()),
            Err(error) => {
                for ((link_id, quarter), views) in counts {
                    self.views.add(link_id, quarter, views);
                }
                Err(error)
            }
        }
    }

    async fn write_counts(&self, counts: &Counts) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        // In the order of the links, so that replicas never wait for each other in a circle.
        for ((link_id, quarter), views) in counts {
            writer.add_views(*link_id, *quarter, *views).await?;
        }
        Ok(writer.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_add_up_by_link_and_quarter() {
        let counts = ViewCounts::default();
        let (shirt, cap) = (LinkId::generate(), LinkId::generate());
        let nine = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for (link, minutes) in [(shirt, 0), (shirt, 14), (shirt, 15), (cap, 1)] {
            counts.add(link, nine + TimeDelta::minutes(minutes), 1);
        }
        let taken = counts.take();
        assert_eq!(taken[&(shirt, nine)], 2);
        assert_eq!(taken[&(shirt, nine + QUARTER)], 1);
        assert_eq!(taken[&(cap, nine)], 1);
        assert!(counts.take().is_empty(), "what was taken is not counted again");
    }
}
