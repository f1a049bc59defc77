//! Forgetting what need not be kept.

use chrono::TimeDelta;

use super::{ServiceError, Services};

/// How long a draft waits for its seller.
const DRAFT_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long an order without any charge waits for its customer.
const OPEN_ORDER_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long notices are kept: longer than any gateway repeats them.
const NOTICE_LIFE: TimeDelta = TimeDelta::days(30);

/// How long the pages of a search can be turned.
const SEARCH_LIFE: TimeDelta = TimeDelta::days(7);

/// How long a confirm button is remembered, so that a late press is answered with what it did.
const CONFIRMATION_KEPT: TimeDelta = TimeDelta::days(7);

/// How long a message in another chat is kept true.
const SHARED_MESSAGE_KEPT: TimeDelta = TimeDelta::days(180);

/// How long questions of customers are kept.
const QUESTION_KEPT: TimeDelta = TimeDelta::days(30);

/// How long a picture that nobody asks for again is known by Telegram's handle.
const PICTURE_KEPT: TimeDelta = TimeDelta::days(90);

/// How long a file of links waits for its seller, and its result is known.
const IMPORT_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long a form for a key is known after its time, so that its page says what became of it.
const KEY_FORM_KEPT: TimeDelta = TimeDelta::days(7);

/// How long a picture waits for a link that shows it: longer than any draft.
const PHOTO_LIFE: TimeDelta = TimeDelta::days(7);

/// How long an invitation into a group is remembered that nobody can follow any more.
const INVITATION_KEPT: TimeDelta = TimeDelta::days(7);

/// How long a rehearsal is known: its sample link ended days before, and so did its charge.
const REHEARSAL_KEPT: TimeDelta = TimeDelta::days(7);

/// How long it is known what became of a letter.
const LETTER_KEPT: TimeDelta = TimeDelta::days(90);

/// How long an alert is known after it was last seen. Trouble with one charge is told once, so this is longer
/// than any charge is asked about.
const ALERT_KEPT: TimeDelta = TimeDelta::days(365);

/// How long a chat name is shown after its owner was last heard of. Whoever gives up a name frees it for anybody,
/// and Telegram tells nobody.
const CHAT_NAME_SHOWN: TimeDelta = TimeDelta::days(7);

impl Services {
    /// Forgets updates that cannot be repeated, drafts, orders, files of links and pictures that were left lying,
    /// searches, rehearsals, letters, old notices, alerts, questions, invitations and forms, keys that nothing asks with any more,
    /// chat names that nobody confirmed, and where customers came from who hold nothing any more.
    ///
    /// # Errors
    /// When the database cannot be asked; the next round does it.
    pub async fn forget_old_rows(&self) -> Result<(), ServiceError> {
        let updates = self.storage.forget_updates().await?;
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let drafts = writer.forget_drafts(now - DRAFT_LIFE).await?;
        let orders = writer.close_orders(now - OPEN_ORDER_LIFE).await?;
        let notices = writer.forget_notices(now - NOTICE_LIFE).await?;
        let networks = writer.forget_networks().await?;
        let confirmations = writer.forget_confirmations(now - CONFIRMATION_KEPT).await?;
        let shared = writer.forget_shared_messages(now - SHARED_MESSAGE_KEPT).await?;
        let questions = writer.forget_questions(now - QUESTION_KEPT).await?;
        let pictures = writer.forget_pictures(now - PICTURE_KEPT).await?;
        let searches = writer.forget_searches(now - SEARCH_LIFE).await?;
        let imports = writer.forget_imports(now - IMPORT_LIFE).await?;
        let photos = writer.forget_photos(now - PHOTO_LIFE).await?;
        let invitations = writer.forget_place_invitations(now - INVITATION_KEPT).await?;
        let rehearsals = writer.forget_rehearsals(now - REHEARSAL_KEPT).await?;
        let alerts = writer.forget_alerts(now - ALERT_KEPT).await?;
        let key_forms = writer.forget_key_forms(now - KEY_FORM_KEPT).await?;
        let chat_names = writer.hide_chat_names(now - CHAT_NAME_SHOWN).await?;
        let letters = writer.forget_letters(now - LETTER_KEPT).await?;
        let keys = self.forget_retired_keys(&mut writer).await?;
        writer.commit().await?;
        tracing::debug!(
            updates,
            drafts,
            orders,
            notices,
            networks,
            confirmations,
            pictures,
            shared,
            questions,
            searches,
            imports,
            photos,
            invitations,
            rehearsals,
            alerts,
            key_forms,
            letters,
            chat_names,
            keys,
            "old rows were forgotten"
        );
        Ok(())
    }
}
