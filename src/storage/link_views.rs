//! How often links were opened.

use chrono::{DateTime, Utc};

use super::query::execute;
use super::{StorageError, Writer};
use crate::domain::id::LinkId;

impl Writer {
    /// Adds to what was counted for a link in the quarter of an hour that begins then: replicas add up. A
    /// link that is not there is left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn add_views(
        &mut self,
        link_id: LinkId,
        quarter: DateTime<Utc>,
        views: i64,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into link_views (payment_link_id, merchant_id, mode, quarter, views)
             select id, merchant_id, mode, $2, $3 from payment_links where id = $1
             on conflict (payment_link_id, quarter) do update set views = link_views.views + excluded.views",
            link_id.0,
            quarter,
            views
        )?;
        Ok(())
    }
}
