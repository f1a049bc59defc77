//! Units that are held: for orders nobody can pay any more, and from which network.

use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_one};
use super::waiting_lines::in_line;
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId, OrderId};

impl Reader {
    /// An order that holds a unit though none of its charges can be paid and its customer is not
    /// changing the method: what a process leaves behind that dies between calling one charge off
    /// and making the next.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn stranded_holds(
        &mut self,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<(MerchantId, OrderId)>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, Uuid),
            "select merchant_id, id from orders
             where unit = 'held' and (changing_until is null or changing_until <= $1)
               and not exists (
                   select 1 from payment_attempts
                   where payment_attempts.order_id = orders.id
                     and payment_attempts.state in ('creating', 'unknown', 'pending', 'challenge', 'authorized'))
             order by id limit 100",
            now
        )?;
        Ok(rows
            .into_iter()
            .map(|(merchant_id, order_id)| (MerchantId(merchant_id), OrderId(order_id)))
            .collect())
    }

    /// How many units of the link orders other than this one hold from a network, as of now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_holds(
        &mut self,
        link_id: LinkId,
        order_id: OrderId,
        network: &[u8],
    ) -> Result<i64, StorageError> {
        let (holds,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from orders
             where payment_link_id = $1 and unit = 'held' and network = $2 and id <> $3",
            link_id.0,
            network,
            order_id.0
        )?;
        Ok(holds)
    }
}

impl Writer {
    /// Notes from which network an order is about to hold a unit, and gives how many units of the
    /// link other orders hold from there. Counts rightly only while the link is locked
    /// ([`Writer::lock_link`]): a count in the same statement as the lock would be older than it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn holds_of_network(
        &mut self,
        link_id: LinkId,
        order_id: OrderId,
        network: &[u8],
    ) -> Result<i64, StorageError> {
        execute!(self, "update orders set network = $2 where id = $1", order_id.0, network)?;
        self.count_holds(link_id, order_id, network).await
    }

    /// Notes from which network an order waits in its link's line, and gives how many other orders do from
    /// there. Counts rightly only while the link is locked, as [`Writer::holds_of_network`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn places_of_network(
        &mut self,
        link_id: LinkId,
        order_id: OrderId,
        network: &[u8],
    ) -> Result<i64, StorageError> {
        execute!(self, "update orders set network = $2 where id = $1", order_id.0, network)?;
        let (places,): (i64,) = fetch_one!(
            self,
            (i64,),
            concat!(
                "select cast(count(*) as bigint) from orders
                 where payment_link_id = $1 and network = $2 and id <> $3 and ",
                in_line!("")
            ),
            link_id.0,
            network,
            order_id.0
        )?;
        Ok(places)
    }

    /// Forgets the network of every order that holds nothing any more and waits for nothing; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_networks(&mut self) -> Result<u64, StorageError> {
        execute!(
            self,
            concat!(
                "update orders set network = null where network is not null and unit <> 'held' and not (",
                in_line!(""),
                ")"
            )
        )
    }
}
