//! The pictures that messengers show of links, drawn when they are first asked for and kept a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, Semaphore};

use super::checkout::LinkPage;
use super::{ServiceError, Services};
use crate::domain::language::Language;
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::LinkState;
use crate::messaging::picture::{PictureError, draw_around};
use crate::messaging::preview_pictures::{PreviewPicture, Seen};
use crate::messaging::storefront::Standing;

/// Pictures that are kept: some 8 MB of drawings, and 60 MB if every one has a photo in it.
const KEPT_MAX: usize = 256;

/// A link's preview, as it was asked for.
#[derive(Debug, Clone)]
pub enum Preview {
    /// The link was deleted.
    Gone,
    /// The picture of the link as it stands now.
    Drawn {
        /// The PNG.
        png: Arc<[u8]>,
        /// What it is known by.
        digest: String,
        /// Whether it is the one that was asked for; else the link looks different by now.
        is_as_asked: bool,
    },
}

/// Previews that were drawn, by digest. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Gallery(Arc<Walls>);

#[derive(Debug)]
struct Walls {
    kept: Mutex<Kept>,
    /// One at a time, so that a flood of previews leaves an easel to the pictures of the chats.
    easel: Semaphore,
}

#[derive(Debug, Default)]
struct Kept {
    pictures: HashMap<String, Hung>,
    looks: u64,
}

#[derive(Debug)]
struct Hung {
    png: Arc<OnceCell<Arc<[u8]>>>,
    last_look: u64,
}

/// The colour of a shop's previews, as `#rrggbb`; white letters stand on it.
fn accent(shop: &Merchant) -> &'static str {
    shop.face.colour.light().accent
}

impl LinkPage {
    /// What messengers show of the page to readers of this language; `None` for a deleted link.
    #[must_use]
    pub fn preview(&self, language: Language) -> Option<PreviewPicture> {
        if self.state == LinkState::Deleted {
            return None;
        }
        let Self { merchant, link, now, .. } = self;
        let standing = Standing::when(link, self.state);
        let seen = Seen { standing, now: *now, zone: merchant.time_zone };
        let picture = PreviewPicture::new(&merchant.name, link, seen, accent(merchant), language);
        Some(picture.with_photo(self.photo.as_ref().map(|photo| photo.digest.clone())))
    }
}

impl Services {
    /// The picture of a link as it stands now, in the language in which it has this digest, else in the
    /// shop's own; `None` when there is no such link. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be asked, or the picture cannot be drawn.
    pub async fn preview_of_link(&self, slug: &str, digest: &str) -> Result<Option<Preview>, ServiceError> {
        let Some(page) = self.link_page(slug, &[]).await? else { return Ok(None) };
        let in_language = |language| page.preview(language);
        let as_asked = Language::ALL.into_iter().filter_map(in_language).find(|it| it.digest() == digest);
        let is_as_asked = as_asked.is_some();
        let Some(picture) = as_asked.or_else(|| page.preview(page.merchant.language)) else {
            return Ok(Some(Preview::Gone));
        };
        let digest = picture.digest();
        let png = self.gallery.hang(&digest, async || self.draw_preview(&page, &picture).await).await?;
        Ok(Some(Preview::Drawn { png, digest, is_as_asked }))
    }

    async fn draw_preview(&self, page: &LinkPage, picture: &PreviewPicture) -> Result<Vec<u8>, ServiceError> {
        let photo = match &page.photo {
            Some(facts) => self.photo_of_link(page.link.slug.as_str(), &facts.digest).await?,
            None => None,
        };
        let (svg, inlay) = picture.svg(photo);
        Ok(draw_around(svg, inlay).await?)
    }
}

impl Gallery {
    /// The picture with this digest, drawn when nobody has it. Whoever asks for one that is being drawn waits
    /// for it; when its painter hangs up, the next one goes on.
    async fn hang(
        &self,
        digest: &str,
        draw: impl AsyncFnOnce() -> Result<Vec<u8>, ServiceError>,
    ) -> Result<Arc<[u8]>, ServiceError> {
        let png = self.place(digest);
        let drawn = png.get_or_try_init(async || {
            let _easel = self.0.easel.acquire().await.map_err(|_| PictureError::Unfinished)?;
            Ok::<_, ServiceError>(Arc::from(draw().await?))
        });
        drawn.await.cloned()
    }

    /// Where the picture with this digest hangs, or will. The one that nobody looked at for the longest time
    /// makes room.
    fn place(&self, digest: &str) -> Arc<OnceCell<Arc<[u8]>>> {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.looks += 1;
        let looks = kept.looks;
        if kept.pictures.len() >= KEPT_MAX && !kept.pictures.contains_key(digest) {
            let oldest = kept.pictures.iter().min_by_key(|(_, hung)| hung.last_look);
            if let Some(oldest) = oldest.map(|(digest, _)| digest.clone()) {
                kept.pictures.remove(&oldest);
            }
        }
        let hung = kept.pictures.entry(digest.to_owned());
        let hung = hung.or_insert_with(|| Hung { png: Arc::default(), last_look: 0 });
        hung.last_look = looks;
        hung.png.clone()
    }
}

impl Default for Walls {
    fn default() -> Self {
        Self { kept: Mutex::default(), easel: Semaphore::const_new(1) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_picture_is_drawn_once_for_all_who_ask_and_the_least_seen_makes_room() {
        let (gallery, drawn) = (Gallery::default(), AtomicUsize::new(0));
        let look = async |digest: &str| {
            let png = gallery.hang(digest, async || {
                drawn.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok(digest.as_bytes().to_vec())
            });
            assert_eq!(png.await.unwrap().as_ref(), digest.as_bytes());
        };
        futures::future::join_all((0..50).map(|_| look("kaos"))).await;
        assert_eq!(drawn.load(Ordering::SeqCst), 1);
        for number in 0..KEPT_MAX {
            look(&number.to_string()).await;
            look("kaos").await;
        }
        assert_eq!(drawn.load(Ordering::SeqCst), 1 + KEPT_MAX, "what is looked at stays");
        assert_eq!(gallery.0.kept.lock().unwrap().pictures.len(), KEPT_MAX);
        look("0").await;
        assert_eq!(drawn.load(Ordering::SeqCst), 2 + KEPT_MAX, "what nobody looked at was let go");
    }

    #[tokio::test]
    async fn a_painter_who_hangs_up_or_fails_leaves_the_picture_to_the_next() {
        let gallery = Gallery::default();
        let fails = gallery.hang("kaos", async || Err(PictureError::Unfinished.into()));
        assert!(fails.await.is_err());
        let forever = gallery.hang("kaos", async || std::future::pending().await);
        assert!(tokio::time::timeout(std::time::Duration::ZERO, forever).await.is_err());
        let png = gallery.hang("kaos", async || Ok(vec![1])).await.unwrap();
        assert_eq!(png.as_ref(), [1]);
    }
}
