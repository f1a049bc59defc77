//! How a worker gets a row to itself when others, here and in other replicas, want rows too.

use super::StorageError;

/// How often a worker looks for another row to claim when others were faster: with so many replicas
/// after the same rows, the next poll is soon enough.
const TRIES: usize = 16;

/// Takes a row, if any is due. `is_due` looks without a lock, so that idle workers disturb nobody;
/// `take` claims the row that is first by then, or nothing when another replica took that very row, in
/// which case there may be others.
///
/// # Errors
/// Those of the two.
pub(super) async fn claim<Looking, Taking, Claimed>(
    is_due: impl Fn() -> Looking,
    take: impl Fn() -> Taking,
) -> Result<Option<Claimed>, StorageError>
where
    Looking: Future<Output = Result<bool, StorageError>>,
    Taking: Future<Output = Result<Option<Claimed>, StorageError>>,
{
    for _ in 0..TRIES {
        if !is_due().await? {
            return Ok(None);
        }
        let claimed = take().await?;
        if claimed.is_some() {
            return Ok(claimed);
        }
    }
    Ok(None)
}
