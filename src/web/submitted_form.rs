//! A form as a browser sends it: read strictly, because what a browser never sends is not for us.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};

/// The most bytes of a form.
pub const FORM_BYTES_MAX: usize = 64 * 1024;

/// How long a body may take to arrive.
pub const BODY_TIME_MAX: Duration = Duration::from_secs(10);

/// The fields of a form, each sent once.
#[derive(Clone, Default)]
pub struct SubmittedForm(BTreeMap<String, String>);

impl SubmittedForm {
    /// The field's text, empty when it was not sent.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, section 5.1), without forgiving.
    ///
    /// # Errors
    /// 400 for text that is no UTF-8 or holds a NUL, and for a field sent twice.
    pub fn parse(body: &[u8]) -> Result<Self, StatusCode> {
        let mut fields = BTreeMap::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(halves.next().unwrap_or_default())?;
            let value = decoded(halves.next().unwrap_or_default())?;
            if fields.insert(name, value).is_some() {
                return Err(StatusCode::BAD_REQUEST);
            }
        }
        Ok(Self(fields))
    }
}

impl<S: Send + Sync> FromRequest<S> for SubmittedForm {
    type Rejection = StatusCode;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Self::Rejection> {
        let (parts, body) = request.into_parts();
        if !says_content_type(&parts.headers, "application/x-www-form-urlencoded")
            || parts.headers.contains_key(header::CONTENT_ENCODING)
        {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        Self::parse(&read_body(body, FORM_BYTES_MAX).await?)
    }
}

/// Reads a whole body.
///
/// # Errors
/// 413 when it is longer than `bytes_max`, 408 when it takes longer than [`BODY_TIME_MAX`], 400
/// when the sender breaks off.
pub async fn read_body(body: Body, bytes_max: usize) -> Result<Bytes, StatusCode> {
    match tokio::time::timeout(BODY_TIME_MAX, to_bytes(body, bytes_max)).await {
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_long(&error) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
    }
}

/// Whether the request names this content type, whatever parameters follow.
#[must_use]
pub fn says_content_type(headers: &HeaderMap, wanted: &str) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

fn is_too_long(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        next = error.source();
    }
    false
}

fn decoded(text: &[u8]) -> Result<String, StatusCode> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (rest.next().and_then(hex_digit), rest.next().and_then(hex_digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(StatusCode::BAD_REQUEST),
            },
            byte => byte,
        });
    }
    if bytes.contains(&0) {
        return Err(StatusCode::BAD_REQUEST);
    }
    String::from_utf8(bytes).map_err(|_| StatusCode::BAD_REQUEST)
}

fn hex_digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_form_is_read() {
        let form =
            SubmittedForm::parse(b"name=Siti+Aminah&email=a%40b.id&odd=%F0%9F%8E%81=1&empty=").unwrap();
        assert_eq!(form.field("name"), "Siti Aminah");
        assert_eq!(form.field("email"), "a@b.id");
        assert_eq!(form.field("odd"), "🎁=1");
        assert_eq!((form.field("empty"), form.field("missing")), ("", ""));
    }

    #[test]
    fn what_no_browser_sends_is_refused() {
        for body in
            [&b"name=a&name=b"[..], b"name=%00", b"name=\0", b"name=%ff", b"name=\xff", b"name=%4", b"%zz=1"]
        {
            assert_eq!(SubmittedForm::parse(body).err(), Some(StatusCode::BAD_REQUEST), "{body:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_trickles_in_is_not_waited_for() {
        let drops = futures::stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, std::convert::Infallible>("a"), ()))
        });
        let started = tokio::time::Instant::now();
        let answer = read_body(Body::from_stream(drops), FORM_BYTES_MAX).await;
        assert_eq!(answer.err(), Some(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(started.elapsed(), BODY_TIME_MAX);
    }

    #[tokio::test]
    async fn size_and_kind_are_bounded() {
        let send = |kind: &'static str, body: Vec<u8>| async move {
            let request =
                Request::post("/").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
            SubmittedForm::from_request(request, &()).await.err()
        };
        let form = "application/x-www-form-urlencoded; charset=UTF-8";
        assert_eq!(send(form, b"a=1".to_vec()).await, None);
        assert_eq!(send("application/json", b"{}".to_vec()).await, Some(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        assert_eq!(send(form, vec![b'a'; FORM_BYTES_MAX + 1]).await, Some(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
