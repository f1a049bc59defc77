//! What a shop sold, and how far its customers came: read in one snapshot, so that the figures fit each
//! other.

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::figures::{
    BestLink, Figures, Funnel, PaidOrder, Period, Span, best_links, by_currency, by_slot,
};
use crate::domain::id::LinkId;
use crate::domain::money::Currency;
use crate::domain::payment_link::PaymentLink;

/// Links among the best.
const BEST_LINKS: usize = 5;

impl Services {
    /// The shop's figures, in its present mode alone.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn figures(&self, seat: &Seat, period: Period) -> Result<Figures, ServiceError> {
        let merchant = &seat.merchant;
        self.write_views().await?;
        let span = period.span(self.storage.now().await?, merchant.time_zone);
        let mut snapshot = self.storage.snapshot().await?;
        let orders = with_money(snapshot.paid_orders(merchant.id, merchant.mode, &span).await?);
        let funnel = snapshot.funnel(merchant.id, merchant.mode, &span).await?;
        let figures = put_together(period, span, &orders, funnel, merchant.currency);
        let shown_first = figures.totals.first().map_or(merchant.currency, |total| total.sum.currency());
        let best = best_links(&orders, shown_first, BEST_LINKS);
        let links: Vec<LinkId> = best.iter().map(|(link, _)| *link).collect();
        let names = snapshot.item_names(merchant.id, &links).await?;
        let best = best.into_iter().filter_map(|(id, total)| {
            let (_, item_name) = names.iter().find(|(link, _)| *link == id)?;
            Some(BestLink { id, item_name: item_name.clone(), total })
        });
        let best = best.collect();
        snapshot.end().await?;
        Ok(Figures { best, ..figures })
    }

    /// The figures of one link of the shop, in the link's own mode; `None` when the shop has no such link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_figures(
        &self,
        seat: &Seat,
        link_id: LinkId,
        period: Period,
    ) -> Result<Option<(PaymentLink, Figures)>, ServiceError> {
        self.write_views().await?;
        let span = period.span(self.storage.now().await?, seat.merchant.time_zone);
        let mut snapshot = self.storage.snapshot().await?;
        let Some(link) = snapshot.link(seat.merchant.id, link_id).await? else {
            snapshot.end().await?;
            return Ok(None);
        };
        let orders = with_money(snapshot.paid_orders_of_link(link_id, link.mode, &span).await?);
        let funnel = snapshot.funnel_of_link(link_id, link.mode, &span).await?;
        snapshot.end().await?;
        let currency = link.price.currency();
        Ok(Some((link, put_together(period, span, &orders, funnel, currency))))
    }
}

/// The payments that the shop still has money of.
fn with_money(mut orders: Vec<PaidOrder>) -> Vec<PaidOrder> {
    orders.retain(|order| order.left.minor() > 0);
    orders
}

fn put_together(
    period: Period,
    span: Span,
    orders: &[PaidOrder],
    funnel: Funnel,
    preferred: Currency,
) -> Figures {
    let totals = by_currency(orders, preferred);
    let currency = totals.first().map_or(preferred, |total| total.sum.currency());
    let slots = by_slot(&span, orders, currency);
    Figures { period, span, totals, funnel, slots, best: Vec::new() }
}
